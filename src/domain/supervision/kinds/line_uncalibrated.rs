//! A test on a line that had no passing calibration.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct LineUncalibrated;

impl Finding for LineUncalibrated {
    fn kind(&self) -> FindingKind {
        FindingKind::LineUncalibrated
    }

    fn about(&self) -> About {
        About {
            title: "Line without a valid calibration",
            looks_at: (
                "The daily checks and calibrations of the line at the time of the test",
                "检测时该检测线的日常检查与校准",
            ),
            formula: ("the mandatory check is missing, failed or expired", "强制检查缺失、不合格或过期"),
            settings: &[],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        (test.calibrated == Some(false)).then(|| Measured::found(self.kind(), test.subject(), json!({})))
    }
}
