//! The plan's targets as dated data: every row of 渭南市环境空气质量限期达标规划 2023–2030 that this service can meet,
//! with its legal source and what is not clear about it.

mod measure;
mod share;
mod vocabulary;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    measure::{APART, Measured, NewEnergy, Reading, Scope},
    share::{Distance, Tally, Threshold},
    vocabulary::{Merit, Register, TargetKind, TargetVerdict},
};
use super::{settings::Settings, time::Day, vehicle::stage::Confidence};

/// A target, in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TargetVersion)]
pub struct Target {
    /// Its name: `T4`.
    pub id: String,
    /// Counted from 1.
    pub version: i64,
    /// The first day on which this version holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub effective_from: Day,
    /// What kind of number it is.
    pub kind: TargetKind,
    /// The clause of the plan.
    pub clause: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// What stands in the numerator.
    pub merit: Merit,
    /// The ways to read it, at least one where something is counted.
    pub readings: Vec<Reading>,
    /// The dated setting that names the reading to judge by.
    pub judged_by: Option<String>,
    /// The share to be reached.
    pub threshold: Option<Threshold>,
    /// Whether the plan gives the number as a guide (左右) that is reported and not judged.
    #[serde(default)]
    pub indicative: bool,
    /// Whether every calendar year is judged by itself.
    #[serde(default)]
    pub every_year: bool,
    /// The last day on which it may be reached.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline: Option<Day>,
    /// Whether 韩城, which the province manages and assesses apart, counts.
    pub counts_hancheng: bool,
    /// The register without which nothing can be counted.
    pub waits_for: Option<Register>,
    /// The legal source.
    pub source: String,
    /// How sure the numbers are.
    pub confidence: Confidence,
    /// What is not clear, in Chinese.
    #[serde(default)]
    pub ambiguities: Vec<String>,
}

/// A target that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// The threshold is no share.
    #[error("the threshold is not a share between nothing and all")]
    Threshold,
    /// It counts nothing and waits for nothing.
    #[error("it has no reading, and names no register that it waits for")]
    CountsNothing,
    /// Two readings of one name.
    #[error("two readings have the same name")]
    ReadingTwice,
    /// Of what was added in a year only trades are counted.
    #[error("a share of additions is counted by trades")]
    FlowWithoutTrades,
    /// A stock to be cleared has nothing to be cleared of.
    #[error("a stock to be cleared names the oldest stage that may stay away")]
    ClearsNothing,
}

/// The targets as they were delivered.
#[must_use]
pub fn delivered() -> Vec<Target> {
    // A test reads the file and counts its rows.
    serde_json::from_str(include_str!("targets.json")).unwrap_or_default()
}

impl Merit {
    /// Whether it is counted of stations or sites, and not of vehicles.
    #[must_use]
    pub fn is_of_sites(self) -> bool {
        matches!(self, Self::Connected | Self::Served)
    }
}

impl Target {
    /// Whether it can be.
    ///
    /// # Errors
    /// What contradicts itself.
    pub fn check(&self) -> Result<(), TargetError> {
        let names: std::collections::BTreeSet<_> = self.readings.iter().map(|reading| &reading.id).collect();
        if self.threshold.is_some_and(|threshold| !threshold.is_sound()) {
            return Err(TargetError::Threshold);
        }
        if self.readings.is_empty() && self.waits_for.is_none() && !self.merit.is_of_sites() {
            return Err(TargetError::CountsNothing);
        }
        if names.len() < self.readings.len() {
            return Err(TargetError::ReadingTwice);
        }
        let scopes = || self.readings.iter().map(|reading| &reading.scope);
        let by_trades = |scope: &Scope| {
            !scope.trades.is_empty() && !scope.trucks && scope.fuel.is_none() && scope.stage_at_most.is_none()
        };
        if self.kind == TargetKind::FlowShare && (self.merit != Merit::NewEnergy || !scopes().all(by_trades)) {
            return Err(TargetError::FlowWithoutTrades);
        }
        if self.merit == Merit::Remaining && scopes().any(|scope| scope.stage_at_most.is_none()) {
            return Err(TargetError::ClearsNothing);
        }
        Ok(())
    }

    /// The last day that a standing of a year counts.
    #[must_use]
    pub fn last_day_of(year: i32) -> Option<Day> {
        Day::from_ymd_opt(year, 12, 31)
    }

    /// Whether a day lies after the deadline.
    #[must_use]
    pub fn is_past(&self, today: Day) -> bool {
        self.deadline.is_some_and(|deadline| today > deadline)
    }

    /// The reading to judge by, and whether each trade by itself must reach the threshold.
    #[must_use]
    pub fn judging(&self, settings: &Settings, day: Day) -> (Option<&Reading>, bool) {
        let word = self.judged_by.as_deref().and_then(|key| settings.text(key, day));
        let named = self.readings.iter().find(|reading| Some(reading.id.as_str()) == word);
        (named.or(self.readings.first()), word == Some("each_trade"))
    }

    /// How a tally stands.
    #[must_use]
    pub fn verdict(&self, tally: Tally) -> TargetVerdict {
        let binding = !self.indicative;
        match (self.merit, self.threshold) {
            // A part of the city has no goal of its own.
            (Merit::Served, _) if tally.total == 0 && tally.counted > 0 => TargetVerdict::Reported,
            _ if tally.total == 0 => TargetVerdict::NoData,
            (Merit::Remaining, _) if tally.counted == 0 && tally.unknown == 0 => TargetVerdict::Met,
            (Merit::Remaining, _) if binding && self.deadline.is_some() => TargetVerdict::NotMet,
            (Merit::Remaining, _) | (_, None) => TargetVerdict::Reported,
            _ if !binding => TargetVerdict::Reported,
            (_, Some(threshold)) if threshold.is_met(tally) => TargetVerdict::Met,
            (_, Some(_)) => TargetVerdict::NotMet,
        }
    }

    /// How far a tally is from the threshold; none where there is none, or nothing to count.
    #[must_use]
    pub fn distance(&self, tally: Tally) -> Option<Distance> {
        let threshold = self.threshold.filter(|_| self.merit != Merit::Remaining && tally.total > 0)?;
        if self.merit == Merit::Served {
            // The goal does not grow with what is served.
            let goal = threshold.share_of(tally.total);
            return Some(Distance { more_needed: Some((goal - tally.counted).max(0)), ..Distance::default() });
        }
        Some(threshold.distance(tally))
    }

    /// How a reading stands: by the whole, or by each trade that has something to count.
    #[must_use]
    pub fn verdict_of(&self, measured: &Measured, each_trade: bool) -> TargetVerdict {
        let whole = self.verdict(measured.whole);
        if !each_trade || whole == TargetVerdict::NoData {
            return whole;
        }
        let missed = |tally: &Tally| self.verdict(*tally) == TargetVerdict::NotMet;
        if measured.trades.values().any(missed) { TargetVerdict::NotMet } else { whole }
    }
}
