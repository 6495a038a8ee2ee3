//! The lines of an export: what an auditor needs to count the roots again without us.

use serde::{Deserialize, Serialize};

use super::{Content, Hash, Leaf, Salt};
use crate::domain::{id::Id, time::Instant};

/// The form of the lines.
pub const FORMAT: &str = "imfleet-journal-1";

/// A line of an export. Entries come in the order of the log; a checkpoint stands behind the last entry that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Line {
    /// The first line.
    Export {
        /// `imfleet-journal-1`.
        format: String,
        /// The log.
        log: String,
        /// The first entry, counted from 0.
        from: u64,
        /// The entry before which it ends.
        to: u64,
        /// The roots of the complete subtrees of all entries before the first, the largest first.
        peaks: Vec<Hash>,
        /// The keys that sign checkpoints, the oldest first. Who checks should have got the key in another way.
        keys: Vec<TrustedKey>,
        /// The documents by which each key introduces the next.
        successions: Vec<String>,
    },
    /// An entry.
    Entry(EntryLine),
    /// A checkpoint that was signed when the log ended here.
    Checkpoint {
        /// The document (JWS).
        document: String,
    },
    /// The last line.
    End {
        /// What proves that the log of the last checkpoint begins with what stands here.
        consistency: Vec<Hash>,
        /// That checkpoint (JWS).
        document: String,
    },
}

/// A key by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// Its id.
    pub kid: String,
    /// The member `x` of its JWK (Ed25519).
    pub x: String,
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Its place, counted from 0.
    pub leaf: u64,
    /// The journal row.
    pub entry_id: Id<()>,
    /// What it is about.
    pub subject_id: Id<()>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The salted hash of its content.
    pub content_hash: Hash,
    /// The salt; null when the content was erased by rule.
    pub salt: Option<Salt>,
    /// The content; null when it was erased by rule.
    pub content: Option<Content>,
}

impl EntryLine {
    /// The leaf.
    #[must_use]
    pub const fn leaf(&self) -> Leaf {
        Leaf {
            entry: self.entry_id,
            subject: self.subject_id,
            recorded_at: self.recorded_at,
            content_hash: self.content_hash,
        }
    }
}
