//! What is signed of the log.

use serde::{Deserialize, Serialize};

use super::Hash;
use crate::domain::time::Instant;

/// The state of the log as its key signs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Which log.
    pub log: String,
    /// How many entries it has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// When this was signed.
    pub issued: Instant,
}

/// The state of the log as other signed documents carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// How many entries the log has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Seconds for which no newer checkpoint is signed while the log grows.
const PAUSE_S: i64 = 1;
/// Seconds after which one is signed although nothing has happened, so that none is ever ten seconds old.
const LONGEST_S: i64 = 5;

impl Checkpoint {
    /// The same without the time.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        Mark { size: self.size, root: self.root }
    }
}

impl Mark {
    /// Whether a newer checkpoint is due for a log of this size, the last one being of that size and instant.
    #[must_use]
    pub fn is_due(size: u64, last: Option<(u64, Instant)>, now: Instant) -> bool {
        let Some((signed, issued)) = last else { return true };
        let age = now.since(issued).num_seconds();
        // A clock that was put back must not stop the signing.
        age < 0 || age >= LONGEST_S || (size > signed && age >= PAUSE_S)
    }
}
