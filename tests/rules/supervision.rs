//! Cases of supervision: every state with every step, the time for the explanation, and from when it is told.

use imfleet::domain::{
    course::Course,
    referral::Addressee,
    supervision_case::{SupervisionCase, SupervisionError, SupervisionRuling, SupervisionState, SupervisionStep},
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{august, id, local, station},
    golden::{self, column},
    notice::moment,
    station::day,
};

/// A row of `supervision.csv`.
#[derive(Deserialize)]
struct Row {
    state: SupervisionState,
    step: SupervisionSteps,
    outcome: String,
}

column! {
    /// A step, with what it is tried with.
    SupervisionSteps {
        Review, AskExplanation, Explain, RuleDismissed, RuleWarned, RuleSuspended, RuleReferred, RuleAfterSilence,
        Appeal, DecideAppealUpheld, DecideAppealDismissed
    }
}

#[test]
fn every_state_of_a_supervision_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("supervision.csv") {
        let found = match step.take(case_in(state)) {
            Ok(case) => case.course.state().word(),
            Err(SupervisionError::NotAsked) => "not_asked",
            Err(SupervisionError::NotYetExplained(last)) => {
                assert_eq!(last, day("2026-08-30"));
                "not_yet_explained"
            }
            Err(SupervisionError::Step(error)) => {
                assert_eq!(error.0, state);
                "invalid_step"
            }
        };
        assert_eq!(found, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_of_a_supervision_with_every_step() {
    let rows = golden::rows::<Row>("supervision.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, SupervisionState::ALL, SupervisionSteps::ALL);
    let steps: Vec<_> = golden::rows::<[String; 3]>("supervision.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/supervision_case.rs"), &steps);
}

#[test]
fn nothing_is_ruled_against_who_is_silent_before_24_00_of_the_last_day() {
    let asked = || case_in(SupervisionState::ExplanationAsked);
    let rule = |at| asked().rule(SupervisionRuling::Warned, "逾期未说明".to_owned(), moment(local(at)));
    assert_eq!(rule("2026-08-30 23:59:59"), Err(SupervisionError::NotYetExplained(day("2026-08-30"))));
    assert_eq!(rule("2026-08-31 00:00:00").unwrap().course.state(), SupervisionState::Warned);
    assert!(!asked().is_overdue(local("2026-08-30 23:59:59")) && asked().is_overdue(local("2026-08-31 00:00:00")));
    assert!(!case_in(SupervisionState::Explained).is_overdue(local("2026-08-31 00:00:00")));
}

#[test]
fn a_case_is_told_from_the_moment_an_explanation_was_asked() {
    for state in SupervisionState::ALL {
        let silent = [SupervisionState::Opened, SupervisionState::InReview, SupervisionState::Dismissed];
        let told = !silent.contains(state);
        assert_eq!(case_in(*state).is_told(), told, "{state}");
    }
}

impl SupervisionSteps {
    fn take(self, case: SupervisionCase) -> Result<SupervisionCase, SupervisionError> {
        let (text, at) = ("数据雷同".to_owned(), moment(august(22)));
        match self {
            Self::Review => case.review(at),
            Self::AskExplanation => case.ask_explanation(text, day("2026-08-30"), at),
            Self::Explain => case.explain(text, Vec::new(), at),
            Self::RuleDismissed => case.rule(SupervisionRuling::Dismissed, text, at),
            Self::RuleWarned => case.rule(SupervisionRuling::Warned, text, at),
            Self::RuleSuspended => case.rule(SupervisionRuling::Suspended(id(31)), text, at),
            Self::RuleReferred => case.rule(SupervisionRuling::Referred(Addressee::MarketRegulator), text, at),
            Self::RuleAfterSilence => case.rule(SupervisionRuling::Warned, text, moment(august(31))),
            Self::Appeal => case.appeal(text, Vec::new(), at),
            Self::DecideAppealUpheld => case.decide_appeal(true, text, at),
            Self::DecideAppealDismissed => case.decide_appeal(false, text, at),
        }
    }
}

/// A case of supervision in a state, led there by the steps alone; dismissed without having been told.
fn case_in(state: SupervisionState) -> SupervisionCase {
    use SupervisionSteps as Step;
    let after = |state, step: SupervisionSteps| step.take(case_in(state)).unwrap();
    match state {
        SupervisionState::Opened => SupervisionCase {
            id: id(30),
            concerns: station(),
            line: None,
            finding: "identical_traces".to_owned(),
            facts: "过程数据完全一致".to_owned(),
            course: Course::begin(SupervisionStep::Opened, moment(august(20))),
        },
        SupervisionState::InReview => after(SupervisionState::Opened, Step::Review),
        SupervisionState::ExplanationAsked => after(SupervisionState::InReview, Step::AskExplanation),
        SupervisionState::Explained => after(SupervisionState::ExplanationAsked, Step::Explain),
        SupervisionState::Dismissed => after(SupervisionState::InReview, Step::RuleDismissed),
        SupervisionState::Warned => after(SupervisionState::Explained, Step::RuleWarned),
        SupervisionState::Suspended => after(SupervisionState::Explained, Step::RuleSuspended),
        SupervisionState::Referred => after(SupervisionState::Explained, Step::RuleReferred),
        SupervisionState::Appealed => after(SupervisionState::Suspended, Step::Appeal),
        SupervisionState::Confirmed => after(SupervisionState::Appealed, Step::DecideAppealDismissed),
        SupervisionState::Overturned => after(SupervisionState::Appealed, Step::DecideAppealUpheld),
    }
}
