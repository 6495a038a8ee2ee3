//! Referrals: every state with every step, the clock for the answer, and to whom which role belongs.

use imfleet::domain::{
    course::{Course, InvalidStep},
    exhibit::Exhibit,
    referral::{Addressee, Matter, Referral, ReferralBrief, ReferralState, ReferralStep},
    role::Role,
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{august, car, id, local},
    golden::{self, column},
    notice::moment,
    station::day,
};

#[test]
fn every_state_of_a_referral_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("referral.csv") {
        let found = match step.take(referral_in(state)) {
            Ok(referral) => referral.course.state().word(),
            Err(error) => {
                assert_eq!(error, InvalidStep(state));
                "invalid_step"
            }
        };
        assert_eq!(found, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_of_a_referral_with_every_step() {
    let rows = golden::rows::<Row>("referral.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, ReferralState::ALL, ReferralSteps::ALL);
    let steps: Vec<_> = golden::rows::<[String; 3]>("referral.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/referral.rs"), &steps);
}

#[test]
fn a_referral_is_overdue_at_24_00_of_its_last_day_unless_it_is_answered() {
    for (state, overdue) in [
        (ReferralState::Sent, true),
        (ReferralState::Received, true),
        (ReferralState::Answered, false),
        (ReferralState::MeasureTaken, false),
    ] {
        let referral = referral_in(state);
        assert!(!referral.is_overdue(local("2026-09-04 23:59:59")), "{state}");
        assert_eq!(referral.is_overdue(local("2026-09-05 00:00:00")), overdue, "{state}");
    }
}

#[test]
fn every_addressee_is_the_office_of_one_role() {
    let found: Vec<_> = Role::ALL.iter().filter_map(|role| Addressee::of_role(*role)).collect();
    assert_eq!(found, Addressee::ALL);
    for role in Role::ALL {
        assert!(Addressee::of_role(*role).is_none_or(|to| to.word() == role.word()), "{role}");
    }
}

/// A row of `referral.csv`.
#[derive(Deserialize)]
struct Row {
    state: ReferralState,
    step: ReferralSteps,
    outcome: String,
}

column! {
    /// A step.
    ReferralSteps { Receive, Answer, TakeMeasure }
}

impl ReferralSteps {
    fn take(self, referral: Referral) -> Result<Referral, InvalidStep<ReferralState>> {
        let at = moment(august(22));
        match self {
            Self::Receive => referral.receive(at),
            Self::Answer => referral.answer("已列入重点检查名单".to_owned(), at),
            Self::TakeMeasure => referral.take_measure("暂停营运资质".to_owned(), at),
        }
    }
}

/// Sent on 20 August.
fn referral_in(state: ReferralState) -> Referral {
    let exhibit = Exhibit { name: "检验报告".to_owned(), reference: "R-1".to_owned(), sha256: None };
    let sent = Referral {
        id: id(81),
        vehicle: car(),
        about: Matter::Listing(id(51)),
        to: Addressee::TransportBureau,
        brief: ReferralBrief { facts: "逾期未维修复检".to_owned(), exhibits: vec![exhibit] },
        answer_by: day("2026-09-04"),
        course: Course::begin(ReferralStep::Sent, moment(august(20))),
    };
    let through = |steps: &[ReferralSteps]| steps.iter().try_fold(sent.clone(), |at, step| step.take(at)).unwrap();
    match state {
        ReferralState::Sent => sent,
        ReferralState::Received => through(&[ReferralSteps::Receive]),
        ReferralState::Answered => through(&[ReferralSteps::Answer]),
        ReferralState::MeasureTaken => through(&[ReferralSteps::Answer, ReferralSteps::TakeMeasure]),
    }
}
