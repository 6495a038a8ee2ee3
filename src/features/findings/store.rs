//! SQL of findings.

use diesel::{ExpressionMethods, Insertable, QueryDsl, QueryResult, RunQueryDsl};
use serde_json::Value;

use super::wire::FindingOut;
use crate::{
    domain::{event::Event, finding::FindingKind, id::Id, inspection::Inspection, time::Instant, vehicle::Vehicle},
    platform::db::{AnyConnection, Json, Tx, insert_rows},
    schema::findings,
};

/// What does not fit, at a test of a vehicle.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The test.
    pub inspection: Id<Inspection>,
    /// What was seen.
    pub kind: FindingKind,
    /// The facts.
    pub facts: Value,
}

#[derive(Insertable)]
#[diesel(table_name = findings, treat_none_as_default_value = false)]
struct FindingRow {
    vehicle_id: Id<Vehicle>,
    id: Id<FindingRow>,
    inspection_id: Id<Inspection>,
    finding: FindingKind,
    facts: Json<Value>,
    found_at: Instant,
}

/// Notes findings, in the transaction of the change that saw them.
///
/// # Errors
/// The database fails.
pub fn note(tx: &mut Tx<'_>, found: Vec<Finding>) -> QueryResult<()> {
    if found.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(found.len());
    for Finding { vehicle, inspection, kind, facts } in found {
        rows.push(FindingRow {
            vehicle_id: vehicle,
            id: tx.mint(),
            inspection_id: inspection,
            finding: kind,
            facts: Json(facts),
            found_at: tx.at(),
        });
        tx.record(vehicle, Event::FindingMade { inspection, finding: kind });
    }
    insert_rows!(tx.conn(), findings::table, &rows)?;
    Ok(())
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
    found.retain(|finding| finding.inspection_id == inspection);
    found.reverse();
    Ok(found)
}

/// A vehicle's findings, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<FindingOut>> {
    type Columns = (Id<Inspection>, FindingKind, Json<Value>, Instant);
    let rows: Vec<Columns> = findings::table
        .filter(findings::vehicle_id.eq(vehicle))
        .order(findings::id.desc())
        .select((findings::inspection_id, findings::finding, findings::facts, findings::found_at))
        .load(conn)?;
    let out = |(inspection_id, finding, facts, found_at): Columns| FindingOut {
        vehicle_id: vehicle,
        inspection_id,
        finding,
        facts: facts.0,
        found_at,
    };
    Ok(rows.into_iter().map(out).collect())
}
