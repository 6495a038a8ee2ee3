//! What failed: the test or the observation that a repair must name.

use serde::{Deserialize, Serialize};

use crate::domain::{
    id::Id,
    inspection::Inspection,
    observation::{Observation, ObservationKind},
    party::Organisation,
    time::Instant,
};

/// The failing test or observed exceedance that a repair must name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailingTest {
    /// What it was.
    #[serde(flatten)]
    pub evidence: FailedBy,
    /// The number of its report, or of the observation.
    pub report_number: String,
    /// When it ended.
    pub ended_at: Instant,
    /// The odometer then, km.
    pub odometer_km: Option<i64>,
}

/// What showed that a vehicle exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FailedBy {
    /// A test at an I-station.
    Test {
        /// The test.
        inspection: Id<Inspection>,
        /// The station that made it.
        station: Id<Organisation>,
    },
    /// An exceedance seen by a device or an officer.
    Sight {
        /// The observation.
        observation: Id<Observation>,
        /// Its kind.
        observed: ObservationKind,
    },
}

impl FailingTest {
    /// The test, when it was one.
    #[must_use]
    pub const fn inspection(&self) -> Option<Id<Inspection>> {
        match self.evidence {
            FailedBy::Test { inspection, .. } => Some(inspection),
            FailedBy::Sight { .. } => None,
        }
    }

    /// The station that made the test.
    #[must_use]
    pub const fn station(&self) -> Option<Id<Organisation>> {
        match self.evidence {
            FailedBy::Test { station, .. } => Some(station),
            FailedBy::Sight { .. } => None,
        }
    }

    /// The observation, when it was one.
    #[must_use]
    pub const fn observation(&self) -> Option<Id<Observation>> {
        match self.evidence {
            FailedBy::Test { .. } => None,
            FailedBy::Sight { observation, .. } => Some(observation),
        }
    }
}
