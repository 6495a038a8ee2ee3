//! Changes of listings.

use chrono::Duration;

use super::{store, wire::ListingIn};
use crate::{
    domain::{
        case::Case,
        change::Changed,
        event::Event,
        id::Id,
        lawbook::Lawbook,
        listing::{LiftedBy, Listing, ListingReason},
        time::Instant,
        vehicle::Vehicle,
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
    let grounds =
        Grounds { reason: ListingReason::Decision, rule: "decision", case: None, basis: told.basis.clone() };
    record(tx, vehicle, grounds, Some(effective_at))
}

/// Lists the vehicle of a case that was not repaired and retested in time, unless another process has just done so.
///
/// # Errors
/// The database fails.
pub fn list_overdue_case(tx: &mut Tx<'_>, lawbook: &Lawbook, case: &Case) -> Result<(), Problem> {
    let listed = |listing: &Listing| listing.case == Some(case.id) && listing.lift.is_none();
    if store::of_vehicle(tx.conn(), case.vehicle)?.iter().any(listed) {
        return Ok(());
    }
    let days: i64 = lawbook.settings.on("listing_takes_effect_after_days", tx.at().local_day());
    let effective_at = tx.at().plus(Duration::days(days));
    let basis = format!("报告 {} 不合格，逾期未维修复检（期限 {}）", case.failing.report_number, case.deadline_on);
    let (reason, rule) = (ListingReason::OverdueCase, "overdue_case_lists");
    record(tx, case.vehicle, Grounds { reason, rule, case: Some(case.id), basis }, Some(effective_at))?;
    Ok(())
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
    basis: &str,
) -> Result<bool, Problem> {
    if of_elimination(tx, vehicle)?.is_some() {
        return Ok(false);
    }
    let days: i64 = lawbook.settings.on("listing_takes_effect_after_days", tx.at().local_day());
    let effective_at = tx.at().plus(Duration::days(days));
    let (reason, rule) = (ListingReason::Elimination, "elimination_lists");
    record(tx, vehicle, Grounds { reason, rule, case: None, basis: basis.to_owned() }, Some(effective_at))?;
    Ok(true)
}

/// Lifts what stands for the elimination scope, when the vehicle is gone or no longer in it.
///
/// # Errors
/// The database fails.
pub fn lift_elimination(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, by: LiftedBy, reason: &str) -> Result<(), Problem> {
    if let Some(listing) = of_elimination(tx, vehicle)? {
        lift(tx, listing, by, reason)?;
    }
    Ok(())
}

fn of_elimination(tx: &mut Tx<'_>, vehicle: Id<Vehicle>) -> Result<Option<Listing>, Problem> {
    let stands = |listing: &Listing| listing.reason == ListingReason::Elimination && listing.lift.is_none();
    Ok(store::of_vehicle(tx.conn(), vehicle)?.into_iter().find(stands))
}

/// Why a vehicle is listed, and what stands behind it.
struct Grounds {
    reason: ListingReason,
    rule: &'static str,
    case: Option<Id<Case>>,
    basis: String,
}

fn record(
    tx: &mut Tx<'_>,
    vehicle: Id<Vehicle>,
    Grounds { reason, rule, case, basis }: Grounds,
    effective_at: Option<Instant>,
) -> Result<Listing, Problem> {
    let listing = Listing {
        id: tx.mint(),
        vehicle,
        case,
        reason,
        rule: rule.to_owned(),
        basis,
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

fn lift(tx: &mut Tx<'_>, listing: Listing, by: LiftedBy, reason: &str) -> Result<Listing, Problem> {
    let listing = listing
        .lift(by, reason.to_owned(), tx.at())
        .map_err(|error| Problem::new(Kind::WrongState).because(error.to_string(), "该记录已移出黑名单"))?;
    store::save(tx.conn(), &listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, Event::ListingLifted { listing: listing.id, by, case: listing.case });
    Ok(listing)
}
