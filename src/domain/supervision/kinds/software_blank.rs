//! A control unit that tells no verification number, or zeros alone: weak by itself, the mark of a simulator in numbers.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct SoftwareBlank;

impl Finding for SoftwareBlank {
    fn kind(&self) -> FindingKind {
        FindingKind::SoftwareBlank
    }

    fn about(&self) -> About {
        About {
            title: "Blank verification number",
            looks_at: ("The CVN of each control unit that tells its CAL-ID", "已给出CALID的控制单元的CVN"),
            formula: ("the CVN is empty or zeros alone", "CVN为空或全为零"),
            settings: &[],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        test.software_blank.then(|| Measured::found(self.kind(), test.subject(), json!({})))
    }
}
