//! A leaf of the log, and the content of a journal row of which it holds the salted hash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Hash, leaf_hash};
use crate::domain::{id::Id, time::Instant, words::words};

words! {
    /// How a journal row stands in the log.
    pub enum EntryState {
        /// Committed, and not yet under a signed checkpoint.
        Unsealed = "unsealed" / "尚未封存",
        /// Under a signed checkpoint, with the content that was sealed.
        Sealed = "sealed" / "已封存",
        /// Its content was erased by rule; the leaf proves as before.
        Erased = "erased" / "内容已按规定清除",
        /// The content is another than the one that was sealed.
        Changed = "changed" / "内容与封存时不符",
        /// The row is gone although no rule has erased it.
        Missing = "missing" / "内容缺失",
    }
}

/// Random bytes that keep the content from being guessed by its hash; erased with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(pub Hash);

/// What a journal row says, apart from the ids and the instant that stand in its leaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(pub Value);

/// A leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The journal row.
    pub entry: Id<()>,
    /// What it is about.
    pub subject: Id<()>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The salted hash of its content.
    pub content_hash: Hash,
}

impl Content {
    /// The hash of the content with its salt.
    #[must_use]
    pub fn hash(&self, salt: &Salt) -> Hash {
        Hash(Sha256::new().chain_update(salt.0.0).chain_update(self.canonical()).finalize().into())
    }

    /// The one text of the content: JSON without spaces, members in the order of their names.
    #[must_use]
    pub fn canonical(&self) -> String {
        canonical(&self.0)
    }
}

fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<_, _> = members.iter().collect();
            let text = |(name, value)| format!("{}:{}", Value::from(String::clone(name)), canonical(value));
            format!("{{{}}}", sorted.into_iter().map(text).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        plain => plain.to_string(),
    }
}

impl Leaf {
    /// The bytes of the leaf: a mark of their form, the row, its subject, microseconds since 1970, the content's hash.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let (entry, subject) = (self.entry.uuid(), self.subject.uuid());
        let at = self.recorded_at.micros().to_be_bytes();
        [b"IML1".as_slice(), entry.as_bytes(), subject.as_bytes(), &at, &self.content_hash.0].concat()
    }

    /// The hash of the leaf.
    #[must_use]
    pub fn hash(&self) -> Hash {
        leaf_hash(&self.bytes())
    }

    /// How the row stands, by the salt that is kept and the content that is there.
    #[must_use]
    pub fn state(&self, salt: Option<&Salt>, content: Option<&Content>) -> EntryState {
        match (salt, content) {
            (Some(salt), Some(content)) if content.hash(salt) == self.content_hash => EntryState::Sealed,
            (None, None) => EntryState::Erased,
            (Some(_), None) => EntryState::Missing,
            (_, Some(_)) => EntryState::Changed,
        }
    }
}
