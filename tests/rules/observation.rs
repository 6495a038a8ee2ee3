//! Observations: what each comes to by the limits of its day, and the look of a person.

use imfleet::domain::{
    id::Id,
    lawbook::Lawbook,
    observation::{
        Facts, Judged, Observation, ObservationError, ObservationKind, ObservationResult, Review, ReviewOutcome,
        ReviewState, Subject, WhyNotJudged, judge,
    },
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;
use validator::Validate;

use crate::{
    cast::{august, car, id},
    golden,
    station::day,
};

#[derive(Deserialize)]
struct Row {
    clause: String,
    facts: String,
    fuel: String,
    green_plate: bool,
    result: ObservationResult,
    why: Option<WhyNotJudged>,
    over: String,
}

#[test]
fn every_observation_comes_to_what_the_table_says() {
    let law = Lawbook::delivered();
    for row in golden::rows::<Row>("observation.csv") {
        let facts: Facts = serde_json::from_str(&row.facts).unwrap();
        assert!(facts.validate().is_ok(), "{}", row.clause);
        let subject = Subject { fuel: row.fuel.parse().unwrap(), green_plate: row.green_plate };
        let judged = judge(&facts, subject, &law, day("2026-08-22"));
        let over: Vec<_> =
            judged.pollutants.iter().filter(|judged| judged.over).map(|judged| judged.pollutant.word()).collect();
        let found = (judged.result, judged.why, over.join(" "));
        assert_eq!(found, (row.result, row.why, row.over), "{}", row.clause);
    }
}

#[test]
fn the_table_has_every_kind_and_every_result() {
    let rows = golden::rows::<Row>("observation.csv");
    for kind in ObservationKind::ALL {
        let of_kind = |row: &&Row| serde_json::from_str::<Facts>(&row.facts).unwrap().kind() == *kind;
        let results = [ObservationResult::Pass, ObservationResult::OverLimit];
        for result in results {
            assert!(rows.iter().filter(of_kind).any(|row| row.result == result), "{kind} × {result}");
        }
    }
    assert!(ObservationResult::ALL.iter().all(|result| rows.iter().any(|row| row.result == *result)));
    assert!(WhyNotJudged::ALL.iter().all(|why| rows.iter().any(|row| row.why == Some(*why))));
}

#[test]
fn the_law_is_that_of_the_day_of_the_observation() {
    let facts: Facts = serde_json::from_str(r#"{"kind":"remote_sensing","opacity_percent":80}"#).unwrap();
    let subject = Subject { fuel: "B".parse().unwrap(), green_plate: false };
    let on = |text: &str| judge(&facts, subject, &Lawbook::delivered(), day(text)).pollutants[0].at_most;
    assert_eq!(on("2017-07-27"), Some(crate::station::amount("30")));
    assert_eq!(on("2026-08-22"), on("2017-07-27"));
}

#[rstest]
#[case::remote_sensing(r#"{"kind":"remote_sensing","opacity_percent":100.1}"#)]
#[case::below_zero(r#"{"kind":"remote_sensing","no_ppm":-1}"#)]
#[case::grade_six(r#"{"kind":"remote_sensing","ringelmann_grade":6}"#)]
#[case::k_below_zero(r#"{"kind":"roadside","k_per_m":-0.1}"#)]
#[case::premises_of_nobody(r#"{"kind":"premises","keeper":"","check":{}}"#)]
#[case::no_hash(r#"{"kind":"smoke","ringelmann_grade":2,"photo":{"reference":"a","sha256":"xyz"}}"#)]
#[case::negative_minutes(r#"{"kind":"remote_obd","minutes":-1}"#)]
#[case::a_fault_code_of_thirty_letters(
    r#"{"kind":"remote_obd","minutes":1,"fault_codes":["PPPPPPPPPPPPPPPPPPPPPPPPPPPPPP"]}"#
)]
#[case::tampering_without_words(r#"{"kind":"tampering","component":"dpf","state":"removed","findings":""}"#)]
fn facts_that_cannot_be_are_refused(#[case] facts: &str) {
    let facts: Facts = serde_json::from_str(facts).unwrap();
    assert!(facts.validate().is_err());
}

#[rstest]
#[case::an_unknown_kind(r#"{"kind":"crystal_ball"}"#)]
#[case::an_unknown_field(r#"{"kind":"remote_sensing","opacity":31}"#)]
#[case::an_unknown_component(r#"{"kind":"tampering","component":"horn","state":"removed","findings":"无"}"#)]
fn facts_that_cannot_be_read_are_refused(#[case] facts: &str) {
    assert!(serde_json::from_str::<Facts>(facts).is_err());
}

#[test]
fn only_smoke_over_the_limit_waits_for_a_person() {
    for kind in ObservationKind::ALL {
        for result in ObservationResult::ALL {
            let waits = *kind == ObservationKind::Smoke && *result == ObservationResult::OverLimit;
            let expected = if waits { ReviewState::Waiting } else { ReviewState::NotNeeded };
            assert_eq!(Review::needed(*kind, *result).state, expected, "{kind} × {result}");
        }
    }
}

#[rstest]
#[case::confirmed(ReviewOutcome::Confirmed, ReviewState::Confirmed, true)]
#[case::dismissed(ReviewOutcome::Dismissed, ReviewState::Dismissed, false)]
fn smoke_exceeds_when_a_person_has_confirmed_it(
    #[case] outcome: ReviewOutcome,
    #[case] state: ReviewState,
    #[case] exceeds: bool,
) {
    let waiting = observation(71, ObservationKind::Smoke, ObservationResult::OverLimit);
    assert!(!waiting.exceeds());
    let reviewed = waiting.review(outcome, "林格曼二级".to_owned(), august(23)).unwrap();
    assert_eq!((reviewed.review.state, reviewed.exceeds()), (state, exceeds));
    let again = reviewed.review(ReviewOutcome::Confirmed, "再看".to_owned(), august(24));
    assert_eq!(again, Err(ObservationError::NotWaiting(state)));
}

#[test]
fn what_waits_for_nobody_is_not_reviewed() {
    let roadside = observation(71, ObservationKind::Roadside, ObservationResult::OverLimit);
    let refused = roadside.review(ReviewOutcome::Dismissed, "误报".to_owned(), august(23));
    assert_eq!(refused, Err(ObservationError::NotWaiting(ReviewState::NotNeeded)));
}

/// An observation of the car at noon of 22 August.
pub fn observation(number: u128, kind: ObservationKind, result: ObservationResult) -> Observation {
    let id: Id<Observation> = id(number);
    Observation {
        id,
        vehicle: car(),
        number: format!("{}{number}", kind.letters()),
        kind,
        observed_at: august(22),
        judged: Judged { result, why: None, pollutants: Vec::new() },
        review: Review::needed(kind, result),
    }
}
