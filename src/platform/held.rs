//! The copy of the list that this process last issued to gates, with its signed head.

use std::sync::Arc;

use crate::domain::snapshot::{Head, Snapshot};

/// What was issued last, and how far the feed was looked through since.
#[derive(Debug)]
pub struct Held {
    /// What gates get.
    pub issued: Arc<Issued>,
    /// Up to this number nothing has changed what was issued.
    pub checked: i64,
}

/// What gates get: a head that is signed, and the list whose bytes' hash it names.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What the head says.
    pub head: Head,
    /// The head as a compact JWS.
    pub signed: String,
    /// The list.
    pub snapshot: Snapshot,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Issued {
    /// The head and some bytes as one file: a line with the head, and the rest.
    #[must_use]
    pub fn with(&self, bytes: &[u8]) -> Vec<u8> {
        [self.signed.as_bytes(), b"\n", bytes].concat()
    }

    /// Tells one issue from another.
    #[must_use]
    pub fn tag(&self) -> String {
        format!("{}-{:x}", self.head.sequence, self.head.issued.micros())
    }
}
