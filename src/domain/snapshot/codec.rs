//! The bytes of copies and deltas: numbers of variable length, plates that share the beginning of the one before,
//! reasons by their place in a list of words. Every list has one form only, and any other is refused.

use std::{collections::BTreeSet, sync::Arc};

use super::{Entry, Record};

/// Seconds are counted from 2020-01-01T00:00:00Z, so that those of today are short.
const EPOCH: i64 = 1_577_836_800;

/// Bytes that are no copy and no delta of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a copy or delta in this form")]
pub struct Malformed;

pub(super) struct Writer {
    out: Vec<u8>,
    words: Vec<Arc<str>>,
}

impl Writer {
    /// Begins with the mark of the form and the words of the reasons.
    pub(super) fn new(mark: &[u8; 4], records: &[Record]) -> Self {
        let mut words = BTreeSet::new();
        for entry in records.iter().flat_map(|record| &record.entries) {
            if !words.contains(&entry.reason) {
                words.insert(Arc::clone(&entry.reason));
            }
        }
        let words: Vec<Arc<str>> = words.into_iter().collect();
        let mut writer = Self { out: Vec::with_capacity(records.len() * 16 + 256), words: Vec::new() };
        writer.out.extend_from_slice(mark);
        writer.size(words.len());
        for word in &words {
            writer.bytes(word.as_bytes());
        }
        writer.words = words;
        writer
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    fn unsigned(&mut self, mut number: u64) {
        loop {
            let low = u8::try_from(number & 0x7f).unwrap_or_default();
            number >>= 7;
            if number == 0 {
                self.out.push(low);
                return;
            }
            self.out.push(low | 0x80);
        }
    }

    fn size(&mut self, size: usize) {
        self.unsigned(u64::try_from(size).unwrap_or(u64::MAX));
    }

    /// A number that may be negative: the sign in the lowest bit.
    pub(super) fn number(&mut self, number: i64) {
        self.unsigned((number.unsigned_abs() << 1) | u64::from(number < 0));
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.out.push(u8::from(flag));
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.size(bytes.len());
        self.out.extend_from_slice(bytes);
    }

    pub(super) fn records(&mut self, records: &[Record]) {
        self.size(records.len());
        let mut before: &[u8] = &[];
        for record in records {
            let plate = record.plate.as_bytes();
            let shared = before.iter().zip(plate).take_while(|(a, b)| a == b).count();
            self.size(shared);
            self.bytes(plate.get(shared..).unwrap_or_default());
            self.out.push(record.kind);
            self.size(record.entries.len());
            record.entries.iter().for_each(|entry| self.entry(entry));
            before = plate;
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let place = self.words.binary_search(&entry.reason).unwrap_or_default();
        self.size(place * 2 + usize::from(entry.until.is_some()));
        self.number(entry.from.saturating_sub(EPOCH));
        if let Some(until) = entry.until {
            self.number(until.saturating_sub(entry.from));
        }
    }
}

pub(super) struct Reader<'a> {
    rest: &'a [u8],
    words: Vec<Arc<str>>,
}

impl<'a> Reader<'a> {
    pub(super) fn open(mark: &[u8; 4], bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Self { rest: bytes.strip_prefix(mark).ok_or(Malformed)?, words: Vec::new() };
        let count = reader.size()?;
        for _ in 0..count {
            let word: Arc<str> = reader.text()?.into();
            if reader.words.last().is_some_and(|last| *last >= word) {
                return Err(Malformed);
            }
            reader.words.push(word);
        }
        Ok(reader)
    }

    pub(super) const fn finish(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed) }
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        let (first, rest) = self.rest.split_first().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*first)
    }

    fn unsigned(&mut self) -> Result<u64, Malformed> {
        let mut number = 0_u64;
        for step in 0..9 {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << (step * 7);
            if byte & 0x80 == 0 {
                // A last byte of nought says nothing: the number has a shorter form.
                return if byte == 0 && step > 0 { Err(Malformed) } else { Ok(number) };
            }
        }
        Err(Malformed)
    }

    /// A count of things of one byte at least, so that a false one reserves no memory.
    fn size(&mut self) -> Result<usize, Malformed> {
        let size = usize::try_from(self.unsigned()?).map_err(|_| Malformed)?;
        if size > self.rest.len() { Err(Malformed) } else { Ok(size) }
    }

    pub(super) fn number(&mut self) -> Result<i64, Malformed> {
        let read = self.unsigned()?;
        let size = i64::try_from(read >> 1).map_err(|_| Malformed)?;
        match read & 1 {
            0 => Ok(size),
            _ if size == 0 => Err(Malformed),
            _ => Ok(-size),
        }
    }

    pub(super) fn flag(&mut self) -> Result<bool, Malformed> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }

    fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let size = self.size()?;
        let (bytes, rest) = self.rest.split_at_checked(size).ok_or(Malformed)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Malformed)
    }

    pub(super) fn records(&mut self) -> Result<Vec<Record>, Malformed> {
        let count = self.size()?;
        let mut records = Vec::<Record>::with_capacity(count);
        let mut plate = Vec::new();
        for _ in 0..count {
            // Not `size`: the shared beginning takes no bytes here.
            let shared = usize::try_from(self.unsigned()?).map_err(|_| Malformed)?;
            let suffix = self.bytes()?;
            let longer = plate.len() > shared && plate.get(shared) == suffix.first();
            if shared > plate.len() || longer {
                return Err(Malformed);
            }
            plate.truncate(shared);
            plate.extend_from_slice(suffix);
            let record = self.record(&plate)?;
            if records.last().is_some_and(|last| last.key() >= record.key()) {
                return Err(Malformed);
            }
            records.push(record);
        }
        Ok(records)
    }

    fn record(&mut self, plate: &[u8]) -> Result<Record, Malformed> {
        let plate = std::str::from_utf8(plate).map_err(|_| Malformed)?.into();
        let kind = self.byte()?;
        let count = self.size()?;
        let mut entries = Vec::<Entry>::with_capacity(count);
        for _ in 0..count {
            let entry = self.entry()?;
            if entries.last().is_some_and(|last| *last >= entry) {
                return Err(Malformed);
            }
            entries.push(entry);
        }
        Ok(Record { plate, kind, entries })
    }

    fn entry(&mut self) -> Result<Entry, Malformed> {
        let place = usize::try_from(self.unsigned()?).map_err(|_| Malformed)?;
        let reason = self.words.get(place / 2).cloned().ok_or(Malformed)?;
        let from = self.number()?.checked_add(EPOCH).ok_or(Malformed)?;
        let until = if place % 2 == 1 { Some(self.number()?.checked_add(from).ok_or(Malformed)?) } else { None };
        Ok(Entry { reason, from, until })
    }
}
