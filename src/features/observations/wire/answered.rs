//! What is answered of an observation.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    id::Id,
    listing::Listing,
    observation::{
        Facts, JudgedPollutant, Observation, ObservationKind, ObservationResult, Place, Review, WhyNotJudged,
    },
    observing::KeptObservationEffect,
    time::Instant,
    vehicle::Vehicle,
};

/// An observation, judged, with what it did.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ObservationOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The observation.
    #[schema(value_type = uuid::Uuid)]
    pub observation_id: Id<Observation>,
    /// Its number, which a repair must name.
    pub number: String,
    /// The device or team.
    pub device: String,
    /// The device's number.
    pub device_number: String,
    /// What kind it is.
    pub kind: ObservationKind,
    /// When it was made.
    pub observed_at: Instant,
    /// Where.
    pub place: Option<Place>,
    /// What it came to.
    pub result: ObservationResult,
    /// Why it is not judged or not valid.
    pub why: Option<WhyNotJudged>,
    /// Every measured value that has a limit.
    pub pollutants: Vec<JudgedPollutant>,
    /// Whether a person must look at it, and what that person found.
    pub review: Review,
    /// What it did.
    pub effect: KeptObservationEffect,
    /// The listings that it made or strengthened.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub listing_ids: Vec<Id<Listing>>,
    /// What was told.
    pub facts: Facts,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// The results of a batch, one for each observation, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObservationBatchOut {
    /// The results.
    pub results: Vec<ObservationResultOut>,
}

/// The result of one observation of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObservationResultOut {
    /// 201 recorded, 200 recorded before, else the problem's status.
    pub status: u16,
    /// The observation, when it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation: Option<ObservationOut>,
    /// The problem, when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub problem: Option<serde_json::Value>,
}
