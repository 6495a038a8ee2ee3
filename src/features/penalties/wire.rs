//! JSON of penalty procedures; the facts of the steps are those of `domain::penalty`.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    course::Step,
    id::Id,
    listing::Listing,
    penalty::{Penalty, PenaltyState, PenaltyStep, RetestEntry, RoadEvidence},
    vehicle::Vehicle,
};

/// Opens the procedure.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PenaltyIn {
    /// The listing to which it is tied.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// The evidence that was taken.
    #[validate(nested)]
    pub evidence: RoadEvidence,
}

/// Which procedures to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PenaltyFilter {
    /// In this state; every one that is not over when absent.
    #[param(inline)]
    pub state: Option<PenaltyState>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// A penalty procedure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PenaltyOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The procedure.
    #[schema(value_type = uuid::Uuid)]
    pub penalty_id: Id<Penalty>,
    /// The listing to which it is tied.
    #[schema(value_type = uuid::Uuid)]
    pub listing_id: Id<Listing>,
    /// Where it stands.
    pub state: PenaltyState,
    /// A passing retest elsewhere.
    pub retest: Option<RetestEntry>,
    /// Its steps with their facts, the first first.
    pub steps: Vec<Step<PenaltyStep>>,
}

/// A vehicle's procedures, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PenaltiesOut {
    /// All of them.
    pub items: Vec<PenaltyOut>,
}

impl From<Penalty> for PenaltyOut {
    fn from(penalty: Penalty) -> Self {
        Self {
            vehicle_id: penalty.vehicle,
            penalty_id: penalty.id,
            listing_id: penalty.listing,
            state: penalty.course.state(),
            retest: penalty.retest,
            steps: penalty.course.steps().cloned().collect(),
        }
    }
}
