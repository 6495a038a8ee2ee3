//! Emission stages: the fallback by date, and comparing stages.

use imfleet::domain::{
    time::Day,
    vehicle::{
        fuel::Fuel,
        stage::{Stage, derive_stage, introductions},
    },
    words::Word,
};
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct Row {
    fuel: Fuel,
    gvm_kg: i64,
    registered: Day,
    stage: Option<Stage>,
}

#[test]
fn stages_derive_as_the_table_says() {
    for row in golden::rows::<Row>("stages.csv") {
        let derived = derive_stage(row.fuel, row.gvm_kg, row.registered);
        assert_eq!(derived, row.stage, "{} {} kg {}", row.fuel, row.gvm_kg, row.registered);
    }
}

#[test]
fn every_row_of_the_introduction_table_is_read_and_later_stages_come_later() {
    let text = include_str!("../../src/domain/vehicle/stages.csv");
    assert_eq!(introductions().len(), text.lines().count() - 1);
    for pair in introductions().windows(2) {
        let [earlier, later] = pair else { unreachable!() };
        if (earlier.mass_class, earlier.fuel) == (later.mass_class, later.fuel) {
            assert!(earlier.stage < later.stage && earlier.from < later.from, "{later:?}");
        }
    }
}

#[test]
fn electric_and_unknown_are_neither_below_nor_above_a_stage() {
    assert!(Stage::China0.at_most(Stage::China3));
    assert!(Stage::China3.at_most(Stage::China3));
    assert!(!Stage::China4.at_most(Stage::China3));
    for stage in [Stage::Electric, Stage::Unknown] {
        assert_eq!(stage.number(), None);
        assert!(!stage.at_most(Stage::China7));
        assert!(!Stage::China0.at_most(stage));
    }
}

#[test]
fn the_gates_code_of_every_stage_leads_back_to_it() {
    let codes: String = Stage::ALL.iter().map(|stage| stage.code()).collect();
    assert_eq!(codes, "01234567DX");
    assert!(Stage::ALL.iter().all(|stage| Stage::from_code(stage.code()) == Some(*stage)));
}
