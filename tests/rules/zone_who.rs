//! Whom a rule means: every condition met, not met and not known.

use std::collections::BTreeSet;

use imfleet::domain::{
    vehicle::{
        mass::MassClass,
        plate::{Plate, PlateKind},
    },
    words::Word,
    zone::{Fact, FuelGroup, Match, Subject, VehicleGroup, Who},
};
use serde::Deserialize;

use crate::golden;

#[derive(Debug, Deserialize)]
struct Row {
    situation: String,
    /// `groups=heavy_truck+medium_truck fuels=diesel`.
    who: String,
    /// `type=H11 fuel=B stage=china_3`.
    vehicle: String,
    /// `yes`, `no`, or `unknown` with the missing facts.
    answer: String,
}

#[test]
fn a_rule_means_whom_the_table_says() {
    for row in golden::rows::<Row>("zone_who.csv") {
        let answer = match who(&row.who).means(&subject(&row.vehicle)) {
            Match::Yes => "yes".to_owned(),
            Match::No => "no".to_owned(),
            Match::Unknown(facts) => {
                format!("unknown {}", facts.into_iter().map(Fact::word).collect::<Vec<_>>().join(" "))
            }
        };
        assert_eq!(answer, row.answer, "{}", row.situation);
    }
}

#[test]
fn the_table_tries_every_group_fuel_and_missing_fact() {
    let rows = golden::rows::<Row>("zone_who.csv");
    let words: BTreeSet<&str> = rows.iter().flat_map(|row| row.who.split([' ', '=', '+'])).collect();
    let tried =
        VehicleGroup::ALL.iter().map(|group| group.word()).chain(FuelGroup::ALL.iter().map(|fuel| fuel.word()));
    for word in tried {
        assert!(words.contains(word), "no row tries {word}");
    }
    for fact in Fact::ALL {
        assert!(rows.iter().any(|row| row.answer.contains(fact.word())), "{fact} is missing in no row");
    }
}

/// Reads conditions: `groups=heavy_truck+medium_truck fuels=diesel`.
pub fn who(text: &str) -> Who {
    let mut who = Who::default();
    for (name, value) in pairs(text) {
        match name {
            "groups" => who.groups = words(value),
            "fuels" => who.fuels = words(value),
            "stages" => who.stages = words(value),
            "plate_kinds" => who.plate_kinds = words(value),
            "mass" => who.mass = Some(MassClass::parse(value).unwrap()),
            "min_gvm" => who.min_gvm_kg = Some(value.parse().unwrap()),
            "origin" => who.origin = words(value).pop(),
            "listed" => who.listed = true,
            "except_new_energy" => who.except_new_energy = true,
            other => panic!("{other} is no condition"),
        }
    }
    who
}

/// Reads a vehicle: `type=H11 fuel=B stage=china_3 plate=陕E12345:large_car`.
pub fn subject(text: &str) -> Subject {
    let mut subject = Subject::default();
    for (name, value) in pairs(text) {
        match name {
            "type" => subject.vehicle_type = Some(value.parse().unwrap()),
            "use" => subject.use_nature = words(value).pop(),
            "fuel" => subject.fuel = Some(value.parse().unwrap()),
            "stage" => subject.stage = words(value).pop(),
            "energy" => subject.energy = words(value).pop(),
            "gvm" => subject.gvm_kg = Some(value.parse().unwrap()),
            "plate" => {
                let (plate, kind) = value.split_once(':').unwrap();
                subject.plate = Some((Plate::read(plate).unwrap(), PlateKind::parse(kind).unwrap()));
            }
            "listed" if value == "none" => subject.listed = Some(Vec::new()),
            "listed" => subject.listed = Some(words(value)),
            other => panic!("{other} is no fact"),
        }
    }
    subject
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_whitespace().filter(|text| *text != "{}").map(|pair| pair.split_once('=').unwrap())
}

fn words<W: Word>(text: &str) -> Vec<W> {
    text.split('+').map(|word| W::parse(word).unwrap()).collect()
}
