//! The life of an acceptance: the way to a report, every state with every step, and the hour at which it lapses.

use imfleet::domain::{
    acceptance::{Acceptance, AcceptanceError, AcceptanceProgress, AcceptanceState},
    inspection::{InspectionKind, Nature},
    standard::Method,
    time::Instant,
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{MICROSECOND, august, car, id, local, station},
    golden::{self, column},
};

#[test]
fn a_car_is_accepted_looked_at_tested_and_gets_its_report() -> Result<(), AcceptanceError> {
    let acceptance = accepted().record_appearance(local("2026-08-01 12:05:00"))?;
    let acceptance = acceptance.start_testing(local("2026-08-01 12:10:00"))?;
    assert!(acceptance.is_open() && !acceptance.has_result());

    let acceptance = acceptance.record_result(id(1))?;
    assert!(!acceptance.is_open() && acceptance.has_result());

    let acceptance = acceptance.report("R-1".to_owned())?;
    let reported = AcceptanceProgress::Reported { inspection: id(1), report_number: "R-1".to_owned() };
    assert_eq!(acceptance.state, reported);
    assert!(acceptance.has_result());
    Ok(())
}

#[test]
fn every_state_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("acceptance.csv") {
        let after = match step.take(acceptance_in(state)) {
            Ok(acceptance) => acceptance.state_name().word(),
            Err(AcceptanceError(named)) => {
                assert_eq!(named, state, "{step:?}");
                "invalid_step"
            }
        };
        assert_eq!(after, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_with_every_step() {
    let rows = golden::rows::<Row>("acceptance.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, AcceptanceState::ALL, Step::ALL);

    let steps: Vec<_> = golden::rows::<[String; 3]>("acceptance.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/acceptance.rs"), &steps);
}

#[test]
fn an_acceptance_takes_one_result_and_only_while_it_is_open() {
    for state in AcceptanceState::ALL {
        let acceptance = acceptance_in(*state);
        assert_eq!(acceptance.state_name(), *state);
        assert_eq!(acceptance.clone().record_result(id(9)).is_ok(), acceptance.is_open(), "{state}");
    }
}

#[rstest]
#[case::a_microsecond_too_early(august(2).minus(MICROSECOND), false)]
#[case::at_its_end(august(2), true)]
fn an_acceptance_lapses_at_the_end_of_its_time(#[case] at: Instant, #[case] lapses: bool) {
    let lapsed = accepted().lapse(at);
    assert_eq!(lapsed.map(|acceptance| acceptance.state).ok(), lapses.then_some(AcceptanceProgress::Lapsed { at }));
}

#[test]
fn a_state_comes_back_from_its_document_as_it_was() {
    for state in AcceptanceState::ALL {
        let progress = acceptance_in(*state).state;
        let document = serde_json::to_value(&progress).unwrap();
        assert_eq!(document["state"], state.word());
        assert_eq!(serde_json::from_value::<AcceptanceProgress>(document).unwrap(), progress);
    }
}

#[derive(Deserialize)]
struct Row {
    state: AcceptanceState,
    step: Step,
    outcome: String,
}

column! {
    /// What is tried on an acceptance.
    Step { RecordAppearance, StartTesting, RecordResult, Report, Withdraw, Lapse, LapseTooEarly }
}

impl Step {
    fn take(self, acceptance: Acceptance) -> Result<Acceptance, AcceptanceError> {
        match self {
            Self::RecordAppearance => acceptance.record_appearance(august(1)),
            Self::StartTesting => acceptance.start_testing(august(1)),
            Self::RecordResult => acceptance.record_result(id(1)),
            Self::Report => acceptance.report("R-1".to_owned()),
            Self::Withdraw => acceptance.withdraw("车主离场".to_owned(), august(1)),
            Self::Lapse => acceptance.lapse(august(2)),
            Self::LapseTooEarly => acceptance.lapse(august(2).minus(MICROSECOND)),
        }
    }
}

/// A car that was accepted at noon of 1 August, for a day.
fn accepted() -> Acceptance {
    Acceptance {
        id: id(5),
        vehicle: car(),
        station: station(),
        line: id(6),
        number: "610501001202608011200000000001".to_owned(),
        kind: InspectionKind::Periodic,
        nature: Nature::First,
        method: Method::DoubleIdle,
        method_reason: None,
        ground: None,
        accepted_at: august(1),
        lapses_at: august(2),
        state: AcceptanceProgress::Registered,
        line_lacks: Vec::new(),
    }
}

/// That car's acceptance, led to a state by the steps alone.
fn acceptance_in(state: AcceptanceState) -> Acceptance {
    match state {
        AcceptanceState::Registered => Ok(accepted()),
        AcceptanceState::AppearanceDone => Step::RecordAppearance.take(accepted()),
        AcceptanceState::Testing => Step::StartTesting.take(accepted()),
        AcceptanceState::ResultRecorded => Step::RecordResult.take(accepted()),
        AcceptanceState::Reported => Step::Report.take(acceptance_in(AcceptanceState::ResultRecorded)),
        AcceptanceState::Withdrawn => Step::Withdraw.take(accepted()),
        AcceptanceState::Lapsed => Step::Lapse.take(accepted()),
    }
    .unwrap()
}
