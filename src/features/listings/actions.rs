//! Changes of listings.

use chrono::Duration;

use super::{store, wire::ListingIn};
use crate::{
    domain::{
        case::Case,
        change::Changed,
        elimination::{InScope, in_scope},
        event::Event,
        id::Id,
        lawbook::Lawbook,
        listing::{Evidence, LiftedBy, Listing, ListingError, ListingReason},
        listing_rule::{Firing, is_on, rule_of},
        time::Instant,
        vehicle::{Vehicle, stage::StageSource},
        words::Word,
    },
    features::vehicles,
    platform::{
        db::Tx,
        problem::{Kind, Problem},
    },
};

/// The bureau lists a vehicle by a reasoned decision.
///
/// # Errors
/// No such vehicle (404), or it would take effect before it is recorded (422).
pub fn blacklist_vehicle(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, told: &ListingIn) -> Result<Listing, Problem> {
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
    let reason = ListingReason::Decision;
    let firing =
        Firing { reason, rule: rule_of(reason), basis: told.basis.clone(), evidence: vec![], expires_on: None };
    record(tx, vehicle, firing, None, Some(effective_at))
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
    record(tx, vehicle, firing, case, Some(effective_at))
}

fn strengthen(tx: &mut Tx<'_>, listing: Listing, firing: Firing) -> Result<Listing, Problem> {
    let before = (listing.evidence.len(), listing.expires_on);
    let listing = listing.strengthen(firing.evidence, firing.expires_on).map_err(refused)?;
    if (listing.evidence.len(), listing.expires_on) != before {
        store::save(tx.conn(), &listing)?;
        tx.record(listing.vehicle, Event::ListingStrengthened { listing: listing.id, case: listing.case });
    }
    Ok(listing)
}

/// Lists a vehicle of the scope of elimination. A stage that is only derived from a date lists nobody: it is a flagged
/// fallback, and a person must confirm it first.
///
/// # Errors
/// The vehicle is not in the scope, its stage is only derived, or the rule is off (409).
pub fn list_for_elimination(tx: &mut Tx<'_>, lawbook: &Lawbook, vehicle: &Vehicle) -> Result<Listing, Problem> {
    let (reason, today) = (ListingReason::Elimination, tx.at().local_day());
    let derived = vehicle.stage_source == StageSource::DerivedFromDate;
    if derived
        || in_scope(vehicle, &lawbook.settings, today) != InScope::Yes
        || !is_on(reason, &lawbook.settings, today)
    {
        return Err(Problem::new(Kind::WrongState).because(
            "the vehicle is not in the scope of elimination, or its stage is only derived",
            "该车不在淘汰范围内，或排放阶段仅为推定",
        ));
    }
    let basis = format!("{}柴油货车，属淘汰范围", vehicle.stage.zh());
    list_by_rule(
        tx,
        lawbook,
        vehicle.id,
        Firing { reason, rule: rule_of(reason), basis, evidence: vec![], expires_on: None },
        None,
    )
}

fn record(
    tx: &mut Tx<'_>,
    vehicle: Id<Vehicle>,
    Firing { reason, rule, basis, evidence, expires_on }: Firing,
    case: Option<Id<Case>>,
    effective_at: Option<Instant>,
) -> Result<Listing, Problem> {
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
        effective_at,
        suspended_at: None,
        lift: None,
    };
    store::insert(tx.conn(), &listing)?;
    tx.publish(vehicle, Changed::Listing);
    tx.record(vehicle, Event::VehicleListed { listing: listing.id, reason, case });
    Ok(listing)
}

/// The bureau lifts a listing.
///
/// # Errors
/// No such listing of the vehicle (404), or it was lifted already (409).
pub fn lift_listing(
    tx: &mut Tx<'_>,
    (vehicle, id): (Id<Vehicle>, Id<Listing>),
    reason: &str,
) -> Result<Listing, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let listings = store::of_vehicle(tx.conn(), vehicle)?;
    let listing = listings.into_iter().find(|listing| listing.id == id).ok_or_else(Problem::not_found)?;
    lift(tx, listing, LiftedBy::Decision, reason)
}

/// Lifts what a case has listed, when the case is over.
///
/// # Errors
/// The database fails.
pub fn lift_of_case(
    tx: &mut Tx<'_>,
    vehicle: Id<Vehicle>,
    case: Id<Case>,
    by: LiftedBy,
    reason: &str,
) -> Result<(), Problem> {
    for listing in store::of_vehicle(tx.conn(), vehicle)? {
        if listing.case == Some(case) && listing.lift.is_none() {
            lift(tx, listing, by, reason)?;
        }
    }
    Ok(())
}

/// Lifts what a case has listed for one reason: a passing re-measurement has cleared it.
///
/// # Errors
/// The database fails.
pub fn lift_reason_of_case(
    tx: &mut Tx<'_>,
    (vehicle, case): (Id<Vehicle>, Id<Case>),
    reason: ListingReason,
    by: LiftedBy,
    why: &str,
) -> Result<(), Problem> {
    for listing in store::standing_for(tx.conn(), &[vehicle], reason)? {
        if listing.case == Some(case) {
            lift(tx, listing, by, why)?;
        }
    }
    Ok(())
}

/// Lifts the listings for an overdue inspection of vehicles that have passed their periodic inspection.
///
/// # Errors
/// The database fails.
pub fn lift_overdue_inspections(tx: &mut Tx<'_>, passed: &[Id<Vehicle>]) -> Result<(), Problem> {
    if passed.is_empty() {
        return Ok(());
    }
    for listing in store::standing_for(tx.conn(), passed, ListingReason::OverdueInspection)? {
        lift(tx, listing, LiftedBy::Pass, "定期检验合格")?;
    }
    Ok(())
}

/// Standing listings whose evidence has expired, so many at most.
///
/// # Errors
/// The database fails.
pub fn expired(tx: &mut Tx<'_>, most: i64) -> Result<Vec<Listing>, Problem> {
    let today = tx.at().local_day();
    Ok(store::expired(tx.conn(), today, most)?)
}

/// Lifts a listing whose evidence has expired, unless further evidence has just come; tells whether it did.
///
/// # Errors
/// The database fails.
pub fn lift_expired(tx: &mut Tx<'_>, listing: &Listing) -> Result<bool, Problem> {
    let standing = store::standing_for(tx.conn(), &[listing.vehicle], listing.reason)?;
    let Some(listing) = standing.into_iter().find(|found| found.id == listing.id && found.has_expired(tx.at()))
    else {
        return Ok(false);
    };
    lift(tx, listing, LiftedBy::Expiry, "证据已超出时限")?;
    Ok(true)
}

fn lift(tx: &mut Tx<'_>, listing: Listing, by: LiftedBy, reason: &str) -> Result<Listing, Problem> {
    let listing = listing.lift(by, reason.to_owned(), tx.at()).map_err(refused)?;
    store::save(tx.conn(), &listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, Event::ListingLifted { listing: listing.id, by, case: listing.case });
    Ok(listing)
}

fn refused(error: ListingError) -> Problem {
    let zh = match error {
        ListingError::AlreadyLifted => "该记录已移出黑名单",
        ListingError::AlreadyEffective => "该记录已生效",
        ListingError::AlreadySuspended => "该记录已暂停执行",
        ListingError::NotSuspended => "该记录未暂停执行",
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
