//! First tests of which far fewer fail than of similar vehicles elsewhere.

use crate::domain::{
    finding::FindingKind,
    inspection::Nature,
    supervision::{
        About, Chances, Finding, Fold, Measured, Rules, TestFacts,
        rates::{Odd, compare},
    },
    verdict::Verdict,
};

/// See the caption.
pub struct TestsRarelyFail;

impl Finding for TestsRarelyFail {
    fn kind(&self) -> FindingKind {
        FindingKind::TestsRarelyFail
    }

    fn about(&self) -> About {
        About {
            title: "Tests that rarely fail",
            looks_at: (
                "The first tests of a station beside those of similar vehicles (fuel, mass, stage, age) elsewhere",
                "该机构初检结果与其他机构同类车辆（燃料、质量、排放阶段、车龄）比较",
            ),
            formula: (
                "failing first tests / first tests, beside what its own fleet would have shown elsewhere",
                "初检不合格数 / 初检数，与同类车辆在其他机构的比例比较",
            ),
            settings: &["finding_too_few_percent", "finding_least_tests", "finding_chance_millionths"],
            tampering: false,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        if test.counts() && test.nature == Nature::First {
            fold.add(self.kind(), &test.similar, &test.station.to_string(), test.verdict == Verdict::Fail);
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        compare(self.kind(), Odd::TooFew, fold, rules, chances)
    }
}
