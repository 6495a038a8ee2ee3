//! The answer as it fills the screen. "Not listed" never reads as "may pass", and a sign and words stand beside the colour.

use super::ask::{Decided, Found};
use crate::{
    domain::{blacklist::ListStatus, check::AuditState, zone::Outcome},
    features::portal::frame::Frame,
};

/// From this age on, milliseconds, the answer says that the list is old.
const STALE_MS: i64 = 60_000;

/// The answer.
pub struct View {
    /// `listed`, `clean` or `unknown`: the colour of the screen.
    pub tone: &'static str,
    /// The sign beside the colour.
    pub sign: &'static str,
    /// The answer in a word.
    pub headline: String,
    /// What the answer does not mean.
    pub caution: Option<String>,
    /// The plate that was asked.
    pub plate: String,
    /// Whether several vehicles may be meant.
    pub ambiguous: bool,
    /// The vehicles it may be.
    pub vehicles: Vec<Vehicle>,
    /// How old the list is, in words.
    pub age: String,
    /// Warnings: an old list, no line in the log.
    pub warnings: Vec<String>,
    /// The decision for the zone.
    pub decision: Option<Decision>,
}

/// A vehicle that may be meant.
pub struct Vehicle {
    pub kind: String,
    pub status: &'static str,
    /// Reason, since when, what clears it.
    pub reasons: Vec<(String, String, String)>,
}

/// The second line.
pub struct Decision {
    /// `allow`, `deny` or `unknown`.
    pub tone: &'static str,
    pub sign: &'static str,
    pub headline: &'static str,
    pub zone: String,
    pub at: String,
    pub reason: String,
    /// What would change it.
    pub changes: Vec<String>,
}

impl View {
    pub fn new(frame: &Frame, found: &Found) -> Self {
        let (tone, sign) = look(found.item.status);
        Self {
            tone,
            sign,
            headline: status(frame, found.item.status).to_owned(),
            caution: caution(frame, found.item.status).map(str::to_owned),
            plate: found.plate.to_uppercase(),
            ambiguous: found.item.ambiguous,
            vehicles: vehicles(frame, found),
            age: age(frame, found),
            warnings: warnings(frame, found),
            decision: decision(frame, &found.decision),
        }
    }
}

const fn look(status: ListStatus) -> (&'static str, &'static str) {
    match status {
        ListStatus::Listed => ("listed", "✕"),
        ListStatus::NotListed => ("clean", "✓"),
        ListStatus::Unknown => ("unknown", "?"),
    }
}

fn status(frame: &Frame, status: ListStatus) -> &'static str {
    match status {
        ListStatus::Listed => frame.say("在黑名单", "On the blacklist"),
        ListStatus::NotListed => frame.say("不在黑名单", "Not on the blacklist"),
        ListStatus::Unknown => frame.say("无此车资料", "No record of this vehicle"),
    }
}

fn caution(frame: &Frame, status: ListStatus) -> Option<&'static str> {
    match status {
        ListStatus::Listed => None,
        ListStatus::NotListed => Some(frame.say(
            "仅表示未列入名单，不等于准许通行；能否进入以下方判定为准。",
            "Only that it is not listed. It does not mean that it may pass: the decision below tells that.",
        )),
        ListStatus::Unknown => Some(frame.say(
            "查无此车，不等于不在黑名单。请核对号牌及号牌种类。",
            "Nothing is known here; that is no clean bill. Check the plate and its kind.",
        )),
    }
}

fn vehicles(frame: &Frame, found: &Found) -> Vec<Vehicle> {
    let vehicle = |vehicle: &crate::features::checks::CheckedVehicleOut| Vehicle {
        kind: vehicle.plate_kind.map(|kind| frame.word(kind)).unwrap_or_default(),
        status: status(frame, vehicle.status),
        reasons: vehicle
            .reasons
            .iter()
            .map(|reason| {
                let words = |text: &crate::features::checks::InTwoLanguages| frame.say(&text.zh, &text.en).to_owned();
                (words(&reason.meaning), frame.at(&reason.since), words(&reason.way_off))
            })
            .collect(),
    };
    found.item.vehicles.iter().map(vehicle).collect()
}

fn age(frame: &Frame, found: &Found) -> String {
    let (at, seconds) = (frame.at(&found.list.as_of), found.list.age_ms / 1000);
    if frame.is_chinese() {
        format!("名单截至 {at}（{seconds} 秒前），变更序号 {}", found.list.sequence)
    } else {
        format!("List as of {at} ({seconds} s ago), change no. {}", found.list.sequence)
    }
}

fn warnings(frame: &Frame, found: &Found) -> Vec<String> {
    let stale = (found.list.age_ms >= STALE_MS).then(|| {
        frame.say(
            "名单数据已超过 1 分钟未更新，答复可能已过时。",
            "The list has not been renewed for more than a minute: this answer may be out of date.",
        )
    });
    let degraded = (found.list.audit == AuditState::Degraded).then(|| {
        frame.say(
            "降级：本次查询未能留痕，请报告管理员。",
            "Degraded: this check left no line in the log. Tell the administrator.",
        )
    });
    stale.into_iter().chain(degraded).map(str::to_owned).collect()
}

fn decision(frame: &Frame, decided: &Decided) -> Option<Decision> {
    match decided {
        Decided::NotAsked => None,
        Decided::Not(why) => {
            let (tone, sign, headline) = outcome(frame, Outcome::Unknown);
            let (zone, at, changes) = (String::new(), String::new(), Vec::new());
            Some(Decision { tone, sign, headline, zone, at, reason: frame.text(why).to_owned(), changes })
        }
        Decided::Answered(answer, zone) => {
            let (tone, sign, headline) = outcome(frame, answer.outcome);
            let words = |words: &crate::domain::zone::Words| frame.say(&words.zh, &words.en).to_owned();
            Some(Decision {
                tone,
                sign,
                headline,
                zone: zone.clone(),
                at: frame.at(&answer.at),
                reason: words(&answer.reason),
                changes: answer.changes.iter().map(|change| words(&change.words)).collect(),
            })
        }
    }
}

fn outcome(frame: &Frame, outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Allow => ("allow", "→", frame.say("允许进入", "May enter")),
        Outcome::Deny => ("deny", "✕", frame.say("不得进入", "May not enter")),
        Outcome::Unknown => ("unknown", "?", frame.say("不能判定", "Cannot be decided")),
    }
}
