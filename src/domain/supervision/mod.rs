//! Supervision: every pattern that data can show, each a question put to the facts, never an accusation.
//!
//! To add a finding: its word in `domain::finding`, its file in `kinds` with one `impl Finding for` a unit struct, its
//! row in `FINDINGS`, its dated thresholds in `settings.csv`, and its cheats in `tests/rules/supervision`.

mod chances;
mod facts;
mod finding;
mod fold;
mod kinds;
mod measured;
mod phases;
mod rates;
mod repost;
mod sketch;
mod trace;

pub use chances::Chances;
pub use facts::{Family, Previous, ReadingFacts, RepairFacts, TestFacts, TraceFacts};
pub use finding::{About, Finding, Rules};
pub use fold::{Cell, Fold};
pub use kinds::FINDINGS;
pub use measured::{Measured, Peers, Subject};
pub use phases::{Phase, PhaseName};
pub use repost::reposted;
pub use sketch::{Sketch, print_of, sketch_of};
pub use trace::{Trace, TraceError, TraceFault, TraceOddity};

use super::finding::Standing;

/// Whether a setting is a threshold of tampering, which is not published.
#[must_use]
pub fn is_withheld(key: &str) -> bool {
    FINDINGS.iter().map(|finding| finding.about()).any(|about| about.tampering && about.settings.contains(&key))
}

/// What one test shows by itself, in the transaction that records it.
#[must_use]
pub fn of_test(test: &TestFacts, rules: &Rules<'_>) -> Vec<Measured> {
    let found = FINDINGS.iter().filter_map(|finding| finding.of_test(test, rules));
    found.filter(|measured| measured.standing == Standing::Found).collect()
}

/// What the tests of one day show together, and what they leave to be added to other days.
#[must_use]
pub fn of_day(tests: &[TestFacts], repairs: &[RepairFacts], rules: &Rules<'_>) -> (Vec<Measured>, Fold) {
    let (mut found, mut fold) = (Vec::new(), Fold::default());
    for finding in FINDINGS {
        found.extend(finding.of_day(tests, rules));
        for test in tests {
            finding.count(test, rules, &mut fold);
        }
        for repair in repairs {
            found.extend(finding.of_repair(repair, rules));
            finding.count_repair(repair, &mut fold);
        }
    }
    (found, fold)
}

/// What the days of a window show together; also what is in order, and of what there is too little.
#[must_use]
pub fn of_window(fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
    FINDINGS.iter().flat_map(|finding| finding.conclude(fold, rules, chances)).collect()
}
