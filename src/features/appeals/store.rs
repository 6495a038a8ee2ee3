//! SQL of appeals.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use super::wire::AppealFilter;
use crate::{
    domain::{
        appeal::{Appeal, AppealState, AppealStep, Appellant, Plea},
        course::Course,
        id::Id,
        listing::Listing,
        time::Day,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::appeals,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = appeals, treat_none_as_default_value = false)]
struct AppealRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Appeal>,
    listing_id: Id<Listing>,
    number: String,
    appellant: Appellant,
    state: AppealState,
    suspends: bool,
    decide_by: Day,
    plea: Json<Plea>,
    course: Json<Course<AppealStep>>,
}

impl From<AppealRow> for Appeal {
    fn from(row: AppealRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            listing: row.listing_id,
            number: row.number,
            appellant: row.appellant,
            plea: row.plea.0,
            decide_by: row.decide_by,
            suspends: row.suspends,
            course: row.course.0,
        }
    }
}

/// A new appeal.
pub fn insert(conn: &mut AnyConnection, appeal: &Appeal) -> QueryResult<usize> {
    let row = AppealRow {
        vehicle_id: appeal.vehicle,
        id: appeal.id,
        listing_id: appeal.listing,
        number: appeal.number.clone(),
        appellant: appeal.appellant,
        state: appeal.course.state(),
        suspends: appeal.suspends,
        decide_by: appeal.decide_by,
        plea: Json(appeal.plea.clone()),
        course: Json(appeal.course.clone()),
    };
    insert_into(appeals::table).values(row).execute(conn)
}

/// Where an appeal stands now.
pub fn save(conn: &mut AnyConnection, appeal: &Appeal) -> QueryResult<usize> {
    update(appeals::table.find((appeal.vehicle, appeal.id)))
        .set((
            appeals::state.eq(appeal.course.state()),
            appeals::suspends.eq(appeal.suspends),
            appeals::course.eq(Json(appeal.course.clone())),
        ))
        .execute(conn)
}

/// An appeal, locked until the end of the transaction.
///
/// # Errors
/// There is no such appeal, or the database fails.
pub fn lock(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Appeal>) -> QueryResult<Appeal> {
    let appeal = appeals::table.find((vehicle, id));
    let row = match conn {
        AnyConnection::Postgres(pg) => appeal.select(AppealRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => appeal.select(AppealRow::as_select()).first(sqlite)?,
    };
    Ok(row.into())
}

/// A vehicle's appeals, the newest first.
///
/// # Errors
/// The database fails.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Appeal>> {
    let rows = appeals::table
        .filter(appeals::vehicle_id.eq(vehicle))
        .order(appeals::id.desc())
        .select(AppealRow::as_select());
    Ok(rows.load(conn)?.into_iter().map(Appeal::from).collect())
}

/// Appeals of a filter after a key, one more than a page holds.
pub fn page(
    conn: &mut AnyConnection,
    filter: &AppealFilter,
    today: Day,
    after: Option<Id<Appeal>>,
    size: i64,
) -> QueryResult<Vec<Appeal>> {
    let mut query = appeals::table.filter(appeals::state.eq(filter.state.unwrap_or(AppealState::Open))).into_boxed();
    if filter.overdue == Some(true) {
        query = query.filter(appeals::decide_by.lt(today)).filter(appeals::state.eq(AppealState::Open));
    }
    if let Some(after) = after {
        query = query.filter(appeals::id.gt(after));
    }
    let rows: Vec<AppealRow> = query.order(appeals::id).limit(size + 1).select(AppealRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Appeal::from).collect())
}
