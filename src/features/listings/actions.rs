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
        listing::{LiftedBy, Listing, ListingError, ListingReason},
        notice::{Notice, waits_for_notice},
        time::Instant,
        vehicle::Vehicle,
    },
    features::{
        notices::{self, DeliveryIn},
        vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
    },
};

type ListingKey = (Id<Vehicle>, Id<Listing>);

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
    let grounds =
        Grounds { reason: ListingReason::Decision, rule: "decision", case: None, basis: told.basis.clone() };
    record(tx, lawbook, vehicle, grounds, effective_at)
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
    let grounds = Grounds { reason, rule, case: Some(case.id), basis };
    record(tx, lawbook, case.vehicle, grounds, effective_at)?;
    Ok(())
}

/// Why a vehicle is listed, and what stands behind it.
struct Grounds {
    reason: ListingReason,
    rule: &'static str,
    case: Option<Id<Case>>,
    basis: String,
}

/// Records a listing and writes its notice; by dated rule some reasons wait for the notice instead of `effective_at`.
fn record(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    Grounds { reason, rule, case, basis }: Grounds,
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

/// The bureau lifts a listing.
///
/// # Errors
/// No such listing of the vehicle (404), or it was lifted already (409).
pub fn lift_listing(tx: &mut Tx<'_>, key: ListingKey, reason: &str) -> Result<Listing, Problem> {
    let listing = find(tx, key)?;
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
    let listing = listing.lift(by, reason.to_owned(), tx.at()).map_err(refused)?;
    store::save(tx.conn(), &listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, Event::ListingLifted { listing: listing.id, by, case: listing.case });
    notices::withdraw(tx, &listing)?;
    Ok(listing)
}

/// Lifts a listing for a reason that another area has established; one that was lifted already stays as it is.
///
/// # Errors
/// No such listing of the vehicle (404).
pub fn lift_by(tx: &mut Tx<'_>, key: ListingKey, by: LiftedBy, reason: &str) -> Result<(), Problem> {
    let listing = find(tx, key)?;
    if listing.lift.is_none() {
        lift(tx, listing, by, reason)?;
    }
    Ok(())
}

/// A listing that stands, its vehicle locked.
///
/// # Errors
/// No such listing of the vehicle (404), or it was lifted (409).
pub fn standing(tx: &mut Tx<'_>, key: ListingKey) -> Result<Listing, Problem> {
    let listing = find(tx, key)?;
    if listing.lift.is_some() { Err(refused(ListingError::AlreadyLifted)) } else { Ok(listing) }
}

/// The notice of a listing has reached the owner; a listing that waits takes effect when the owner's time is over.
///
/// # Errors
/// No such notice (404), it was not sent (409), or the time of delivery cannot be (422).
pub fn deliver_notice(
    tx: &mut Tx<'_>,
    (vehicle, id): (Id<Vehicle>, Id<Notice>),
    told: &DeliveryIn,
) -> Result<Notice, Problem> {
    let notice = notices::deliver(tx, (vehicle, id), told)?;
    if let Some(at) = notice.effective_at() {
        let at = at.max(tx.at());
        take_effect(tx, (vehicle, notice.listing), at)?;
    }
    Ok(notice)
}

/// Gives a listing that waits its instant of effect; one that has an instant or was lifted stays as it is.
///
/// # Errors
/// No such listing of the vehicle (404).
pub fn take_effect(tx: &mut Tx<'_>, key: ListingKey, effective_at: Instant) -> Result<(), Problem> {
    let Ok(listing) = find(tx, key)?.take_effect(effective_at) else { return Ok(()) };
    let event = Event::ListingTookEffect { listing: listing.id, effective_at, case: listing.case };
    save(tx, &listing, event)
}

/// An appeal holds a listing off; one that is held off or was lifted stays as it is.
///
/// # Errors
/// No such listing of the vehicle (404).
pub fn suspend(tx: &mut Tx<'_>, key: ListingKey) -> Result<(), Problem> {
    let at = tx.at();
    let Ok(listing) = find(tx, key)?.suspend(at) else { return Ok(()) };
    let event = Event::ListingSuspended { listing: listing.id, case: listing.case };
    save(tx, &listing, event)
}

/// Nothing holds a listing off any more; one that bars or was lifted stays as it is.
///
/// # Errors
/// No such listing of the vehicle (404).
pub fn resume(tx: &mut Tx<'_>, key: ListingKey) -> Result<(), Problem> {
    let Ok(listing) = find(tx, key)?.resume() else { return Ok(()) };
    let event = Event::ListingResumed { listing: listing.id, case: listing.case };
    save(tx, &listing, event)
}

fn find(tx: &mut Tx<'_>, (vehicle, id): ListingKey) -> Result<Listing, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let listings = store::of_vehicle(tx.conn(), vehicle)?;
    listings.into_iter().find(|listing| listing.id == id).ok_or_else(Problem::not_found)
}

fn save(tx: &mut Tx<'_>, listing: &Listing, event: Event) -> Result<(), Problem> {
    store::save(tx.conn(), listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, event);
    Ok(())
}

fn refused(error: ListingError) -> Problem {
    let zh = match error {
        ListingError::AlreadyLifted => "该记录已移出黑名单",
        ListingError::AlreadyEffective => "该记录已生效",
        ListingError::AlreadySuspended => "该记录已暂缓执行",
        ListingError::NotSuspended => "该记录未暂缓执行",
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
