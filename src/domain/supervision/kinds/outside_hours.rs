//! A test outside the opening hours of the city's stations.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct OutsideHours;

impl Finding for OutsideHours {
    fn kind(&self) -> FindingKind {
        FindingKind::OutsideHours
    }

    fn about(&self) -> About {
        About {
            title: "Test outside opening hours",
            looks_at: ("The minute of the local day at which the test began", "检测开始的当地时间"),
            formula: ("before the first or after the last minute of the hours", "早于营业开始或晚于营业结束"),
            settings: &["finding_hours_from_minute", "finding_hours_to_minute"],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let minute = i64::from(test.started_at.local_minute());
        let (from, to) = (rules.number("finding_hours_from_minute"), rules.number("finding_hours_to_minute"));
        let facts = json!({ "minute": minute, "from_minute": from, "to_minute": to });
        (minute < from || minute > to).then(|| Measured::found(self.kind(), test.subject(), facts))
    }
}
