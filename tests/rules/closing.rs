//! What a recorded test does to its car's case: opens it, adds a round, closes it, waits, or leaves it alone.

use imfleet::domain::{
    case::{Case, CaseState, Ground},
    closing::{Attempt, Consequence, Effect, KeptEffect, follow},
    event::Event,
    inspection::{Inspection, InspectionKind},
    time::Instant,
    verdict::Verdict,
};
use rstest::rstest;

use crate::{
    cast::{MICROSECOND, august, exemption, failing, id, opened, our_repair, our_shop, test},
    station::day,
};

#[rstest]
#[case::a_fail_opens_a_case(Verdict::Fail, None, None, Effect::CaseOpened)]
#[case::a_pass_without_a_case(Verdict::Pass, None, None, Effect::None)]
#[case::a_fail_in_a_case(Verdict::Fail, Some(failed()), None, Effect::CaseFailedAgain)]
#[case::a_fail_after_a_repair(Verdict::Fail, Some(repaired()), Some(by_repair()), Effect::CaseFailedAgain)]
#[case::a_pass_on_a_repair(Verdict::Pass, Some(repaired()), Some(by_repair()), Effect::CaseClosed)]
#[case::a_pass_on_an_exemption(
    Verdict::Pass,
    Some(failed()),
    Some(Ground::Exemption(exemption())),
    Effect::CaseClosed
)]
#[case::a_pass_that_the_bureau_confirms(
    Verdict::Pass,
    Some(failed()),
    Some(Ground::Confirmation),
    Effect::CaseClosed
)]
#[case::a_pass_on_nothing(Verdict::Pass, Some(repaired()), None, Effect::AwaitsConfirmation)]
#[case::a_pass_on_a_repair_that_was_recalled(
    Verdict::Pass,
    Some(failed()),
    Some(by_repair()),
    Effect::AwaitsConfirmation
)]
#[case::a_test_that_judged_nothing(Verdict::NotJudged, Some(repaired()), Some(by_repair()), Effect::None)]
fn a_test_acts_on_the_case_by_its_verdict_and_its_ground(
    #[case] verdict: Verdict,
    #[case] open: Option<Case>,
    #[case] ground: Option<Ground>,
    #[case] effect: Effect,
) {
    let (before, after) = (open.clone(), followed(open, &test(9, "R-9", august(20), verdict), ground));
    let state = after.case.as_ref().map(Case::state_name);
    assert_eq!(after.effect, effect);
    match effect {
        Effect::None => assert_eq!((state, after.events.len()), (None, 0)),
        Effect::CaseOpened | Effect::CaseFailedAgain => assert_eq!(state, Some(CaseState::Failed)),
        Effect::CaseClosed => assert_eq!(state, Some(CaseState::Closed)),
        Effect::AwaitsConfirmation => assert_eq!((after.case, after.events.len()), (before, 0)),
    }
}

#[rstest]
fn trial_runs_and_comparisons_act_on_nothing(
    #[values(InspectionKind::Trial, InspectionKind::Comparison)] kind: InspectionKind,
    #[values(Verdict::Pass, Verdict::Fail)] verdict: Verdict,
    #[values(None, Some(repaired()))] open: Option<Case>,
) {
    let inspection = Inspection { kind, ..test(9, "R-9", august(20), verdict) };
    let after = followed(open, &inspection, Some(Ground::Confirmation));
    assert_eq!((after.effect, after.case, after.events.len()), (Effect::None, None, 0));
}

#[test]
fn every_other_kind_opens_a_case_of_its_own_cause() {
    for kind in [
        InspectionKind::Periodic,
        InspectionKind::NewRegistration,
        InspectionKind::TransferIn,
        InspectionKind::Supervisory,
    ] {
        let inspection = Inspection { kind, ..test(9, "R-9", august(20), Verdict::Fail) };
        let case = followed(None, &inspection, None).case.unwrap();
        assert_eq!((Some(case.cause), case.failing), (kind.cause(), inspection.as_failing()));
    }
}

#[rstest]
#[case::a_microsecond_before_the_fail(august(1).minus(MICROSECOND), Effect::AwaitsConfirmation)]
#[case::when_the_fail_ended(august(1), Effect::CaseClosed)]
fn a_pass_from_before_the_fail_closes_nothing_even_when_confirmed(#[case] ended_at: Instant, #[case] effect: Effect) {
    let pass = test(9, "R-9", ended_at, Verdict::Pass);
    assert_eq!(followed(Some(failed()), &pass, Some(Ground::Confirmation)).effect, effect);
}

#[test]
fn a_fail_issues_a_notice_with_its_deadline_every_time() {
    let fail = test(9, "R-9", august(20), Verdict::Fail);
    for open in [None, Some(failed())] {
        let after = followed(open, &fail, None);
        let case = after.case.clone().unwrap();
        let notice = Event::RepairNoticeIssued { case: case.id, inspection: id(9), deadline_on: day("2026-09-19") };
        assert_eq!(after.events.last(), Some(&notice));
        assert_eq!(case.deadline_on, day("2026-09-19"));
        let kept = KeptEffect { effect: after.effect, case_id: Some(case.id), deadline_on: Some(day("2026-09-19")) };
        assert_eq!(after.kept(), kept);
    }
}

#[test]
fn a_close_is_told_as_a_pass_and_a_close_and_keeps_no_deadline() {
    let after = followed(Some(repaired()), &test(9, "R-9", august(20), Verdict::Pass), Some(by_repair()));
    let told = [Event::RetestPassed { case: id(2), inspection: id(9) }, Event::CaseClosed { case: id(2) }];
    assert_eq!(after.events, told);
    assert_eq!(after.kept(), KeptEffect { effect: Effect::CaseClosed, case_id: Some(id(2)), deadline_on: None });
}

fn by_repair() -> Ground {
    Ground::Repair(our_repair())
}

fn failed() -> Case {
    opened(failing(1, "R-1", august(1)))
}

fn repaired() -> Case {
    let claimed = failed().start_repair(our_shop(), august(2)).unwrap();
    claimed.complete_repair(our_shop(), our_repair(), august(3)).unwrap()
}

fn followed(open: Option<Case>, inspection: &Inspection, ground: Option<Ground>) -> Consequence {
    let (at, deadline_on, new_case) = (august(20), day("2026-09-19"), id(3));
    follow(open, &Attempt { inspection, ground, at, deadline_on, new_case })
}
