//! A test shorter than its method allows.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    standard::Method,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct TestTooShort;

impl Finding for TestTooShort {
    fn kind(&self) -> FindingKind {
        FindingKind::TestTooShort
    }

    fn about(&self) -> About {
        About {
            title: "Test shorter than its method",
            looks_at: (
                "The time from start to end beside the least of the method",
                "检测起止时间与方法规定的最短时长",
            ),
            formula: ("seconds of the test / least seconds of the method", "检测秒数 / 方法最短秒数"),
            settings: &[
                "finding_seconds_double_idle",
                "finding_seconds_asm",
                "finding_seconds_cycle",
                "finding_seconds_free_acceleration",
                "finding_seconds_lug_down",
            ],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let (seconds, least) = (test.seconds(), least_seconds(test.method?, rules)?);
        let facts = json!({ "method": test.method, "seconds": seconds, "least_seconds": least });
        (seconds < least).then(|| Measured::found(self.kind(), test.subject(), facts).of(seconds, least))
    }
}

/// The least seconds of a method; none where the standard names no times.
pub(super) fn least_seconds(method: Method, rules: &Rules<'_>) -> Option<i64> {
    let key = match method {
        Method::DoubleIdle => "finding_seconds_double_idle",
        Method::Asm => "finding_seconds_asm",
        Method::ShortTransient | Method::Transient => "finding_seconds_cycle",
        Method::FreeAcceleration => "finding_seconds_free_acceleration",
        Method::LugDown => "finding_seconds_lug_down",
        Method::Ringelmann | Method::Exempt => return None,
    };
    Some(rules.number(key)).filter(|least| *least > 0)
}
