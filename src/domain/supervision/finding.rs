//! A finding as a question: what it is called, what it looks at, and how it is asked of a test, a day or a window.

use super::{Chances, Fold, Measured, RepairFacts, TestFacts};
use crate::domain::{finding::FindingKind, settings::Settings, time::Day};

/// What the catalogue says of a finding. Texts are English and Chinese.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// The English title; the Chinese one is the word's label.
    pub title: &'static str,
    /// What it looks at.
    pub looks_at: (&'static str, &'static str),
    /// How it is reckoned, without the numbers.
    pub formula: (&'static str, &'static str),
    /// Its dated thresholds.
    pub settings: &'static [&'static str],
    /// Whether it is about tampering: then the published formula leaves the thresholds out.
    pub tampering: bool,
}

/// The dated thresholds of a day.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'s> {
    /// Every setting.
    pub settings: &'s Settings,
    /// The day whose values hold.
    pub day: Day,
}

impl Rules<'_> {
    /// A threshold.
    #[must_use]
    pub fn number(&self, key: &str) -> i64 {
        self.settings.on(key, self.day)
    }
}

/// A question put to the data. A finding answers where it can and is silent elsewhere.
pub trait Finding: Sync {
    /// Its id.
    fn kind(&self) -> FindingKind;

    /// What the catalogue says of it.
    fn about(&self) -> About;

    /// Asked of one test, in the transaction that records it.
    fn of_test(&self, _test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        None
    }

    /// Asked of the tests that were recorded on one day.
    fn of_day(&self, _tests: &[TestFacts], _rules: &Rules<'_>) -> Vec<Measured> {
        Vec::new()
    }

    /// Asked of one repair.
    fn of_repair(&self, _repair: &RepairFacts, _rules: &Rules<'_>) -> Option<Measured> {
        None
    }

    /// Adds a test to what its day leaves.
    fn count(&self, _test: &TestFacts, _rules: &Rules<'_>, _fold: &mut Fold) {}

    /// Adds a repair to what its day leaves.
    fn count_repair(&self, _repair: &RepairFacts, _fold: &mut Fold) {}

    /// Asked of what the days of a window left.
    fn conclude(&self, _fold: &Fold, _rules: &Rules<'_>, _chances: &dyn Chances) -> Vec<Measured> {
        Vec::new()
    }
}
