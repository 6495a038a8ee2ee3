//! The head of a copy: what is signed, and for how long it may be trusted.

use serde::{Deserialize, Serialize};

use crate::domain::{ledger::Mark, time::Instant};

/// What the city signs of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the feed at which the copy was taken.
    pub sequence: i64,
    /// The number of the head that was issued before this one; 0 for the first.
    pub previous: i64,
    /// How many entries the copy has.
    pub count: i64,
    /// SHA-256 of the copy's bytes, in hexadecimals.
    pub root: String,
    /// When it was issued.
    pub issued: Instant,
    /// When the copy may no longer be trusted.
    pub expires: Instant,
    /// How far the journal's log had come: whoever holds it can tell later whether the log was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<Mark>,
}

impl Head {
    /// Whether the copy may be trusted at an instant.
    #[must_use]
    pub fn is_fresh(&self, at: Instant) -> bool {
        at < self.expires
    }

    /// Whether half of its time has passed, so that a new head is issued for the same copy.
    #[must_use]
    pub fn is_ageing(&self, at: Instant) -> bool {
        at.since(self.issued) * 2 >= self.expires.since(self.issued)
    }
}
