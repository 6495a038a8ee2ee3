//! Dated settings: deadlines, tolerances and switches that a manager amends without a release.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{table, time::Day};

/// The settings as they were delivered, each with what it takes, its source and how sure it is. `takes` is `0..n`, `day`,
/// `text`, `one of` some words, or `some of` them (`none` for none).
pub const DELIVERED: &str = include_str!("settings.csv");

/// A value that its setting cannot have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// The service knows no such setting.
    #[error("there is no setting `{0}`")]
    Unknown(String),
    /// None of some words.
    #[error("must be one of: {0}")]
    NotOneOf(String),
    /// Neither `none` nor words with blanks between them.
    #[error("must be `none`, or some of these with blanks between them: {0}")]
    NotSomeOf(String),
    /// No whole number within bounds.
    #[error("must be a whole number from 0 to {0}")]
    NotANumber(u32),
    /// No day.
    #[error("must be a day, as 2026-08-22")]
    NotADay,
}

/// Whether a setting can have a value: its row says what it takes.
///
/// # Errors
/// The setting is unknown, or the value is none of what it takes.
pub fn check(key: &str, value: &str) -> Result<(), SettingError> {
    #[derive(Deserialize)]
    struct Row {
        key: String,
        takes: String,
    }
    let row = table::rows::<Row>(DELIVERED).into_iter().find(|row| row.key == key);
    let takes = row.ok_or_else(|| SettingError::Unknown(key.to_owned()))?.takes;
    if let Some(words) = takes.strip_prefix("one of ") {
        return one_of(words, value);
    }
    if let Some(words) = takes.strip_prefix("some of ") {
        return some_of(words, value);
    }
    match takes.as_str() {
        "text" => Ok(()),
        "day" => value.parse::<Day>().map(drop).map_err(|_| SettingError::NotADay),
        number => within(number.strip_prefix("0..").and_then(|largest| largest.parse().ok()).unwrap_or(0), value),
    }
}

fn one_of(words: &str, value: &str) -> Result<(), SettingError> {
    let fits = words.split(' ').any(|word| word == value);
    if fits { Ok(()) } else { Err(SettingError::NotOneOf(words.replace(' ', ", "))) }
}

fn some_of(words: &str, value: &str) -> Result<(), SettingError> {
    let fits = value == "none" || value.split(' ').all(|word| one_of(words, word).is_ok());
    if fits { Ok(()) } else { Err(SettingError::NotSomeOf(words.replace(' ', ", "))) }
}

fn within(largest: u32, value: &str) -> Result<(), SettingError> {
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
