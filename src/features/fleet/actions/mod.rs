//! Changes of the fleet register: each is recorded with its two times, and the vehicle's entries in the books are settled
//! in the same transaction.

mod answering;
mod finding_vehicles;
mod memberships;
mod movements;
mod refusing;
mod scrappages;
mod settling;
mod sightings;
mod verifying;

pub use self::{
    answering::{membership_out, movement_out, scrappage_out},
    finding_vehicles::vehicle_of,
    memberships::{correct_membership, end_membership, record_membership, take_membership},
    movements::{correct_movement, record_movement},
    scrappages::{record_dismantling, record_scrappage},
    settling::keep_books,
    sightings::note_seen,
    verifying::{Difference, verify},
};

use super::store::{self, Kept};
use crate::{
    domain::{
        fleet::{History, Membership, Movement},
        id::Id,
        vehicle::Vehicle,
    },
    platform::{
        db::{AnyConnection, Tx},
        problem::Problem,
        state::Ground,
    },
};

/// What was recorded, now or by the same words before.
pub struct Recorded<Out> {
    /// The record.
    pub out: Out,
    /// Whether it was there before.
    pub again: bool,
}

/// All that was ever recorded of a vehicle.
struct Register {
    movements: Vec<Kept<Movement>>,
    memberships: Vec<Kept<Membership>>,
}

impl Register {
    fn load(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> Result<Self, Problem> {
        let movements = store::movements::of_vehicle(conn, vehicle)?;
        Ok(Self { movements, memberships: store::memberships::of_vehicle(conn, vehicle)? })
    }

    /// What stands.
    fn history(&self) -> History {
        let movements = self.movements.iter().filter(|kept| kept.stands()).map(|kept| kept.fact.clone());
        let memberships = self.memberships.iter().filter(|kept| kept.stands()).map(|kept| kept.fact.clone());
        History::new(movements.collect(), memberships.collect())
    }
}

/// A fact that is learned now.
fn learned<Fact>(tx: &Tx<'_>, on: &Ground, fact: Fact) -> Kept<Fact> {
    Kept {
        fact,
        recorded_at: tx.at(),
        recorded_by: Some(on.caller.home()),
        supersedes: None,
        superseded_at: None,
        reason: None,
    }
}
