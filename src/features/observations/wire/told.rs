//! What is told of an observation: by whom, when, where, of which vehicle, and the facts of its kind.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    domain::{
        observation::{Facts, Place, ReviewOutcome},
        time::Instant,
    },
    features::vehicles::SightingIn,
};

/// An observation with the facts of its kind.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationIn<F: Validate> {
    /// The device or the team that observed.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "YG-610502-01")]
    pub device: String,
    /// Its number of this observation: the same again gives the first answer.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "20260822-000131")]
    pub device_number: String,
    /// When it was made.
    pub observed_at: Instant,
    /// Where.
    #[validate(nested)]
    pub place: Option<Place>,
    /// The vehicle as it was seen.
    #[validate(nested)]
    pub vehicle: SightingIn,
    /// What was measured or found.
    #[validate(nested)]
    pub facts: F,
}

impl<F: Validate + Into<Facts> + Clone> ObservationIn<F> {
    /// The same with its facts as one of all kinds.
    #[must_use]
    pub fn of_its_kind(&self) -> ObservationIn<Facts> {
        ObservationIn {
            device: self.device.clone(),
            device_number: self.device_number.clone(),
            observed_at: self.observed_at,
            place: self.place.clone(),
            vehicle: self.vehicle.clone(),
            facts: self.facts.clone().into(),
        }
    }
}

/// Observations of any kinds, each as the operation of its kind takes it, with `kind` among its facts.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservationBatchIn {
    /// Up to 200; each is answered by itself.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_items = 1, max_items = 200)]
    pub observations: Vec<serde_json::Value>,
}

/// What a person found who looked at an observation.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "outcome": "confirmed", "reason": "照片清晰，林格曼二级以上" }))]
pub struct ReviewIn {
    /// What.
    pub outcome: ReviewOutcome,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}
