//! What is answered of controls.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    time::Instant,
    zone::{Exemption, MeasureVersion, Order, Permit, SpecialDay, Zone},
};

/// How a version came to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ControlRecord)]
pub struct Kept {
    /// Why it was recorded; empty when it was delivered.
    pub reason: String,
    /// When.
    pub recorded_at: Instant,
}

/// A version of a zone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ZoneOut {
    /// The zone.
    #[serde(flatten)]
    pub zone: Zone,
    /// How it came to be.
    #[serde(flatten)]
    pub kept: Kept,
}

/// Every version of a zone, the newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ZoneHistoryOut {
    /// The versions.
    pub items: Vec<ZoneOut>,
}

/// An entry of the table of holidays.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpecialDayOut {
    /// The day.
    #[serde(flatten)]
    pub day: SpecialDay,
    /// How it came to be.
    #[serde(flatten)]
    pub kept: Kept,
}

/// A version of a measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeasureOut {
    /// The measure.
    #[serde(flatten)]
    pub measure: MeasureVersion,
    /// How it came to be.
    #[serde(flatten)]
    pub kept: Kept,
}

/// An entry of the register of exempt vehicles.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ZoneExemptionOut {
    /// The exemption.
    #[serde(flatten)]
    pub exemption: Exemption,
    /// How it came to be.
    #[serde(flatten)]
    pub kept: Kept,
}

/// A permit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PermitOut {
    /// The permit.
    #[serde(flatten)]
    pub permit: Permit,
    /// How it came to be.
    #[serde(flatten)]
    pub kept: Kept,
}

/// An emergency order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ZoneOrderOut {
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// How its newest version came to be.
    #[serde(flatten)]
    pub kept: Kept,
}
