//! JSON of tips.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    id::Id,
    observation::{Observation, Photo, Place},
    time::Instant,
    tip::{Tip, TipProgress, TipState},
    vehicle::{
        Vehicle,
        plate::{PlateColour, PlateKind},
    },
};

/// What a citizen tells of a smoking vehicle.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "plate": "陕E·12345", "plate_colour": "yellow", "place": { "name": "渭清路口" },
    "seen_at": "2026-08-22T09:30:00+08:00", "description": "起步时冒黑烟",
    "photo": { "reference": "tips/2026/08/22/0001.jpg", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
}))]
pub struct TipIn {
    /// The plate as read.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// Its colour.
    pub plate_colour: Option<PlateColour>,
    /// Where.
    #[validate(nested)]
    pub place: Place,
    /// When.
    pub seen_at: Instant,
    /// In the citizen's words.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub description: String,
    /// The picture.
    #[validate(nested)]
    pub photo: Photo,
    /// Who reports, for the reward; may be left out.
    #[validate(nested)]
    pub reporter: Option<ReporterIn>,
}

/// Who reports.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReporterIn {
    /// The name.
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50)]
    pub name: String,
    /// The telephone.
    #[validate(length(min = 5, max = 20))]
    #[schema(min_length = 5, max_length = 20)]
    pub phone: String,
}

/// The receipt that a citizen keeps.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TipReceiptOut {
    /// The number with which to ask what became of the tip; shown once.
    pub receipt: String,
    /// When it was received.
    pub received_at: Instant,
}

/// Asks what became of a tip.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "receipt": "SP0123456789ABCDEF" }))]
pub struct TipStatusIn {
    /// The receipt's number.
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40)]
    pub receipt: String,
}

/// What became of a tip; nothing about the vehicle or who reported it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TipStatusOut {
    /// Where it stands.
    pub state: TipState,
    /// When it was received.
    pub received_at: Instant,
    /// Why it was accepted or dismissed.
    pub reason: Option<String>,
}

/// A tip as the bureau sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TipOut {
    /// The tip.
    #[schema(value_type = uuid::Uuid)]
    pub tip_id: Id<Tip>,
    /// Where it stands.
    pub state: TipState,
    /// The plate.
    pub plate: String,
    /// Its colour.
    pub plate_colour: Option<PlateColour>,
    /// Where.
    pub place: Place,
    /// When.
    pub seen_at: Instant,
    /// In the citizen's words.
    pub description: String,
    /// The picture.
    pub photo: Photo,
    /// When it was received.
    pub received_at: Instant,
    /// Why it was accepted or dismissed.
    pub reason: Option<String>,
    /// The vehicle, when it was accepted.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub vehicle_id: Option<Id<Vehicle>>,
    /// The observation that it became.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub observation_id: Option<Id<Observation>>,
}

/// What a person of the bureau decides about a tip.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "accepted": true, "ringelmann_grade": 2, "reason": "照片清晰，转黑烟复核" }))]
pub struct TipReviewIn {
    /// Whether it becomes an observation.
    pub accepted: bool,
    /// Ringelmann grade that the picture shows; needed to accept.
    #[validate(range(min = 0, max = 5))]
    #[schema(minimum = 0, maximum = 5)]
    pub ringelmann_grade: Option<i64>,
    /// The plate's kind, where it is known.
    pub plate_kind: Option<PlateKind>,
    /// Why, in words for the citizen.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// Who reported a tip.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReporterOut {
    /// The name.
    pub name: String,
    /// The telephone.
    pub phone: String,
}

impl From<&Tip> for TipStatusOut {
    fn from(tip: &Tip) -> Self {
        Self { state: tip.state_name(), received_at: tip.received_at, reason: tip.reason().map(str::to_owned) }
    }
}

impl From<Tip> for TipOut {
    fn from(tip: Tip) -> Self {
        let (vehicle_id, observation_id) = match tip.progress {
            TipProgress::Accepted { vehicle, observation, .. } => (Some(vehicle), Some(observation)),
            _ => (None, None),
        };
        Self {
            tip_id: tip.id,
            state: tip.state_name(),
            reason: tip.reason().map(str::to_owned),
            plate: tip.sighting.plate.as_str().to_owned(),
            plate_colour: tip.sighting.plate_colour,
            place: tip.sighting.place,
            seen_at: tip.sighting.seen_at,
            description: tip.sighting.description,
            photo: tip.sighting.photo,
            received_at: tip.received_at,
            vehicle_id,
            observation_id,
        }
    }
}
