//! Dated settings: deadlines, tolerances and switches that a manager amends without a release.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::time::Day;

/// The settings as they were delivered, each with its source and how sure it is.
pub const DELIVERED: &str = include_str!("settings.csv");

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
        csv::Reader::from_reader(DELIVERED.as_bytes()).into_deserialize().filter_map(Result::ok)
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
