//! A weaker method than the regular one, without a reason.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    standard::which_methods::Permission,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct WeakerMethod;

impl Finding for WeakerMethod {
    fn kind(&self) -> FindingKind {
        FindingKind::WeakerMethod
    }

    fn about(&self) -> About {
        About {
            title: "Weaker method without a reason",
            looks_at: ("The method beside the regular one of the vehicle", "检测方法与车辆规定方法"),
            formula: ("not the regular method, and no reason recorded", "非规定方法且无理由"),
            settings: &[],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        let weaker = test.permission != Permission::Regular && !test.reasoned && test.method.is_some();
        weaker.then(|| Measured::found(self.kind(), test.subject(), json!({ "method": test.method })))
    }
}
