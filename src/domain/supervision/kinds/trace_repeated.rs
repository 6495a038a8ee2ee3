//! A per-second record that is another vehicle's, to the last rounded digit.

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, TestFacts},
};

/// See the caption.
pub struct TraceRepeated;

impl Finding for TraceRepeated {
    fn kind(&self) -> FindingKind {
        FindingKind::TraceRepeated
    }

    fn about(&self) -> About {
        About {
            title: "Record is another vehicle's",
            looks_at: (
                "The fingerprint of the rounded series beside those of all other vehicles; a series that hardly moves has none",
                "过程数据（四舍五入后）的指纹与其他车辆比较；几乎不变的曲线不参与比较",
            ),
            formula: ("the same fingerprint at another vehicle", "与另一车辆指纹相同"),
            settings: &[],
            tampering: true,
        }
    }

    fn of_test(&self, test: &TestFacts, _rules: &Rules<'_>) -> Option<Measured> {
        let trace = test.trace.as_ref()?;
        let (vehicle, inspection, station) = trace.repeats?;
        let first = json!({ "vehicle_id": vehicle, "inspection_id": inspection, "station_id": station });
        let facts = json!({ "first": first, "samples": trace.samples, "print": trace.print });
        Some(Measured::found(self.kind(), test.subject(), facts))
    }
}
