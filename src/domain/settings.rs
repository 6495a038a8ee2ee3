//! Dated settings: deadlines, tolerances and switches that a manager amends without a release.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    standard::{LimitClass, Method},
    table,
    target::NewEnergy,
    time::Day,
    vehicle::energy::EnergyKind,
    words::Word,
};

/// The settings as they were delivered, each with its source and how sure it is.
pub const DELIVERED: &str = include_str!("settings.csv");

/// A value that its setting cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The service knows no such setting.
    #[error("there is no setting `{0}`")]
    Unknown(String),
    /// Neither of two words.
    #[error("must be one of: {0}")]
    NotOneOf(String),
    /// No whole number within bounds.
    #[error("must be a whole number from 0 to {0}")]
    NotANumber(u32),
    /// No day.
    #[error("must be a day, as 2026-08-22")]
    NotADay,
}

/// Whether a setting can have a value.
///
/// # Errors
/// The setting is unknown, or the value is none of its kind.
pub fn check(key: &str, value: &str) -> Result<(), SettingError> {
    match key {
        "limit_class" => one_of(&LimitClass::ALL.iter().map(|class| class.word()).collect::<Vec<_>>(), value),
        "petrol_method" => {
            let methods = [Method::Asm, Method::ShortTransient, Method::Transient, Method::DoubleIdle];
            one_of(&methods.map(Word::word), value)
        }
        "retest_at_same_station" | "overdue_case_lists" => one_of(&["on", "off"], value),
        "new_energy_kinds" => drives(value),
        "nev_additions_judged_by" => one_of(&["whole", "each_trade"], value),
        "taxi_reading" => one_of(&["with_ride_hailing", "without_ride_hailing"], value),
        "public_domain_reading" => one_of(&["public_transport", "public_domain"], value),
        "shop_kin_of_station" => one_of(&["flag", "refuse"], value),
        "obd_petrol_light_from" | "obd_petrol_heavy_from" | "obd_diesel_from" | "removal_baseline_on" => {
            value.parse::<Day>().map(drop).map_err(|_| SettingError::NotADay)
        }
        "retest_deadline_days"
        | "acceptance_lapse_hours"
        | "days_after_pass"
        | "claim_silence_days"
        | "listing_takes_effect_after_days" => number(value, 3_660),
        "retests_per_day" | "tests_per_day" | "failed_look_ups_before_lock" | "obd_incomplete_monitors_allowed" => {
            number(value, 100)
        }
        "minutes_between_tests" | "future_tolerance_minutes" => number(value, 1_440),
        "mileage_tolerance_km" => number(value, 100_000),
        "asm_fast_pass_percent" => number(value, 100),
        "appeal_channel" => Ok(()),
        _ => Err(SettingError::Unknown(key.to_owned())),
    }
}

/// One or more drives, parted by blanks.
fn drives(value: &str) -> Result<(), SettingError> {
    let known = value.parse::<NewEnergy>().is_ok_and(|drives| !drives.0.is_empty());
    let words = || EnergyKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
    if known { Ok(()) } else { Err(SettingError::NotOneOf(words())) }
}

fn one_of(words: &[&str], value: &str) -> Result<(), SettingError> {
    if words.contains(&value) { Ok(()) } else { Err(SettingError::NotOneOf(words.join(", "))) }
}

fn number(value: &str, largest: u32) -> Result<(), SettingError> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits && value.parse::<u32>().is_ok_and(|number| number <= largest);
    if fits { Ok(()) } else { Err(SettingError::NotANumber(largest)) }
}

/// One value of one setting from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Setting {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The first day on which it holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub effective_from: Day,
    /// Where it comes from.
    pub source: String,
    /// Whether an expert has yet to check it.
    pub confidence: String,
    /// What it means.
    pub note: String,
}

/// Every setting with its dated values.
#[derive(Debug, Clone, Default)]
pub struct Settings(BTreeMap<String, Vec<Setting>>);

impl Settings {
    /// From rows in any order; of two values for one key and day the later row holds.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = Setting>) -> Self {
        let mut settings = BTreeMap::<String, Vec<Setting>>::new();
        for row in rows {
            settings.entry(row.key.clone()).or_default().push(row);
        }
        for values in settings.values_mut() {
            values.sort_by_key(|value| value.effective_from);
        }
        Self(settings)
    }

    /// The settings as delivered.
    #[must_use]
    pub fn delivered() -> Self {
        Self::new(Self::delivered_rows())
    }

    /// The rows of the settings as delivered.
    pub fn delivered_rows() -> impl Iterator<Item = Setting> {
        table::rows(DELIVERED).into_iter()
    }

    /// Every dated value, by key and day.
    pub fn rows(&self) -> impl Iterator<Item = &Setting> {
        self.0.values().flatten()
    }

    /// Whether there is a setting of that name.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The value of a setting on a day, read as `T`; `T`'s default before its first day.
    #[must_use]
    pub fn on<T: FromStr + Default>(&self, key: &str, day: Day) -> T {
        self.text(key, day).and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// Whether a switch is on.
    #[must_use]
    pub fn is_on(&self, key: &str, day: Day) -> bool {
        self.text(key, day) == Some("on")
    }

    /// The value of a setting on a day.
    #[must_use]
    pub fn text(&self, key: &str, day: Day) -> Option<&str> {
        let values = self.0.get(key)?;
        values.iter().rev().find(|value| value.effective_from <= day).map(|value| value.value.as_str())
    }
}
