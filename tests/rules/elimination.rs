//! The scope of elimination, and who may be transferred in.

use imfleet::domain::{
    elimination::{InScope, in_scope, transfer_in},
    listing::ListingReason,
    settings::Settings,
    vehicle::{
        Vehicle,
        stage::{Stage, StageSource},
    },
    zone::Outcome,
};
use rstest::rstest;

use crate::{settings::amended, station::day, vehicles::orderly_truck};

#[rstest]
#[case::a_heavy_diesel_truck_of_china_3("H11", "B", Stage::China3, InScope::Yes)]
#[case::of_china_0("H31", "B", Stage::China0, InScope::Yes)]
#[case::a_tractor_unit("Q11", "BO", Stage::China3, InScope::Yes)]
#[case::of_china_4("H11", "B", Stage::China4, InScope::No)]
#[case::of_an_unknown_stage("H11", "B", Stage::Unknown, InScope::Unknown)]
#[case::a_petrol_truck("H31", "A", Stage::China3, InScope::No)]
#[case::a_diesel_car("K33", "B", Stage::China3, InScope::No)]
#[case::a_low_speed_truck_is_managed_apart("H51", "B", Stage::China2, InScope::No)]
fn the_scope_is_diesel_trucks_up_to_china_3(
    #[case] vehicle_type: &str,
    #[case] fuel: &str,
    #[case] stage: Stage,
    #[case] expected: InScope,
) {
    let vehicle = Vehicle {
        vehicle_type: vehicle_type.parse().unwrap(),
        fuel: fuel.parse().unwrap(),
        stage,
        ..orderly_truck()
    };
    assert_eq!(in_scope(&vehicle, &Settings::delivered(), day("2026-08-22")), expected);
}

#[test]
fn the_scope_is_dated() {
    let vehicle = Vehicle { stage: Stage::China4, ..orderly_truck() };
    let settings = amended([("elimination_stage", "china_4", "2027-01-01")].into_iter());
    assert_eq!(in_scope(&vehicle, &settings, day("2026-12-31")), InScope::No);
    assert_eq!(in_scope(&vehicle, &settings, day("2027-01-01")), InScope::Yes);
    assert_eq!(in_scope(&vehicle, &Settings::delivered(), day("2022-12-31")), InScope::No);
}

#[rstest]
#[case::in_scope_by_a_document(Stage::China3, StageSource::VehicleList, &[], Outcome::Deny)]
#[case::in_scope_by_the_date_alone(Stage::China3, StageSource::DerivedFromDate, &[], Outcome::Unknown)]
#[case::not_known(Stage::Unknown, StageSource::DerivedFromDate, &[], Outcome::Unknown)]
#[case::later(Stage::China4, StageSource::DerivedFromDate, &[], Outcome::Allow)]
#[case::listed_for_something_else(Stage::China4, StageSource::VehicleList, &[ListingReason::Roadside], Outcome::Allow)]
#[case::listed_for_elimination(Stage::China4, StageSource::VehicleList, &[ListingReason::Elimination], Outcome::Deny)]
fn who_is_in_the_scope_is_not_transferred_in(
    #[case] stage: Stage,
    #[case] stage_source: StageSource,
    #[case] listed: &[ListingReason],
    #[case] expected: Outcome,
) {
    let vehicle = Vehicle { stage, stage_source, ..orderly_truck() };
    assert_eq!(transfer_in(&vehicle, listed, &Settings::delivered(), day("2026-08-22")), expected);
}
