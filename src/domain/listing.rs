//! A listing: one reason for which a vehicle stands on the blacklist (黑名单), until that reason is lifted.

mod vocabulary;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::vocabulary::{LiftedBy, ListingReason};
use super::{
    case::Case,
    id::Id,
    inspection::Inspection,
    observation::Observation,
    time::{Day, Instant, is_past},
    vehicle::Vehicle,
};

/// One reason for which a vehicle is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its id.
    pub id: Id<Listing>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The case behind it.
    pub case: Option<Id<Case>>,
    /// Why.
    pub reason: ListingReason,
    /// The dated rule or setting by which it came to be.
    pub rule: String,
    /// The facts of the reason, in words.
    pub basis: String,
    /// The tests and observations behind it.
    pub evidence: Vec<Evidence>,
    /// The last day on which its evidence holds; none when it does not expire.
    pub expires_on: Option<Day>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When it takes effect; none while it waits for its notice to reach the owner.
    pub effective_at: Option<Instant>,
    /// Since when an appeal holds it off.
    pub suspended_at: Option<Instant>,
    /// What lifted it.
    pub lift: Option<Lift>,
}

/// A test or an observation that stands behind a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Evidence {
    /// The observation, when it is one.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub observation: Option<Id<Observation>>,
    /// The test, when it is one.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub inspection: Option<Id<Inspection>>,
    /// The number of its report or of the observation.
    pub number: String,
    /// When it was made.
    pub at: Instant,
}

/// The end of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lift {
    /// By what.
    pub by: LiftedBy,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub at: Instant,
}

/// A step that the listing does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListingError {
    /// It was lifted already.
    #[error("the listing was lifted already")]
    AlreadyLifted,
    /// It has an instant of effect already.
    #[error("the listing has taken effect already")]
    AlreadyEffective,
    /// An appeal holds it off already.
    #[error("the listing is suspended already")]
    AlreadySuspended,
    /// Nothing holds it off.
    #[error("the listing is not suspended")]
    NotSuspended,
}

impl Evidence {
    /// An observation as evidence.
    #[must_use]
    pub fn observation(observation: &Observation) -> Self {
        Self {
            observation: Some(observation.id),
            inspection: None,
            number: observation.number.clone(),
            at: observation.observed_at,
        }
    }

    /// A test as evidence.
    #[must_use]
    pub fn test(inspection: &Inspection) -> Self {
        Self {
            observation: None,
            inspection: Some(inspection.id),
            number: inspection.report_number.clone(),
            at: inspection.ended_at,
        }
    }
}

impl Listing {
    /// Further evidence for the same reason: it is added, and the listing holds at least as long as that evidence.
    ///
    /// # Errors
    /// It was lifted already.
    pub fn strengthen(mut self, evidence: Vec<Evidence>, expires_on: Option<Day>) -> Result<Self, ListingError> {
        self.must_stand()?;
        for further in evidence {
            if !self.evidence.contains(&further) {
                self.evidence.push(further);
            }
        }
        self.expires_on = self.expires_on.zip(expires_on).map(|(ours, theirs)| ours.max(theirs));
        Ok(self)
    }

    /// Whether its evidence has expired.
    #[must_use]
    pub fn has_expired(&self, at: Instant) -> bool {
        self.lift.is_none() && self.expires_on.is_some_and(|last| is_past(last, at))
    }

    /// Ends it; it stays in the history.
    ///
    /// # Errors
    /// It was lifted already.
    pub fn lift(mut self, by: LiftedBy, reason: String, at: Instant) -> Result<Self, ListingError> {
        self.must_stand()?;
        self.lift = Some(Lift { by, reason, at });
        Ok(self)
    }

    /// Takes effect, since its notice has reached the owner.
    ///
    /// # Errors
    /// It was lifted, or has an instant of effect already.
    pub fn take_effect(mut self, at: Instant) -> Result<Self, ListingError> {
        self.must_stand()?;
        if self.effective_at.is_some() {
            return Err(ListingError::AlreadyEffective);
        }
        self.effective_at = Some(at);
        Ok(self)
    }

    /// An appeal holds it off.
    ///
    /// # Errors
    /// It was lifted, or is suspended already.
    pub fn suspend(mut self, at: Instant) -> Result<Self, ListingError> {
        self.must_stand()?;
        if self.suspended_at.is_some() {
            return Err(ListingError::AlreadySuspended);
        }
        self.suspended_at = Some(at);
        Ok(self)
    }

    /// The appeal is over, and the listing bars again.
    ///
    /// # Errors
    /// It was lifted, or is not suspended.
    pub fn resume(mut self) -> Result<Self, ListingError> {
        self.must_stand()?;
        self.suspended_at.take().ok_or(ListingError::NotSuspended)?;
        Ok(self)
    }

    /// Whether it bars the vehicle at an instant.
    #[must_use]
    pub fn is_in_effect(&self, at: Instant) -> bool {
        let begun = self.effective_at.is_some_and(|effective_at| effective_at <= at);
        let held_off = self.suspended_at.is_some_and(|suspended_at| suspended_at <= at);
        begun && !held_off && self.lift.as_ref().is_none_or(|lift| lift.at > at)
    }

    const fn must_stand(&self) -> Result<(), ListingError> {
        if self.lift.is_some() { Err(ListingError::AlreadyLifted) } else { Ok(()) }
    }
}
