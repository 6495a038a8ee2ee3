//! What follows from time alone: overdue inspections, and evidence that has left its window.

use crate::{
    domain::{
        case::{Case, Cause, Ruling},
        id::Id,
        lawbook::Lawbook,
        listing::ListingReason,
        listing_rule::{Firing, is_on, is_overdue, rule_of},
        time::Day,
        vehicle::{
            Vehicle,
            area::{AreaCode, CITY},
        },
    },
    features::{
        cases::{self, RulingIn},
        listings,
        observations::store,
        vehicles,
    },
    platform::{db::Tx, problem::Problem},
};

/// The name under which the sweep of overdue inspections keeps its place.
const OVERDUE: &str = "overdue_inspections";

/// Lists the city's vehicles whose periodic inspection is overdue: so many a round, and then from the beginning.
///
/// # Errors
/// The database fails.
pub fn list_overdue_inspections(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    const MOST: i64 = 500;
    let today = tx.at().local_day();
    if !is_on(ListingReason::OverdueInspection, &lawbook.settings, today) {
        return Ok(());
    }
    let after = store::position(tx.conn(), OVERDUE)?;
    let found: Vec<Vehicle> =
        vehicles::walk(tx.conn(), after, MOST)?.into_iter().map(|(vehicle, _)| vehicle).collect();
    let ids: Vec<Id<Vehicle>> = found.iter().map(|vehicle| vehicle.id).collect();
    let passed = store::last_passes(tx.conn(), &ids)?;

    let overdue = |vehicle: &Vehicle| {
        let here = is_here(vehicle) && !vehicle.is_only_sighted();
        is_overdue(vehicle, passed.get(&vehicle.id).copied(), &lawbook.settings, today).filter(|_| here)
    };
    for (vehicle, since) in found.iter().filter_map(|vehicle| overdue(vehicle).map(|since| (vehicle.id, since))) {
        vehicles::lock(tx.conn(), vehicle)?;
        listings::list_by_rule(tx, lawbook, vehicle, firing(since), None)?;
    }

    let more = i64::try_from(found.len()).is_ok_and(|count| count == MOST);
    store::set_position(tx.conn(), OVERDUE, ids.last().copied().filter(|_| more))?;
    Ok(())
}

fn firing(since: Day) -> Firing {
    let reason = ListingReason::OverdueInspection;
    let basis = format!("定期检验应于 {since} 前完成，至今未见合格记录");
    Firing { reason, rule: rule_of(reason), basis, evidence: Vec::new(), expires_on: None }
}

/// Vehicles registered elsewhere are inspected elsewhere.
fn is_here(vehicle: &Vehicle) -> bool {
    AreaCode::read(CITY).is_ok_and(|city| vehicle.area.is_within(&city))
}

/// Lifts the listings whose evidence has expired; a case that stood on nothing else ends with them.
///
/// # Errors
/// The database fails.
pub fn expire_evidence(tx: &mut Tx<'_>) -> Result<(), Problem> {
    const MOST: i64 = 200;
    for listing in listings::expired(tx, MOST)? {
        vehicles::lock(tx.conn(), listing.vehicle)?;
        if listings::lift_expired(tx, &listing)?
            && let Some(case) = listing.case
        {
            end_case(tx, (listing.vehicle, case))?;
        }
    }
    Ok(())
}

fn end_case(tx: &mut Tx<'_>, key: (Id<Vehicle>, Id<Case>)) -> Result<(), Problem> {
    let case = cases::lock(tx.conn(), key.0, key.1)?;
    if case.closed_at().is_none() && case.outstanding == [Cause::RemoteSensing] {
        let ruling = RulingIn { ruling: Ruling::EvidenceExpired, reason: "遥感证据已超出时限".to_owned() };
        cases::rule_case(tx, key, &ruling)?;
    }
    Ok(())
}
