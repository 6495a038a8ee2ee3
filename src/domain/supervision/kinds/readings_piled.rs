//! Readings piled just under their limits. Honest readings thin out towards the limit, so of those in the last tenth no more
//! than half lie in the upper half of it.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::{
    finding::{FindingKind, Standing},
    supervision::{About, Chances, Finding, Fold, Measured, Peers, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct ReadingsPiled;

impl Finding for ReadingsPiled {
    fn kind(&self) -> FindingKind {
        FindingKind::ReadingsPiled
    }

    fn about(&self) -> About {
        About {
            title: "Readings piled under the limit",
            looks_at: ("The readings in the last tenth below their limits", "位于限值90%至100%之间的读数"),
            formula: (
                "readings from 95 % to 100 % of the limit / readings from 90 % to 100 %; expected half, or as elsewhere",
                "限值95%至100%的读数数 / 90%至100%的读数数；期望为一半或其他机构的比例",
            ),
            settings: &["finding_least_piled", "finding_chance_millionths"],
            tampering: true,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        if !test.counts() {
            return;
        }
        for reading in &test.readings {
            let (value, limit) = (i128::from(reading.value.micros()), i128::from(reading.limit.micros()));
            if limit > 0 && value <= limit && value * 10 > limit * 9 {
                fold.add(self.kind(), "all", &test.station.to_string(), value * 20 > limit * 19);
            }
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        let stations: BTreeMap<_, _> = fold.groups(self.kind()).flat_map(|(_, members)| members).collect();
        let all = stations.values().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        let mut measured = Vec::new();
        for (station, cell) in stations {
            let Ok(organisation) = station.parse() else { continue };
            let rest = (all.0 - cell.0, all.1 - cell.1);
            let elsewhere = if rest.1 > 0 { rest.0.saturating_mul(1_000_000) / rest.1 } else { 0 };
            let chance = chances.at_least(cell.0, cell.1, elsewhere.max(500_000));
            let standing = if cell.1 < rules.number("finding_least_piled") {
                Standing::InsufficientData
            } else if chance <= rules.number("finding_chance_millionths") {
                Standing::Found
            } else {
                Standing::InOrder
            };
            let found = Measured::found(self.kind(), Subject::organisation(organisation), json!({}));
            measured.push(Measured {
                standing,
                peers: Some(Peers { group: "elsewhere".to_owned(), numerator: rest.0, denominator: rest.1 }),
                chance: Some(chance),
                interval: chances.interval(cell.0, cell.1),
                ..found.of(cell.0, cell.1)
            });
        }
        measured
    }
}
