//! The penalty procedure for out-of-town vehicles over the limit (外地排放超标车辆处罚制度流程), tied to a listing.
//! The police decide; this service records.
//!
//! ```text
//! taken ─review→ reviewed ─hand_over→ handed_over ─tell→ told ─hear→ heard ─decide→ decided ─serve→ served
//!     served ─copy→ copied ─answer→ answered        end, from these three, when a retest is verified → ended
//!     drop, before the decision → dropped
//! ```
//! A retest elsewhere is entered with its report at any time, and verified by another person.

mod facts;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::facts::{
    DecisionFault, DecisionService, Hearing, HomeAnswer, HomeCopy, PenaltyState, PoliceDecision, PoliceProcedure,
    PoliceReceipt, RetestElsewhere, RoadEvidence, Sanction, Telling,
};
use super::{
    course::{Course, InvalidStep, Moment, Stage},
    id::Id,
    listing::Listing,
    vehicle::{Vehicle, area::ISSUER, plate::Plate},
};

/// A penalty procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    /// Its id.
    pub id: Id<Penalty>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The listing to which it is tied.
    pub listing: Id<Listing>,
    /// A passing retest elsewhere, once it is entered.
    pub retest: Option<RetestEntry>,
    /// How it fared.
    pub course: Course<PenaltyStep>,
}

/// A retest that was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetestEntry {
    /// Its report.
    pub report: RetestElsewhere,
    /// When and by whom it was entered.
    pub entered: Moment,
    /// When and by whom it was verified.
    pub verified: Option<Moment>,
}

/// The steps of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", content = "facts", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the facts say it")]
pub enum PenaltyStep {
    Taken(RoadEvidence),
    Reviewed,
    HandedOver(PoliceReceipt),
    Told(Telling),
    Heard(Hearing),
    Decided(PoliceDecision),
    Served(DecisionService),
    Copied(HomeCopy),
    Answered(HomeAnswer),
    Ended,
    Dropped { reason: String },
}

/// A step that the procedure does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PenaltyError {
    /// Not in this state.
    #[error(transparent)]
    Step(#[from] InvalidStep<PenaltyState>),
    /// No retest waits to be verified, or none is verified.
    #[error("a passing retest must be entered, and verified")]
    NoRetest,
    /// Who entered the retest cannot verify it.
    #[error("a retest is verified by another person than the one who entered it")]
    SamePerson,
    /// The retest is older than the evidence, or lies in the future.
    #[error("a retest is made after the evidence was taken and not in the future")]
    RetestDay,
}

impl Stage for PenaltyStep {
    type Name = PenaltyState;

    fn name(&self) -> PenaltyState {
        match self {
            Self::Taken(_) => PenaltyState::Taken,
            Self::Reviewed => PenaltyState::Reviewed,
            Self::HandedOver(_) => PenaltyState::HandedOver,
            Self::Told(_) => PenaltyState::Told,
            Self::Heard(_) => PenaltyState::Heard,
            Self::Decided(_) => PenaltyState::Decided,
            Self::Served(_) => PenaltyState::Served,
            Self::Copied(_) => PenaltyState::Copied,
            Self::Answered(_) => PenaltyState::Answered,
            Self::Ended => PenaltyState::Ended,
            Self::Dropped { .. } => PenaltyState::Dropped,
        }
    }
}

/// Whether another office than the city's issued a plate.
#[must_use]
pub fn is_from_out_of_town(plate: &Plate) -> bool {
    plate.issuer().is_some() && !plate.is_local(ISSUER)
}

type Outcome = Result<Penalty, PenaltyError>;

impl Penalty {
    /// The bureau has reviewed the evidence.
    ///
    /// # Errors
    /// It was reviewed already.
    pub fn review(self, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Taken], PenaltyStep::Reviewed, moment)
    }

    /// The police have taken the evidence over.
    ///
    /// # Errors
    /// The evidence is not reviewed, or was handed over already.
    pub fn hand_over(self, facts: PoliceReceipt, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Reviewed], PenaltyStep::HandedOver(facts), moment)
    }

    /// The driver was told facts, reason and rights (行政处罚法 art. 44).
    ///
    /// # Errors
    /// The police do not have the evidence, or the driver was told already.
    pub fn tell(self, facts: Telling, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::HandedOver], PenaltyStep::Told(facts), moment)
    }

    /// The driver was heard (行政处罚法 art. 45).
    ///
    /// # Errors
    /// The driver was not told, or was heard already.
    pub fn hear(self, facts: Hearing, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Told], PenaltyStep::Heard(facts), moment)
    }

    /// The police have decided.
    ///
    /// # Errors
    /// The driver was not heard, or the decision is there already.
    pub fn decide(self, facts: PoliceDecision, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Heard], PenaltyStep::Decided(facts), moment)
    }

    /// The decision was served.
    ///
    /// # Errors
    /// Nothing is decided, or it was served already.
    pub fn serve(self, facts: DecisionService, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Decided], PenaltyStep::Served(facts), moment)
    }

    /// The authority at home has its copy.
    ///
    /// # Errors
    /// The decision was not served, or the copy was sent already.
    pub fn copy(self, facts: HomeCopy, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Served], PenaltyStep::Copied(facts), moment)
    }

    /// The authority at home has answered.
    ///
    /// # Errors
    /// It has no copy, or has answered already.
    pub fn answer(self, facts: HomeAnswer, moment: Moment) -> Outcome {
        self.go(&[PenaltyState::Copied], PenaltyStep::Answered(facts), moment)
    }

    /// The procedure ends without a decision.
    ///
    /// # Errors
    /// The police have decided, or it was dropped already.
    pub fn drop_it(self, reason: String, moment: Moment) -> Outcome {
        let before = [
            PenaltyState::Taken,
            PenaltyState::Reviewed,
            PenaltyState::HandedOver,
            PenaltyState::Told,
            PenaltyState::Heard,
        ];
        self.go(&before, PenaltyStep::Dropped { reason }, moment)
    }

    /// The procedure ends, the decision served and the vehicle in order again.
    ///
    /// # Errors
    /// The decision is not served, or no passing retest is verified.
    pub fn end(self, moment: Moment) -> Outcome {
        let verified = self.retest.as_ref().is_some_and(|retest| retest.verified.is_some());
        let from = [PenaltyState::Served, PenaltyState::Copied, PenaltyState::Answered];
        let ended = self.go(&from, PenaltyStep::Ended, moment)?;
        if verified { Ok(ended) } else { Err(PenaltyError::NoRetest) }
    }

    /// A passing retest anywhere in the country is entered with its report; one that waits is replaced.
    ///
    /// # Errors
    /// The procedure is over, a retest is verified already, or its day cannot be.
    pub fn enter_retest(mut self, report: RetestElsewhere, moment: Moment) -> Outcome {
        let taken_on = self.course.begun().at.local_day();
        if self.is_over() || self.retest.as_ref().is_some_and(|retest| retest.verified.is_some()) {
            return Err(InvalidStep(self.course.state()).into());
        }
        if report.tested_on < taken_on || report.tested_on > moment.at.local_day() {
            return Err(PenaltyError::RetestDay);
        }
        self.retest = Some(RetestEntry { report, entered: moment, verified: None });
        Ok(self)
    }

    /// Another person has verified the retest with the station that made it.
    ///
    /// # Errors
    /// The procedure is over, no retest waits, or the person is the one who entered it.
    pub fn verify_retest(mut self, moment: Moment) -> Outcome {
        if self.is_over() {
            return Err(InvalidStep(self.course.state()).into());
        }
        let retest = self.retest.as_mut().filter(|retest| retest.verified.is_none()).ok_or(PenaltyError::NoRetest)?;
        if retest.entered.by.id == moment.by.id {
            return Err(PenaltyError::SamePerson);
        }
        retest.verified = Some(moment);
        Ok(self)
    }

    fn is_over(&self) -> bool {
        matches!(self.course.state(), PenaltyState::Ended | PenaltyState::Dropped)
    }

    fn go(mut self, from: &[PenaltyState], step: PenaltyStep, moment: Moment) -> Outcome {
        self.course = self.course.go(from, step, moment)?;
        Ok(self)
    }
}
