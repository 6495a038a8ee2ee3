//! The penalty procedure: every state with every step, what a decision may say, and for which plates it is.

use imfleet::domain::{
    course::{Course, Doer, Moment},
    exhibit::Exhibit,
    notice::NoticeChannel,
    penalty::{
        DecisionService, Hearing, HomeAnswer, HomeCopy, Penalty, PenaltyError, PenaltyState, PenaltyStep,
        PoliceDecision, PoliceProcedure, PoliceReceipt, RetestElsewhere, RoadEvidence, Sanction, Telling,
        is_from_out_of_town,
    },
    quantity::Amount,
    settings::Settings,
    time::Day,
    vehicle::plate::Plate,
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    cast::{august, car, id},
    golden::{self, column},
    station::day,
};

#[test]
fn every_state_of_the_procedure_answers_every_step_as_the_table_says() {
    for Row { state, step, outcome } in golden::rows::<Row>("penalty.csv") {
        let found = match step.take(penalty_in(state)) {
            Ok(penalty) => penalty.course.state().word(),
            Err(PenaltyError::Step(error)) => {
                assert_eq!(error.0, state);
                "invalid_step"
            }
            Err(PenaltyError::NoRetest) => "no_retest",
            Err(PenaltyError::SamePerson) => "same_person",
            Err(PenaltyError::RetestDay) => "retest_day",
        };
        assert_eq!(found, outcome, "{state} × {step:?}");
    }
}

#[test]
fn the_table_has_every_state_of_the_procedure_with_every_step() {
    let rows = golden::rows::<Row>("penalty.csv");
    let pairs: Vec<_> = rows.iter().map(|row| (row.state, row.step)).collect();
    golden::assert_every_pair(&pairs, PenaltyState::ALL, PenaltySteps::ALL);
    let steps: Vec<_> = golden::rows::<[String; 3]>("penalty.csv").into_iter().map(|[_, step, _]| step).collect();
    golden::assert_every_step_is_tried(include_str!("../../src/domain/penalty.rs"), &steps);
}

#[test]
fn the_course_of_every_state_is_read_back_as_it_was_written() {
    for state in PenaltyState::ALL {
        let course = penalty_in(*state).course;
        let json = serde_json::to_string(&course).unwrap();
        assert_eq!(serde_json::from_str::<Course<PenaltyStep>>(&json).unwrap(), course, "{state}");
    }
}

#[test]
fn a_decision_is_entered_only_within_the_law() {
    let settings = Settings::delivered();
    for row in golden::rows::<DecisionRow>("decision.csv") {
        let decision = PoliceDecision {
            fine_yuan: row.fine_yuan.map(|fine| Amount::parse(&fine).unwrap()),
            code: row.code,
            sanction: row.sanction,
            decided_on: row.decided_on,
            ..decision()
        };
        let faults: Vec<_> =
            decision.faults(&settings, day("2026-08-22")).into_iter().map(|(_, fault)| fault.word()).collect();
        assert_eq!(faults.join(" "), row.faults.unwrap_or_default(), "{}", row.case);
    }
}

#[rstest]
#[case::of_this_city("陕E12345", false)]
#[case::of_this_city_for_new_energy("陕ED12345", false)]
#[case::of_another_city_of_the_province("陕A12345", true)]
#[case::of_another_province("晋M12345", true)]
#[case::of_a_form_that_names_no_office("使012345", false)]
fn the_procedure_is_for_plates_that_another_office_issued(#[case] plate: &str, #[case] from_elsewhere: bool) {
    assert_eq!(is_from_out_of_town(&Plate::read(plate).unwrap()), from_elsewhere);
}

/// A row of `penalty.csv`.
#[derive(Deserialize)]
struct Row {
    state: PenaltyState,
    step: PenaltySteps,
    outcome: String,
}

/// A row of `decision.csv`.
#[derive(Deserialize)]
struct DecisionRow {
    case: String,
    code: String,
    sanction: Sanction,
    fine_yuan: Option<String>,
    decided_on: Day,
    faults: Option<String>,
}

column! {
    /// A step, with what it is tried with.
    PenaltySteps {
        Review, HandOver, Tell, Hear, Decide, Serve, Copy, Answer, DropIt,
        EndWithoutARetest, EndWithAnUnverifiedRetest, End,
        EnterRetest, EnterRetestOlderThanTheEvidence, EnterRetestOfTomorrow, EnterRetestAfterAVerifiedOne,
        VerifyRetest, VerifyRetestByWhoEnteredIt, VerifyRetestThatWasNotEntered, VerifyRetestTwice,
    }
}

type Outcome = Result<Penalty, PenaltyError>;

impl PenaltySteps {
    fn take(self, penalty: Penalty) -> Outcome {
        let (clerk, other) = (by(1), by(2));
        let enter = |penalty: Penalty, on: &str| penalty.enter_retest(retest(on), clerk);
        let entered = |penalty: Penalty| enter(penalty, "2026-08-22");
        let verified = |penalty: Penalty| entered(penalty)?.verify_retest(other);
        match self {
            Self::Review => penalty.review(clerk),
            Self::HandOver => penalty.hand_over(PoliceReceipt { receipt_number: "J-1".to_owned() }, clerk),
            Self::Tell => penalty.tell(telling(), clerk),
            Self::Hear => penalty.hear(Hearing { statement: "无异议".to_owned() }, clerk),
            Self::Decide => penalty.decide(decision(), clerk),
            Self::Serve => penalty
                .serve(DecisionService { channel: NoticeChannel::InPerson, receipt_number: "H-1".to_owned() }, clerk),
            Self::Copy => penalty
                .copy(HomeCopy { authority: "运城市生态环境局".to_owned(), letter_number: "函-1".to_owned() }, clerk),
            Self::Answer => penalty.answer(HomeAnswer { answer: "已督促维修".to_owned() }, clerk),
            Self::DropIt => penalty.drop_it("证据不足".to_owned(), clerk),
            Self::EndWithoutARetest => penalty.end(clerk),
            Self::EndWithAnUnverifiedRetest => entered(penalty)?.end(clerk),
            Self::End => verified(penalty)?.end(clerk),
            Self::EnterRetest => entered(penalty),
            Self::EnterRetestOlderThanTheEvidence => enter(penalty, "2026-08-19"),
            Self::EnterRetestOfTomorrow => enter(penalty, "2026-08-23"),
            Self::EnterRetestAfterAVerifiedOne => entered(verified(penalty)?),
            Self::VerifyRetest => verified(penalty),
            Self::VerifyRetestByWhoEnteredIt => entered(penalty)?.verify_retest(clerk),
            Self::VerifyRetestThatWasNotEntered => penalty.verify_retest(other),
            Self::VerifyRetestTwice => verified(penalty)?.verify_retest(by(3)),
        }
    }
}

/// The evidence was taken on 20 August.
fn penalty_in(state: PenaltyState) -> Penalty {
    use PenaltySteps::{Answer, Copy, Decide, HandOver, Hear, Review, Serve, Tell};
    let evidence = RoadEvidence { place: "连霍高速渭南东出口".to_owned(), exhibits: exhibits() };
    let taken_at = Moment { at: august(20), ..by(1) };
    let course = Course::begin(PenaltyStep::Taken(evidence), taken_at);
    let taken = Penalty { id: id(91), vehicle: car(), listing: id(51), retest: None, course };
    let line = [Review, HandOver, Tell, Hear, Decide, Serve, Copy, Answer];
    let after = |steps: usize| line[..steps].iter().try_fold(taken.clone(), |at, step| step.take(at));
    match state {
        PenaltyState::Taken => after(0),
        PenaltyState::Reviewed => after(1),
        PenaltyState::HandedOver => after(2),
        PenaltyState::Told => after(3),
        PenaltyState::Heard => after(4),
        PenaltyState::Decided => after(5),
        PenaltyState::Served => after(6),
        PenaltyState::Copied => after(7),
        PenaltyState::Answered => after(8),
        PenaltyState::Ended => after(8).and_then(|penalty| PenaltySteps::End.take(penalty)),
        PenaltyState::Dropped => PenaltySteps::DropIt.take(taken.clone()),
    }
    .unwrap()
}

/// At noon of 22 August.
fn by(person: u128) -> Moment {
    Moment { at: august(22), by: Doer { id: Some(Uuid::from_u128(person)), ..Doer::default() } }
}

fn exhibits() -> Vec<Exhibit> {
    vec![Exhibit { name: "现场照片".to_owned(), reference: "photo/1".to_owned(), sha256: None }]
}

fn telling() -> Telling {
    Telling {
        facts: "烟度超过限值".to_owned(),
        reason: "大气污染防治法第一百一十三条".to_owned(),
        rights: "有权陈述、申辩".to_owned(),
    }
}

fn decision() -> PoliceDecision {
    PoliceDecision {
        number: "610502-1".to_owned(),
        code: "6063".to_owned(),
        procedure: PoliceProcedure::Simple,
        sanction: Sanction::Fine,
        fine_yuan: Some(Amount::whole(200)),
        decided_on: day("2026-08-22"),
    }
}

fn retest(on: &str) -> RetestElsewhere {
    RetestElsewhere {
        station: "运城市某检验站".to_owned(),
        report_number: "140800-1".to_owned(),
        tested_on: day(on),
        exhibits: exhibits(),
    }
}
