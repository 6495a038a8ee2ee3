//! The rated power is lower than that of the same model and engine in the whole city.

use std::collections::BTreeMap;

use serde_json::json;

use super::rated_power_lowered::is_below;
use crate::domain::{
    finding::FindingKind,
    supervision::{About, Chances, Finding, Fold, Measured, Peers, Rules, Subject, TestFacts},
};

/// See the caption.
pub struct PowerBelowModel;

impl Finding for PowerBelowModel {
    fn kind(&self) -> FindingKind {
        FindingKind::PowerBelowModel
    }

    fn about(&self) -> About {
        About {
            title: "Rated power below that of the model",
            looks_at: (
                "The rated power of a vehicle beside the median of its model and engine",
                "车辆额定功率与同车型同发动机的中位数",
            ),
            formula: ("rated power / median of the model, below a share", "额定功率 / 同车型中位数，低于一定比例"),
            settings: &["finding_power_percent", "finding_model_vehicles"],
            tampering: true,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        let Some((family, power)) = test.family.as_ref().zip(test.rated_power) else { return };
        let group = format!("{}|{}|{}|{}", family.maker, family.model, family.engine, test.fuel);
        fold.add(self.kind(), &group, &format!("{}|{}|{}", power.micros(), test.station, test.vehicle), true);
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, _chances: &dyn Chances) -> Vec<Measured> {
        let (percent, least) = (rules.number("finding_power_percent"), rules.number("finding_model_vehicles"));
        let mut found = Vec::new();
        for (model, members) in fold.groups(self.kind()) {
            // A vehicle that was tested often is one vehicle, so that nobody moves the median by repetition.
            let mut vehicles: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
            for member in members.keys() {
                let mut parts = member.split('|');
                let power = parts.next().and_then(|power| power.parse::<i64>().ok());
                let Some(((power, station), vehicle)) = power.zip(parts.next()).zip(parts.next()) else { continue };
                let lowest = vehicles.entry(vehicle).or_insert((power, station));
                *lowest = (*lowest).min((power, station));
            }
            let mut powers: Vec<i64> = vehicles.values().map(|(power, _)| *power).collect();
            powers.sort_unstable();
            let total = i64::try_from(powers.len()).unwrap_or(i64::MAX);
            let Some(median) = powers.get(powers.len() / 2).copied().filter(|_| total >= least) else { continue };
            for (vehicle, (power, station)) in vehicles {
                let Some(organisation) = station.parse().ok().filter(|_| is_below(power, median, percent)) else {
                    continue;
                };
                let subject = Subject { vehicle: vehicle.parse().ok(), ..Subject::organisation(organisation) };
                let facts = json!({ "model": model, "micro_kw": power, "median_micro_kw": median });
                let peers = Peers { group: "same_model".to_owned(), numerator: median, denominator: total };
                let measured = Measured::found(self.kind(), subject, facts).of(power, median);
                found.push(Measured { peers: Some(peers), ..measured });
            }
        }
        found
    }
}
