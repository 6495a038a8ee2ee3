//! The verdict of an emission test: every item against the law of its day, and what they come to together.

pub mod explain;
mod judged;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use judged::JudgedItem;

use super::{
    quantity::Amount,
    standard::{
        Item, LimitBook, LimitClass, Method, Outcome, ReadingError, Readings, TestFuel, TestSubject,
        appearance::AppearanceCheck,
        obd::{ObdCheck, ObdCutOffs, judge_obd},
        power_share,
    },
    time::Day,
    words::words,
};

words! {
    /// What a test comes to.
    pub enum Verdict {
        /// Everything that decides passed.
        Pass = "pass" / "合格",
        /// At least one item failed.
        Fail = "fail" / "不合格",
        /// Nothing failed, and no reading was taken.
        NotJudged = "not_judged" / "未判定",
    }
}

/// What a test is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// All limits.
    pub book: &'a LimitBook,
    /// The legal day of the test.
    pub day: Day,
    /// The column of limits that the city applies on that day.
    pub class: LimitClass,
    /// From which vehicles on OBD decides.
    pub obd: &'a ObdCutOffs,
    /// ASM2540 may be missing when every value of ASM5025 is at most so many percent of its limit; 100 accepts every
    /// passed ASM5025 (GB 18285-2018, annex B, fast pass).
    pub fast_pass_percent: u8,
}

/// What a station found.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The tail-pipe test.
    pub readings: Option<&'a Readings>,
    /// The OBD check.
    pub obd: Option<&'a ObdCheck>,
    /// The appearance inspection.
    pub appearance: Option<&'a AppearanceCheck>,
    /// Black or blue smoke was seen during the test: the test fails, the appearance does not.
    pub visible_smoke: bool,
}

/// The verdict with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Judgement {
    /// What the test comes to.
    pub verdict: Verdict,
    /// Every item, in the order of inspection.
    pub items: Vec<JudgedItem>,
    /// Whether the verdict would differ had the other comparison rule (rounded or full value) been in force.
    pub rule_sensitive: bool,
}

/// Why a test cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JudgeError {
    /// Readings are missing or cannot be true; all of them are named.
    #[error("readings are missing or cannot be true")]
    Readings(Vec<ReadingError>),
    /// Lug-down judges a share of rated power, and the vehicle has none on record.
    #[error("the rated power of the vehicle is not known")]
    RatedPowerMissing,
    /// The method's standard does not cover this engine.
    #[error("{method} does not apply to an engine on {fuel}")]
    MethodDoesNotFit {
        /// The method of the readings.
        method: Method,
        /// The fuel of the test.
        fuel: TestFuel,
    },
    /// No limit of this item was in force on that day.
    #[error("no limit of {item} was in force on {day}")]
    NoLimit {
        /// The item.
        item: Item,
        /// The day of the test.
        day: Day,
    },
}

/// Judges a test by the law of its day.
///
/// # Errors
/// Something needed is missing or cannot be true, or no limit was in force: never a pass for want of a reading.
pub fn judge(law: &Law<'_>, subject: &TestSubject, evidence: &Evidence<'_>) -> Result<Judgement, JudgeError> {
    refuse_unreadable(law, subject, evidence)?;

    let mut items = Vec::with_capacity(8);
    if let Some(check) = evidence.appearance {
        items.push(JudgedItem::inspected(law, subject, Item::Appearance, check.outcome(), check.findings())?);
    }
    if let Some(check) = evidence.obd {
        let obd = judge_obd(check, subject, law.obd);
        items.push(JudgedItem::inspected(law, subject, Item::Obd, obd.outcome, obd.findings)?);
    }
    for (item, value) in evidence.readings.map(Readings::measured).unwrap_or_default() {
        items.push(JudgedItem::measured(law, subject, item, in_unit_of_limit(item, value, subject)?)?);
    }
    if evidence.visible_smoke {
        items.push(JudgedItem::inspected(law, subject, Item::VisibleSmoke, Outcome::Fail, Vec::new())?);
    }
    if ends_too_early(law, &items) {
        return Err(JudgeError::Readings(vec![ReadingError::missing("/readings/asm2540")]));
    }

    Ok(Judgement::of(items, evidence.readings.is_some()))
}

impl Judgement {
    fn of(items: Vec<JudgedItem>, tested: bool) -> Self {
        let verdict = match (items.iter().any(|item| item.outcome == Outcome::Fail), tested) {
            (true, _) => Verdict::Fail,
            (false, true) => Verdict::Pass,
            (false, false) => Verdict::NotJudged,
        };
        let rule_sensitive =
            !items.iter().any(JudgedItem::fails_by_either_rule) && items.iter().any(JudgedItem::depends_on_rule);
        Self { verdict, items, rule_sensitive }
    }
}

/// Refuses what cannot be judged; a failed appearance ends the inspection, so that nothing more is needed.
fn refuse_unreadable(law: &Law<'_>, subject: &TestSubject, evidence: &Evidence<'_>) -> Result<(), JudgeError> {
    let mut errors = evidence.readings.map(Readings::check).unwrap_or_default();
    errors.extend(evidence.obd.iter().flat_map(|obd| obd.check()));
    let ended = evidence.appearance.is_some_and(|check| check.outcome() == Outcome::Fail);
    if evidence.readings.is_some() && evidence.obd.is_none() && law.obd.decide(subject) && !ended {
        errors.push(ReadingError::missing("/obd"));
    }
    if !errors.is_empty() {
        return Err(JudgeError::Readings(errors));
    }
    let fuel = subject.fuel_under_test;
    match evidence.readings.map(Readings::method).filter(|method| !method.fits(fuel)) {
        Some(method) => Err(JudgeError::MethodDoesNotFit { method, fuel }),
        None => Ok(()),
    }
}

/// Wheel power is measured in kW and limited as a share of rated power; everything else is limited as measured.
fn in_unit_of_limit(item: Item, value: Option<Amount>, subject: &TestSubject) -> Result<Option<Amount>, JudgeError> {
    match value {
        Some(power) if item == Item::LugDownPower => {
            power_share(power, subject.rated_power).map(Some).ok_or(JudgeError::RatedPowerMissing)
        }
        other => Ok(other),
    }
}

/// Whether ASM2540 was left out although nothing had failed and ASM5025 was not good enough for a fast pass.
fn ends_too_early(law: &Law<'_>, items: &[JudgedItem]) -> bool {
    let left_out = |item: &JudgedItem| item.item == Item::Asm2540Co && item.outcome == Outcome::NotTested;
    let enough = Amount::whole(i64::from(law.fast_pass_percent));
    let good_enough = |item: &JudgedItem| item.share_of_limit().is_some_and(|share| share <= enough);
    let mut first =
        items.iter().filter(|item| matches!(item.item, Item::Asm5025Co | Item::Asm5025Hc | Item::Asm5025No));
    items.iter().any(left_out)
        && items.iter().all(|item| item.outcome != Outcome::Fail)
        && !first.all(|item| item.outcome == Outcome::Advisory || good_enough(item))
}
