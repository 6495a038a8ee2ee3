//! Where a case stands, what allows a retest, and how a case ends.

use serde::{Deserialize, Serialize};

use super::Ruling;
use crate::domain::{
    acceptance::Exemption, id::Id, inspection::Inspection, observation::Observation, party::Organisation,
    repair::Repair, time::Instant,
};

/// Where a case stands, with the facts of that state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Nobody repairs it.
    Failed,
    /// A shop has claimed it.
    Repairing {
        /// The shop.
        shop: Id<Organisation>,
        /// Its last sign of work; long silence ends the claim.
        active_at: Instant,
    },
    /// The repair is complete.
    Repaired {
        /// The shop.
        shop: Id<Organisation>,
        /// The repair.
        repair: Id<Repair>,
        /// When it was completed.
        at: Instant,
    },
    /// A retest passed.
    Retested {
        /// The passing test.
        inspection: Id<Inspection>,
        /// What allowed it.
        ground: Ground,
        /// When it ended.
        at: Instant,
    },
    /// Over.
    Closed {
        /// How.
        closure: Closure,
        /// When.
        at: Instant,
    },
}

/// What allows a retest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A complete repair that names the failing test.
    Repair(Id<Repair>),
    /// An exemption by the bureau.
    Exemption(Id<Exemption>),
    /// The bureau's confirmation of a test that had no acceptance.
    Confirmation,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// By a passing retest.
    Pass {
        /// The test.
        inspection: Id<Inspection>,
    },
    /// By a passing re-measurement of the kind that found the exceedance.
    Remeasured {
        /// The re-measurement.
        observation: Id<Observation>,
    },
    /// By a ruling.
    Ruled {
        /// Which.
        ruling: Ruling,
        /// Why.
        reason: String,
    },
}
