//! The station judged otherwise than the service, whose verdict stands.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct VerdictDiffers;

impl Finding for VerdictDiffers {
    fn kind(&self) -> FindingKind {
        FindingKind::VerdictDiffers
    }

    fn about(&self) -> About {
        About {
            title: "Verdict differs",
            looks_at: ("The station's verdict beside the service's", "机构判定与平台判定"),
            formula: ("they differ", "两者不一致"),
            settings: &[],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        let station = test.station_verdict.filter(|station| *station != test.verdict)?;
        let facts = json!({ "station": station, "service": test.verdict });
        Some(Measured::found(self.kind(), test.subject(), facts))
    }
}
