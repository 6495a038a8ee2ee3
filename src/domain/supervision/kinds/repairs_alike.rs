//! Repair records of one shop that repeat the same text, work and parts for many vehicles.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::{
    finding::{FindingKind, Standing},
    supervision::{About, Chances, Finding, Fold, Measured, RepairFacts, Rules, Subject},
};

/// See the caption.
pub struct RepairsAlike;

impl Finding for RepairsAlike {
    fn kind(&self) -> FindingKind {
        FindingKind::RepairsAlike
    }

    fn about(&self) -> About {
        About {
            title: "Repair records alike",
            looks_at: ("Text, work and parts of the repairs of one shop", "同一维修站各维修记录的文字、项目与配件"),
            formula: (
                "vehicles with the shop's most frequent record / vehicles repaired there",
                "最常见记录的车辆数 / 该站维修车辆数",
            ),
            settings: &["finding_repairs_least", "finding_repairs_alike_percent"],
            tampering: false,
        }
    }

    fn count_repair(&self, repair: &RepairFacts, fold: &mut Fold) {
        fold.add(self.kind(), &repair.shop.to_string(), &format!("{}|{}", repair.content, repair.vehicle), true);
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        let (least, percent) = (rules.number("finding_repairs_least"), rules.number("finding_repairs_alike_percent"));
        let mut measured = Vec::new();
        for (shop, members) in fold.groups(self.kind()) {
            let Ok(organisation) = shop.parse() else { continue };
            let mut contents: BTreeMap<&str, i64> = BTreeMap::new();
            for member in members.keys() {
                *contents.entry(member.split('|').next().unwrap_or_default()).or_default() += 1;
            }
            let total = i64::try_from(members.len()).unwrap_or(i64::MAX);
            let most = contents.values().copied().max().unwrap_or_default();
            let standing = if total < least {
                Standing::InsufficientData
            } else if most * 100 >= total * percent {
                Standing::Found
            } else {
                Standing::InOrder
            };
            let facts = json!({ "different_records": contents.len() });
            let found = Measured::found(self.kind(), Subject::organisation(organisation), facts).of(most, total);
            measured.push(Measured { standing, interval: chances.interval(most, total), ..found });
        }
        measured
    }
}
