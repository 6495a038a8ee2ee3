//! The rules that list: what fires for each reason, remote sensing's chain, samplings, and the scope of elimination.

use imfleet::domain::{
    elimination::{InScope, in_scope},
    id::Id,
    listing::{Evidence, ListingReason},
    listing_rule::{
        Chain, Reading, Sampling, Sensed, chain_with, establishes, fires, fires_for_samplings, is_on, rule_of,
    },
    observation::{ObservationKind, ObservationResult, Pollutant, Review, ReviewState},
    settings::{Settings, check},
    time::Instant,
    vehicle::stage::Stage,
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{august, id, local},
    golden,
    observation::observation,
    settings::amended,
    station::day,
    vehicles::orderly_truck,
};

#[derive(Deserialize)]
struct RuleRow {
    kind: ObservationKind,
    result: ObservationResult,
    review: ReviewState,
    chain: bool,
    opens_a_case: bool,
    rule: String,
}

#[test]
fn an_observation_opens_a_case_and_lists_as_the_table_says() {
    let today = day("2026-08-22");
    for row in golden::rows::<RuleRow>("listing_rule.csv") {
        let mut seen = observation(71, row.kind, row.result);
        seen.review = Review { state: row.review, reason: None, at: None };
        let chain = row.chain.then(|| Chain { pollutant: Pollutant::Opacity, links: vec![sensed(70), sensed(71)] });
        let name = format!("{} × {} × {}", row.kind, row.result, row.review);
        assert_eq!(establishes(&seen, chain.as_ref()), row.opens_a_case, "{name}");

        let fired = fires(&seen, chain.as_ref(), &Settings::delivered(), today);
        assert_eq!(fired.as_ref().map_or("", |firing| firing.rule), row.rule, "{name}");
        if let Some(firing) = fired {
            assert_eq!(firing.reason, row.kind.reason());
            assert_eq!(firing.evidence.len(), if row.chain { 2 } else { 1 });
            assert_eq!(firing.expires_on, row.chain.then(|| day("2027-02-22")), "{name}");
            let off = amended([(firing.rule, "off", "2026-08-22")].into_iter());
            assert_eq!(fires(&seen, chain.as_ref(), &off, today), None, "{name} switched off");
            assert!(fires(&seen, chain.as_ref(), &off, day("2026-08-21")).is_some(), "{name} the day before");
        }
    }
}

#[test]
fn every_reason_has_a_switch_but_the_decision() {
    for reason in ListingReason::ALL {
        let rule = rule_of(*reason);
        assert_eq!(check(rule, "on").is_ok(), *reason != ListingReason::Decision, "{reason}");
        assert_eq!(is_on(*reason, &Settings::default(), day("2026-08-22")), *reason == ListingReason::Decision);
        if *reason != ListingReason::Decision {
            let on = amended([(rule, "on", "2026-08-22")].into_iter());
            assert!(is_on(*reason, &on, day("2026-08-22")), "{reason}");
        }
    }
}

#[derive(Deserialize)]
struct ChainRow {
    clause: String,
    tests: String,
    links: usize,
    pollutant: Option<Pollutant>,
}

#[test]
fn remote_sensing_lists_by_consecutive_valid_exceedances_as_the_table_says() {
    for row in golden::rows::<ChainRow>("remote_sensing.csv") {
        let tests: Vec<Sensed> = (1..).zip(row.tests.split("; ")).map(|(number, told)| read(number, told)).collect();
        let newest = tests.last().unwrap();
        let chain = chain_with(newest.observation, &tests, &Settings::delivered(), newest.at.local_day());
        let found = chain.as_ref().map_or((0, None), |chain| (chain.links.len(), Some(chain.pollutant)));
        assert_eq!(found, (row.links, row.pollutant), "{}", row.clause);
        if let Some(chain) = chain {
            assert!(chain.links.iter().any(|link| link.observation == newest.observation), "{}", row.clause);
            assert!(chain.first() <= chain.last());
        }
    }
}

#[rstest]
#[case::three_are_needed("remote_sensing_consecutive", "3", None)]
#[case::a_month_is_too_short("remote_sensing_window_months", "1", None)]
#[case::two_months_are_enough("remote_sensing_window_months", "2", Some(2))]
fn the_chain_follows_the_dated_settings(#[case] key: &str, #[case] value: &str, #[case] links: Option<usize>) {
    let tests = [read(1, "2026-01-10 o+"), read(2, "2026-03-10 o+")];
    let settings = amended([(key, value, "2026-01-01")].into_iter());
    let chain = chain_with(tests[1].observation, &tests, &settings, day("2026-03-10"));
    assert_eq!(chain.map(|chain| chain.links.len()), links);
}

/// `2026-01-10 o+r-`: opacity over and Ringelmann under on that day; `x` is a test that does not count.
fn read(number: u128, told: &str) -> Sensed {
    let (at, told) = told.split_once(' ').unwrap();
    let at = if at.contains('T') { local(at) } else { local(&format!("{at} 12:00:00")) };
    let marks: Vec<char> = told.chars().filter(|mark| *mark != 'x').collect();
    let readings = marks.chunks(2).map(|pair| Reading {
        pollutant: match pair[0] {
            'o' => Pollutant::Opacity,
            'r' => Pollutant::Ringelmann,
            _ => Pollutant::No,
        },
        over: pair[1] == '+',
    });
    Sensed { observation: id(number), number: format!("YG{number}"), at, readings: readings.collect() }
}

fn sensed(number: u128) -> Sensed {
    Sensed { at: august(22), ..read(number, "2026-08-22 o+") }
}

#[rstest]
#[case::three_failed(&[(20, true), (21, true), (22, true)], true)]
#[case::two_failed(&[(20, true), (21, true)], false)]
#[case::a_pass_does_not_count(&[(20, true), (21, false), (22, true)], false)]
#[case::a_pass_between_does_not_help(&[(19, true), (20, true), (21, false), (22, true)], true)]
#[case::one_on_the_first_day_of_the_cycle(&[(10, true), (20, true), (21, true)], true)]
#[case::one_on_the_day_before(&[(9, true), (20, true), (21, true)], false)]
fn three_failed_samplings_of_one_cycle_list(#[case] told: &[(u32, bool)], #[case] lists: bool) {
    let samplings: Vec<_> = told.iter().map(|(day, failed)| sampling(august(*day), *failed)).collect();
    let firing = fires_for_samplings(&samplings, day("2026-08-10"), &Settings::delivered(), august(22));
    assert_eq!(firing.as_ref().map(|firing| firing.reason), lists.then_some(ListingReason::RepeatedSampling));
    if let Some(firing) = firing {
        assert_eq!((firing.rule, firing.evidence.len()), ("repeated_sampling_lists", 3));
        let off = amended([("repeated_sampling_lists", "off", "2026-08-01")].into_iter());
        assert_eq!(fires_for_samplings(&samplings, day("2026-08-10"), &off, august(22)), None);
    }
}

fn sampling(at: Instant, failed: bool) -> Sampling {
    let observation: Id<_> = id(80);
    Sampling {
        at,
        failed,
        evidence: Evidence { observation: Some(observation), inspection: None, number: "LJ".to_owned(), at },
    }
}

#[derive(Deserialize)]
struct ScopeRow {
    clause: String,
    vehicle_type: String,
    fuel: String,
    stage: Stage,
    in_scope: bool,
}

#[test]
fn the_scope_of_elimination_is_what_the_table_says() {
    for row in golden::rows::<ScopeRow>("elimination.csv") {
        let mut vehicle = orderly_truck();
        vehicle.vehicle_type = row.vehicle_type.parse().unwrap();
        vehicle.fuel = row.fuel.parse().unwrap();
        vehicle.stage = row.stage;
        let found = in_scope(&vehicle, &Settings::delivered(), day("2026-08-22")) == InScope::Yes;
        assert_eq!(found, row.in_scope, "{}", row.clause);
    }
}

#[test]
fn the_scope_of_elimination_widens_by_a_dated_setting() {
    let mut vehicle = orderly_truck();
    vehicle.stage = Stage::China4;
    let widened = amended([("elimination_diesel_truck_stage", "china_4", "2027-01-01")].into_iter());
    assert_eq!(in_scope(&vehicle, &widened, day("2026-12-31")), InScope::No);
    assert_eq!(in_scope(&vehicle, &widened, day("2027-01-01")), InScope::Yes);
}
