//! A failing mean divided by 2, 3, … until it passes: the reported reading is the quotient.

use serde_json::json;

use super::reading_off_trace::{count, pairs};
use crate::domain::{
    finding::FindingKind,
    quantity::Amount,
    supervision::{About, Finding, Measured, ReadingFacts, Rules, TestFacts},
};

const LARGEST_DIVISOR: i64 = 12;

/// See the caption.
pub struct ReadingDivided;

impl Finding for ReadingDivided {
    fn kind(&self) -> FindingKind {
        FindingKind::ReadingDivided
    }

    fn about(&self) -> About {
        About {
            title: "Reading is the record's mean divided by a small number",
            looks_at: (
                "A record whose mean fails, beside a reading that is the mean divided by the smallest number that passes",
                "过程均值超标，而上报结果等于均值除以使其合格的最小整数",
            ),
            formula: ("readings that are the quotient / readings compared", "等于该商的读数数 / 可比较读数数"),
            settings: &["finding_quotient_tolerance_permille"],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let trace = test.trace.as_ref()?;
        let pairs: Vec<_> = pairs(test, &trace.own).collect();
        let divided = pairs.iter().filter_map(|(reading, own)| Some((reading, own, divisor(reading, *own, rules)?)));
        let told: Vec<_> = divided
            .map(
                |(reading, own, by)| json!({ "item": reading.item, "reported": reading.value, "own": own, "by": by }),
            )
            .collect();
        let (hits, total) = (count(told.len()), count(pairs.len()));
        (hits > 0).then(|| Measured::found(self.kind(), test.subject(), json!({ "readings": told })).of(hits, total))
    }
}

/// The smallest number by which the failing mean passes, when the reading is the quotient.
pub(super) fn divisor(reading: &ReadingFacts, own: Amount, rules: &Rules<'_>) -> Option<i64> {
    let (own, limit) = (own.micros(), reading.limit.micros());
    if limit <= 0 || own <= limit {
        return None;
    }
    let by = own / limit + i64::from(own % limit > 0);
    let tolerance = limit.saturating_mul(rules.number("finding_quotient_tolerance_permille")) / 1_000;
    let near = (reading.value.micros() - own / by.max(1)).saturating_abs() <= tolerance;
    (by <= LARGEST_DIVISOR && near).then_some(by)
}
