//! One pair of CAL-ID and CVN on vehicles of different makers, engine models or fuels. A pair names a software version:
//! that a whole model shares it is lawful, and is never a finding.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::domain::{
    finding::FindingKind,
    supervision::{About, Chances, Finding, Fold, Measured, Peers, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct SoftwareAcrossMakes;

impl Finding for SoftwareAcrossMakes {
    fn kind(&self) -> FindingKind {
        FindingKind::SoftwareAcrossMakes
    }

    fn about(&self) -> About {
        About {
            title: "One software on different makes",
            looks_at: (
                "The makers, engine models and fuels of the vehicles that tell one pair of CAL-ID and CVN",
                "同一CALID与CVN所对应车辆的厂牌、发动机型号和燃料",
            ),
            formula: (
                "vehicles with the pair that are not of its most frequent maker, engine and fuel / vehicles with the pair",
                "不属于该组合最常见厂牌、发动机、燃料的车辆数 / 该组合车辆数",
            ),
            settings: &["finding_software_strangers"],
            tampering: true,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        let Some(family) = &test.family else { return };
        for pair in &test.software {
            let member =
                format!("{}|{}|{}|{}|{}", family.maker, family.engine, test.fuel, test.station, test.vehicle);
            fold.add(self.kind(), pair, &member, true);
        }
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, _chances: &dyn Chances) -> Vec<Measured> {
        let least = rules.number("finding_software_strangers");
        fold.groups(self.kind()).flat_map(|(pair, members)| self.of_pair(pair, members.keys(), least)).collect()
    }
}

impl SoftwareAcrossMakes {
    fn of_pair<'m>(&self, pair: &str, members: impl Iterator<Item = &'m String>, least: i64) -> Vec<Measured> {
        let mut kinds: BTreeMap<(&str, &str, &str), BTreeSet<&str>> = BTreeMap::new();
        let mut stations: BTreeMap<&str, Vec<((&str, &str, &str), &str)>> = BTreeMap::new();
        for member in members {
            let parts: Vec<&str> = member.split('|').collect();
            let [maker, engine, fuel, station, vehicle] = parts.as_slice() else { continue };
            kinds.entry((maker, engine, fuel)).or_default().insert(vehicle);
            stations.entry(station).or_default().push(((maker, engine, fuel), vehicle));
        }
        let total: usize = kinds.values().map(BTreeSet::len).sum();
        let Some(home) = kinds.iter().max_by_key(|(_, vehicles)| vehicles.len()).map(|(kind, _)| *kind) else {
            return Vec::new();
        };
        let strangers = count(total - kinds.get(&home).map_or(0, BTreeSet::len));
        if strangers < least {
            return Vec::new();
        }
        // Where no kind is at home, all of them are strangers.
        let at_home = |kind| kind == home && kinds.get(&home).map_or(0, BTreeSet::len) * 2 > total;
        let mut found = Vec::new();
        for (station, seen) in stations {
            let here: BTreeSet<&str> = seen.iter().filter(|(kind, _)| !at_home(*kind)).map(|(_, of)| *of).collect();
            let Some(organisation) = station.parse().ok().filter(|_| count(here.len()) >= least) else { continue };
            let (calid, cvn) = pair.split_once('/').unwrap_or((pair, ""));
            let facts = json!({ "calid": calid, "cvn": cvn, "kinds_of_vehicles": kinds.len(), "vehicles": here });
            let measured = Measured::found(self.kind(), Subject::organisation(organisation), facts);
            let peers = Peers { group: "same_software".to_owned(), numerator: strangers, denominator: count(total) };
            let of_station: BTreeSet<&str> = seen.iter().map(|(_, vehicle)| *vehicle).collect();
            found.push(Measured { peers: Some(peers), ..measured.of(count(here.len()), count(of_station.len())) });
        }
        found
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
