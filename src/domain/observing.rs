//! What an observation does to its vehicle's case: opens it, joins it, clears a cause, closes it, or nothing.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    case::Case,
    event::Event,
    id::Id,
    observation::{Observation, ReviewState},
    time::{Day, Instant},
    words::words,
};

words! {
    /// What an observation did.
    pub enum ObservationEffect {
        /// Nothing: within the limits, not judged, or not valid.
        None = "none" / "无",
        /// One exceedance by remote sensing: suspicion only.
        Suspicion = "suspicion" / "疑似超标",
        /// A person must look at it first.
        AwaitsReview = "awaits_review" / "待人工复核",
        /// A person dismissed it.
        Dismissed = "dismissed" / "复核排除",
        /// It opened a case.
        CaseOpened = "case_opened" / "立案",
        /// It joined the open case.
        CaseJoined = "case_joined" / "并入案件",
        /// It passed and cleared its cause; others are left.
        CauseCleared = "cause_cleared" / "同类复测合格",
        /// It passed and closed the case.
        CaseClosed = "case_closed" / "闭环",
    }
}

/// An observation as it meets the vehicle's case.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// The observation.
    pub observation: &'a Observation,
    /// Whether it establishes an exceedance.
    pub established: bool,
    /// When it acts.
    pub at: Instant,
    /// The last day for repair and retest.
    pub deadline_on: Day,
    /// The id of the case, should it open one.
    pub new_case: Id<Case>,
}

/// What an observation did.
#[derive(Debug, Clone)]
pub struct SightConsequence {
    /// In a word.
    pub effect: ObservationEffect,
    /// The case as it stands now, when it changed.
    pub case: Option<Case>,
    /// What happened.
    pub event: Option<Event>,
}

/// The effect as it is kept with the observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptObservationEffect {
    /// In a word.
    pub effect: ObservationEffect,
    /// The case concerned.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// The last day for repair and retest, when it exceeded.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
}

/// Lets an observation act on the vehicle's open case.
#[must_use]
pub fn observe(open: Option<Case>, sight: &Sight<'_>) -> SightConsequence {
    match (sight.established, open) {
        (true, None) => opened(sight),
        (true, Some(case)) => joined(case, sight),
        (false, Some(case)) if sight.observation.passes() => remeasured(case, sight),
        _ => SightConsequence { effect: idle(sight.observation), case: None, event: None },
    }
}

fn opened(sight: &Sight<'_>) -> SightConsequence {
    let Sight { observation, new_case, deadline_on, at, .. } = *sight;
    let cause = observation.kind.cause();
    let opened = Case::open(new_case, observation.vehicle, cause, observation.as_failing(), deadline_on, at);
    let event = Event::CaseOpenedByObservation { case: new_case, cause, observation: observation.id, deadline_on };
    SightConsequence { effect: ObservationEffect::CaseOpened, case: Some(opened), event: Some(event) }
}

fn joined(case: Case, sight: &Sight<'_>) -> SightConsequence {
    let observation = sight.observation;
    match case.fail_again(observation.kind.cause(), observation.as_failing(), sight.deadline_on) {
        Ok(case) => {
            let event = Event::ObservationJoinedCase {
                case: case.id,
                observation: observation.id,
                round: case.round,
                deadline_on: case.deadline_on,
            };
            SightConsequence { effect: ObservationEffect::CaseJoined, case: Some(case), event: Some(event) }
        }
        Err(_) => SightConsequence { effect: idle(observation), case: None, event: None },
    }
}

fn remeasured(open: Case, sight: &Sight<'_>) -> SightConsequence {
    let (observation, cause) = (sight.observation, sight.observation.kind.cause());
    match open.remeasure(observation.id, cause, observation.observed_at, sight.at) {
        Ok(after) => {
            let closed = after.closed_at().is_some();
            let effect = if closed { ObservationEffect::CaseClosed } else { ObservationEffect::CauseCleared };
            let event = Event::RemeasurementPassed { case: after.id, observation: observation.id, cause };
            SightConsequence { effect, case: Some(after), event: Some(event) }
        }
        Err(_) => SightConsequence { effect: idle(observation), case: None, event: None },
    }
}

/// What an observation comes to that acts on no case.
fn idle(observation: &Observation) -> ObservationEffect {
    match observation.review.state {
        ReviewState::Waiting => ObservationEffect::AwaitsReview,
        ReviewState::Dismissed => ObservationEffect::Dismissed,
        _ if observation.exceeds() => ObservationEffect::Suspicion,
        _ => ObservationEffect::None,
    }
}

impl SightConsequence {
    /// The effect as it is kept with the observation.
    #[must_use]
    pub fn kept(&self) -> KeptObservationEffect {
        let exceeded = matches!(self.effect, ObservationEffect::CaseOpened | ObservationEffect::CaseJoined);
        KeptObservationEffect {
            effect: self.effect,
            case_id: self.case.as_ref().map(|case| case.id),
            deadline_on: self.case.as_ref().filter(|_| exceeded).map(|case| case.deadline_on),
        }
    }
}
