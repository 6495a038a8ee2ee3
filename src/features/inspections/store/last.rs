//! What the newest tests of some vehicles tell of them.

use std::collections::HashMap;

use diesel::{ExpressionMethods, QueryDsl, QueryResult};

use crate::{
    domain::{id::Id, time::Day, vehicle::Vehicle, verdict::Verdict},
    platform::db::{AnyConnection, load_each},
    schema::inspections,
};

/// When a vehicle was last seen at a test, with what odometer, and when it last passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastTests {
    /// The day of the newest test.
    pub seen_on: Day,
    /// The odometer then, km.
    pub odometer_km: Option<i64>,
    /// The day of the newest pass that counts.
    pub passed_on: Option<Day>,
}

/// The newest tests of some vehicles; a vehicle without a test is absent.
///
/// # Errors
/// The database fails.
pub fn last_tests(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, LastTests>> {
    type Columns = (Id<Vehicle>, Day, Option<i64>, Verdict, bool);
    let standing = inspections::table.filter(inspections::superseded_at.is_null()).select((
        inspections::vehicle_id,
        inspections::ended_on,
        inspections::odometer_km,
        inspections::verdict,
        inspections::counted,
    ));
    let rows: Vec<Columns> = load_each!(conn, standing, inspections::vehicle_id, ids)?;
    let mut found = HashMap::new();
    for (vehicle, day, odometer_km, verdict, counted) in rows {
        let last = found.entry(vehicle).or_insert(LastTests { seen_on: day, odometer_km, passed_on: None });
        if day >= last.seen_on {
            (last.seen_on, last.odometer_km) = (day, odometer_km.or(last.odometer_km));
        }
        if counted && verdict == Verdict::Pass {
            last.passed_on = last.passed_on.max(Some(day));
        }
    }
    Ok(found)
}
