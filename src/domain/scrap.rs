//! Mandatory scrapping (机动车强制报废标准规定, 2012 No. 12, in force from 2013-05-01): the four triggers of art. 4, each with the
//! facts behind it. What is found here is a candidate; a person confirms it.

mod class;
mod years;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::{
    class::{ScrapClass, class_of, was_used_otherwise},
    years::{ScrapRow, UseChange, counted_from, pro_rata_months, row_of, scrap_rows, years_end},
};
use super::{case::Case, id::Id, settings::Settings, time::Day, vehicle::Vehicle};

/// What is known of a vehicle beside its own data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScrapFacts {
    /// Its last change of use, where the register of movements knows it.
    pub change: Option<UseChange>,
    /// Its last odometer reading, km.
    pub odometer_km: Option<i64>,
    /// Its open case, when retests have failed in it.
    pub failing: Option<Failing>,
    /// The due days of its periodic inspection that have passed without a pass, the first first: the first is the day on
    /// which the last mark expired.
    pub unanswered: Vec<Day>,
}

/// An open case in which retests failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failing {
    /// The case.
    pub case: Id<Case>,
    /// How many retests have failed in it, each after a repair or an exemption.
    pub failed_retests: i64,
    /// The day of the newest failing test.
    pub last_on: Day,
}

/// A trigger that has fired, with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "trigger", rename_all = "snake_case")]
pub enum Fired {
    /// Art. 4 (1): its years are reached.
    YearsReached {
        /// The class of use.
        class: ScrapClass,
        /// The day from which the years count.
        #[schema(value_type = chrono::NaiveDate)]
        counted_from: Day,
        /// The day on which they were reached.
        #[schema(value_type = chrono::NaiveDate)]
        reached_on: Day,
        /// Whether a change of use was counted pro rata.
        pro_rata: bool,
        /// The last odometer reading, km.
        odometer_km: Option<i64>,
        /// The guided kilometres, which are no trigger.
        guide_km: Option<i64>,
    },
    /// Art. 4 (3): still over the emission standard after repair.
    EmissionsFail {
        /// The open case.
        #[schema(value_type = uuid::Uuid)]
        case_id: Id<Case>,
        /// How many retests have failed in it.
        failed_retests: i64,
        /// The day of the newest failing test.
        #[schema(value_type = chrono::NaiveDate)]
        last_on: Day,
    },
    /// Art. 4 (4): no mark for three consecutive periods after its expiry.
    MarksMissing {
        /// The day on which the last mark expired.
        #[schema(value_type = chrono::NaiveDate)]
        expired_on: Day,
        /// How many periods have passed since without a mark.
        periods: i64,
        /// The end of the period that fired the trigger.
        #[schema(value_type = chrono::NaiveDate)]
        last_due_on: Day,
    },
    /// Art. 4 (2): cannot be brought to the safety standard; the register has no safety tests, so a person reports it.
    SafetyFails {
        /// The document.
        evidence: String,
    },
}

/// The triggers that have fired for a vehicle by a day, in the order of art. 4. Trigger (2) is never among them: it is
/// reported.
#[must_use]
pub fn fired(vehicle: &Vehicle, facts: &ScrapFacts, settings: &Settings, day: Day) -> Vec<Fired> {
    let by_retests = || emissions_fail(facts, settings, day);
    let by_marks = || marks_missing(facts, settings, day);
    [years_reached(vehicle, facts, settings, day), by_retests(), by_marks()].into_iter().flatten().collect()
}

fn years_reached(vehicle: &Vehicle, facts: &ScrapFacts, settings: &Settings, day: Day) -> Option<Fired> {
    let reached_on = years_end(vehicle, facts.change, settings, day).filter(|reached| *reached <= day)?;
    let row = row_of(vehicle, vehicle.use_nature, day)?;
    let counted_from = counted_from(vehicle, settings, day)?;
    Some(Fired::YearsReached {
        class: row.class,
        counted_from,
        reached_on,
        pro_rata: facts.change.is_some_and(|change| change.on > counted_from),
        odometer_km: facts.odometer_km,
        guide_km: row.guide_km,
    })
}

fn emissions_fail(facts: &ScrapFacts, settings: &Settings, day: Day) -> Option<Fired> {
    let least: i64 = settings.on("scrap_failed_retests", day);
    let failing = facts.failing.filter(|failing| least > 0 && failing.failed_retests >= least)?;
    Some(Fired::EmissionsFail {
        case_id: failing.case,
        failed_retests: failing.failed_retests,
        last_on: failing.last_on,
    })
}

fn marks_missing(facts: &ScrapFacts, settings: &Settings, day: Day) -> Option<Fired> {
    let least: usize = settings.on("scrap_missed_periods", day);
    let passed: Vec<Day> = facts.unanswered.iter().copied().filter(|due| *due < day).collect();
    let last_due_on = *passed.get(least).filter(|_| least > 0)?;
    let periods = i64::try_from(passed.len()).unwrap_or(i64::MAX) - 1;
    Some(Fired::MarksMissing { expired_on: *passed.first()?, periods, last_due_on })
}
