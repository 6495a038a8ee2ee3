//! One VIN that came with more plates than a vehicle changes lawfully.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Chances, Finding, Fold, Measured, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct PlatesOfOneVin;

impl Finding for PlatesOfOneVin {
    fn kind(&self) -> FindingKind {
        FindingKind::PlatesOfOneVin
    }

    fn about(&self) -> About {
        About {
            title: "One VIN under many plates",
            looks_at: ("The plates under which one VIN was tested", "同一车架号检测时使用的号牌"),
            formula: ("different plates within the window, more than may be", "窗口期内不同号牌数，超过容许数"),
            settings: &["finding_plates_of_vin"],
            tampering: false,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        let Some((vin, plate)) = test.vin.as_ref().zip(test.plate.as_ref()) else { return };
        fold.add(self.kind(), vin, &format!("{plate}|{}|{}", test.station, test.vehicle), true);
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, _chances: &dyn Chances) -> Vec<Measured> {
        let most = rules.number("finding_plates_of_vin");
        let mut found = Vec::new();
        for (_, members) in fold.groups(self.kind()) {
            let mut plates = BTreeSet::new();
            let mut stations: BTreeMap<&str, (BTreeSet<&str>, &str)> = BTreeMap::new();
            for member in members.keys() {
                let mut parts = member.split('|');
                let Some(((plate, station), vehicle)) = parts.next().zip(parts.next()).zip(parts.next()) else {
                    continue;
                };
                plates.insert(plate);
                stations.entry(station).or_insert_with(|| (BTreeSet::new(), vehicle)).0.insert(plate);
            }
            let total = i64::try_from(plates.len()).unwrap_or(i64::MAX);
            if total <= most {
                continue;
            }
            for (station, (here, vehicle)) in stations {
                let Ok(organisation) = station.parse() else { continue };
                let subject = Subject { vehicle: vehicle.parse().ok(), ..Subject::organisation(organisation) };
                let here = i64::try_from(here.len()).unwrap_or(i64::MAX);
                found.push(Measured::found(self.kind(), subject, json!({ "plates": total })).of(here, total));
            }
        }
        found
    }
}
