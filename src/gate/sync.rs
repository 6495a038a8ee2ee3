//! Fetching what is newer: a delta where it does, else the whole; nothing is kept that does not hold.

use chrono::Duration;
use serde::Serialize;

use super::{Fault, Folder, Kept, Line, Refusal, folder::split, witness};
use crate::{
    domain::{
        ledger::Mark,
        snapshot::{Delta, Head, Snapshot, root_of},
        time::Instant,
    },
    platform::auth::{Pin, Purpose},
};

/// How far the service's clock may be ahead.
const AHEAD_S: i64 = 300;

/// What a synchronisation came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Synced {
    /// The number before; none when there was no copy.
    pub from: Option<i64>,
    /// What the copy's head says now.
    pub head: Head,
    /// Whether only the changes were fetched.
    pub by_delta: bool,
    /// The id of the trusted key.
    pub kid: String,
}

/// Brings the folder's copy up to date.
///
/// # Errors
/// The line is down, or what came is refused; the copy of before stays.
pub async fn sync(folder: &Folder, line: &Line, now: Instant) -> Result<Synced, Fault> {
    let trust = folder.pin()?;
    // A copy that was damaged is fetched anew; the key and the number that are trusted stay.
    let kept = folder.read().ok().flatten();
    let keys = line.keys().await?;
    let first = || line.pin.clone().or_else(|| keys.newest());
    let pin = trust.as_ref().map(|trust| trust.pin.clone()).or_else(first);
    let pin = pin.ok_or_else(|| Fault::Line("the service publishes no key".to_owned()))?;
    let seen = trust.as_ref().and_then(|trust| trust.journal);
    let floor = Floor {
        sequence: trust.map_or(0, |trust| trust.sequence),
        journal: seen,
        issued: kept.as_ref().map(|kept| kept.head.issued),
    };
    let judge = Judge { pin: &pin, successions: &keys.successions, floor, now };
    let token = line.token().await?;
    let from = kept.as_ref().map(|kept| kept.head.sequence);

    if let Some(kept) = kept {
        let path = format!("/v1/listings/deltas?from={}", kept.head.sequence);
        if let Some(file) = line.file(&token, &path).await? {
            match judge.take_delta(kept.snapshot, kept.head.sequence, &file) {
                Ok(newer) => {
                    witness::confirm(line, &token, seen, newer.0.head.journal).await?;
                    return keep(folder, &judge, newer, from, true);
                }
                // The delta does not lead to the list that was signed; the whole may.
                Err(Refusal::Root | Refusal::Malformed) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
    }
    let file = line.file(&token, "/v1/listings/snapshot").await?;
    let file = file.ok_or_else(|| Fault::Line("the service has no snapshot".to_owned()))?;
    let whole = judge.take_whole(&file)?;
    witness::confirm(line, &token, seen, whole.0.head.journal).await?;
    keep(folder, &judge, whole, from, false)
}

/// Takes a file by hand: a snapshot, or a delta to the copy that is there. For lines that are a USB stick.
///
/// # Errors
/// What it is refused for.
pub fn apply(folder: &Folder, file: &[u8], successions: &[String], now: Instant) -> Result<Synced, Fault> {
    let trust = folder.pin()?.ok_or(Refusal::StrangeKey)?;
    let kept = folder.read()?;
    let issued = kept.as_ref().map(|kept| kept.head.issued);
    let floor = Floor { sequence: trust.sequence, issued, journal: trust.journal };
    let judge = Judge { pin: &trust.pin, successions, floor, now };
    let from = kept.as_ref().map(|kept| kept.head.sequence);
    let is_delta = split(file).is_some_and(|(_, bytes)| bytes.starts_with(b"IMD"));
    let taken = match kept {
        Some(kept) if is_delta => judge.take_delta(kept.snapshot, kept.head.sequence, file)?,
        _ => judge.take_whole(file)?,
    };
    keep(folder, &judge, taken, from, is_delta)
}

/// What no newer copy may fall below.
struct Floor {
    sequence: i64,
    issued: Option<Instant>,
    journal: Option<Mark>,
}

/// What a file is judged by.
struct Judge<'a> {
    pin: &'a Pin,
    successions: &'a [String],
    floor: Floor,
    now: Instant,
}

/// A copy that holds, its bytes, and the key that signed it.
type Taken = (Kept, Vec<u8>, Pin);

impl Judge<'_> {
    fn take_whole(&self, file: &[u8]) -> Result<Taken, Refusal> {
        let (signed, head, pin, bytes) = self.open(file)?;
        if root_of(bytes) != head.root {
            return Err(Refusal::Root);
        }
        let snapshot = Snapshot::decode(bytes).map_err(|_| Refusal::Malformed)?;
        self.taken(signed, head, snapshot, bytes.to_vec(), pin)
    }

    fn take_delta(&self, old: Snapshot, at: i64, file: &[u8]) -> Result<Taken, Refusal> {
        let (signed, head, pin, bytes) = self.open(file)?;
        let delta = Delta::decode(bytes).map_err(|_| Refusal::Malformed)?;
        if delta.from > at {
            return Err(Refusal::Root);
        }
        let snapshot = old.apply(delta);
        let bytes = snapshot.encode();
        if root_of(&bytes) != head.root {
            return Err(Refusal::Root);
        }
        self.taken(signed, head, snapshot, bytes, pin)
    }

    fn taken(
        &self,
        signed: String,
        head: Head,
        snapshot: Snapshot,
        bytes: Vec<u8>,
        pin: Pin,
    ) -> Result<Taken, Refusal> {
        if snapshot.count() != head.count {
            return Err(Refusal::Root);
        }
        let successions = self.successions.to_vec();
        Ok((Kept { head, signed, successions, snapshot }, bytes, pin))
    }

    /// The head of a file, if it may be trusted now, and the rest.
    fn open<'f>(&self, file: &'f [u8]) -> Result<(String, Head, Pin, &'f [u8]), Refusal> {
        let (line, bytes) = split(file).ok_or(Refusal::Malformed)?;
        let signed = std::str::from_utf8(line).map_err(|_| Refusal::Malformed)?.to_owned();
        let (head, pin) = self.pin.open::<Head>(Purpose::Snapshot, &signed, self.successions)?;
        let older = self.floor.issued.is_some_and(|issued| head.issued < issued);
        if head.sequence < self.floor.sequence || older {
            return Err(Refusal::Rollback);
        }
        if !head.is_fresh(self.now) {
            return Err(Refusal::Freeze);
        }
        if head.issued > self.now.plus(Duration::seconds(AHEAD_S)) {
            return Err(Refusal::Clock);
        }
        if !witness::may_follow(self.floor.journal, head.journal) {
            return Err(Refusal::Journal);
        }
        Ok((signed, head, pin, bytes))
    }
}

fn keep(
    folder: &Folder,
    judge: &Judge<'_>,
    (kept, bytes, pin): Taken,
    from: Option<i64>,
    by_delta: bool,
) -> Result<Synced, Fault> {
    folder.write(&kept, &bytes, judge.pin, &pin)?;
    Ok(Synced { from, head: kept.head, by_delta, kid: pin.kid })
}
