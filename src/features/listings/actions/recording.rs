//! Putting vehicles on the list: by decision, by a rule that has fired, for elimination.

use chrono::Duration;

use super::refused;
use crate::{
    domain::{
        case::Case,
        change::Changed,
        event::Event,
        id::Id,
        lawbook::Lawbook,
        listing::{Evidence, Listing, ListingReason},
        listing_rule::{Firing, rule_of},
        notice::waits_for_notice,
        time::Instant,
        vehicle::Vehicle,
    },
    features::{
        listings::{store, wire::ListingIn},
        notices, vehicles,
    },
    platform::{db::Tx, problem::Problem},
};

/// The bureau lists a vehicle by a reasoned decision.
///
/// # Errors
/// No such vehicle (404), or it would take effect before it is recorded, or decisions wait for their notice (422).
pub fn blacklist_vehicle(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    told: &ListingIn,
) -> Result<Listing, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let effective_at = told.effective_at.unwrap_or(tx.at());
    if effective_at < tx.at() {
        return Err(Problem::invalid(
            "/effective_at",
            "in_the_past",
            "a listing cannot take effect before it is recorded",
            "生效时间不得早于记录时间",
        ));
    }
    let waits = waits_for_notice(&lawbook.settings, ListingReason::Decision, tx.at().local_day());
    if waits && told.effective_at.is_some() {
        return Err(Problem::invalid(
            "/effective_at",
            "waits_for_notice",
            "a decision takes effect when its notice was delivered and the owner's time is over",
            "该类决定须在告知书送达且期限届满后生效，不能另定生效时间",
        ));
    }
    let reason = ListingReason::Decision;
    let firing =
        Firing { reason, rule: rule_of(reason), basis: told.basis.clone(), evidence: vec![], expires_on: None };
    record(tx, lawbook, vehicle, firing, None, effective_at)
}

/// Lists the vehicle of a case that was not repaired and retested in time, unless another process has just done so.
///
/// # Errors
/// The database fails.
pub fn list_overdue_case(tx: &mut Tx<'_>, lawbook: &Lawbook, case: &Case) -> Result<(), Problem> {
    let basis = format!("报告 {} 不合格，逾期未维修复检（期限 {}）", case.failing.report_number, case.deadline_on);
    let evidence = Evidence {
        observation: case.failing.observation(),
        inspection: case.failing.inspection(),
        number: case.failing.report_number.clone(),
        at: case.failing.ended_at,
    };
    let reason = ListingReason::OverdueCase;
    let firing = Firing { reason, rule: rule_of(reason), basis, evidence: vec![evidence], expires_on: None };
    list_by_rule(tx, lawbook, case.vehicle, firing, Some(case.id))?;
    Ok(())
}

/// Lists a vehicle by a rule that has fired. A standing listing for the same reason and case gets the further evidence
/// instead, so that a reason lists once at a time.
///
/// # Errors
/// The database fails.
pub fn list_by_rule(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    firing: Firing,
    case: Option<Id<Case>>,
) -> Result<Listing, Problem> {
    let stands =
        |listing: &Listing| listing.reason == firing.reason && listing.case == case && listing.lift.is_none();
    if let Some(listing) = store::of_vehicle(tx.conn(), vehicle)?.into_iter().find(stands) {
        return strengthen(tx, listing, firing);
    }
    let days: i64 = lawbook.settings.on("listing_takes_effect_after_days", tx.at().local_day());
    let effective_at = tx.at().plus(Duration::days(days));
    record(tx, lawbook, vehicle, firing, case, effective_at)
}

fn strengthen(tx: &mut Tx<'_>, listing: Listing, firing: Firing) -> Result<Listing, Problem> {
    let before = (listing.evidence.len(), listing.expires_on);
    let listing = listing.strengthen(firing.evidence, firing.expires_on).map_err(refused)?;
    if (listing.evidence.len(), listing.expires_on) != before {
        if listing.expires_on != before.1 {
            tx.publish(listing.vehicle, Changed::Listing);
        }
        store::save(tx.conn(), &listing)?;
        tx.record(listing.vehicle, Event::ListingStrengthened { listing: listing.id, case: listing.case });
    }
    Ok(listing)
}

/// Lists a vehicle of the elimination scope that is still there after its deadline, unless it is listed for that already.
/// Tells whether it was listed.
///
/// # Errors
/// The database fails.
pub fn list_elimination(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    basis: String,
) -> Result<bool, Problem> {
    let reason = ListingReason::Elimination;
    if !store::standing_for(tx.conn(), &[vehicle], reason)?.is_empty() {
        return Ok(false);
    }
    let firing = Firing { reason, rule: rule_of(reason), basis, evidence: vec![], expires_on: None };
    list_by_rule(tx, lawbook, vehicle, firing, None)?;
    Ok(true)
}

/// Records a listing and writes its notice; by dated rule some reasons wait for the notice instead of `effective_at`.
fn record(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    Firing { reason, rule, basis, evidence, expires_on }: Firing,
    case: Option<Id<Case>>,
    effective_at: Instant,
) -> Result<Listing, Problem> {
    let waits = waits_for_notice(&lawbook.settings, reason, tx.at().local_day());
    let listing = Listing {
        id: tx.mint(),
        vehicle,
        case,
        reason,
        rule: rule.to_owned(),
        basis,
        evidence,
        expires_on,
        recorded_at: tx.at(),
        effective_at: (!waits).then_some(effective_at),
        suspended_at: None,
        lift: None,
    };
    store::insert(tx.conn(), &listing)?;
    tx.publish(vehicle, Changed::Listing);
    tx.record(vehicle, Event::VehicleListed { listing: listing.id, reason, case });
    notices::write(tx, &lawbook.settings, &listing)?;
    Ok(listing)
}
