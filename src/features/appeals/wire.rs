//! JSON of appeals.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    appeal::{Appeal, AppealRuling, AppealState, AppealStep, Appellant, Plea},
    course::Step,
    id::Id,
    listing::Listing,
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// The bureau files an appeal.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealIn {
    /// The listing.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// What is argued.
    #[validate(nested)]
    pub plea: Plea,
}

/// Whether an open appeal holds the listing off.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealEffectIn {
    /// Whether it does.
    pub suspends: bool,
    /// Why.
    #[validate(length(min = 4, max = 500))]
    #[schema(min_length = 4, max_length = 500)]
    pub reason: String,
}

/// The decision upon an appeal.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ruling": "upheld", "reason": "复核照片，号牌识别有误" }))]
pub struct AppealDecisionIn {
    /// Which.
    pub ruling: AppealRuling,
    /// Why, for the owner to read: without names.
    #[validate(length(min = 4, max = 2000))]
    #[schema(min_length = 4, max_length = 2000)]
    pub reason: String,
}

/// Which appeals to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AppealFilter {
    /// In this state; the open ones when absent.
    #[param(inline)]
    pub state: Option<AppealState>,
    /// Only open ones past their last day.
    pub overdue: Option<bool>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// An appeal.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AppealOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The appeal.
    #[schema(value_type = uuid::Uuid)]
    pub appeal_id: Id<Appeal>,
    /// The listing.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// Its number, by which the owner names it.
    pub number: String,
    /// Who appeals.
    pub appellant: Appellant,
    /// What is argued.
    pub plea: Plea,
    /// Where it stands.
    pub state: AppealState,
    /// Whether it holds the listing off while it is open.
    pub suspends: bool,
    /// The last day for the decision.
    #[schema(value_type = chrono::NaiveDate)]
    pub decide_by: Day,
    /// Whether that day has passed without one.
    pub overdue: bool,
    /// Its steps, the first first.
    pub steps: Vec<Step<AppealStep>>,
}

/// A vehicle's appeals, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AppealsOut {
    /// All of them.
    pub items: Vec<AppealOut>,
}

impl AppealOut {
    /// The appeal as it stands at an instant.
    #[must_use]
    pub fn at(appeal: Appeal, at: Instant) -> Self {
        Self {
            vehicle_id: appeal.vehicle,
            appeal_id: appeal.id,
            listing_id: appeal.listing,
            overdue: appeal.is_overdue(at),
            number: appeal.number,
            appellant: appeal.appellant,
            plea: appeal.plea,
            state: appeal.course.state(),
            suspends: appeal.suspends,
            decide_by: appeal.decide_by,
            steps: appeal.course.steps().cloned().collect(),
        }
    }
}
