//! A removal: one ground on which a vehicle is to leave the road, from the night it is found until the vehicle is gone.
//!
//! ```text
//! found ─confirm→ confirmed          found ─dismiss→ dismissed ─find_again→ found (by another occasion)
//! every state ─leave→ left ─find_again→ found
//! ```
//! A vehicle of the elimination scope stands on the work list by law; a trigger of mandatory scrapping is a candidate
//! until a person confirms it.

mod scope;
mod vocabulary;

use serde::{Deserialize, Serialize};

pub use self::{
    scope::{RemovalFacts, grounds},
    vocabulary::{ContactState, OwnerKind, RemovalGround, RemovalStanding, owner_kind},
};
use super::{
    id::Id,
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// A vehicle that is to leave the road, on one ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The facts of the ground.
    pub facts: RemovalFacts,
    /// The first day on which it was found.
    pub found_on: Day,
    /// Where it stands.
    pub state: RemovalState,
}

/// Where a removal stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RemovalState {
    /// Found by the nightly computation, or reported.
    Found,
    /// A person has confirmed it.
    Confirmed {
        /// When.
        at: Instant,
    },
    /// A person has found that it does not hold.
    Dismissed {
        /// Why.
        reason: String,
        /// When.
        at: Instant,
    },
    /// The vehicle is gone, or the ground does not hold any more.
    Left {
        /// On which day it was seen.
        on: Day,
    },
}

/// A step that a removal does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemovalError {
    /// The scope of elimination is law; better data change it, no decision.
    #[error("this ground follows from the vehicle's data and takes no decision")]
    TakesNoDecision,
    /// Not in this state.
    #[error("a removal that is {0} does not allow this step")]
    InvalidStep(RemovalStanding),
}

/// A contact with the owner that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// A promise has its last day.
    #[error("a promise names its last day")]
    NoDay,
    /// Only a promise has a last day.
    #[error("only a promise has a last day")]
    DayWithoutPromise,
    /// The last day lies before today.
    #[error("the last day lies in the past")]
    InThePast,
    /// Nobody can be put back to not contacted.
    #[error("a contact cannot be undone")]
    NoContact,
}

impl Removal {
    /// Finds a ground for the first time.
    #[must_use]
    pub const fn find(vehicle: Id<Vehicle>, facts: RemovalFacts, on: Day) -> Self {
        Self { vehicle, facts, found_on: on, state: RemovalState::Found }
    }

    /// A person confirms a candidate.
    ///
    /// # Errors
    /// It is no candidate.
    pub fn confirm(self, at: Instant) -> Result<Self, RemovalError> {
        self.must_be_candidate()?;
        Ok(self.to(RemovalState::Confirmed { at }))
    }

    /// A person finds that the ground does not hold.
    ///
    /// # Errors
    /// It is no candidate.
    pub fn dismiss(self, reason: String, at: Instant) -> Result<Self, RemovalError> {
        self.must_be_candidate()?;
        Ok(self.to(RemovalState::Dismissed { reason, at }))
    }

    /// The vehicle is gone, or the ground does not hold any more.
    ///
    /// # Errors
    /// It had left already.
    pub fn leave(self, on: Day) -> Result<Self, RemovalError> {
        if self.has_left() {
            return Err(RemovalError::InvalidStep(RemovalStanding::Left));
        }
        Ok(self.to(RemovalState::Left { on }))
    }

    /// The ground holds (still or again). What was dismissed stays so until its occasion is another one; what had left
    /// is found anew.
    #[must_use]
    pub fn find_again(mut self, facts: RemovalFacts, on: Day) -> Self {
        let another = facts.occasion() != self.facts.occasion();
        let anew = match self.state {
            RemovalState::Left { .. } => true,
            RemovalState::Dismissed { .. } => another,
            RemovalState::Found | RemovalState::Confirmed { .. } => false,
        };
        self.facts = facts;
        if anew { Self { found_on: on, ..self.to(RemovalState::Found) } } else { self }
    }

    /// The name of the state.
    #[must_use]
    pub const fn standing(&self) -> RemovalStanding {
        match self.state {
            RemovalState::Found => RemovalStanding::Found,
            RemovalState::Confirmed { .. } => RemovalStanding::Confirmed,
            RemovalState::Dismissed { .. } => RemovalStanding::Dismissed,
            RemovalState::Left { .. } => RemovalStanding::Left,
        }
    }

    /// Whether it has left the list.
    #[must_use]
    pub const fn has_left(&self) -> bool {
        matches!(self.state, RemovalState::Left { .. })
    }

    fn must_be_candidate(&self) -> Result<(), RemovalError> {
        match self.state {
            _ if !self.facts.ground().needs_a_person() => Err(RemovalError::TakesNoDecision),
            RemovalState::Found => Ok(()),
            _ => Err(RemovalError::InvalidStep(self.standing())),
        }
    }

    fn to(mut self, state: RemovalState) -> Self {
        self.state = state;
        self
    }
}

/// Checks what is told of a contact with the owner.
///
/// # Errors
/// A promise without its last day, a day without a promise, a day that has passed, or no contact at all.
pub fn check_contact(state: ContactState, until: Option<Day>, today: Day) -> Result<(), ContactError> {
    match (state, until) {
        (ContactState::NotContacted, _) => Err(ContactError::NoContact),
        (ContactState::Promised, None) => Err(ContactError::NoDay),
        (ContactState::Promised, Some(until)) if until < today => Err(ContactError::InThePast),
        (ContactState::Promised, Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(ContactError::DayWithoutPromise),
    }
}
