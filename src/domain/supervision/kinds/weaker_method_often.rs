//! Weaker methods, with or without a reason, far more often than for similar vehicles elsewhere.

use crate::domain::{
    finding::FindingKind,
    standard::which_methods::Permission,
    supervision::{
        About, Chances, Finding, Fold, Measured, Rules, TestFacts,
        rates::{Odd, compare},
    },
};

/// See the caption.
pub struct WeakerMethodOften;

impl Finding for WeakerMethodOften {
    fn kind(&self) -> FindingKind {
        FindingKind::WeakerMethodOften
    }

    fn about(&self) -> About {
        About {
            title: "Weaker methods too often",
            looks_at: (
                "How often a station uses a weaker method, beside other stations with similar vehicles",
                "该机构采用较宽松方法的比例与其他机构同类车辆比较",
            ),
            formula: (
                "tests by a weaker method / tests, beside what its own fleet would have shown elsewhere",
                "较宽松方法检测数 / 检测数，与同类车辆在其他机构的比例比较",
            ),
            settings: &["finding_too_many_percent", "finding_least_tests", "finding_chance_millionths"],
            tampering: false,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        if test.counts() && test.method.is_some() {
            let weaker = test.permission != Permission::Regular;
            fold.add(self.kind(), &test.similar, &test.station.to_string(), weaker);
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        compare(self.kind(), Odd::TooMany, fold, rules, chances)
    }
}
