//! How far the sweeps have come, and what they look at.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, insert_into, upsert::excluded,
};

use crate::{
    domain::{id::Id, inspection::InspectionKind, time::Day, vehicle::Vehicle, verdict::Verdict},
    platform::db::{AnyConnection, load_each, on_db},
    schema::{inspections, sweeps},
};

/// The vehicle after which a sweep goes on; none at the beginning of a round.
pub fn position(conn: &mut AnyConnection, sweep: &str) -> QueryResult<Option<Id<Vehicle>>> {
    Ok(sweeps::table.find(sweep).select(sweeps::after_id).first(conn).optional()?.flatten())
}

/// A sweep has come so far.
pub fn set_position(conn: &mut AnyConnection, sweep: &str, after: Option<Id<Vehicle>>) -> QueryResult<()> {
    let row = (sweeps::key.eq(sweep), sweeps::after_id.eq(after));
    on_db!(conn, |engine| {
        insert_into(sweeps::table)
            .values(row)
            .on_conflict(sweeps::key)
            .do_update()
            .set(sweeps::after_id.eq(excluded(sweeps::after_id)))
            .execute(engine)
    })?;
    Ok(())
}

/// The last day on which each of some vehicles passed its periodic inspection.
pub fn last_passes(conn: &mut AnyConnection, vehicles: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Day>> {
    let passed = inspections::table
        .filter(inspections::kind.eq(InspectionKind::Periodic))
        .filter(inspections::verdict.eq(Verdict::Pass))
        .filter(inspections::counted.eq(true))
        .filter(inspections::superseded_at.is_null())
        .select((inspections::vehicle_id, inspections::ended_on));
    let rows: Vec<(Id<Vehicle>, Day)> = load_each!(conn, passed, inspections::vehicle_id, vehicles)?;
    let mut last = HashMap::new();
    for (vehicle, day) in rows {
        let newest = last.entry(vehicle).or_insert(day);
        *newest = day.max(*newest);
    }
    Ok(last)
}
