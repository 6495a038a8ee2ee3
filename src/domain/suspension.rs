//! A suspension of a station or a line by a ruling: from an instant to an instant, in which nothing is accepted there.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::Id,
    party::{Line, Organisation},
    supervision_case::SupervisionCase,
    time::Instant,
};

/// A suspension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Its id.
    pub id: Id<Suspension>,
    /// The station.
    pub station: Id<Organisation>,
    /// The line; none when the whole station is suspended.
    pub line: Option<Id<Line>>,
    /// The case in which it was ruled.
    pub case: Id<SupervisionCase>,
    /// From when.
    pub from: Instant,
    /// Until when, exclusive.
    pub until: Instant,
    /// Why.
    pub reason: String,
    /// Whether it was ended before.
    pub ended: Option<Ended>,
}

/// A suspension was ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// A suspension that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuspensionError {
    /// It ends before it begins.
    #[error("it ends before it begins")]
    Order,
    /// It begins in the past.
    #[error("it begins in the past")]
    Past,
    /// It is over, or was ended.
    #[error("it is over")]
    Over,
}

impl Suspension {
    /// Looks whether it can be ruled at an instant.
    ///
    /// # Errors
    /// It begins before that instant, or ends before it begins.
    pub fn check(&self, at: Instant) -> Result<(), SuspensionError> {
        if self.from < at {
            return Err(SuspensionError::Past);
        }
        if self.until <= self.from { Err(SuspensionError::Order) } else { Ok(()) }
    }

    /// When it is over.
    #[must_use]
    pub fn end(&self) -> Instant {
        self.ended.as_ref().map_or(self.until, |ended| ended.at.min(self.until))
    }

    /// Whether it bars a line of its station at an instant; the first instant bars, the last does not.
    #[must_use]
    pub fn bars(&self, line: Id<Line>, at: Instant) -> bool {
        self.line.is_none_or(|own| own == line) && self.from <= at && at < self.end()
    }

    /// Whether both would bar one line of one station at one instant.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let same_place = match (self.line, other.line) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        self.station == other.station && same_place && self.from < other.end() && other.from < self.end()
    }

    /// Ends it now; one that has not begun never begins.
    ///
    /// # Errors
    /// It is over.
    pub fn end_now(mut self, reason: String, at: Instant) -> Result<Self, SuspensionError> {
        if self.end() <= at || self.ended.is_some() {
            return Err(SuspensionError::Over);
        }
        self.ended = Some(Ended { at, reason });
        Ok(self)
    }
}
