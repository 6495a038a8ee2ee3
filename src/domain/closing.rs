//! What a recorded inspection does to its vehicle's case: opens it, adds a round, closes it, or waits.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    case::{Case, CaseError, Cause, Ground},
    event::Event,
    id::Id,
    inspection::Inspection,
    time::{Day, Instant},
    verdict::Verdict,
    words::words,
};

words! {
    /// What an inspection did to the vehicle's case.
    pub enum Effect {
        /// Nothing: a pass without a case, or a test that does not count.
        None = "none" / "无",
        /// It failed, and a case was opened.
        CaseOpened = "case_opened" / "立案",
        /// It failed in an open case: another round.
        CaseFailedAgain = "case_failed_again" / "复检不合格",
        /// It passed and closed the case.
        CaseClosed = "case_closed" / "闭环",
        /// It passed, but had no acceptance or nothing to stand on: the bureau must confirm it first.
        AwaitsConfirmation = "awaits_confirmation" / "待主管部门确认",
    }
}

/// An inspection as it meets the vehicle's case.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The inspection.
    pub inspection: &'a Inspection,
    /// What allows it as a retest: nothing closes a case without it.
    pub ground: Option<Ground>,
    /// When it is recorded.
    pub at: Instant,
    /// The last day for repair and retest, should it fail.
    pub deadline_on: Day,
    /// The id of the case, should it open one.
    pub new_case: Id<Case>,
}

/// What an inspection did.
#[derive(Debug, Clone)]
pub struct Consequence {
    /// In a word.
    pub effect: Effect,
    /// The case as it stands now, when it changed.
    pub case: Option<Case>,
    /// What happened.
    pub events: Vec<Event>,
}

/// The effect as it is kept with the inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptEffect {
    /// In a word.
    pub effect: Effect,
    /// The case concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// The last day for repair and retest, when the test failed.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
}

/// Lets an inspection act on the vehicle's open case.
#[must_use]
pub fn follow(open: Option<Case>, attempt: &Attempt<'_>) -> Consequence {
    let inspection = attempt.inspection;
    match (inspection.kind.cause(), inspection.verdict, open) {
        (Some(cause), Verdict::Fail, None) => {
            let Attempt { new_case, deadline_on, at, .. } = *attempt;
            let failing = inspection.as_failing();
            let opened = Case::open(new_case, inspection.vehicle, cause, failing, deadline_on, at);
            let event = Event::CaseOpened { case: new_case, cause, inspection: inspection.id, deadline_on };
            Consequence::of(Effect::CaseOpened, vec![event, notice(&opened, attempt)], opened)
        }
        (Some(why), Verdict::Fail, Some(case)) => fail_again(case, why, attempt),
        (Some(_), Verdict::Pass, Some(case)) => pass(case, attempt),
        _ => Consequence { effect: Effect::None, case: None, events: Vec::new() },
    }
}

fn fail_again(case: Case, why: Cause, attempt: &Attempt<'_>) -> Consequence {
    let untouched = case.clone();
    match case.fail_again(why, attempt.inspection.as_failing(), attempt.deadline_on) {
        Ok(case) => {
            let failed = Event::RetestFailed {
                case: case.id,
                inspection: attempt.inspection.id,
                round: case.round,
                deadline_on: case.deadline_on,
            };
            Consequence::of(Effect::CaseFailedAgain, vec![failed, notice(&case, attempt)], case)
        }
        Err(_) => Consequence::waiting(untouched),
    }
}

fn pass(case: Case, attempt: &Attempt<'_>) -> Consequence {
    let untouched = case.clone();
    let closed = attempt.ground.ok_or(CaseError::NoGround).and_then(|ground| {
        case.pass_retest(attempt.inspection.id, ground, attempt.inspection.ended_at)?.close(attempt.at)
    });
    match closed {
        Ok(case) => {
            let passed = Event::RetestPassed { case: case.id, inspection: attempt.inspection.id };
            Consequence::of(Effect::CaseClosed, vec![passed, Event::CaseClosed { case: case.id }], case)
        }
        Err(_) => Consequence::waiting(untouched),
    }
}

fn notice(case: &Case, attempt: &Attempt<'_>) -> Event {
    Event::RepairNoticeIssued { case: case.id, inspection: attempt.inspection.id, deadline_on: case.deadline_on }
}

impl Consequence {
    fn of(effect: Effect, events: Vec<Event>, case: Case) -> Self {
        Self { effect, case: Some(case), events }
    }

    fn waiting(case: Case) -> Self {
        Self { effect: Effect::AwaitsConfirmation, case: Some(case), events: Vec::new() }
    }

    /// The effect as it is kept with the inspection.
    #[must_use]
    pub fn kept(&self) -> KeptEffect {
        let failed = matches!(self.effect, Effect::CaseOpened | Effect::CaseFailedAgain);
        KeptEffect {
            effect: self.effect,
            case_id: self.case.as_ref().map(|case| case.id),
            deadline_on: self.case.as_ref().filter(|_| failed).map(|case| case.deadline_on),
        }
    }
}
