//! What changed of a copy since an earlier number: whole records in place of the old ones.

use super::{Malformed, Record, Rules, codec};

/// The changes after a number of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// The number of the copy to which it belongs; a later copy takes it as well.
    pub from: i64,
    /// The rules, when they changed.
    pub rules: Option<Rules>,
    /// By plate and kind, each once; one without entries takes its plate off the list.
    pub(super) records: Vec<Record>,
}

impl Delta {
    /// A delta of these records, in any order, of which each key comes once.
    #[must_use]
    pub fn new(from: i64, rules: Option<Rules>, mut records: Vec<Record>) -> Self {
        records.sort_by(|a, b| a.key().cmp(&b.key()));
        records.dedup_by(|later, kept| later.key() == kept.key());
        Self { from, rules, records }
    }

    /// How many plates it changes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether it changes nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty() && self.rules.is_none()
    }

    /// The bytes of the delta.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = codec::Writer::new(b"IMD1", &self.records);
        out.number(self.from);
        out.flag(self.rules.is_some());
        if let Some(rules) = &self.rules {
            out.bytes(rules.0.as_bytes());
        }
        out.records(&self.records);
        out.finish()
    }

    /// Reads the bytes of a delta.
    ///
    /// # Errors
    /// They are not what `encode` writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = codec::Reader::open(b"IMD1", bytes)?;
        let from = input.number()?;
        let rules = if input.flag()? { Some(Rules(input.text()?.into())) } else { None };
        let records = input.records()?;
        input.finish()?;
        Ok(Self { from, rules, records })
    }
}
