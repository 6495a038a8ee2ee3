//! What the rules look back upon: a vehicle's remote tests and its samplings.

use diesel::{ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper};

use super::{Kept, ObservationRow};
use crate::{
    domain::{
        id::Id,
        inspection::{Inspection, InspectionKind},
        listing::Evidence,
        listing_rule::{Sampling, Sensed},
        observation::{ObservationKind, ObservationResult},
        time::Instant,
        vehicle::Vehicle,
        verdict::Verdict,
    },
    platform::db::AnyConnection,
    schema::{inspections, observations},
};

/// A vehicle's remote tests from an instant on.
pub fn remote_tests(conn: &mut AnyConnection, vehicle: Id<Vehicle>, since: Instant) -> QueryResult<Vec<Sensed>> {
    let rows: Vec<ObservationRow> = observations::table
        .filter(observations::vehicle_id.eq(vehicle))
        .filter(observations::kind.eq(ObservationKind::RemoteSensing))
        .filter(observations::observed_at.ge(since))
        .select(ObservationRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| Sensed::of(&Kept::from(row).observation)).collect())
}

/// A vehicle's samplings from an instant on: roadside and premises checks, and supervisory tests at stations.
pub fn samplings(conn: &mut AnyConnection, vehicle: Id<Vehicle>, since: Instant) -> QueryResult<Vec<Sampling>> {
    let checks: Vec<ObservationRow> = observations::table
        .filter(observations::vehicle_id.eq(vehicle))
        .filter(observations::kind.eq_any([ObservationKind::Roadside, ObservationKind::Premises]))
        .filter(observations::observed_at.ge(since))
        .select(ObservationRow::as_select())
        .load(conn)?;
    let checks = checks.into_iter().map(|row| {
        let observation = Kept::from(row).observation;
        Sampling {
            at: observation.observed_at,
            failed: observation.judged.result == ObservationResult::OverLimit,
            evidence: Evidence::observation(&observation),
        }
    });
    let mut found: Vec<Sampling> = checks.collect();
    found.extend(supervisory_tests(conn, vehicle, since)?);
    Ok(found)
}

fn supervisory_tests(conn: &mut AnyConnection, vehicle: Id<Vehicle>, since: Instant) -> QueryResult<Vec<Sampling>> {
    type Columns = (Id<Inspection>, String, Instant, Verdict);
    let tests: Vec<Columns> = inspections::table
        .filter(inspections::vehicle_id.eq(vehicle))
        .filter(inspections::kind.eq(InspectionKind::Supervisory))
        .filter(inspections::counted.eq(true))
        .filter(inspections::superseded_at.is_null())
        .filter(inspections::ended_at.ge(since))
        .select((inspections::id, inspections::report_number, inspections::ended_at, inspections::verdict))
        .load(conn)?;
    let sampling = |(id, number, at, verdict): Columns| Sampling {
        at,
        failed: verdict == Verdict::Fail,
        evidence: Evidence { observation: None, inspection: Some(id), number, at },
    };
    Ok(tests.into_iter().map(sampling).collect())
}
