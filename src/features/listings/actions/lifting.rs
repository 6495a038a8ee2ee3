//! Taking vehicles off the list: by decision, with their case, by a pass, by expiry.

use super::{ListingKey, find, refused};
use crate::{
    domain::{
        case::Case,
        change::Changed,
        event::Event,
        id::Id,
        listing::{LiftedBy, Listing, ListingReason},
        vehicle::Vehicle,
    },
    features::{listings::store, notices},
    platform::{db::Tx, problem::Problem},
};

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

/// Lifts what stands for the elimination scope, when the vehicle is gone or no longer in it.
///
/// # Errors
/// The database fails.
pub fn lift_elimination(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, by: LiftedBy, reason: &str) -> Result<(), Problem> {
    for listing in store::standing_for(tx.conn(), &[vehicle], ListingReason::Elimination)? {
        lift(tx, listing, by, reason)?;
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

fn lift(tx: &mut Tx<'_>, listing: Listing, by: LiftedBy, reason: &str) -> Result<Listing, Problem> {
    let listing = listing.lift(by, reason.to_owned(), tx.at()).map_err(refused)?;
    store::save(tx.conn(), &listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, Event::ListingLifted { listing: listing.id, by, case: listing.case });
    notices::withdraw(tx, &listing)?;
    Ok(listing)
}
