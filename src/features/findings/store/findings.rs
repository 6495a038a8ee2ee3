//! SQL of findings.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};
use serde_json::Value;

use crate::{
    domain::{
        finding::{FindingKind, FindingState},
        id::Id,
        inspection::Inspection,
        party::{Line, Organisation},
        supervision::{Measured, Peers},
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    features::findings::wire::{FindingFilter, FindingOut},
    platform::db::{AnyConnection, Json, on_db},
    schema::supervision_findings::{self as table, dsl},
};

/// A finding as it is kept.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
pub struct Row {
    pub organisation_id: Id<Organisation>,
    pub id: Id<Measured>,
    pub finding: FindingKind,
    pub natural_key: String,
    pub state: FindingState,
    pub line_id: Option<Id<Line>>,
    pub person: Option<String>,
    pub vehicle_id: Option<Id<Vehicle>>,
    pub inspection_id: Option<Id<Inspection>>,
    pub numerator: i64,
    pub denominator: i64,
    pub peers: Option<Json<Peers>>,
    pub chance: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub facts: Json<Value>,
    pub window_from: Option<Day>,
    pub window_to: Option<Day>,
    pub found_on: Day,
    pub found_at: Instant,
}

/// Keeps a finding; `false` when it is known already.
pub fn keep(conn: &mut AnyConnection, row: &Row) -> QueryResult<bool> {
    let kept = on_db!(conn, |engine| insert_into(table::table).values(row).on_conflict_do_nothing().execute(engine))?;
    Ok(kept == 1)
}

/// Where a finding stands now; `false` when there is no such finding.
pub fn advance(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    id: Id<Measured>,
    state: FindingState,
) -> QueryResult<bool> {
    Ok(update(dsl::supervision_findings.find((organisation, id))).set(dsl::state.eq(state)).execute(conn)? == 1)
}

/// A vehicle's findings, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<FindingOut>> {
    let rows = dsl::supervision_findings.filter(dsl::vehicle_id.eq(vehicle)).order(dsl::id.desc());
    let rows: Vec<Row> = rows.select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(FindingOut::from).collect())
}

/// What was noted at a test, the first first.
///
/// # Errors
/// The database fails.
pub fn at_test(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    inspection: Id<Inspection>,
) -> QueryResult<Vec<FindingOut>> {
    let mut found = of_vehicle(conn, vehicle)?;
    found.retain(|finding| finding.inspection_id == Some(inspection));
    found.reverse();
    Ok(found)
}

/// A page of findings, the newest first, one more than it holds; of `asked_of` only what it was asked about.
pub fn page(
    conn: &mut AnyConnection,
    filter: &FindingFilter,
    asked_of: Option<Id<Organisation>>,
    before: Option<Id<Measured>>,
    size: i64,
) -> QueryResult<Vec<FindingOut>> {
    let mut query = dsl::supervision_findings.select(Row::as_select()).into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(dsl::finding.eq(kind));
    }
    if let Some(station) = filter.station {
        query = query.filter(dsl::organisation_id.eq(station));
    }
    if let Some(day) = filter.day {
        query = query.filter(dsl::found_on.eq(day));
    }
    if let Some(state) = filter.state {
        query = query.filter(dsl::state.eq(state));
    }
    if let Some(organisation) = asked_of {
        query = query.filter(dsl::organisation_id.eq(organisation)).filter(dsl::state.ne(FindingState::Noted));
    }
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    let rows: Vec<Row> = query.order(dsl::id.desc()).limit(size + 1).load(conn)?;
    Ok(rows.into_iter().map(FindingOut::from).collect())
}

impl From<Row> for FindingOut {
    fn from(row: Row) -> Self {
        Self {
            finding_id: row.id,
            organisation_id: row.organisation_id,
            finding: row.finding,
            state: row.state,
            line_id: row.line_id,
            person: row.person,
            vehicle_id: row.vehicle_id,
            inspection_id: row.inspection_id,
            numerator: row.numerator,
            denominator: row.denominator,
            peers: row.peers.map(|peers| peers.0),
            chance_millionths: row.chance,
            interval_millionths: row.low.zip(row.high).map(|(low, high)| [low, high]),
            facts: row.facts.0,
            window_from: row.window_from,
            window_to: row.window_to,
            found_at: row.found_at,
        }
    }
}
