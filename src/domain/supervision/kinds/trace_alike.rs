//! Per-second records of different vehicles that rise and fall alike: copied and then disturbed or scaled.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use crate::domain::{
    finding::{FindingKind, Standing},
    supervision::{About, Chances, Finding, Fold, Measured, Rules, Sketch, Subject, TestFacts, sketch::BITS},
};

/// With so many records under one key a record is compared, so that the cost stays linear.
const COMPARED: usize = 24;

/// See the caption.
pub struct TraceAlike;

impl Finding for TraceAlike {
    fn kind(&self) -> FindingKind {
        FindingKind::TraceAlike
    }

    fn about(&self) -> About {
        About {
            title: "Record is nearly another vehicle's",
            looks_at: (
                "Sketches of the series without their slow course, which all tests by a method share",
                "去除各方法共有缓变趋势后的曲线草图",
            ),
            formula: (
                "bits in which two sketches differ / bits of a sketch; by chance half of them do",
                "两条曲线草图不同的位数 / 草图位数；偶然情况下为一半",
            ),
            settings: &["finding_alike_bits"],
            tampering: true,
        }
    }

    fn count(&self, test: &TestFacts, _rules: &Rules<'_>, fold: &mut Fold) {
        let Some(sketch) = test.trace.as_ref().and_then(|trace| trace.sketch) else { return };
        let Some(method) = test.method else { return };
        let member = format!("{}|{}|{}|{}", test.inspection, test.vehicle, test.station, sketch.to_hex());
        fold.add(self.kind(), &method.to_string(), &member, true);
    }

    fn conclude(&self, fold: &Fold, rules: &Rules<'_>, chances: &dyn Chances) -> Vec<Measured> {
        let most = u32::try_from(rules.number("finding_alike_bits")).unwrap_or_default();
        let mut found = Vec::new();
        for (_, members) in fold.groups(self.kind()) {
            let records: Vec<Record<'_>> = members.keys().filter_map(|member| Record::read(member)).collect();
            found.extend(pairs(&records, most).into_iter().filter_map(|pair| self.tell(pair, chances)));
        }
        found
    }
}

struct Record<'m> {
    inspection: &'m str,
    vehicle: &'m str,
    station: &'m str,
    sketch: Sketch,
}

impl<'m> Record<'m> {
    fn read(member: &'m str) -> Option<Self> {
        let mut parts = member.split('|');
        let (inspection, vehicle, station) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { inspection, vehicle, station, sketch: Sketch::from_hex(parts.next()?)? })
    }
}

/// Each record with the first of another vehicle that is alike.
fn pairs<'r, 'm>(records: &'r [Record<'m>], most: u32) -> Vec<(&'r Record<'m>, &'r Record<'m>, u32)> {
    let mut by_key: HashMap<(u32, u64), Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (at, record) in records.iter().enumerate() {
        let mut seen = HashSet::new();
        let mut first: Option<(usize, u32)> = None;
        for key in record.sketch.keys() {
            let under = by_key.entry(key).or_default();
            for other in under.iter().copied().filter(|other| seen.insert(*other)) {
                let Some(before) = records.get(other) else { continue };
                let apart = before.sketch.distance(record.sketch);
                let alike = apart <= most && before.vehicle != record.vehicle;
                if alike && first.is_none_or(|(_, least)| apart < least) {
                    first = Some((other, apart));
                }
            }
            if under.len() < COMPARED {
                under.push(at);
            }
        }
        found.extend(first.and_then(|(other, apart)| Some((record, records.get(other)?, apart))));
    }
    found
}

impl TraceAlike {
    fn tell(
        &self,
        (record, first, apart): (&Record<'_>, &Record<'_>, u32),
        chances: &dyn Chances,
    ) -> Option<Measured> {
        let subject = Subject {
            vehicle: record.vehicle.parse().ok(),
            inspection: record.inspection.parse().ok(),
            ..Subject::organisation(record.station.parse().ok()?)
        };
        let first =
            json!({ "vehicle_id": first.vehicle, "inspection_id": first.inspection, "station_id": first.station });
        let (apart, bits) = (i64::from(apart), i64::from(BITS));
        let found = Measured::found(self.kind(), subject, json!({ "like": first })).of(apart, bits);
        let chance = Some(chances.at_most(apart, bits, 500_000));
        Some(Measured { chance, standing: Standing::Found, ..found })
    }
}
