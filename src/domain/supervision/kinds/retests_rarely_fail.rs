//! Retests of which hardly any fails, beside those of similar vehicles elsewhere.

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
pub struct RetestsRarelyFail;

impl Finding for RetestsRarelyFail {
    fn kind(&self) -> FindingKind {
        FindingKind::RetestsRarelyFail
    }

    fn about(&self) -> About {
        About {
            title: "Retests that rarely fail",
            looks_at: ("The retests of a station beside those of all others", "该机构复检结果与其他机构比较"),
            formula: (
                "failing retests / retests, beside the share of all other stations",
                "复检不合格数 / 复检数，与其他机构比例比较",
            ),
            settings: &["finding_too_few_percent", "finding_least_tests", "finding_chance_millionths"],
            tampering: false,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        if test.counts() && test.nature != Nature::First {
            fold.add(self.kind(), &test.fuel.to_string(), &test.station.to_string(), test.verdict == Verdict::Fail);
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        compare(self.kind(), Odd::TooFew, fold, rules, chances)
    }
}
