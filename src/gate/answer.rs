//! What a gate answers from its copy: never more than a copy can know.

use serde::Serialize;

use super::Kept;
use crate::domain::{
    listing::ListingReason,
    snapshot::Entry,
    time::Instant,
    vehicle::plate::{Plate, PlateKind},
    words::{Word, words},
};

words! {
    /// How a plate stands in a copy.
    pub enum Standing {
        /// On the list.
        Listed = "listed" / "在黑名单中",
        /// Not in this copy of the list. A copy does not know every vehicle, so this is no clean bill.
        NotInList = "not_in_list" / "不在本地名单中",
        /// The copy has expired, or the clock is behind it; what it says is shown, and decides nothing.
        Stale = "stale" / "本地名单已过期",
        /// There is no copy.
        Unknown = "unknown" / "无本地名单",
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// How the plate stands.
    pub answer: Standing,
    /// Why it is listed, also in an expired copy.
    pub reasons: Vec<Reason>,
    /// The number of the copy.
    pub sequence: Option<i64>,
    /// Since when the copy stands.
    pub issued: Option<Instant>,
    /// When it expires.
    pub expires: Option<Instant>,
    /// How old it is, in seconds.
    pub age_s: Option<i64>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Its word.
    #[serde(rename = "reason")]
    pub word: String,
    /// In Chinese; the word itself when this program is older than it.
    pub zh: String,
    /// What clears it, in Chinese.
    pub way_off_zh: Option<&'static str>,
    /// What clears it, in English.
    pub way_off_en: Option<&'static str>,
    /// Since when it bars the vehicle.
    pub since: Instant,
}

/// Answers a plate from the copy.
#[must_use]
pub fn check(kept: Option<&Kept>, plate: &Plate, kind: PlateKind, now: Instant) -> Answered {
    let Some(kept) = kept else {
        return Answered {
            answer: Standing::Unknown,
            reasons: Vec::new(),
            sequence: None,
            issued: None,
            expires: None,
            age_s: None,
        };
    };
    let (head, second) = (&kept.head, now.micros().div_euclid(1_000_000));
    let reasons: Vec<_> = kept.snapshot.barring(plate, kind, second).into_iter().map(Reason::of).collect();
    let age = now.since(head.issued);
    // A clock that was put back must not keep a copy alive.
    let standing = if !head.is_fresh(now) || age < -chrono::Duration::minutes(5) {
        Standing::Stale
    } else if reasons.is_empty() {
        Standing::NotInList
    } else {
        Standing::Listed
    };
    Answered {
        answer: standing,
        reasons,
        sequence: Some(head.sequence),
        issued: Some(head.issued),
        expires: Some(head.expires),
        age_s: Some(age.num_seconds()),
    }
}

impl Reason {
    fn of(entry: &Entry) -> Self {
        let known = ListingReason::parse(&entry.reason).ok();
        let way_off = known.map(ListingReason::way_off);
        Self {
            word: entry.reason.to_string(),
            zh: known.map_or_else(|| entry.reason.to_string(), |reason| reason.zh().to_owned()),
            way_off_zh: way_off.map(|(_, zh)| zh),
            way_off_en: way_off.map(|(en, _)| en),
            since: Instant::from_micros(entry.from.saturating_mul(1_000_000)),
        }
    }
}
