//! What an observation does to its vehicle's case: opens it, joins it, clears a cause, closes it, or waits.

use imfleet::domain::{
    case::{Case, CaseState, Cause, FailedBy},
    event::Event,
    observation::{Observation, ObservationKind, ObservationResult, ReviewOutcome},
    observing::{ObservationEffect, Sight, SightConsequence, observe},
};
use rstest::rstest;

use crate::{
    cast::{august, car, failing, id, our_repair, our_shop},
    observation::observation,
    station::day,
};

#[rstest]
#[case::an_exceedance_opens(roadside(), true, None, ObservationEffect::CaseOpened)]
#[case::an_exceedance_joins(roadside(), true, Some(failed(Cause::PeriodicTest)), ObservationEffect::CaseJoined)]
#[case::an_exceedance_after_the_repair(roadside(), true, Some(repaired(&[])), ObservationEffect::CaseJoined)]
#[case::a_suspicion_does_nothing(sensing(ObservationResult::OverLimit), false, None, ObservationEffect::Suspicion)]
#[case::nor_in_a_case(
    sensing(ObservationResult::OverLimit),
    false,
    Some(repaired(&[])),
    ObservationEffect::Suspicion
)]
#[case::smoke_waits(
    observation(71, ObservationKind::Smoke, ObservationResult::OverLimit),
    false,
    None,
    ObservationEffect::AwaitsReview
)]
#[case::smoke_dismissed(dismissed(), false, None, ObservationEffect::Dismissed)]
#[case::a_pass_without_a_case(sensing(ObservationResult::Pass), false, None, ObservationEffect::None)]
#[case::a_pass_without_a_repair(
    sensing(ObservationResult::Pass),
    false,
    Some(failed(Cause::RemoteSensing)),
    ObservationEffect::None
)]
#[case::a_pass_of_the_same_kind_closes(
    sensing(ObservationResult::Pass),
    false,
    Some(repaired(&[])),
    ObservationEffect::CaseClosed
)]
#[case::a_pass_of_one_of_two_kinds_clears_it(
    sensing(ObservationResult::Pass),
    false,
    Some(repaired(&[Cause::Roadside])),
    ObservationEffect::CauseCleared
)]
#[case::a_pass_of_another_kind(
    observation(71, ObservationKind::Premises, ObservationResult::Pass),
    false,
    Some(repaired(&[])),
    ObservationEffect::None
)]
#[case::an_invalid_one(sensing(ObservationResult::Invalid), false, Some(repaired(&[])), ObservationEffect::None)]
#[case::one_that_is_not_judged(
    sensing(ObservationResult::NotJudged),
    false,
    Some(repaired(&[])),
    ObservationEffect::None
)]
fn an_observation_acts_on_the_case_by_what_it_shows(
    #[case] seen: Observation,
    #[case] established: bool,
    #[case] open: Option<Case>,
    #[case] effect: ObservationEffect,
) {
    let after = observed(open, &seen, established);
    let state = after.case.as_ref().map(Case::state_name);
    assert_eq!(after.effect, effect);
    let expected = match effect {
        ObservationEffect::CaseOpened | ObservationEffect::CaseJoined => Some(CaseState::Failed),
        ObservationEffect::CauseCleared => Some(CaseState::Repaired),
        ObservationEffect::CaseClosed => Some(CaseState::Closed),
        _ => None,
    };
    assert_eq!((state, after.event.is_some()), (expected, expected.is_some()));
    assert_eq!(after.kept().deadline_on, (state == Some(CaseState::Failed)).then(|| day("2026-09-21")));
}

#[test]
fn the_repair_must_name_the_observation_that_opened_or_joined_the_case() {
    let seen = roadside();
    for open in [None, Some(failed(Cause::PeriodicTest))] {
        let case = observed(open, &seen, true).case.unwrap();
        assert_eq!(case.failing.report_number, "LJ71");
        assert_eq!((case.failing.inspection(), case.failing.station()), (None, None));
        assert_eq!(case.failing.observation(), Some(seen.id));
        assert!(case.outstanding.contains(&Cause::Roadside));
    }
}

#[test]
fn what_failed_comes_back_from_its_document_as_it_was() {
    let by_test = failing(1, "R-1", august(1));
    let document = serde_json::to_value(&by_test).unwrap();
    assert!(document["inspection"].is_string() && document["station"].is_string(), "as cases have kept it so far");
    for failing in [by_test, roadside().as_failing()] {
        let document = serde_json::to_value(&failing).unwrap();
        assert_eq!(serde_json::from_value::<imfleet::domain::case::FailingTest>(document).unwrap(), failing);
    }
    assert!(matches!(roadside().as_failing().evidence, FailedBy::Sight { observed: ObservationKind::Roadside, .. }));
}

#[test]
fn the_event_names_the_case_and_the_observation() {
    let opened = observed(None, &roadside(), true);
    let case = opened.case.unwrap().id;
    let event = opened.event.unwrap();
    assert_eq!(event.case(), Some(case));
    assert!(matches!(event, Event::CaseOpenedByObservation { cause: Cause::Roadside, .. }));
}

fn observed(open: Option<Case>, seen: &Observation, established: bool) -> SightConsequence {
    let sight =
        Sight { observation: seen, established, at: august(22), deadline_on: day("2026-09-21"), new_case: id(3) };
    observe(open, &sight)
}

fn roadside() -> Observation {
    observation(71, ObservationKind::Roadside, ObservationResult::OverLimit)
}

fn sensing(result: ObservationResult) -> Observation {
    observation(71, ObservationKind::RemoteSensing, result)
}

fn dismissed() -> Observation {
    let smoke = observation(71, ObservationKind::Smoke, ObservationResult::OverLimit);
    smoke.review(ReviewOutcome::Dismissed, "水汽".to_owned(), august(22)).unwrap()
}

fn failed(cause: Cause) -> Case {
    Case::open(id(2), car(), cause, failing(1, "R-1", august(1)), day("2026-08-31"), august(1))
}

/// A case that remote sensing opened, joined by these causes, repaired on 12 August.
fn repaired(joined: &[Cause]) -> Case {
    let mut case = failed(Cause::RemoteSensing);
    for cause in joined {
        case = case.fail_again(*cause, failing(2, "R-2", august(2)), day("2026-09-01")).unwrap();
    }
    let case = case.start_repair(our_shop(), august(10)).unwrap();
    case.complete_repair(our_shop(), our_repair(), august(12)).unwrap()
}
