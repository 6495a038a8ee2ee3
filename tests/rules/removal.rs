//! Removals: every state by every step, which grounds hold for a vehicle, and what a contact may say.

use imfleet::domain::{
    removal::{
        ContactError, ContactState, OwnerKind, Removal, RemovalError, RemovalFacts, RemovalGround, RemovalStanding,
        check_contact, grounds, owner_kind,
    },
    scrap::{Fired, ScrapFacts},
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, owner::Owner, stage::Stage},
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{august, car},
    golden::{self, assert_every_pair, assert_every_step_is_tried, column},
    settings::amended,
    station::day,
    vehicles::orderly_truck,
};

#[derive(Deserialize)]
struct Row {
    from: RemovalStanding,
    step: Step,
    to: String,
}

column! {
    /// What happens to a candidate.
    Step { Confirm, Dismiss, Leave, FindAgainOnTheSameOccasion, FindAgainOnAnotherOccasion }
}

#[test]
fn every_state_takes_every_step_as_the_table_says() {
    let rows = golden::rows::<Row>("removal.csv");
    for row in &rows {
        let to = candidate(row.from).step(row.step).map_or("refused", |removal| removal.standing().word());
        assert_eq!(to, row.to, "{} × {:?}", row.from, row.step);
    }
    let pairs: Vec<_> = rows.iter().map(|row| (row.from, row.step)).collect();
    assert_every_pair(&pairs, RemovalStanding::ALL, Step::ALL);
    let tried: Vec<String> =
        ["confirm", "dismiss", "leave", "find_again_on_another_occasion"].map(str::to_owned).into();
    assert_every_step_is_tried(include_str!("../../src/domain/removal.rs"), &tried);
}

#[test]
fn a_vehicle_of_the_elimination_scope_is_on_the_list_by_law_and_takes_no_decision() {
    let facts = grounds(&old_truck(), &ScrapFacts::default(), &Settings::delivered(), day("2026-08-22"));
    let removal = Removal::find(car(), facts[0].clone(), day("2026-08-22"));
    assert_eq!(removal.clone().confirm(august(22)), Err(RemovalError::TakesNoDecision));
    assert_eq!(removal.dismiss("不是".to_owned(), august(22)), Err(RemovalError::TakesNoDecision));
}

#[test]
fn what_is_found_anew_counts_from_that_day() {
    let left = candidate(RemovalStanding::Left);
    assert_eq!(left.find_again(years("2026-08-01"), day("2026-08-25")).found_on, day("2026-08-25"));
    let found = candidate(RemovalStanding::Found);
    assert_eq!(found.find_again(years("2026-08-01"), day("2026-08-25")).found_on, day("2026-08-22"));
}

#[rstest]
#[case::a_china_3_diesel_truck("H11", "B", Stage::China3, "diesel_truck")]
#[case::a_china_0_diesel_truck("H31", "B", Stage::China0, "diesel_truck")]
#[case::a_china_4_diesel_truck("H11", "B", Stage::China4, "")]
#[case::a_diesel_truck_of_unknown_stage("H11", "B", Stage::Unknown, "stage_unknown")]
#[case::a_low_speed_truck_is_managed_apart("H51", "B", Stage::China2, "")]
#[case::a_diesel_bus("K11", "B", Stage::China3, "")]
#[case::a_petrol_truck("H31", "A", Stage::China3, "")]
#[case::a_china_5_gas_truck("H11", "E", Stage::China5, "gas_vehicle")]
#[case::a_china_6_gas_truck("H11", "E", Stage::China6, "")]
#[case::a_converted_taxi("K33", "A1", Stage::China4, "gas_vehicle")]
#[case::an_electric_truck("H31", "C", Stage::Electric, "")]
fn the_scope_holds_as_the_plan_says(
    #[case] vehicle_type: &str,
    #[case] fuel: &str,
    #[case] stage: Stage,
    #[case] expected: &str,
) {
    let (vehicle_type, fuel) = (vehicle_type.parse().unwrap(), fuel.parse().unwrap());
    let vehicle = Vehicle { vehicle_type, fuel, stage, ..orderly_truck() };
    let found = grounds(&vehicle, &ScrapFacts::default(), &Settings::delivered(), day("2026-08-22"));
    let words: Vec<_> = found.iter().map(|facts| facts.ground().word()).collect();
    assert_eq!(words.join(" "), expected);
}

#[test]
fn the_scope_is_dated_data() {
    let settings = amended([("elimination_diesel_truck_stage", "china_4", "2027-01-01")].into_iter());
    let truck = Vehicle { stage: Stage::China4, ..orderly_truck() };
    let on = |on: &str| grounds(&truck, &ScrapFacts::default(), &settings, day(on)).len();
    assert_eq!((on("2026-12-31"), on("2027-01-01")), (0, 1));
}

#[rstest]
#[case(ContactState::Notified, None, Ok(()))]
#[case(ContactState::Promised, Some("2026-08-22"), Ok(()))]
#[case(ContactState::Promised, Some("2026-08-21"), Err(ContactError::InThePast))]
#[case(ContactState::Promised, None, Err(ContactError::NoDay))]
#[case(ContactState::Refused, Some("2026-09-01"), Err(ContactError::DayWithoutPromise))]
#[case(ContactState::Gone, None, Ok(()))]
#[case(ContactState::NotContacted, None, Err(ContactError::NoContact))]
fn a_contact_says_what_its_state_needs(
    #[case] state: ContactState,
    #[case] until: Option<&str>,
    #[case] expected: Result<(), ContactError>,
) {
    assert_eq!(check_contact(state, until.map(day), day("2026-08-22")), expected);
}

#[rstest]
#[case("王某", OwnerKind::Person)]
#[case("欧阳某某", OwnerKind::Person)]
#[case("买买提·阿布都拉", OwnerKind::Person)]
#[case("渭南市某运输有限公司", OwnerKind::Organisation)]
#[case("某车队", OwnerKind::Organisation)]
#[case("  ", OwnerKind::Unknown)]
fn the_kind_of_owner_is_read_from_the_name(#[case] name: &str, #[case] expected: OwnerKind) {
    assert_eq!(owner_kind(Some(&Owner { name: name.to_owned(), phone: None })), expected);
    assert_eq!(owner_kind(None), OwnerKind::Unknown);
}

fn old_truck() -> Vehicle {
    Vehicle { stage: Stage::China3, ..orderly_truck() }
}

fn years(reached_on: &str) -> RemovalFacts {
    RemovalFacts::Scrap(Fired::YearsReached {
        class: imfleet::domain::scrap::ScrapClass::Truck,
        counted_from: day("2011-08-01"),
        reached_on: day(reached_on),
        pro_rata: false,
        odometer_km: None,
        guide_km: None,
    })
}

/// A candidate, led to where it stands.
fn candidate(standing: RemovalStanding) -> Removal {
    let found = Removal::find(car(), years("2026-08-01"), day("2026-08-22"));
    assert_eq!(found.facts.ground(), RemovalGround::YearsReached);
    match standing {
        RemovalStanding::Found => found,
        RemovalStanding::Confirmed => found.confirm(august(22)).unwrap(),
        RemovalStanding::Dismissed => found.dismiss("登记日期有误".to_owned(), august(22)).unwrap(),
        RemovalStanding::Left => found.leave(day("2026-08-23")).unwrap(),
    }
}

trait Stepped: Sized {
    fn step(self, step: Step) -> Result<Self, RemovalError>;
}

impl Stepped for Removal {
    fn step(self, step: Step) -> Result<Self, RemovalError> {
        let again: Day = day("2026-08-25");
        match step {
            Step::Confirm => self.confirm(august(24)),
            Step::Dismiss => self.dismiss("查无此车".to_owned(), august(24)),
            Step::Leave => self.leave(again),
            Step::FindAgainOnTheSameOccasion => Ok(self.find_again(years("2026-08-01"), again)),
            Step::FindAgainOnAnotherOccasion => Ok(self.find_again(years("2026-08-02"), again)),
        }
    }
}
