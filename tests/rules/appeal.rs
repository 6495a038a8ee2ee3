//! Appeals: every state with every step, the clock, and which listings they hold off.

use imfleet::domain::{
    appeal::{Appeal, AppealRuling, AppealState, AppealStep, Appellant, Plea, appeal_suspends, decide_by},
    course::{Course, InvalidStep},
    listing::ListingReason,
    settings::Settings,
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{august, car, id, local},
    golden::{self, column},
    notice::moment,
    settings::amended,
    station::day,
};

#[test]
fn every_state_of_an_appeal_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("appeal.csv") {
        let found = match step.take(appeal_in(state)) {
            Ok(appeal) => appeal.course.state().word(),
            Err(error) => {
                assert_eq!(error, InvalidStep(state));
                "invalid_step"
            }
        };
        assert_eq!(found, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_of_an_appeal_with_every_step() {
    let rows = golden::rows::<Row>("appeal.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, AppealState::ALL, AppealSteps::ALL);
    let steps: Vec<_> = golden::rows::<[String; 3]>("appeal.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/appeal.rs"), &steps);
}

#[test]
fn an_appeal_is_overdue_at_24_00_of_its_last_day_unless_it_is_decided() {
    let appeal = appeal_in(AppealState::Open);
    assert_eq!(appeal.decide_by, day("2026-09-04"));
    assert!(!appeal.is_overdue(local("2026-09-04 23:59:59")));
    assert!(appeal.is_overdue(local("2026-09-05 00:00:00")));
    assert!(!appeal_in(AppealState::Upheld).is_overdue(local("2026-09-05 00:00:00")));
}

#[test]
fn only_the_reasons_of_the_dated_setting_are_held_off_by_an_appeal() {
    let from = [("reasons_suspended_by_appeal", "black_smoke", "2026-09-01")];
    let settings = amended(from.into_iter());
    assert!(!appeal_suspends(&settings, ListingReason::BlackSmoke, day("2026-08-31")));
    assert!(appeal_suspends(&settings, ListingReason::BlackSmoke, day("2026-09-01")));
    assert!(!appeal_suspends(&settings, ListingReason::Roadside, day("2026-09-01")));
}

/// A row of `appeal.csv`.
#[derive(Deserialize)]
struct Row {
    state: AppealState,
    step: AppealSteps,
    outcome: String,
}

column! {
    /// A step, with what it is tried with.
    AppealSteps { DecideUpheld, DecideDismissed, Withdraw, SetEffect }
}

impl AppealSteps {
    fn take(self, appeal: Appeal) -> Result<Appeal, InvalidStep<AppealState>> {
        let (reason, at) = ("复核照片".to_owned(), moment(august(22)));
        match self {
            Self::DecideUpheld => appeal.decide(AppealRuling::Upheld, reason, at),
            Self::DecideDismissed => appeal.decide(AppealRuling::Dismissed, reason, at),
            Self::Withdraw => appeal.withdraw(reason, at),
            Self::SetEffect => appeal.set_effect(true),
        }
    }
}

/// Filed on 20 August.
fn appeal_in(state: AppealState) -> Appeal {
    let open = Appeal {
        id: id(71),
        vehicle: car(),
        listing: id(51),
        number: "S1".to_owned(),
        appellant: Appellant::Owner,
        plea: Plea { grounds: "号牌被套用".to_owned(), exhibits: Vec::new() },
        decide_by: decide_by(&Settings::delivered(), august(20)),
        suspends: false,
        course: Course::begin(AppealStep::Open, moment(august(20))),
    };
    match state {
        AppealState::Open => Ok(open),
        AppealState::Upheld => AppealSteps::DecideUpheld.take(open),
        AppealState::Dismissed => AppealSteps::DecideDismissed.take(open),
        AppealState::Withdrawn => AppealSteps::Withdraw.take(open),
    }
    .unwrap()
}
