//! SQL of owners: whether a number is one that the owner of a vehicle was given.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, dsl::count_star};

use crate::{
    domain::{id::Id, vehicle::Vehicle},
    platform::db::AnyConnection,
    schema::inspections,
};

/// Whether a vehicle has a report of that number.
pub fn has_report(conn: &mut AnyConnection, vehicle: Id<Vehicle>, number: &str) -> QueryResult<bool> {
    let found: i64 = inspections::table
        .filter(inspections::vehicle_id.eq(vehicle))
        .filter(inspections::report_number.eq(number))
        .select(count_star())
        .first(conn)?;
    Ok(found > 0)
}
