//! The rated power is lower than at the vehicle's last test: the share of it that lug-down asks for is easier to reach.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct RatedPowerLowered;

impl Finding for RatedPowerLowered {
    fn kind(&self) -> FindingKind {
        FindingKind::RatedPowerLowered
    }

    fn about(&self) -> About {
        About {
            title: "Rated power lowered since the last test",
            looks_at: ("The rated power at this test and at the one before", "本次与上次检验的额定功率"),
            formula: (
                "this rated power / the last, lower by more than a share",
                "本次额定功率 / 上次额定功率，低于一定比例",
            ),
            settings: &["finding_power_percent"],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, rules: &Rules<'_>) -> Option<Measured> {
        let (now, before) = (test.rated_power?, test.previous?.rated_power?);
        let lowered = is_below(now.micros(), before.micros(), rules.number("finding_power_percent"));
        let facts = json!({ "rated_power_kw": now, "before_kw": before });
        lowered.then(|| Measured::found(self.kind(), test.subject(), facts).of(now.micros(), before.micros()))
    }
}

/// Whether a power is below so many percent of another.
pub(super) fn is_below(power: i64, other: i64, percent: i64) -> bool {
    i128::from(power) * 100 < i128::from(other) * i128::from(percent)
}
