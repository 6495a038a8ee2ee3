//! SQL of notices.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable,
    RunQueryDsl, Selectable, SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        course::Course,
        id::Id,
        listing::Listing,
        notice::{Notice, NoticeLetter, NoticeState, NoticeStep},
        time::Instant,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json},
    schema::notices,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
struct NoticeRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Notice>,
    listing_id: Id<Listing>,
    number: String,
    state: NoticeState,
    state_at: Instant,
    letter: Json<NoticeLetter>,
    course: Json<Course<NoticeStep>>,
}

impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            listing: row.listing_id,
            number: row.number,
            letter: row.letter.0,
            course: row.course.0,
        }
    }
}

/// A new notice.
pub fn insert(conn: &mut AnyConnection, notice: &Notice) -> QueryResult<usize> {
    let row = NoticeRow {
        vehicle_id: notice.vehicle,
        id: notice.id,
        listing_id: notice.listing,
        number: notice.number.clone(),
        state: notice.course.state(),
        state_at: notice.course.last().moment.at,
        letter: Json(notice.letter.clone()),
        course: Json(notice.course.clone()),
    };
    insert_into(notices::table).values(row).execute(conn)
}

/// Where a notice stands now.
pub fn save(conn: &mut AnyConnection, notice: &Notice) -> QueryResult<usize> {
    update(notices::table.find((notice.vehicle, notice.id)))
        .set((
            notices::state.eq(notice.course.state()),
            notices::state_at.eq(notice.course.last().moment.at),
            notices::course.eq(Json(notice.course.clone())),
        ))
        .execute(conn)
}

/// A notice of a vehicle.
pub fn load(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Notice>) -> QueryResult<Option<Notice>> {
    let row = notices::table.find((vehicle, id)).select(NoticeRow::as_select());
    Ok(row.first(conn).optional()?.map(Notice::from))
}

/// A vehicle's notices, the newest first.
///
/// # Errors
/// The database fails.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Notice>> {
    let rows = notices::table
        .filter(notices::vehicle_id.eq(vehicle))
        .order(notices::id.desc())
        .select(NoticeRow::as_select());
    Ok(rows.load(conn)?.into_iter().map(Notice::from).collect())
}

/// Notices in a state after a key, one more than a page holds; without a state those that somebody must look after:
/// failed, or under way since before `overdue_since`.
pub fn page(
    conn: &mut AnyConnection,
    state: Option<NoticeState>,
    overdue_since: Instant,
    after: Option<Id<Notice>>,
    size: i64,
) -> QueryResult<Vec<Notice>> {
    let mut query = notices::table.into_boxed();
    let under_way = notices::state.eq_any([NoticeState::Written, NoticeState::Sent]);
    let overdue = under_way.and(notices::state_at.lt(overdue_since));
    query = match state {
        Some(state) => query.filter(notices::state.eq(state)),
        None => query.filter(notices::state.eq(NoticeState::Failed).or(overdue)),
    };
    if let Some(after) = after {
        query = query.filter(notices::id.gt(after));
    }
    let rows: Vec<NoticeRow> = query.order(notices::id).limit(size + 1).select(NoticeRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Notice::from).collect())
}
