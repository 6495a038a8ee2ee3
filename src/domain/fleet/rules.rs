//! What the register refuses by name, and what it records with a note.

use chrono::Datelike;

use super::{FleetOddity, FuelGroup, History, Membership, Movement, MovementKind, books::Build};
use crate::domain::{
    id::Id,
    time::{Day, Instant},
    vehicle::{IdentityFlag, Vehicle, contradiction::stage_contradicts, stage::Stage},
};

/// A movement that the register refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MovementError {
    /// It would hold after today.
    #[error("the day lies in the future")]
    InTheFuture,
    /// No area of this city.
    #[error("the area is none of this city")]
    UnknownArea,
    /// Added while it is in the fleet.
    #[error("the vehicle is in the fleet already")]
    AddedTwice,
    /// Registered for the first time, though it had been registered before.
    #[error("the vehicle was registered before; it can only be transferred in")]
    RegisteredTwice,
    /// Removed or changed while it is not in the fleet.
    #[error("the vehicle is not in the fleet")]
    RemovedBeforeAdded,
    /// Moved after it was scrapped.
    #[error("the vehicle was scrapped")]
    Scrapped,
    /// It would contradict a later movement that is known.
    #[error("the movement contradicts a later one")]
    OutOfOrder,
    /// A renewal that does not name the vehicle it replaces.
    #[error("a renewal names the vehicle that it replaces")]
    ReplacesNothing,
    /// Names a replaced vehicle without being a renewal.
    #[error("only a renewal replaces a vehicle")]
    ReplacesWithoutRenewal,
    /// Replaces itself.
    #[error("a vehicle cannot replace itself")]
    ReplacesItself,
}

/// A membership that the register refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MembershipError {
    /// It would begin or end after today.
    #[error("the day lies in the future")]
    InTheFuture,
    /// It would end before it begins.
    #[error("the last day lies before the first")]
    EndsBeforeItBegins,
    /// No area of this city.
    #[error("the area is none of this city")]
    UnknownArea,
    /// The vehicle is in that trade already on some of these days.
    #[error("the vehicle is in this trade already on some of these days")]
    Overlaps,
}

/// Refuses a day to come.
///
/// # Errors
/// The day lies after today in Asia/Shanghai.
pub fn check_day(day: Day, at: Instant) -> Result<(), MovementError> {
    if day > at.local_day() { Err(MovementError::InTheFuture) } else { Ok(()) }
}

/// Refuses a movement by itself, and a history that it makes impossible.
///
/// # Errors
/// The rule that the movement breaks; `OutOfOrder` when it would break a later movement.
pub fn check_movements(
    vehicle: Id<Vehicle>,
    history: &History,
    new: Option<&Movement>,
    at: Instant,
) -> Result<(), MovementError> {
    if let Some(new) = new {
        check_day(new.held_on, at)?;
        if new.area.area().is_none() {
            return Err(MovementError::UnknownArea);
        }
        match (new.kind, new.replaces) {
            (MovementKind::Renewed, None) => return Err(MovementError::ReplacesNothing),
            (MovementKind::Renewed, Some(replaced)) if replaced == vehicle => {
                return Err(MovementError::ReplacesItself);
            }
            (MovementKind::Renewed, Some(_)) | (_, None) => {}
            (_, Some(_)) => return Err(MovementError::ReplacesWithoutRenewal),
        }
    }
    let mut place = Place::Never;
    for movement in history.movements() {
        let is_later = new.is_none_or(|new| movement.id != new.id);
        match place.after(movement.kind) {
            Ok(next) => place = next,
            Err(_) if is_later && new.is_some_and(|new| movement.held_on >= new.held_on) => {
                return Err(MovementError::OutOfOrder);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Where a vehicle stands as its movements are walked through.
#[derive(Clone, Copy)]
enum Place {
    Never,
    There,
    Gone,
    Cancelled,
    Scrapped,
}

impl Place {
    const fn after(self, kind: MovementKind) -> Result<Self, MovementError> {
        use MovementKind::{Cancelled, ChangedUse, Registered, Renewed, Scrapped, TransferredIn, TransferredOut};
        match (self, kind) {
            // The police cancel the registration of what was scrapped; a cancelled vehicle is dismantled afterwards.
            (Self::There | Self::Cancelled, Scrapped) | (Self::Scrapped, Cancelled) => Ok(Self::Scrapped),
            (Self::Scrapped, _) => Err(MovementError::Scrapped),
            (Self::Never, Registered | Renewed | TransferredIn) | (Self::Gone | Self::Cancelled, TransferredIn) => {
                Ok(Self::There)
            }
            (Self::There, Registered | Renewed | TransferredIn) => Err(MovementError::AddedTwice),
            (Self::Gone | Self::Cancelled, Registered | Renewed) => Err(MovementError::RegisteredTwice),
            (Self::There, ChangedUse) => Ok(Self::There),
            (Self::There, TransferredOut) => Ok(Self::Gone),
            (Self::There, Cancelled) => Ok(Self::Cancelled),
            (Self::Never | Self::Gone | Self::Cancelled, ChangedUse | TransferredOut | Scrapped | Cancelled) => {
                Err(MovementError::RemovedBeforeAdded)
            }
        }
    }
}

/// Refuses a membership by itself, and beside the others of its vehicle.
///
/// # Errors
/// The rule that it breaks.
pub fn check_membership(others: &[Membership], new: &Membership, at: Instant) -> Result<(), MembershipError> {
    let today = at.local_day();
    if new.from > today || new.to.is_some_and(|to| to > today) {
        return Err(MembershipError::InTheFuture);
    }
    if new.to.is_some_and(|to| to < new.from) {
        return Err(MembershipError::EndsBeforeItBegins);
    }
    if new.area.area().is_none() {
        return Err(MembershipError::UnknownArea);
    }
    let clashes = |other: &&Membership| other.id != new.id && other.trade == new.trade && other.overlaps(new);
    if others.iter().any(|other| clashes(&other)) { Err(MembershipError::Overlaps) } else { Ok(()) }
}

/// What is odd about a new movement, in the light of the vehicle's history with it.
#[must_use]
pub fn oddities(vehicle: &Vehicle, history: &History, new: &Movement, at: Instant) -> Vec<FleetOddity> {
    let year = new.held_on.year();
    let added = history.movements().iter().filter(|movement| movement.kind.adds() && movement.held_on.year() == year);
    let build = Build::of(vehicle);
    let outdated = build.truck.is_truck() && build.fuel == FuelGroup::Diesel && build.stage.at_most(Stage::China3);
    let proven = ![IdentityFlag::StageDerived, IdentityFlag::StageUnknown].iter().any(|f| vehicle.flags.contains(f));
    [
        (FleetOddity::AddedTwiceInAYear, new.kind.adds() && added.count() > 1),
        (FleetOddity::LearnedAfterItsYear, at.local_year() > year),
        (FleetOddity::OutdatedTransferredIn, new.kind == MovementKind::TransferredIn && outdated),
        (FleetOddity::StageNotProven, new.kind.adds() && !proven),
        (FleetOddity::StageContradicts, new.kind.adds() && stage_contradicts(vehicle)),
        (FleetOddity::EnergyContradicts, vehicle.flags.contains(&IdentityFlag::EnergyMismatch)),
    ]
    .into_iter()
    .filter_map(|(oddity, raised)| raised.then_some(oddity))
    .collect()
}
