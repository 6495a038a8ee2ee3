//! JSON of referrals.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    case::Case,
    course::Step,
    id::Id,
    listing::Listing,
    referral::{Addressee, Matter, Referral, ReferralBrief, ReferralState, ReferralStep},
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// Refers a listing or a ruling; one of both is named.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralIn {
    /// To whom.
    pub addressee: Addressee,
    /// The listing.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub listing_id: Option<Id<Listing>>,
    /// The case that was ruled upon.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// Why, and with what evidence.
    #[validate(nested)]
    pub brief: ReferralBrief,
}

/// What the office answers.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReferralAnswerIn {
    /// The answer.
    #[validate(length(min = 2, max = 2000))]
    #[schema(min_length = 2, max_length = 2000)]
    pub answer: String,
}

/// What the office has done.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureIn {
    /// The measure.
    #[validate(length(min = 2, max = 2000))]
    #[schema(min_length = 2, max_length = 2000)]
    pub measure: String,
}

/// Which referrals to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReferralFilter {
    /// To this office.
    #[param(inline)]
    pub addressee: Option<Addressee>,
    /// In this state; the unanswered ones when absent.
    #[param(inline)]
    pub state: Option<ReferralState>,
    /// Only unanswered ones past their last day.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A referral.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReferralOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The referral.
    #[schema(value_type = uuid::Uuid)]
    pub referral_id: Id<Referral>,
    /// To whom.
    pub addressee: Addressee,
    /// The listing.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub listing_id: Option<Id<Listing>>,
    /// The case that was ruled upon.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub case_id: Option<Id<Case>>,
    /// Why, and with what evidence.
    pub brief: ReferralBrief,
    /// Where it stands.
    pub state: ReferralState,
    /// The last day for an answer.
    #[schema(value_type = chrono::NaiveDate)]
    pub answer_by: Day,
    /// Whether that day has passed without one.
    pub overdue: bool,
    /// Its steps, the first first.
    pub steps: Vec<Step<ReferralStep>>,
}

/// A vehicle's referrals, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReferralsOut {
    /// Those that concern the reader.
    pub items: Vec<ReferralOut>,
}

impl ReferralOut {
    /// The referral as it stands at an instant.
    #[must_use]
    pub fn at(referral: Referral, at: Instant) -> Self {
        let (listing_id, case_id) = match referral.about {
            Matter::Listing(listing) => (Some(listing), None),
            Matter::Ruling(case) => (None, Some(case)),
        };
        Self {
            vehicle_id: referral.vehicle,
            referral_id: referral.id,
            addressee: referral.to,
            listing_id,
            case_id,
            overdue: referral.is_overdue(at),
            brief: referral.brief,
            state: referral.course.state(),
            answer_by: referral.answer_by,
            steps: referral.course.steps().cloned().collect(),
        }
    }
}
