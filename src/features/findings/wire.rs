//! JSON of findings.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{finding::FindingKind, id::Id, inspection::Inspection, time::Instant, vehicle::Vehicle};

/// A finding.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingOut {
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The test concerned.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
    /// What was seen.
    pub finding: FindingKind,
    /// The facts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
    /// When it was noted.
    pub found_at: Instant,
}

/// A vehicle's findings, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingsOut {
    /// All of them.
    pub items: Vec<FindingOut>,
}
