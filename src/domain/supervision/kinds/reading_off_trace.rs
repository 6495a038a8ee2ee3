//! A reported reading that its own per-second record does not show.

use serde_json::json;

use super::reading_divided::divisor;
use crate::domain::{
    finding::{FindingKind, Standing},
    quantity::Amount,
    supervision::{About, Finding, Measured, ReadingFacts, Rules, TestFacts},
};

/// See the caption.
pub struct ReadingOffTrace;

impl Finding for ReadingOffTrace {
    fn kind(&self) -> FindingKind {
        FindingKind::ReadingOffTrace
    }

    fn about(&self) -> About {
        About {
            title: "Reading is not what its record shows",
            looks_at: (
                "Each reading beside the mean (free acceleration: the mean of the peaks) of its phase in the record",
                "上报读数与过程数据相应阶段的均值（自由加速为峰值均值）",
            ),
            formula: (
                "readings further from their record's own value than a share of it and of the limit / readings compared",
                "与过程均值偏差超过容差的读数数 / 可比较读数数",
            ),
            settings: &["finding_trace_tolerance_percent", "finding_trace_floor_percent"],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let trace = test.trace.as_ref()?;
        let pairs: Vec<_> = pairs(test, &trace.own).collect();
        if pairs.is_empty() {
            let none = Measured::found(self.kind(), test.subject(), json!({})).of(0, 0);
            return Some(Measured { standing: Standing::InsufficientData, ..none });
        }
        let off: Vec<_> = pairs.iter().filter(|(reading, own)| is_off(reading, *own, rules)).collect();
        // A divided reading has a finding of its own, which says more.
        let plain = off.iter().filter(|(reading, own)| divisor(reading, *own, rules).is_none());
        let told: Vec<_> = plain
            .map(|(reading, own)| json!({ "item": reading.item, "reported": reading.value, "own": own }))
            .collect();
        let (hits, total) = (count(told.len()), count(pairs.len()));
        (hits > 0).then(|| Measured::found(self.kind(), test.subject(), json!({ "readings": told })).of(hits, total))
    }
}

/// The readings beside what the record shows of them.
pub(super) fn pairs<'t>(
    test: &'t TestFacts,
    own: &'t [(crate::domain::standard::Item, Amount)],
) -> impl Iterator<Item = (&'t ReadingFacts, Amount)> {
    let own_of = |reading: &ReadingFacts| own.iter().find(|(item, _)| *item == reading.item).map(|(_, own)| *own);
    test.readings.iter().filter_map(move |reading| Some((reading, own_of(reading)?)))
}

/// Whether a reading is further from its own record than the tolerance.
pub(super) fn is_off(reading: &ReadingFacts, own: Amount, rules: &Rules<'_>) -> bool {
    let percent = |of: Amount, key: &str| of.micros().saturating_abs().saturating_mul(rules.number(key)) / 100;
    let tolerance = percent(own, "finding_trace_tolerance_percent")
        .saturating_add(percent(reading.limit, "finding_trace_floor_percent"));
    reading.value.less(own).micros().saturating_abs() > tolerance
}

pub(super) fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
