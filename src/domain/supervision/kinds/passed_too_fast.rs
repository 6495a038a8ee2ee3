//! Passed so soon after a failing test that no repair fits between.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
    verdict::Verdict,
};

/// See the caption.
pub struct PassedTooFast;

impl Finding for PassedTooFast {
    fn kind(&self) -> FindingKind {
        FindingKind::PassedTooFast
    }

    fn about(&self) -> About {
        About {
            title: "Passed too soon after failing",
            looks_at: (
                "The minutes from the end of a failing test to the start of the passing one",
                "不合格检测结束至合格检测开始的分钟数",
            ),
            formula: (
                "minutes between / least minutes, of which there are more when no repair is recorded",
                "间隔分钟数 / 最少分钟数；无维修记录时更长",
            ),
            settings: &["finding_repair_minutes", "finding_no_repair_minutes"],
            tampering: false,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let before = test.previous.filter(|before| before.verdict == Verdict::Fail)?;
        let minutes = test.started_at.since(before.ended_at).num_minutes();
        let key = if test.repaired { "finding_repair_minutes" } else { "finding_no_repair_minutes" };
        let least = rules.number(key);
        let facts = json!({ "minutes": minutes, "least_minutes": least, "repaired": test.repaired });
        let fast = test.counts() && test.verdict == Verdict::Pass && (0..least).contains(&minutes);
        fast.then(|| Measured::found(self.kind(), test.subject(), facts).of(minutes, least))
    }
}
