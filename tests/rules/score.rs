//! Scores: what similar vehicles let expect, the interval of the ratio, the chart of re-inspections, and repairs.

use imfleet::{
    domain::{
        draw::{Risk, risk},
        id::Id,
        party::Organisation,
        score::{
            FigureStanding, Indicator, Share,
            cusum::cusum,
            outcomes::{Outcomes, Tested},
            similar::{AgeBand, City, Expectation, Group, Peers, Tests},
            standing,
        },
        vehicle::stage::Stage,
        verdict::Verdict,
        words::Word,
    },
    statistics::{Level, intervals::ratio},
};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{august, id},
    golden,
    station::day,
};

/// A row of `score_ratios.csv`, computed apart with sixty digits.
#[derive(Deserialize)]
struct RatioRow {
    situation: String,
    failed: i64,
    expected: i64,
    low: Option<i64>,
    high: Option<i64>,
}

#[test]
fn the_interval_of_a_ratio_is_as_the_table_says() {
    for row in golden::rows::<RatioRow>("score_ratios.csv") {
        let found = ratio(row.failed, row.expected, Level::Percent95);
        assert_eq!(found.map(|found| (found.low, found.high)), row.low.zip(row.high), "{}", row.situation);
    }
}

/// A row of `cusum.csv`: `1` is a failure.
#[derive(Deserialize)]
struct CusumRow {
    situation: String,
    outcomes: String,
    reference: i64,
    limit: i64,
    last: i64,
    highest: i64,
    signal_at: Option<usize>,
}

#[test]
fn the_chart_of_re_inspections_is_as_the_table_says() {
    for row in golden::rows::<CusumRow>("cusum.csv") {
        let outcomes: Vec<_> = row.outcomes.chars().map(|outcome| outcome == '1').collect();
        let found = cusum(&outcomes, row.reference, row.limit);
        let last = found.sums.last().copied().unwrap_or_default();
        let highest = found.sums.iter().copied().max().unwrap_or_default();
        assert_eq!((last, highest, found.signal_at), (row.last, row.highest, row.signal_at), "{}", row.situation);
    }
}

fn place(number: u128) -> Id<Organisation> {
    id(number)
}

fn group(station: u128, maker: &str, fuel: &str, tests: i64, failed: i64) -> Group {
    let peers = Peers {
        maker: Some(maker.to_owned()),
        age: AgeBand::of(Some(8)),
        fuel: Some(fuel.to_owned()),
        stage: Stage::China4,
    };
    Group { station: place(station), peers, tests: Tests { tests, failed } }
}

fn expect(groups: &[Group], station: u128, least: i64) -> Expectation {
    City::of(groups).expect(groups.iter().filter(|group| group.station == place(station)), least)
}

#[test]
fn what_is_expected_is_what_the_same_vehicles_show_at_other_stations() {
    let groups = [group(1, "甲", "A", 100, 2), group(2, "甲", "A", 50, 10), group(3, "甲", "A", 50, 10)];
    let found = expect(&groups, 1, 30);
    assert_eq!(found, Expectation { tests: 100, failed: 2, expected: 20_000_000 });
    assert_eq!(found.ratio(), Some(100_000), "a tenth of what was expected");
}

#[test]
fn a_station_is_not_its_own_measure() {
    let groups = [group(1, "甲", "A", 10_000, 0), group(2, "甲", "A", 100, 10)];
    assert_eq!(expect(&groups, 1, 30).expected, 1_000_000_000);
}

#[test]
fn where_few_are_alike_the_circle_widens() {
    // Of the same maker 29 elsewhere, of the same age, fuel and stage 129.
    let groups = [group(1, "甲", "A", 10, 1), group(2, "甲", "A", 29, 29), group(2, "乙", "A", 100, 10)];
    assert_eq!(expect(&groups, 1, 30).expected, 3_023_255);
    assert_eq!(expect(&groups, 1, 29).expected, 10_000_000);
    // Another fuel counts only when nothing nearer is enough.
    let groups = [group(1, "甲", "A", 10, 1), group(2, "乙", "B", 100, 50)];
    assert_eq!(expect(&groups, 1, 30).expected, 5_000_000);
    assert_eq!(expect(&groups, 1, 101), Expectation::default(), "and too few are no measure");
    assert_eq!(expect(&[group(1, "甲", "A", 10, 1)], 1, 0), Expectation::default());
}

#[rstest]
#[case::unknown(None, AgeBand::Unknown)]
#[case::before_it_was_registered(Some(-1), AgeBand::To3)]
#[case::three(Some(3), AgeBand::To3)]
#[case::four(Some(4), AgeBand::To6)]
#[case::nine(Some(9), AgeBand::To9)]
#[case::ten(Some(10), AgeBand::To14)]
#[case::fifteen(Some(15), AgeBand::From15)]
fn an_age_has_its_band(#[case] years: Option<i64>, #[case] band: AgeBand) {
    assert_eq!(AgeBand::of(years), band);
}

#[test]
fn fewer_than_the_minimum_sample_make_no_figure() {
    for (counted, least, expected) in [
        (30, 30, FigureStanding::Shown),
        (29, 30, FigureStanding::InsufficientData),
        (0, 0, FigureStanding::InsufficientData),
        (1, 0, FigureStanding::Shown),
    ] {
        assert_eq!(standing(counted, least), expected, "{counted} of {least}");
    }
    assert_eq!(Share { hits: 2, of: 3 }.millionths(), Some(666_666), "cut");
    assert_eq!(Share::default().millionths(), None, "nothing of nothing is no share");
}

#[test]
fn every_indicator_has_its_formula_in_both_languages() {
    for indicator in Indicator::ALL {
        assert!(indicator.formula_en().len() > 40 && indicator.formula_zh().len() > 40, "{indicator}");
    }
}

fn tested(on: u32, verdict: Verdict) -> Tested {
    (august(on), august(on).local_day(), verdict)
}

#[test]
fn a_repair_is_judged_by_the_first_test_after_it_and_by_90_days() {
    let count = |tests: &[Tested], as_of: &str| {
        let mut outcomes = Outcomes::default();
        outcomes.add(august(10), tests, day(as_of));
        outcomes
    };
    let pass = [tested(9, Verdict::Fail), tested(11, Verdict::Pass)];
    assert_eq!(count(&pass, "2026-11-09").again(), Share { hits: 0, of: 0 }, "its 90th day is not over");
    assert_eq!(count(&pass, "2026-11-10").again(), Share { hits: 0, of: 1 });
    let again = [tested(11, Verdict::Pass), tested(20, Verdict::Fail)];
    assert_eq!(count(&again, "2026-08-20").again(), Share { hits: 1, of: 1 });
    let fail = [tested(11, Verdict::Fail), tested(12, Verdict::Pass)];
    assert_eq!(count(&fail, "2026-12-31").first_retest(), Share { hits: 0, of: 1 });
    assert_eq!(count(&[tested(9, Verdict::Fail)], "2026-12-31").first_retest(), Share::default());
}

#[rstest]
#[case::an_open_case(true, false, Some(2_000_000), Risk::High)]
#[case::a_signal(false, true, None, Risk::High)]
#[case::surely_fewer_failures(false, false, Some(999_999), Risk::High)]
#[case::perhaps_as_many(false, false, Some(1_000_000), Risk::Low)]
#[case::too_little_counted(false, false, None, Risk::Middle)]
fn a_risk_has_its_reasons(#[case] open: bool, #[case] signal: bool, #[case] high: Option<i64>, #[case] is: Risk) {
    assert_eq!(risk(open, signal, high), is);
}
