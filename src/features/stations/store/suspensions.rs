//! Suspensions.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        supervision_case::SupervisionCase,
        suspension::{Ended, Suspension},
        time::Instant,
    },
    platform::db::{AnyConnection, Json},
    schema::{organisations, suspensions},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = suspensions, treat_none_as_default_value = false)]
struct SuspensionRow {
    id: Id<Suspension>,
    station_id: Id<Organisation>,
    line_id: Option<Id<Line>>,
    case_id: Id<SupervisionCase>,
    from_at: Instant,
    until_at: Instant,
    reason: String,
    ended: Option<Json<Ended>>,
    recorded_at: Instant,
}

impl From<SuspensionRow> for Suspension {
    fn from(row: SuspensionRow) -> Self {
        Self {
            id: row.id,
            station: row.station_id,
            line: row.line_id,
            case: row.case_id,
            from: row.from_at,
            until: row.until_at,
            reason: row.reason,
            ended: row.ended.map(|ended| ended.0),
        }
    }
}

/// Lets one change at a time suspend a station; false when there is no such organisation.
pub fn lock_station(conn: &mut AnyConnection, station: Id<Organisation>) -> QueryResult<bool> {
    let row = organisations::table.find(station).select(organisations::id);
    let found: Option<Id<Organisation>> = match conn {
        AnyConnection::Postgres(pg) => row.for_update().first(pg).optional()?,
        AnyConnection::Sqlite(sqlite) => row.first(sqlite).optional()?,
    };
    Ok(found.is_some())
}

/// A new suspension.
pub fn insert_suspension(conn: &mut AnyConnection, new: &Suspension, recorded_at: Instant) -> QueryResult<usize> {
    let row = SuspensionRow {
        id: new.id,
        station_id: new.station,
        line_id: new.line,
        case_id: new.case,
        from_at: new.from,
        until_at: new.until,
        reason: new.reason.clone(),
        ended: new.ended.clone().map(Json),
        recorded_at,
    };
    insert_into(suspensions::table).values(row).execute(conn)
}

/// Whether a suspension was ended.
pub fn save_suspension(conn: &mut AnyConnection, suspension: &Suspension) -> QueryResult<usize> {
    update(suspensions::table.find(suspension.id))
        .set(suspensions::ended.eq(suspension.ended.clone().map(Json)))
        .execute(conn)
}

/// A suspension, locked until the end of the transaction.
///
/// # Errors
/// There is no such suspension, or the database fails.
pub fn lock_suspension(conn: &mut AnyConnection, id: Id<Suspension>) -> QueryResult<Suspension> {
    let suspension = suspensions::table.find(id);
    let row = match conn {
        AnyConnection::Postgres(pg) => suspension.select(SuspensionRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => suspension.select(SuspensionRow::as_select()).first(sqlite)?,
    };
    Ok(row.into())
}

/// The suspensions of a station whose time is not over at an instant; those ended before are among them.
pub fn not_over(conn: &mut AnyConnection, station: Id<Organisation>, at: Instant) -> QueryResult<Vec<Suspension>> {
    let rows: Vec<SuspensionRow> = suspensions::table
        .filter(suspensions::station_id.eq(station))
        .filter(suspensions::until_at.gt(at))
        .order(suspensions::id)
        .select(SuspensionRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Suspension::from).collect())
}

/// The suspension that bars a line at an instant.
///
/// # Errors
/// The database fails.
pub fn barring(
    conn: &mut AnyConnection,
    (station, line): (Id<Organisation>, Id<Line>),
    at: Instant,
) -> QueryResult<Option<Suspension>> {
    Ok(not_over(conn, station, at)?.into_iter().find(|suspension| suspension.bars(line, at)))
}

/// Suspensions before a key, the newest first, one more than a page holds.
pub fn page_of_suspensions(
    conn: &mut AnyConnection,
    station: Option<Id<Organisation>>,
    before: Option<Id<Suspension>>,
    size: i64,
) -> QueryResult<Vec<Suspension>> {
    let mut query = suspensions::table.into_boxed();
    if let Some(station) = station {
        query = query.filter(suspensions::station_id.eq(station));
    }
    if let Some(before) = before {
        query = query.filter(suspensions::id.lt(before));
    }
    let rows: Vec<SuspensionRow> =
        query.order(suspensions::id.desc()).limit(size + 1).select(SuspensionRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Suspension::from).collect())
}
