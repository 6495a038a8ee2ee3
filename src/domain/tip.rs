//! A public tip (随手拍): what a citizen saw, until a person of the bureau has looked at it. Nothing follows from a tip
//! by itself: an accepted one becomes an observation that waits for its own review.

use serde::{Deserialize, Serialize};

use super::{
    id::Id,
    observation::{Observation, Photo, Place},
    time::Instant,
    vehicle::{Vehicle, plate::Plate, plate::PlateColour},
    words::words,
};

words! {
    /// Where a tip stands.
    pub enum TipState {
        /// Received, and nobody has looked.
        Received = "received" / "已受理",
        /// Accepted: it became an observation.
        Accepted = "accepted" / "已采纳",
        /// Dismissed, with the reason.
        Dismissed = "dismissed" / "未采纳",
    }
}

/// A tip; who reported it is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its id.
    pub id: Id<Tip>,
    /// What was seen.
    pub sighting: TipSighting,
    /// When it was received.
    pub received_at: Instant,
    /// Where it stands.
    pub progress: TipProgress,
}

/// What a citizen saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TipSighting {
    /// The plate.
    pub plate: Plate,
    /// Its colour.
    pub plate_colour: Option<PlateColour>,
    /// Where.
    pub place: Place,
    /// When.
    pub seen_at: Instant,
    /// In the citizen's words.
    pub description: String,
    /// The picture.
    pub photo: Photo,
}

/// Where a tip stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TipProgress {
    /// Nobody has looked.
    Received,
    /// It became an observation.
    Accepted {
        /// Of which vehicle.
        vehicle: Id<Vehicle>,
        /// Which.
        observation: Id<Observation>,
        /// Why, in words for the citizen.
        reason: String,
        /// When.
        at: Instant,
    },
    /// Nothing follows.
    Dismissed {
        /// Why, in words for the citizen.
        reason: String,
        /// When.
        at: Instant,
    },
}

/// A step that the state does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tip that is {0} does not allow this step")]
pub struct TipError(pub TipState);

impl Tip {
    /// A person accepts it: it becomes an observation.
    ///
    /// # Errors
    /// Somebody has decided already.
    pub fn accept(
        self,
        (vehicle, observation): (Id<Vehicle>, Id<Observation>),
        reason: String,
        at: Instant,
    ) -> Result<Self, TipError> {
        self.to(TipProgress::Accepted { vehicle, observation, reason, at })
    }

    /// A person dismisses it.
    ///
    /// # Errors
    /// Somebody has decided already.
    pub fn dismiss(self, reason: String, at: Instant) -> Result<Self, TipError> {
        self.to(TipProgress::Dismissed { reason, at })
    }

    /// The name of the state.
    #[must_use]
    pub const fn state_name(&self) -> TipState {
        match self.progress {
            TipProgress::Received => TipState::Received,
            TipProgress::Accepted { .. } => TipState::Accepted,
            TipProgress::Dismissed { .. } => TipState::Dismissed,
        }
    }

    /// Why it was accepted or dismissed.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match &self.progress {
            TipProgress::Received => None,
            TipProgress::Accepted { reason, .. } | TipProgress::Dismissed { reason, .. } => Some(reason),
        }
    }

    fn to(mut self, progress: TipProgress) -> Result<Self, TipError> {
        if self.progress != TipProgress::Received {
            return Err(TipError(self.state_name()));
        }
        self.progress = progress;
        Ok(self)
    }
}
