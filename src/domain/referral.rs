//! A referral (多部门联合惩戒): a listing or a ruling laid before the police, the transport bureau or the market
//! regulator, until they answer and take a measure.
//!
//! ```text
//! sent ─receive→ received ─answer→ answered ─take_measure→ measure_taken
//!   └───────────answer─────────────↗
//! ```

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    case::Case,
    course::{Course, InvalidStep, Moment, Stage},
    exhibit::Exhibit,
    id::Id,
    listing::Listing,
    role::Role,
    time::{Day, Instant, is_past},
    vehicle::Vehicle,
    words::words,
};

words! {
    /// Where a referral stands.
    pub enum ReferralState {
        /// On its way.
        Sent = "sent" / "已移送",
        /// Received.
        Received = "received" / "已接收",
        /// Answered.
        Answered = "answered" / "已答复",
        /// A measure was taken.
        MeasureTaken = "measure_taken" / "已采取措施",
    }

    /// To whom something is referred.
    pub enum Addressee {
        /// The traffic police.
        TrafficPolice = "traffic_police" / "公安交管部门",
        /// The transport bureau.
        TransportBureau = "transport_bureau" / "交通运输局",
        /// The market regulator.
        MarketRegulator = "market_regulator" / "市场监管局",
    }
}

/// A referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// Its id.
    pub id: Id<Referral>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// What is referred.
    pub about: Matter,
    /// To whom.
    pub to: Addressee,
    /// Why, and with what evidence.
    pub brief: ReferralBrief,
    /// The last day for an answer.
    pub answer_by: Day,
    /// How it fared.
    pub course: Course<ReferralStep>,
}

/// What is referred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A listing.
    Listing(Id<Listing>),
    /// A ruling upon a case.
    Ruling(Id<Case>),
}

/// Why something is referred, and with what evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralBrief {
    /// The facts, and what is asked for.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub facts: String,
    /// The evidence.
    #[validate(length(min = 1, max = 20), nested)]
    #[schema(min_items = 1, max_items = 20)]
    pub exhibits: Vec<Exhibit>,
}

/// The steps of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", content = "facts", rename_all = "snake_case")]
pub enum ReferralStep {
    /// Sent.
    Sent,
    /// Received.
    Received,
    /// Answered.
    Answered {
        /// What they say.
        answer: String,
    },
    /// A measure was taken.
    MeasureTaken {
        /// Which.
        measure: String,
    },
}

impl Stage for ReferralStep {
    type Name = ReferralState;

    fn name(&self) -> ReferralState {
        match self {
            Self::Sent => ReferralState::Sent,
            Self::Received => ReferralState::Received,
            Self::Answered { .. } => ReferralState::Answered,
            Self::MeasureTaken { .. } => ReferralState::MeasureTaken,
        }
    }
}

impl Addressee {
    /// The addressee that is of this role.
    #[must_use]
    pub const fn of_role(role: Role) -> Option<Self> {
        match role {
            Role::TrafficPolice => Some(Self::TrafficPolice),
            Role::TransportBureau => Some(Self::TransportBureau),
            Role::MarketRegulator => Some(Self::MarketRegulator),
            _ => None,
        }
    }
}

impl Referral {
    /// They have received it.
    ///
    /// # Errors
    /// It was received already.
    pub fn receive(self, moment: Moment) -> Result<Self, InvalidStep<ReferralState>> {
        self.go(&[ReferralState::Sent], ReferralStep::Received, moment)
    }

    /// They answer.
    ///
    /// # Errors
    /// It was answered already.
    pub fn answer(self, answer: String, moment: Moment) -> Result<Self, InvalidStep<ReferralState>> {
        self.go(&[ReferralState::Sent, ReferralState::Received], ReferralStep::Answered { answer }, moment)
    }

    /// They have taken a measure.
    ///
    /// # Errors
    /// It was not answered, or a measure is told already.
    pub fn take_measure(self, measure: String, moment: Moment) -> Result<Self, InvalidStep<ReferralState>> {
        self.go(&[ReferralState::Answered], ReferralStep::MeasureTaken { measure }, moment)
    }

    /// Whether its last day has passed without an answer.
    #[must_use]
    pub fn is_overdue(&self, at: Instant) -> bool {
        matches!(self.course.state(), ReferralState::Sent | ReferralState::Received) && is_past(self.answer_by, at)
    }

    fn go(
        mut self,
        from: &[ReferralState],
        step: ReferralStep,
        moment: Moment,
    ) -> Result<Self, InvalidStep<ReferralState>> {
        self.course = self.course.go(from, step, moment)?;
        Ok(self)
    }
}
