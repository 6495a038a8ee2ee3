//! Checks of lines.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into,
};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        station::{
            line_check::{CheckResult, LineCheckKind},
            readiness::NewestCheck,
        },
        time::{Day, Instant},
    },
    features::stations::wire::{LineCheckFilter, LineCheckIn},
    platform::db::{AnyConnection, Json, on_db},
    schema::line_checks,
};

/// A check as it is kept.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = line_checks, treat_none_as_default_value = false)]
pub struct KeptCheck {
    pub station_id: Id<Organisation>,
    pub number: String,
    pub id: Id<KeptCheck>,
    pub line_id: Id<Line>,
    pub kind: LineCheckKind,
    pub started_at: Instant,
    pub ended_at: Instant,
    pub checked_on: Day,
    pub result: CheckResult,
    pub station_result: CheckResult,
    pub sent: Json<LineCheckIn>,
    pub recorded_at: Instant,
}

/// Inserts it, unless the station has one of its number.
pub fn insert_check(conn: &mut AnyConnection, row: &KeptCheck) -> QueryResult<bool> {
    let added =
        on_db!(conn, |engine| insert_into(line_checks::table).values(row).on_conflict_do_nothing().execute(engine))?;
    Ok(added == 1)
}

/// A station's check by its number.
pub fn find_check(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    number: &str,
) -> QueryResult<Option<KeptCheck>> {
    line_checks::table.find((station, number)).select(KeptCheck::as_select()).first(conn).optional()
}

/// The newest check of each of some kinds, until an instant.
pub fn newest_checks(
    conn: &mut AnyConnection,
    (station, line): (Id<Organisation>, Id<Line>),
    kinds: &[LineCheckKind],
    at: Instant,
) -> QueryResult<Vec<NewestCheck>> {
    let mut found = Vec::with_capacity(kinds.len());
    for kind in kinds {
        let newest: Option<(Instant, CheckResult)> = line_checks::table
            .filter(line_checks::station_id.eq(station))
            .filter(line_checks::line_id.eq(line))
            .filter(line_checks::kind.eq(*kind))
            .filter(line_checks::ended_at.le(at))
            .order(line_checks::ended_at.desc())
            .select((line_checks::ended_at, line_checks::result))
            .first(conn)
            .optional()?;
        found.extend(newest.map(|(ended_at, result)| NewestCheck { kind: *kind, ended_at, result }));
    }
    Ok(found)
}

/// A station's checks before a key, the newest first, one more than a page holds.
pub fn page_of_checks(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    filter: &LineCheckFilter,
    before: Option<Id<KeptCheck>>,
    size: i64,
) -> QueryResult<Vec<KeptCheck>> {
    let mut query = line_checks::table.filter(line_checks::station_id.eq(station)).into_boxed();
    if let Some(line) = filter.line_id {
        query = query.filter(line_checks::line_id.eq(line));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(line_checks::kind.eq(kind));
    }
    if let Some(before) = before {
        query = query.filter(line_checks::id.lt(before));
    }
    query.order(line_checks::id.desc()).limit(size + 1).select(KeptCheck::as_select()).load(conn)
}
