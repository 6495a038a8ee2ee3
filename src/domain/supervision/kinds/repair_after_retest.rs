//! A repair that is dated after the retest that stands on it.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, RepairFacts, Rules, Subject},
};

/// See the caption.
pub struct RepairAfterRetest;

impl Finding for RepairAfterRetest {
    fn kind(&self) -> FindingKind {
        FindingKind::RepairAfterRetest
    }

    fn about(&self) -> About {
        About {
            title: "Repair after the retest",
            looks_at: ("The day of the repair beside the day of the retest", "维修日期与复检日期"),
            formula: ("days by which the repair is later", "维修晚于复检的天数"),
            settings: &[],
            tampering: false,
        }
    }

    fn of_repair(&self, repair: &RepairFacts, _rules: &Rules<'_>) -> Option<Measured> {
        let retested_on = repair.retested_on?;
        let late = repair.done_on.signed_duration_since(retested_on).num_days();
        let subject = Subject { vehicle: Some(repair.vehicle), ..Subject::organisation(repair.shop) };
        let facts = json!({ "repair_id": repair.repair, "done_on": repair.done_on, "retested_on": retested_on });
        (late > 0).then(|| Measured::found(self.kind(), subject, facts).of(late, late))
    }
}
