//! A per-second record that does not add up: shorter than said, gaps, repeated seconds.

use serde_json::json;

use super::reading_off_trace::count;
use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct TraceBroken;

impl Finding for TraceBroken {
    fn kind(&self) -> FindingKind {
        FindingKind::TraceBroken
    }

    fn about(&self) -> About {
        About {
            title: "Record does not add up",
            looks_at: (
                "The seconds of the record beside the length that the station says",
                "过程数据的采样秒与申报时长",
            ),
            formula: ("any of: shorter than said, a gap, a second twice", "短于申报、采样中断、采样秒重复，任一即是"),
            settings: &[],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        let trace = test.trace.as_ref().filter(|trace| !trace.oddities.is_empty())?;
        let facts = json!({ "oddities": trace.oddities, "samples": trace.samples });
        Some(Measured::found(self.kind(), test.subject(), facts).of(count(trace.oddities.len()), 3))
    }
}
