//! Checks: allowances at their bounds, what is odd about asking, and the plates of the sandbox.

use chrono::Duration;
use imfleet::domain::{
    blacklist::ListStatus,
    check::{
        allowance::{Allowance, Spent},
        sandbox::{Scene, is_magic, scene},
        watch::{Odd, Watch},
    },
    finding::FindingKind,
    listing::ListingReason,
    role::Role,
    settings::Settings,
    vehicle::plate::Plate,
    words::Word,
};
use rstest::rstest;

use crate::{cast::local, station::day};

const MORNING: &str = "2026-08-22 10:00:00";

fn read(text: &str) -> Plate {
    Plate::read(text).unwrap()
}

#[test]
fn a_burst_is_taken_whole_or_not_at_all_and_refills_evenly() {
    let (mut spent, allowance) = (Spent::default(), Allowance { per_day: 0, per_minute: 60 });
    let at = local(MORNING);
    assert_eq!(spent.take(allowance, 60, at).unwrap().0[0].left, 0);
    let used_up = spent.take(allowance, 1, at).unwrap_err();
    assert_eq!((used_up.name, used_up.retry_after_s), ("burst", 1));
    let later = at.plus(Duration::seconds(10));
    assert_eq!(spent.take(allowance, 11, later).unwrap_err().retry_after_s, 1);
    assert_eq!(spent.take(allowance, 10, later).unwrap().0[0].left, 0);
    assert_eq!(spent.take(allowance, 0, at.plus(Duration::seconds(70))).unwrap().0[0].left, 60);
}

#[rstest]
#[case::the_last_instant_of_the_day("2026-08-22 23:59:59", false)]
#[case::midnight("2026-08-23 00:00:00", true)]
fn the_day_ends_at_midnight_in_shanghai(#[case] at: &str, #[case] allowed: bool) {
    let (mut spent, allowance) = (Spent::default(), Allowance { per_day: 5, per_minute: 0 });
    spent.take(allowance, 5, local(MORNING)).unwrap();
    assert_eq!(spent.take(allowance, 1, local(at)).is_ok(), allowed);
}

#[test]
fn what_other_processes_were_asked_counts_as_well() {
    let (mut spent, allowance) = (Spent::default(), Allowance { per_day: 5, per_minute: 0 });
    spent.add(4, day("2026-08-22"));
    assert_eq!(spent.take(allowance, 1, local(MORNING)).unwrap().0[0].left, 0);
    assert_eq!(spent.take(allowance, 1, local(MORNING)).unwrap_err().retry_after_s, 14 * 3_600);
}

#[test]
fn zero_is_without_bound() {
    let mut spent = Spent::default();
    let left = spent.take(Allowance { per_day: 0, per_minute: 0 }, 1_000_000, local(MORNING)).unwrap();
    assert_eq!((left.policy(), left.rate_limit()), (None, None));
}

#[test]
fn every_role_that_checks_has_an_allowance() {
    for role in Role::ALL {
        let allowance = Allowance::of(*role, &Settings::delivered(), day("2026-08-22"));
        assert!(allowance.per_day > 0 && allowance.per_minute >= 1_000, "{role}: a batch of 1,000 must fit");
    }
}

fn kinds(watch: &mut Watch, plates: impl IntoIterator<Item = String>) -> Vec<FindingKind> {
    let odd = Odd { neighbours: 20, repetitions: 60 };
    let seen = plates.into_iter().flat_map(|plate| watch.see(&read(&plate), odd, local(MORNING)));
    seen.map(|oddity| oddity.kind).collect()
}

#[rstest]
#[case::nineteen_in_a_row(0..19, 1, vec![])]
#[case::twenty_in_a_row(0..20, 1, vec![FindingKind::NeighbouringPlates])]
#[case::told_once(0..64, 1, vec![FindingKind::NeighbouringPlates])]
#[case::far_apart(0..90, 101, vec![])]
fn a_run_of_neighbours_is_odd(
    #[case] numbers: std::ops::Range<u32>,
    #[case] step: u32,
    #[case] expected: Vec<FindingKind>,
) {
    let plates = numbers.map(|number| format!("陕EA{:04}", number * step));
    assert_eq!(kinds(&mut Watch::default(), plates), expected);
}

#[test]
fn one_plate_asked_again_and_again_is_odd_and_is_no_run() {
    let plate = || "陕EA0001".to_owned();
    assert_eq!(kinds(&mut Watch::default(), (0..59).map(|_| plate())), []);
    assert_eq!(kinds(&mut Watch::default(), (0..200).map(|_| plate())), [FindingKind::PlateAskedAgain]);
}

#[test]
fn a_camera_that_sees_many_vehicles_is_not_odd() {
    let plates = (0..5_000_u32).map(|number| format!("陕E{:05}", number.wrapping_mul(7_919) % 100_000));
    assert_eq!(kinds(&mut Watch::default(), plates), []);
}

#[rstest]
#[case("陕E·IO001", true)]
#[case("京AIO99", true)]
#[case("陕E·1O001", false)]
#[case("陕E·10001", false)]
#[case("IO001", false)]
fn only_serials_that_no_authority_issues_are_magic(#[case] plate: &str, #[case] magic: bool) {
    assert_eq!(is_magic(&read(plate)), magic);
}

#[test]
fn every_reason_has_its_plate_in_the_sandbox() {
    for (number, reason) in (1..).zip(ListingReason::ALL) {
        let Scene::Answered(checked) = scene(Some(&read(&format!("陕EIO{number:03}")))) else { panic!() };
        let reasons: Vec<_> = checked.vehicles[0].reasons(local(MORNING)).map(|(reason, _)| reason).collect();
        assert_eq!((checked.status, reasons), (ListStatus::Listed, vec![*reason]));
    }
    let Scene::Answered(real) = scene(Some(&read("陕EA0001"))) else { panic!() };
    assert_eq!(real.status, ListStatus::Unknown);
}
