//! A pair of CAL-ID and CVN that a model shows at one station again and again, and nowhere else.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Chances, Finding, Fold, Measured, Peers, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct SoftwareOfOneStation;

impl Finding for SoftwareOfOneStation {
    fn kind(&self) -> FindingKind {
        FindingKind::SoftwareOfOneStation
    }

    fn about(&self) -> About {
        About {
            title: "Software that a model shows at one station only",
            looks_at: (
                "Where the vehicles of a model that tell a pair were tested, beside where the others of the model were",
                "同车型中出现该CALID与CVN的车辆与其余车辆的检验机构分布",
            ),
            formula: (
                "chance that all vehicles with the pair come to one station = (its share of the model) ^ (their number)",
                "全部集中于一家机构的概率＝（该机构在该车型中的份额）的（车辆数）次方",
            ),
            settings: &["finding_software_often", "finding_chance_millionths"],
            tampering: true,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        let Some(family) = &test.family else { return };
        let group = format!("{}|{}|{}|{}", family.maker, family.model, family.engine, test.fuel);
        for pair in &test.software {
            fold.add(self.kind(), &group, &format!("{pair}|{}", test.station), true);
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        let mut found = Vec::new();
        for (model, members) in fold.groups(self.kind()) {
            let mut pairs: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
            let mut stations: BTreeMap<&str, i64> = BTreeMap::new();
            for (member, cell) in members {
                let Some((pair, station)) = member.split_once('|') else { continue };
                *pairs.entry(pair).or_default().entry(station).or_default() += cell.1;
                *stations.entry(station).or_default() += cell.1;
            }
            let all: i64 = stations.values().sum();
            for (pair, seen) in pairs {
                let [(station, often)] = seen.iter().collect::<Vec<_>>()[..] else { continue };
                let here = stations.get(station).copied().unwrap_or_default();
                if *often < rules.number("finding_software_often") || here == all {
                    continue;
                }
                let share = here.saturating_mul(1_000_000) / all.max(1);
                let chance = chances.at_least(*often, *often, share);
                let Some(organisation) =
                    station.parse().ok().filter(|_| chance <= rules.number("finding_chance_millionths"))
                else {
                    continue;
                };
                let (calid, cvn) = pair.split_once('/').unwrap_or((pair, ""));
                let facts = json!({ "calid": calid, "cvn": cvn, "model": model });
                let measured = Measured::found(self.kind(), Subject::organisation(organisation), facts);
                let peers = Peers { group: "same_model_elsewhere".to_owned(), numerator: 0, denominator: all - here };
                found.push(Measured {
                    peers: Some(peers),
                    chance: Some(chance),
                    interval: chances.interval(*often, here),
                    ..measured.of(*often, here)
                });
            }
        }
        found
    }
}
