//! An observation: what a device or an officer saw of a vehicle outside the test line, judged by the law of its day.
//!
//! Sources: HJ 845-2017 (remote sensing), GB 3847-2018 (smoke by eye and opacimeter), 大气污染防治法 art. 53 (roadside and
//! premises sampling). The numbers are dated settings; `settings.csv` tells how sure each is.

mod check;
mod facts;
mod judging;
mod remote;
mod vocabulary;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    check::{FuelSample, PremisesCheck, RoadsideCheck, UreaSample},
    facts::{Facts, Photo, Place, Smoke},
    judging::{Judged, JudgedPollutant, Subject, judge},
    remote::{RemoteObd, RemoteSensing, TamperingCheck, Weather},
    vocabulary::{
        Component, ComponentState, DeviceValidity, ObservationKind, ObservationResult, Pollutant, ReviewOutcome,
        ReviewState, WhyNotJudged,
    },
};
use super::{
    case::{FailedBy, FailingTest},
    id::Id,
    time::Instant,
    vehicle::Vehicle,
};

/// A recorded observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Its id.
    pub id: Id<Observation>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// Its number, which a repair names.
    pub number: String,
    /// What kind it is.
    pub kind: ObservationKind,
    /// When it was made.
    pub observed_at: Instant,
    /// What it came to.
    pub judged: Judged,
    /// Whether a person has to look at it, and what that person found.
    pub review: Review,
}

/// The look that a person takes at an observation before anything follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Review {
    /// Where it stands.
    pub state: ReviewState,
    /// Why it was confirmed or dismissed.
    pub reason: Option<String>,
    /// When.
    pub at: Option<Instant>,
}

/// A step that the observation does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ObservationError {
    /// It waits for no review.
    #[error("an observation whose review is `{0}` does not allow this step")]
    NotWaiting(ReviewState),
}

impl Review {
    /// The review that an observation of this kind and result needs: what a camera alone has seen needs a person.
    #[must_use]
    pub const fn needed(kind: ObservationKind, result: ObservationResult) -> Self {
        let waits = matches!((kind, result), (ObservationKind::Smoke, ObservationResult::OverLimit));
        let state = if waits { ReviewState::Waiting } else { ReviewState::NotNeeded };
        Self { state, reason: None, at: None }
    }
}

impl Observation {
    /// A person has looked at it.
    ///
    /// # Errors
    /// It waits for no review.
    pub fn review(mut self, outcome: ReviewOutcome, reason: String, at: Instant) -> Result<Self, ObservationError> {
        if self.review.state != ReviewState::Waiting {
            return Err(ObservationError::NotWaiting(self.review.state));
        }
        let state = match outcome {
            ReviewOutcome::Confirmed => ReviewState::Confirmed,
            ReviewOutcome::Dismissed => ReviewState::Dismissed,
        };
        self.review = Review { state, reason: Some(reason), at: Some(at) };
        Ok(self)
    }

    /// Whether it shows an exceedance, as far as one observation can: nobody has to look at it any more.
    #[must_use]
    pub fn exceeds(&self) -> bool {
        let looked_at = matches!(self.review.state, ReviewState::NotNeeded | ReviewState::Confirmed);
        self.judged.result == ObservationResult::OverLimit && looked_at
    }

    /// Whether it shows a vehicle within the limits.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.judged.result == ObservationResult::Pass
    }

    /// What a repair must name when this is the newest exceedance.
    #[must_use]
    pub fn as_failing(&self) -> FailingTest {
        FailingTest {
            evidence: FailedBy::Sight { observation: self.id, observed: self.kind },
            report_number: self.number.clone(),
            ended_at: self.observed_at,
            odometer_km: None,
        }
    }
}
