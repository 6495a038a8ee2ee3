//! Two tests at once on one line, or by one driver.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Finding, Measured, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct TestsOverlap;

impl Finding for TestsOverlap {
    fn kind(&self) -> FindingKind {
        FindingKind::TestsOverlap
    }

    fn about(&self) -> About {
        About {
            title: "Tests at the same time",
            looks_at: (
                "The times of the tests on one line, and of those by one driver",
                "同一检测线、同一引车员各次检测的起止时间",
            ),
            formula: ("seconds shared with the test before, more than a tolerance", "与前一检测重叠秒数，超过容差"),
            settings: &["finding_overlap_seconds"],
            tampering: false,
        }
    }

    fn of_day(&self, tests: &[TestFacts], rules: &Rules<'_>) -> Vec<Measured> {
        let mut places: BTreeMap<String, Vec<&TestFacts>> = BTreeMap::new();
        for test in tests {
            places.entry(format!("line {}", test.line)).or_default().push(test);
            if let Some(driver) = &test.driver {
                places.entry(format!("driver {} {driver}", test.station)).or_default().push(test);
            }
        }
        let tolerance = rules.number("finding_overlap_seconds");
        let mut found: BTreeMap<_, Measured> = BTreeMap::new();
        for (place, mut tests) in places {
            tests.sort_by_key(|test| (test.started_at, test.inspection));
            let mut busy: Option<&TestFacts> = None;
            for test in tests {
                if let Some(before) = busy {
                    let shared = before.ended_at.min(test.ended_at).since(test.started_at).num_seconds();
                    if shared > tolerance && before.vehicle != test.vehicle {
                        let by_driver = place.starts_with("driver");
                        let measured = self.tell(test, before, shared, by_driver);
                        found.entry((test.inspection, by_driver)).or_insert(measured);
                    }
                }
                busy = Some(busy.filter(|before| before.ended_at > test.ended_at).unwrap_or(test));
            }
        }
        found.into_values().collect()
    }
}

impl TestsOverlap {
    fn tell(&self, test: &TestFacts, before: &TestFacts, shared: i64, by_driver: bool) -> Measured {
        let person = test.driver.clone().filter(|_| by_driver);
        let facts = json!({
            "at_once_with": { "vehicle_id": before.vehicle, "inspection_id": before.inspection },
            "of": if by_driver { "driver" } else { "line" },
        });
        Measured::found(self.kind(), Subject { person, ..test.subject() }, facts).of(shared, test.seconds())
    }
}
