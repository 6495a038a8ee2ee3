//! SQL of what does not fit in the register.

use diesel::{ExpressionMethods, Insertable, QueryDsl, QueryResult, RunQueryDsl};
use serde_json::Value;

use crate::{
    domain::{event::Event, fleet::FleetOddity, id::Id, time::Instant, vehicle::Vehicle},
    platform::db::{AnyConnection, Json, Tx, insert_rows},
    schema::fleet_findings,
};

#[derive(Insertable)]
#[diesel(table_name = fleet_findings, treat_none_as_default_value = false)]
struct FindingRow {
    vehicle_id: Id<Vehicle>,
    id: Id<FindingRow>,
    oddity: FleetOddity,
    facts: Json<Value>,
    found_at: Instant,
}

/// Notes what does not fit; the same facts are noted once.
pub fn note(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, found: &[(FleetOddity, Value)]) -> QueryResult<()> {
    let known = of_vehicle(tx.conn(), vehicle)?;
    let new = found.iter().filter(|(oddity, facts)| !known.iter().any(|(of, with, _)| of == oddity && with == facts));
    let mut rows = Vec::new();
    for (oddity, facts) in new {
        let (id, found_at) = (tx.mint(), tx.at());
        rows.push(FindingRow { vehicle_id: vehicle, id, oddity: *oddity, facts: Json(facts.clone()), found_at });
        tx.record(vehicle, Event::FleetFindingMade { oddity: *oddity });
    }
    if !rows.is_empty() {
        insert_rows!(tx.conn(), fleet_findings::table, &rows)?;
    }
    Ok(())
}

/// A vehicle's findings, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<(FleetOddity, Value, Instant)>> {
    let rows: Vec<(FleetOddity, Json<Value>, Instant)> = fleet_findings::table
        .filter(fleet_findings::vehicle_id.eq(vehicle))
        .order(fleet_findings::id.desc())
        .select((fleet_findings::oddity, fleet_findings::facts, fleet_findings::found_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(oddity, facts, at)| (oddity, facts.0, at)).collect())
}
