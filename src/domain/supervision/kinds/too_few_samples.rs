//! A per-second record with fewer samples than its method has seconds.

use serde_json::json;

use super::test_too_short::least_seconds;
use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct TooFewSamples;

impl Finding for TooFewSamples {
    fn kind(&self) -> FindingKind {
        FindingKind::TooFewSamples
    }

    fn about(&self) -> About {
        About {
            title: "Too few samples",
            looks_at: (
                "The seconds of the record beside a share of the least seconds of the method",
                "过程数据秒数与方法最短时长的一定比例",
            ),
            formula: ("seconds sampled / least seconds of the method", "采样秒数 / 方法最短秒数"),
            settings: &["finding_sampled_percent"],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let (trace, least) = (test.trace.as_ref()?, least_seconds(test.method?, rules)?);
        let few = trace.samples * 100 < least * rules.number("finding_sampled_percent");
        let facts = json!({ "method": test.method, "samples": trace.samples, "least_seconds": least });
        few.then(|| Measured::found(self.kind(), test.subject(), facts).of(trace.samples, least))
    }
}
