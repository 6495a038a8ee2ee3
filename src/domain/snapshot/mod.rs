//! The copy of the blacklist that gates keep: plates, kinds, reasons and their instants, the rules in force, and
//! nothing else: no VIN, no owner, no vehicle's id.
//!
//! The same list always gives the same bytes, so the hash of the bytes is the root that a signed [`Head`] names, and
//! whoever applies a [`Delta`] to an older copy can tell that nothing was left out.

mod codec;
mod delta;
mod head;
mod rules;

use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use self::{codec::Malformed, delta::Delta, head::Head, rules::Rules};
use super::{
    time::{Day, Instant, end_of},
    vehicle::plate::{Plate, PlateKind},
};

/// One reason for which a plate stands in the copy. Times are whole seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The word of the reason; a word that is younger than this program is kept as it came.
    pub reason: Arc<str>,
    /// From when it bars the vehicle, rounded up to the second.
    pub from: i64,
    /// Until when, rounded down; none while nothing ends it.
    pub until: Option<i64>,
}

/// The entries of one plate of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The normalised text of the plate.
    pub plate: Box<str>,
    /// The kind's number in GA 24.7.
    pub kind: u8,
    /// The entries, in order; none in a delta that takes the plate off the list.
    pub entries: Vec<Entry>,
}

/// The list as a gate holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The rules in force.
    pub rules: Rules,
    /// By plate and kind, each once.
    records: Vec<Record>,
}

/// The number of a kind of plates in GA 24.7.
#[must_use]
pub fn kind_number(kind: PlateKind) -> u8 {
    kind.code().parse().unwrap_or_default()
}

impl Entry {
    /// A reason that bars from an instant on, to the end of the last day on which its evidence holds.
    #[must_use]
    pub fn new(reason: &str, from: Instant, last: Option<Day>) -> Self {
        let until = last.map(|last| seconds_up(end_of(last)));
        Self { reason: reason.into(), from: seconds_up(from), until }
    }

    /// Whether it bars the vehicle at that second.
    #[must_use]
    pub fn is_in_effect(&self, second: i64) -> bool {
        self.from <= second && self.until.is_none_or(|until| second < until)
    }
}

fn seconds_up(at: Instant) -> i64 {
    at.micros().div_euclid(1_000_000) + i64::from(at.micros().rem_euclid(1_000_000) > 0)
}

impl Record {
    /// A record with its entries in order, each once.
    #[must_use]
    pub fn new(plate: &str, kind: u8, mut entries: Vec<Entry>) -> Self {
        entries.sort();
        entries.dedup();
        Self { plate: plate.into(), kind, entries }
    }

    fn key(&self) -> (&str, u8) {
        (&self.plate, self.kind)
    }
}

impl Snapshot {
    /// A copy of these records, in any order; of two with one key the entries are joined.
    #[must_use]
    pub fn new(rules: Rules, mut records: Vec<Record>) -> Self {
        records.sort_by(|a, b| a.key().cmp(&b.key()));
        let mut joined = Vec::<Record>::with_capacity(records.len());
        for mut record in records.into_iter().filter(|record| !record.entries.is_empty()) {
            match joined.last_mut().filter(|last| last.key() == record.key()) {
                Some(last) => {
                    last.entries.append(&mut record.entries);
                    last.entries.sort();
                    last.entries.dedup();
                }
                None => joined.push(record),
            }
        }
        Self { rules, records: joined }
    }

    /// How many entries it has.
    #[must_use]
    pub fn count(&self) -> i64 {
        self.records.iter().map(|record| i64::try_from(record.entries.len()).unwrap_or_default()).sum()
    }

    /// The entries that bar a plate at that second; a plate matches exactly.
    #[must_use]
    pub fn barring(&self, plate: &Plate, kind: PlateKind, second: i64) -> Vec<&Entry> {
        let found = self.find(plate.as_str(), kind_number(kind));
        let entries = found.map(|record| record.entries.as_slice()).unwrap_or_default();
        entries.iter().filter(|entry| entry.is_in_effect(second)).collect()
    }

    /// What stands of a plate; a record without entries when nothing does.
    #[must_use]
    pub fn record_of(&self, plate: &str, kind: u8) -> Record {
        self.find(plate, kind).cloned().unwrap_or_else(|| Record::new(plate, kind, Vec::new()))
    }

    fn find(&self, plate: &str, kind: u8) -> Option<&Record> {
        let at = self.records.binary_search_by(|record| record.key().cmp(&(plate, kind))).ok()?;
        self.records.get(at)
    }

    /// The copy with the records of a delta in place of its own.
    #[must_use]
    pub fn apply(self, delta: Delta) -> Self {
        let mut records = Vec::with_capacity(self.records.len() + delta.records.len());
        let mut news = delta.records.into_iter().peekable();
        for old in self.records {
            while let Some(new) = news.next_if(|new| new.key() < old.key()) {
                records.push(new);
            }
            records.push(news.next_if(|new| new.key() == old.key()).unwrap_or(old));
        }
        records.extend(news);
        records.retain(|record| !record.entries.is_empty());
        Self { rules: delta.rules.unwrap_or(self.rules), records }
    }

    /// The bytes of the copy: the same for the same list.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = codec::Writer::new(*b"IMS1", &self.records);
        out.bytes(self.rules.0.as_bytes());
        out.records(&self.records);
        out.finish()
    }

    /// Reads the bytes of a copy.
    ///
    /// # Errors
    /// They are not what `encode` writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut input = codec::Reader::open(*b"IMS1", bytes)?;
        let rules = Rules(input.text()?.into());
        let records = input.records()?;
        input.finish()?;
        if records.iter().any(|record| record.entries.is_empty()) {
            Err(Malformed)
        } else {
            Ok(Self { rules, records })
        }
    }
}

/// The root that a head names: SHA-256 of a copy's bytes, in lower-case hexadecimals.
#[must_use]
pub fn root_of(encoded: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
    Sha256::digest(encoded).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
