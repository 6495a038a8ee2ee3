//! SQL of penalty procedures.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use crate::{
    domain::{
        course::Course,
        id::Id,
        listing::Listing,
        penalty::{Penalty, PenaltyState, PenaltyStep, RetestEntry},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::penalties,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = penalties, treat_none_as_default_value = false)]
struct PenaltyRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Penalty>,
    listing_id: Id<Listing>,
    state: PenaltyState,
    retest: Option<Json<RetestEntry>>,
    course: Json<Course<PenaltyStep>>,
}

impl From<PenaltyRow> for Penalty {
    fn from(row: PenaltyRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            listing: row.listing_id,
            retest: row.retest.map(|retest| retest.0),
            course: row.course.0,
        }
    }
}

/// A new procedure.
pub fn insert(conn: &mut AnyConnection, penalty: &Penalty) -> QueryResult<usize> {
    let row = PenaltyRow {
        vehicle_id: penalty.vehicle,
        id: penalty.id,
        listing_id: penalty.listing,
        state: penalty.course.state(),
        retest: penalty.retest.clone().map(Json),
        course: Json(penalty.course.clone()),
    };
    insert_into(penalties::table).values(row).execute(conn)
}

/// Where a procedure stands now.
pub fn save(conn: &mut AnyConnection, penalty: &Penalty) -> QueryResult<usize> {
    update(penalties::table.find((penalty.vehicle, penalty.id)))
        .set((
            penalties::state.eq(penalty.course.state()),
            penalties::retest.eq(penalty.retest.clone().map(Json)),
            penalties::course.eq(Json(penalty.course.clone())),
        ))
        .execute(conn)
}

/// A procedure, locked until the end of the transaction.
///
/// # Errors
/// There is no such procedure, or the database fails.
pub fn lock(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Penalty>) -> QueryResult<Penalty> {
    let penalty = penalties::table.find((vehicle, id));
    let row = match conn {
        AnyConnection::Postgres(pg) => penalty.select(PenaltyRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => penalty.select(PenaltyRow::as_select()).first(sqlite)?,
    };
    Ok(row.into())
}

/// A vehicle's procedures, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Penalty>> {
    let rows = penalties::table
        .filter(penalties::vehicle_id.eq(vehicle))
        .order(penalties::id.desc())
        .select(PenaltyRow::as_select());
    Ok(rows.load(conn)?.into_iter().map(Penalty::from).collect())
}

/// Procedures in a state after a key, one more than a page holds; without a state every one that is not over.
pub fn page(
    conn: &mut AnyConnection,
    state: Option<PenaltyState>,
    after: Option<Id<Penalty>>,
    size: i64,
) -> QueryResult<Vec<Penalty>> {
    let mut query = penalties::table.into_boxed();
    query = match state {
        Some(state) => query.filter(penalties::state.eq(state)),
        None => query.filter(penalties::state.ne_all([PenaltyState::Ended, PenaltyState::Dropped])),
    };
    if let Some(after) = after {
        query = query.filter(penalties::id.gt(after));
    }
    let rows: Vec<PenaltyRow> =
        query.order(penalties::id).limit(size + 1).select(PenaltyRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Penalty::from).collect())
}
