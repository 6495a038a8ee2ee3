//! Whether a listing bars: its notice makes it effective, an appeal holds it off and lets it bar again.

use super::{ListingKey, find, refused, save};
use crate::{
    domain::{
        event::Event,
        id::Id,
        listing::{Listing, ListingError},
        notice::Notice,
        time::Instant,
        vehicle::Vehicle,
    },
    features::notices::{self, DeliveryIn},
    platform::{db::Tx, problem::Problem},
};

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
fn take_effect(tx: &mut Tx<'_>, key: ListingKey, effective_at: Instant) -> Result<(), Problem> {
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
