//! SQL of the facts of tests and repairs, and of the fingerprints of per-second records.

use std::collections::HashMap;

use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, insert_into};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        id::Id,
        inspection::Inspection,
        party::Organisation,
        quantity::Amount,
        supervision::{Previous, RepairFacts, TestFacts},
        time::{Day, Instant},
        vehicle::Vehicle,
        verdict::Verdict,
    },
    platform::db::{AnyConnection, Json, insert_rows, load_each, on_db},
    schema::{supervision_facts as table, trace_prints as prints},
};

/// The facts of one thing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum KeptFacts {
    /// A test.
    Test(Box<TestFacts>),
    /// A repair.
    Repair(RepairFacts),
}

#[derive(Insertable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct FactsRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Inspection>,
    recorded_on: Day,
    ended_at: Option<Instant>,
    verdict: Option<Verdict>,
    rated_power: Option<Amount>,
    facts: Json<KeptFacts>,
}

/// Keeps facts for the night.
pub fn keep_facts(conn: &mut AnyConnection, facts: Vec<KeptFacts>, on: Day) -> QueryResult<()> {
    let rows: Vec<FactsRow> = facts.into_iter().map(|facts| FactsRow::new(facts, on)).collect();
    insert_rows!(conn, table::table, &rows)?;
    Ok(())
}

/// The facts that were recorded on a day.
pub fn facts_of_day(conn: &mut AnyConnection, day: Day) -> QueryResult<(Vec<TestFacts>, Vec<RepairFacts>)> {
    let rows: Vec<Json<KeptFacts>> =
        table::table.filter(table::recorded_on.eq(day)).order(table::id).select(table::facts).load(conn)?;
    let (mut tests, mut repairs) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        match row.0 {
            KeptFacts::Test(test) => tests.push(*test),
            KeptFacts::Repair(repair) => repairs.push(repair),
        }
    }
    Ok((tests, repairs))
}

/// The newest test of some vehicles.
pub fn previous(conn: &mut AnyConnection, vehicles: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Previous>> {
    type Columns = (Id<Vehicle>, Option<Instant>, Option<Verdict>, Option<Amount>);
    let tests = table::table.select((table::vehicle_id, table::ended_at, table::verdict, table::rated_power));
    let rows: Vec<Columns> = load_each!(conn, tests, table::vehicle_id, vehicles)?;
    let mut found: HashMap<Id<Vehicle>, Previous> = HashMap::new();
    for (vehicle, ended_at, verdict, rated_power) in rows {
        let Some((ended_at, verdict)) = ended_at.zip(verdict) else { continue };
        let test = Previous { verdict, ended_at, rated_power };
        let newest = found.entry(vehicle).or_insert(test);
        if test.ended_at > newest.ended_at {
            *newest = test;
        }
    }
    Ok(found)
}

/// When the tests of a vehicle ended.
pub fn tests_of(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Instant>> {
    let ended = table::table.filter(table::vehicle_id.eq(vehicle)).filter(table::ended_at.is_not_null());
    let ended: Vec<Option<Instant>> = ended.select(table::ended_at).load(conn)?;
    Ok(ended.into_iter().flatten().collect())
}

/// Claims a fingerprint for a test; when another vehicle has it, which test was the first.
pub fn claim_print(
    conn: &mut AnyConnection,
    print: &str,
    test: &TestFacts,
) -> QueryResult<Option<(Id<Vehicle>, Id<Inspection>, Id<Organisation>)>> {
    let row = (
        prints::key.eq(print),
        prints::vehicle_id.eq(test.vehicle),
        prints::inspection_id.eq(test.inspection),
        prints::station_id.eq(test.station),
    );
    let claimed =
        on_db!(conn, |engine| insert_into(prints::table).values(row).on_conflict_do_nothing().execute(engine))?;
    if claimed == 1 {
        return Ok(None);
    }
    let first = prints::table.find(print).select((prints::vehicle_id, prints::inspection_id, prints::station_id));
    let first: Option<(Id<Vehicle>, Id<Inspection>, Id<Organisation>)> = first.first(conn).optional()?;
    Ok(first.filter(|(vehicle, ..)| *vehicle != test.vehicle))
}

impl FactsRow {
    fn new(facts: KeptFacts, recorded_on: Day) -> Self {
        let (vehicle_id, id, ended_at, verdict, rated_power) = match &facts {
            KeptFacts::Test(test) => {
                (test.vehicle, test.inspection, Some(test.ended_at), Some(test.verdict), test.rated_power)
            }
            KeptFacts::Repair(repair) => (repair.vehicle, repair.repair.recast(), None, None, None),
        };
        Self { vehicle_id, id, recorded_on, ended_at, verdict, rated_power, facts: Json(facts) }
    }
}
