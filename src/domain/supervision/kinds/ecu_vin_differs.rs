//! The control unit tells another VIN than the registered one: another vehicle was tested, or the unit was changed.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct EcuVinDiffers;

impl Finding for EcuVinDiffers {
    fn kind(&self) -> FindingKind {
        FindingKind::EcuVinDiffers
    }

    fn about(&self) -> About {
        About {
            title: "Control unit of another vehicle",
            looks_at: (
                "The VIN that the control unit tells beside the registered one",
                "OBD读取的车架号与登记车架号",
            ),
            formula: ("both are whole VINs, and differ", "两者均为完整车架号且不一致"),
            settings: &[],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        (test.ecu_vin_differs == Some(true)).then(|| Measured::found(self.kind(), test.subject(), json!({})))
    }
}
