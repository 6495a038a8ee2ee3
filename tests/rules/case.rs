//! The life of a case: the story of one car, every state with every step, and what never happens.

use imfleet::domain::{
    case::{Case, CaseError, CaseState, Cause, Closure, Ground, Ruling, State},
    time::Instant,
    words::Word,
};
use proptest::{collection::vec, prelude::*, sample::select};
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::{
        MICROSECOND, august, car, exemption, failing, id, local, opened, other_repair, other_shop, other_test,
        our_repair, our_shop, retest,
    },
    golden::{self, column},
    station::day,
};

#[test]
fn a_car_fails_is_repaired_fails_again_is_repaired_better_and_passes() -> Result<(), CaseError> {
    let case = opened(failing(1, "R-1", august(1)));
    assert_eq!((case.state_name(), case.round, case.deadline_on), (CaseState::Failed, 1, day("2026-08-31")));

    let case = case.start_repair(our_shop(), august(2))?;
    let case = case.complete_repair(our_shop(), our_repair(), august(3))?;
    assert!(case.stands_on(our_repair()));

    let case = case.fail_again(Cause::PeriodicTest, failing(2, "R-2", august(4)), day("2026-09-03"))?;
    assert_eq!((case.state_name(), case.round, case.deadline_on), (CaseState::Failed, 2, day("2026-09-03")));
    assert!(!case.stands_on(our_repair()));

    let case = case.start_repair(other_shop(), august(5))?;
    let case = case.complete_repair(other_shop(), other_repair(), august(6))?;
    let case = case.pass_retest(retest(), Ground::Repair(other_repair()), august(7))?;
    let case = case.close(august(7))?;

    assert_eq!(case.state, State::Closed { closure: Closure::Pass { inspection: retest() }, at: august(7) });
    assert_eq!((case.round, case.failing.report_number.as_str()), (2, "R-2"));
    Ok(())
}

#[test]
fn every_state_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("case.csv") {
        let before = case_in(state);
        let after = step.take(before.clone());
        assert_eq!(outcome_of(&after), outcome, "{state:?} × {step:?}");
        if let Err(CaseError::InvalidStep(named)) = after {
            assert_eq!(named, before.state_name(), "{state:?} × {step:?}");
        }
    }
}

#[test]
fn the_table_has_every_state_with_every_step() {
    let rows = golden::rows::<Row>("case.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, Place::ALL, Step::ALL);

    let steps: Vec<_> = golden::rows::<[String; 3]>("case.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/case.rs"), &steps);

    let reached = |state| Place::ALL.iter().any(|place| case_in(*place).state_name() == state);
    assert!(CaseState::ALL.iter().all(|state| reached(*state)));
}

#[rstest]
fn a_closed_case_cannot_be_retested(
    #[values(Place::ClosedByPass, Place::ClosedByRuling)] closed: Place,
    #[values(Ground::Repair(our_repair()), Ground::Exemption(exemption()), Ground::Confirmation)] ground: Ground,
) {
    let case = case_in(closed).pass_retest(retest(), ground, august(20));
    assert_eq!(case, Err(CaseError::InvalidStep(CaseState::Closed)));
}

#[rstest]
fn no_retest_without_a_repair_an_exemption_or_a_confirmation(
    #[values(Place::Failed, Place::RepairingByUs, Place::RepairingByOthers)] unrepaired: Place,
) {
    let pass = |ground| case_in(unrepaired).pass_retest(retest(), ground, august(20));
    assert_eq!(pass(Ground::Repair(our_repair())), Err(CaseError::NoGround));
    assert!(pass(Ground::Exemption(exemption())).is_ok());
    assert!(pass(Ground::Confirmation).is_ok());
}

#[rstest]
#[case::it_was_recalled(Step::RecallRepair)]
#[case::the_car_failed_again(Step::FailAgain)]
fn a_complete_repair_allows_no_retest_after(#[case] setback: Step) {
    let case = setback.take(case_in(Place::Repaired)).unwrap();
    assert_eq!(Step::PassRetestByRepair.take(case), Err(CaseError::NoGround));
}

#[test]
fn a_pass_that_ended_before_the_failing_test_is_no_retest() {
    let pass = |at| case_in(Place::Failed).pass_retest(retest(), Ground::Confirmation, at);
    assert_eq!(pass(august(1).minus(MICROSECOND)), Err(CaseError::NoGround));
    assert!(pass(august(1)).is_ok());
}

#[test]
fn a_remeasurement_clears_its_own_cause_and_the_last_one_closes() {
    let case = case_in(Place::Failed).fail_again(Cause::Roadside, failing(3, "R-3", august(2)), day("2026-09-01"));
    let case = case.unwrap().fail_again(Cause::Roadside, failing(4, "R-4", august(3)), day("2026-09-02")).unwrap();
    assert_eq!(case.outstanding, [Cause::PeriodicTest, Cause::Roadside]);

    let case = Step::CompleteRepair.take(case.start_repair(our_shop(), august(4)).unwrap()).unwrap();
    let case = case.remeasure(id(71), Cause::Roadside, august(20), august(20)).unwrap();
    assert_eq!((case.state_name(), case.outstanding.as_slice()), (CaseState::Repaired, &[Cause::PeriodicTest][..]));

    let again = case.remeasure(id(72), Cause::PeriodicTest, august(21), august(21));
    assert_eq!(again, Err(CaseError::NoGround), "a periodic test is repeated at a station");
}

#[test]
fn a_case_that_asks_for_a_retest_is_not_closed_by_a_remeasurement() {
    let case = case_in(Place::RepairedAfterRoadside).ask_for_retest().unwrap();
    let cleared = Step::Remeasure.take(case).unwrap();
    assert_eq!((cleared.state_name(), cleared.outstanding), (CaseState::Repaired, vec![Cause::SupervisoryTest]));
}

#[rstest]
#[case::from_its_completion_on(august(11), true)]
#[case::a_microsecond_before(august(11).minus(MICROSECOND), false)]
fn a_remeasurement_counts_from_the_completed_repair_on(#[case] observed_at: Instant, #[case] counts: bool) {
    let case = case_in(Place::RepairedAfterRoadside);
    assert_eq!(case.remeasure(id(71), Cause::Roadside, observed_at, august(22)).is_ok(), counts);
}

#[test]
fn only_what_was_measured_outside_a_station_can_be_measured_again_there() {
    let again: Vec<_> = Cause::ALL.iter().copied().filter(|cause| cause.is_remeasurable()).collect();
    assert_eq!(again, [Cause::Roadside, Cause::Premises, Cause::RemoteSensing, Cause::BlackSmoke]);
}

#[test]
fn a_failing_test_that_comes_late_is_counted_and_changes_nothing_else() {
    let before = case_in(Place::Repaired);
    let after = before.clone().fail_again(
        Cause::PeriodicTest,
        failing(4, "R-0", august(1).minus(MICROSECOND)),
        day("2026-12-31"),
    );
    assert_eq!(after, Ok(Case { round: 2, ..before }));
}

#[test]
fn a_claim_lapses_when_its_shop_has_been_silent_and_work_keeps_it_alive() {
    let claimed = case_in(Place::RepairingByUs);
    assert_eq!(claimed.clone().lapse_claim(august(2)).unwrap().state, State::Failed);
    assert!(claimed.clone().lapse_claim(august(2).minus(MICROSECOND)).is_err());

    let kept = claimed.keep_claim(our_shop(), august(5)).unwrap();
    assert!(kept.clone().lapse_claim(august(2)).is_err());
    assert_eq!(kept.state, State::Repairing { shop: our_shop(), active_at: august(5) });
}

#[test]
fn a_recalled_repair_gives_the_claim_back_to_its_shop() {
    let recalled = case_in(Place::Repaired).recall_repair(our_repair(), august(9)).unwrap();
    assert_eq!(recalled.state, State::Repairing { shop: our_shop(), active_at: august(9) });
    assert_eq!(recalled.shop(), Some(our_shop()));
}

#[test]
fn a_case_is_overdue_from_24_00_of_its_last_day_until_it_is_closed() {
    let open = case_in(Place::Failed);
    assert!(!open.is_overdue(local("2026-08-31 23:59:59.999999")));
    assert!(open.is_overdue(local("2026-09-01 00:00:00")));

    let closed = open.rule(Ruling::Scrapped, "报废证明".to_owned(), local("2026-09-02 09:00:00")).unwrap();
    assert!(!closed.is_overdue(local("2026-09-03 00:00:00")));
    assert_eq!(closed.closed_at(), Some(local("2026-09-02 09:00:00")));
}

#[test]
fn only_a_test_of_a_vehicle_on_the_road_bars_the_road() {
    let of = |is: fn(Cause) -> bool| Cause::ALL.iter().copied().filter(|cause| is(*cause)).collect::<Vec<_>>();
    let registering = of(|cause| !cause.bars_the_road());
    assert_eq!(registering, [Cause::NewRegistrationTest, Cause::TransferInTest]);
    assert_eq!(of(Cause::lists_when_overdue), [Cause::PeriodicTest, Cause::SupervisoryTest]);
}

#[test]
fn a_state_comes_back_from_its_document_as_it_was() {
    for place in Place::ALL {
        let case = case_in(*place);
        let document = serde_json::to_value(&case.state).unwrap();
        assert_eq!(document["state"], case.state_name().word());
        assert_eq!(serde_json::from_value::<State>(document).unwrap(), case.state);
    }
}

proptest! {
    #[test]
    fn no_sequence_of_steps_closes_a_case_without_a_pass_or_a_ruling(tried in vec(select(Step::ALL), 0..60)) {
        let mut before = None;
        for (step, case) in live(&tried) {
            if case.state_name() == CaseState::Closed {
                let passed = step == Step::Close && before.is_some_and(Step::is_pass);
                prop_assert!(passed || step == Step::Rule, "{:?}, then {:?}", before, step);
            }
            before = Some(step);
        }
    }

    #[test]
    fn no_path_skips_the_retest_or_the_repair_before_it(tried in vec(select(Step::ALL), 0..60)) {
        let mut repaired = false;
        for (step, case) in live(&tried) {
            repaired = step == Step::CompleteRepair || repaired && !step.undoes_repair();
            if let State::Retested { ground, .. } = case.state {
                prop_assert!(step.is_pass(), "{:?}", step);
                prop_assert!(repaired || !matches!(ground, Ground::Repair(_)), "{:?}", step);
            }
        }
    }

    #[test]
    fn the_round_counts_the_failed_tests(tried in vec(select(Step::ALL), 0..60)) {
        let mut failed = 1;
        for (step, case) in live(&tried) {
            failed += i64::from(matches!(step, Step::FailAgain | Step::FailAgainLate));
            prop_assert_eq!(case.round, failed);
        }
    }
}

/// The steps that a failed car's case took of those that were tried, each with the case after it.
fn live(tried: &[Step]) -> Vec<(Step, Case)> {
    let mut case = case_in(Place::Failed);
    let mut taken = Vec::new();
    for step in tried {
        if let Ok(next) = step.take(case.clone()) {
            taken.push((*step, next.clone()));
            case = next;
        }
    }
    taken
}

#[derive(Deserialize)]
struct Row {
    state: Place,
    step: Step,
    outcome: String,
}

column! {
    /// Where a case stands, as far as any step can tell.
    Place {
        Failed, RepairingByUs, RepairingByOthers, Repaired, RepairedAfterRoadside, Retested, ClosedByPass,
        ClosedByRemeasurement, ClosedByRuling,
    }
}

column! {
    /// What is tried on a case. The shop that tries it is ours, and so is the repair.
    Step {
        StartRepair, HandBack, TakeOver, LapseClaimOfSilentShop, LapseClaimOfActiveShop, KeepClaim, CompleteRepair,
        RecallRepair, RecallRepairOfAnotherCase, FailAgain, FailAgainLate, PassRetestByRepair,
        PassRetestByAnotherRepair, PassRetestByExemption, PassRetestByConfirmation, PassRetestOlderThanFailure,
        Close, Rule, Reopen, ReopenByAnotherTest, Remeasure, RemeasureBeforeRepair, AskForRetest,
    }
}

/// The case of a car that failed on 1 August, led to a place by the steps alone.
fn case_in(place: Place) -> Case {
    match place {
        Place::Failed => Ok(opened(failing(1, "R-1", august(1)))),
        Place::RepairingByUs => case_in(Place::Failed).start_repair(our_shop(), august(2)),
        Place::RepairingByOthers => case_in(Place::Failed).start_repair(other_shop(), august(2)),
        Place::Repaired => Step::CompleteRepair.take(case_in(Place::RepairingByUs)),
        Place::RepairedAfterRoadside => repaired_after_roadside(),
        Place::ClosedByRemeasurement => Step::Remeasure.take(case_in(Place::RepairedAfterRoadside)),
        Place::Retested => Step::PassRetestByRepair.take(case_in(Place::Repaired)),
        Place::ClosedByPass => Step::Close.take(case_in(Place::Retested)),
        Place::ClosedByRuling => Step::Rule.take(case_in(Place::Failed)),
    }
    .unwrap()
}

/// The case of a car that a roadside check found on 1 August, repaired by our shop on 11 August.
fn repaired_after_roadside() -> Result<Case, CaseError> {
    let case = Case::open(id(2), car(), Cause::Roadside, failing(1, "R-1", august(1)), day("2026-08-31"), august(1));
    Step::CompleteRepair.take(case.start_repair(our_shop(), august(2))?)
}

impl Step {
    fn take(self, case: Case) -> Result<Case, CaseError> {
        let before_failure = august(1).minus(MICROSECOND);
        let pass = |case: Case, ground, ended_at| case.pass_retest(retest(), ground, ended_at);
        match self {
            Self::StartRepair => case.start_repair(our_shop(), august(10)),
            Self::HandBack => case.hand_back(our_shop()),
            Self::TakeOver => case.take_over(our_shop(), august(10)),
            Self::LapseClaimOfSilentShop => case.lapse_claim(august(25)),
            Self::LapseClaimOfActiveShop => case.lapse_claim(august(1)),
            Self::KeepClaim => case.keep_claim(our_shop(), august(10)),
            Self::CompleteRepair => case.complete_repair(our_shop(), our_repair(), august(11)),
            Self::RecallRepair => case.recall_repair(our_repair(), august(12)),
            Self::RecallRepairOfAnotherCase => case.recall_repair(other_repair(), august(12)),
            Self::FailAgain => case.fail_again(Cause::PeriodicTest, failing(5, "R-5", august(15)), day("2026-09-14")),
            Self::FailAgainLate => {
                case.fail_again(Cause::PeriodicTest, failing(4, "R-0", before_failure), day("2026-08-30"))
            }
            Self::PassRetestByRepair => pass(case, Ground::Repair(our_repair()), august(20)),
            Self::PassRetestByAnotherRepair => pass(case, Ground::Repair(other_repair()), august(20)),
            Self::PassRetestByExemption => pass(case, Ground::Exemption(exemption()), august(20)),
            Self::PassRetestByConfirmation => pass(case, Ground::Confirmation, august(20)),
            Self::PassRetestOlderThanFailure => pass(case, Ground::Confirmation, before_failure),
            Self::Close => case.close(august(20)),
            Self::Rule => case.rule(Ruling::Decision, "特殊情况".to_owned(), august(21)),
            Self::Reopen => case.reopen(retest()),
            Self::ReopenByAnotherTest => case.reopen(other_test()),
            Self::Remeasure => case.remeasure(id(71), Cause::Roadside, august(20), august(20)),
            Self::AskForRetest => case.ask_for_retest(),
            Self::RemeasureBeforeRepair => case.remeasure(id(71), Cause::Roadside, august(10), august(20)),
        }
    }

    fn is_pass(self) -> bool {
        matches!(self, Self::PassRetestByRepair | Self::PassRetestByExemption | Self::PassRetestByConfirmation)
    }

    fn undoes_repair(self) -> bool {
        matches!(self, Self::FailAgain | Self::RecallRepair | Self::Reopen)
    }
}

/// The outcome of a step in the words of the table.
fn outcome_of(result: &Result<Case, CaseError>) -> &'static str {
    match result.as_ref().map(|case| &case.state) {
        Ok(State::Failed) => "failed",
        Ok(State::Repairing { shop, .. }) if *shop == our_shop() => "repairing_by_us",
        Ok(State::Repairing { .. }) => "repairing_by_others",
        Ok(State::Repaired { .. }) => "repaired",
        Ok(State::Retested { .. }) => "retested",
        Ok(State::Closed { closure: Closure::Pass { .. }, .. }) => "closed_by_pass",
        Ok(State::Closed { closure: Closure::Remeasured { .. }, .. }) => "closed_by_remeasurement",
        Ok(State::Closed { closure: Closure::Ruled { .. }, .. }) => "closed_by_ruling",
        Err(CaseError::InvalidStep(_)) => "invalid_step",
        Err(CaseError::ClaimedByAnother) => "claimed_by_another",
        Err(CaseError::NoGround) => "no_ground",
        Err(CaseError::OtherTest) => "other_test",
    }
}
