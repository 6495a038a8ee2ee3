//! Targets: exact shares, what stands in them, and that every row of the plan is there.

use std::collections::BTreeSet;

use imfleet::domain::{
    fleet::{Build, Cell, FuelGroup, MovementKind, Trade, TruckClass},
    settings::Settings,
    target::{Measured, NewEnergy, Tally, Target, TargetVerdict, Threshold, delivered},
    vehicle::{energy::EnergyKind, stage::Stage},
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    fleet::{BUS, area},
    golden,
    station::day,
};

#[derive(Deserialize)]
struct ShareRow {
    case: String,
    counted: i64,
    total: i64,
    num: i64,
    den: i64,
    met: bool,
    shown: String,
    more_needed: Option<i64>,
    to_replace: i64,
    others_allowed: i64,
}

#[test]
fn a_share_is_judged_exactly_and_never_shown_against_its_verdict() {
    for row in golden::rows::<ShareRow>("shares.csv") {
        let tally = Tally { counted: row.counted, total: row.total, unknown: 0 };
        let threshold = Threshold { num: row.num, den: row.den };
        let distance = threshold.distance(tally);
        assert_eq!(threshold.is_met(tally), row.met, "{}", row.case);
        assert_eq!(tally.shown(Some(threshold)).unwrap_or_default(), row.shown, "{}", row.case);
        let found = (distance.more_needed, distance.to_replace, distance.others_allowed);
        assert_eq!(found, (row.more_needed, row.to_replace, row.others_allowed), "{}", row.case);
    }
}

proptest::proptest! {
    #[test]
    fn what_is_missing_is_just_enough(total in 0..5_000_i64, share in 0..=1_000_i64, num in 1..100_i64) {
        let tally = Tally { counted: total * share / 1_000, total, unknown: 0 };
        let threshold = Threshold { num, den: 100 };
        let distance = threshold.distance(tally);
        let with = |more: i64, others: i64| Tally { counted: tally.counted + more, total: total + more + others, unknown: 0 };
        let more = distance.more_needed.unwrap();
        proptest::prop_assert!(threshold.is_met(with(more, 0)));
        proptest::prop_assert!(more == 0 || !threshold.is_met(with(more - 1, 0)));
        if threshold.is_met(tally) {
            proptest::prop_assert!(threshold.is_met(with(0, distance.others_allowed)));
            proptest::prop_assert!(!threshold.is_met(with(0, distance.others_allowed + 1)));
        }
    }
}

pub fn target(id: &str) -> Target {
    delivered().into_iter().find(|target| target.id == id).unwrap()
}

fn new_energy() -> NewEnergy {
    Settings::delivered().on("new_energy_kinds", day("2026-08-22"))
}

fn measure(target: &Target, counts: &[(Cell, i64)]) -> Measured {
    target.measure(&target.readings[0], &new_energy(), None, counts)
}

/// `9 bev bus+taxi / 1 ice taxi`.
fn additions(text: &str) -> Vec<(Cell, i64)> {
    let rows = text.split('/').map(str::trim).filter(|row| !row.is_empty());
    let cell = |row: &str| {
        let [count, energy, trades] = row.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let build = Build { energy: EnergyKind::parse(energy).unwrap(), ..BUS };
        let (trades, way_in) = (trades.parse().unwrap(), MovementKind::Registered);
        (Cell { area: area("610502"), trades, way_in, build }, count.parse().unwrap())
    };
    rows.map(cell).collect()
}

#[derive(Deserialize)]
struct StandingRow {
    case: String,
    additions: String,
    counted: i64,
    total: i64,
    unknown: i64,
    verdict: String,
    shown: String,
}

#[test]
fn the_ninety_percent_rule_counts_exactly_its_trades() {
    let rule = target("T4");
    for row in golden::rows::<StandingRow>("standings.csv") {
        let measured = measure(&rule, &additions(&row.additions));
        let expected = Tally { counted: row.counted, total: row.total, unknown: row.unknown };
        assert_eq!(measured.whole, expected, "{}", row.case);
        assert_eq!(rule.verdict(measured.whole).word(), row.verdict, "{}", row.case);
        assert_eq!(measured.whole.shown(rule.threshold).unwrap_or_default(), row.shown, "{}", row.case);
    }
}

#[test]
fn the_rule_is_judged_for_the_whole_or_for_each_trade_by_a_dated_setting() {
    let rule = target("T4");
    let measured = measure(&rule, &additions("99 bev taxi / 1 ice bus"));
    assert_eq!(measured.trades[&Trade::Bus], Tally { counted: 0, total: 1, unknown: 0 });
    assert_eq!(measured.trades[&Trade::Refuse], Tally::default());
    assert_eq!(rule.verdict_of(&measured, false), TargetVerdict::Met);
    assert_eq!(rule.verdict_of(&measured, true), TargetVerdict::NotMet);
    let each = Settings::new(Settings::delivered_rows().map(|mut row| {
        if row.key == "nev_additions_judged_by" {
            row.value = "each_trade".to_owned();
        }
        row
    }));
    assert!(rule.judging(&each, day("2026-08-22")).1);
    assert!(!rule.judging(&Settings::delivered(), day("2026-08-22")).1);
}

#[test]
fn where_the_plan_can_be_read_twice_a_dated_setting_picks_the_reading() {
    let settings = Settings::delivered();
    let judging = |id: &str| target(id).judging(&settings, day("2026-08-22")).0.unwrap().id.clone();
    assert_eq!((judging("T6"), judging("T7")), ("with_ride_hailing".to_owned(), "public_domain".to_owned()));
    assert_eq!((target("T6").readings.len(), target("T7").readings.len()), (2, 2));
}

#[test]
fn an_area_counts_with_the_development_zones_inside_it_and_hancheng_by_the_version() {
    let mut rule = target("T4");
    let mut counts = additions("1 bev bus / 1 bev bus / 1 bev bus");
    counts[1].0.area = area("610583");
    counts[2].0.area = area("610581");
    let whole = |rule: &Target, within: Option<&str>| {
        let within = within.map(area);
        rule.measure(&rule.readings[0], &new_energy(), within.as_ref(), &counts).whole.total
    };
    assert_eq!((whole(&rule, None), whole(&rule, Some("610502")), whole(&rule, Some("610583"))), (3, 2, 1));
    rule.counts_hancheng = false;
    assert_eq!((whole(&rule, None), whole(&rule, Some("610581"))), (2, 0));
}

fn truck(fuel: FuelGroup, stage: Stage, energy: EnergyKind) -> (Cell, i64) {
    let build = Build { truck: TruckClass::Heavy, fuel, stage, energy };
    let cell = Cell {
        area: area("610502"),
        trades: "construction_waste".parse().unwrap(),
        way_in: MovementKind::Registered,
        build,
    };
    (cell, 1)
}

#[rstest]
#[case::china_six_diesel_is_clean("T11", FuelGroup::Diesel, Stage::China6, EnergyKind::Ice, (1, 0))]
#[case::china_five_diesel_is_not("T11", FuelGroup::Diesel, Stage::China5, EnergyKind::Ice, (0, 0))]
#[case::electric_is_clean("T11", FuelGroup::Other, Stage::Electric, EnergyKind::Bev, (1, 0))]
#[case::unknown_stage_is_to_be_cleared("T11", FuelGroup::Diesel, Stage::Unknown, EnergyKind::Ice, (0, 1))]
#[case::unknown_drive_of_china_six_needs_no_clearing("T3", FuelGroup::Other, Stage::China6, EnergyKind::Unknown, (1, 0))]
#[case::china_three_diesel_remains("T9", FuelGroup::Diesel, Stage::China3, EnergyKind::Ice, (1, 0))]
#[case::china_four_diesel_may_stay("T9", FuelGroup::Diesel, Stage::China4, EnergyKind::Ice, (0, 0))]
#[case::diesel_of_unknown_stage_is_to_be_cleared("T9", FuelGroup::Diesel, Stage::Unknown, EnergyKind::Ice, (0, 1))]
#[case::china_five_gas_remains("T25", FuelGroup::Gas, Stage::China5, EnergyKind::Ice, (1, 0))]
fn a_truck_stands_where_its_stage_and_drive_put_it(
    #[case] id: &str,
    #[case] fuel: FuelGroup,
    #[case] stage: Stage,
    #[case] energy: EnergyKind,
    #[case] (counted, unknown): (i64, i64),
) {
    let whole = measure(&target(id), &[truck(fuel, stage, energy)]).whole;
    assert_eq!(whole, Tally { counted, total: 1, unknown });
}

#[rstest]
#[case::remaining("T9", (5, 100, 0), TargetVerdict::NotMet)]
#[case::cleared("T9", (0, 100, 0), TargetVerdict::Met)]
#[case::cleared_but_for_unknown_stages("T9", (0, 100, 3), TargetVerdict::NotMet)]
#[case::an_empty_register_has_cleared_nothing("T9", (0, 0, 0), TargetVerdict::NoData)]
#[case::about_half_is_reported("T11", (70, 100, 0), TargetVerdict::Reported)]
#[case::no_number_is_reported("T27", (70, 100, 0), TargetVerdict::Reported)]
#[case::without_a_deadline_what_remains_is_reported("T25", (5, 100, 0), TargetVerdict::Reported)]
#[case::all_but_one_bus("T6", (99, 100, 0), TargetVerdict::NotMet)]
#[case::one_vehicle_short_of_the_goal("T5", (49_999, 50_000, 0), TargetVerdict::NotMet)]
#[case::just_the_goal("T5", (50_000, 50_000, 0), TargetVerdict::Met)]
#[case::a_part_of_the_city_has_no_goal("T5", (600, 0, 0), TargetVerdict::Reported)]
#[case::no_site_is_no_data("T5", (0, 0, 0), TargetVerdict::NoData)]
fn a_target_is_judged_as_the_plan_words_it(
    #[case] id: &str,
    #[case] (counted, total, unknown): (i64, i64, i64),
    #[case] verdict: TargetVerdict,
) {
    assert_eq!(target(id).verdict(Tally { counted, total, unknown }), verdict);
}

#[test]
fn the_goal_of_charging_does_not_grow_with_what_is_served() {
    let served = |counted| target("T5").distance(Tally { counted, total: 50_000, unknown: 0 }).unwrap().more_needed;
    assert_eq!((served(632), served(50_000), served(60_000)), (Some(49_368), Some(0), Some(0)));
    assert_eq!(Tally { counted: 49_999, total: 50_000, unknown: 0 }.shown(target("T5").threshold).unwrap(), "99.9");
}

#[test]
fn every_row_of_the_plan_is_delivered_once_and_can_be() {
    let targets = delivered();
    let ids: BTreeSet<_> = targets.iter().map(|target| target.id.clone()).collect();
    assert_eq!(ids, (1..=27).map(|number| format!("T{number}")).collect());
    assert_eq!(targets.len(), 27);
    for target in &targets {
        target.check().unwrap_or_else(|error| panic!("{}: {error}", target.id));
        let counts = !target.readings.is_empty() || ["T5", "T23"].contains(&target.id.as_str());
        assert_ne!(counts, target.waits_for.is_some(), "{} counts or waits", target.id);
        let key = target.judged_by.as_deref();
        assert!(key.is_none_or(|key| Settings::delivered().knows(key)), "{}", target.id);
    }
}

#[test]
fn a_target_that_contradicts_itself_is_refused() {
    let refused = |change: fn(&mut Target)| {
        let mut changed = target("T4");
        change(&mut changed);
        changed.check().is_err()
    };
    assert!(!refused(|_| ()));
    assert!(refused(|target| target.threshold = Some(Threshold { num: 101, den: 100 })));
    assert!(refused(|target| target.threshold = Some(Threshold { num: 0, den: 0 })));
    assert!(refused(|target| target.readings.clear()));
    assert!(refused(|target| target.readings.push(target.readings[0].clone())));
    assert!(refused(|target| target.readings[0].scope.trades.clear()));
}
