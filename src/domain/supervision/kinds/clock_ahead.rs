//! A test that ended after it was received: the station's clock runs ahead.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct ClockAhead;

impl Finding for ClockAhead {
    fn kind(&self) -> FindingKind {
        FindingKind::ClockAhead
    }

    fn about(&self) -> About {
        About {
            title: "Clock ahead",
            looks_at: ("The end of the test beside the time of its receipt", "检测结束时间与平台接收时间"),
            formula: ("seconds by which the end is later than the receipt", "检测结束晚于接收的秒数"),
            settings: &["finding_clock_seconds"],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let (ahead, most) =
            (test.ended_at.since(test.recorded_at).num_seconds(), rules.number("finding_clock_seconds"));
        let facts = json!({ "seconds_ahead": ahead });
        (ahead > most).then(|| Measured::found(self.kind(), test.subject(), facts).of(ahead, most))
    }
}
