//! JSON of draws.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    draw::{Draw, Risk, Spread},
    id::Id,
    inspection::Inspection,
    party::Organisation,
    time::{Day, Instant},
    vehicle::Vehicle,
};

/// Draws tests that passed, to be made again.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "from": "2026-08-01", "to": "2026-08-21", "size": 30 }))]
pub struct DrawIn {
    /// The first day of the tests.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day of the tests.
    #[schema(value_type = chrono::NaiveDate)]
    pub to: Day,
    /// How many to draw.
    #[validate(range(min = 1, max = 1_000))]
    #[schema(minimum = 1, maximum = 1_000)]
    pub size: u32,
}

/// A draw.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DrawOut {
    /// The draw.
    #[schema(value_type = uuid::Uuid)]
    pub draw_id: Id<Draw>,
    /// The seed, sixteen hexadecimal digits.
    pub seed: String,
    /// The first day of the tests.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day of the tests.
    #[schema(value_type = chrono::NaiveDate)]
    pub to: Day,
    /// How many were to be drawn.
    pub size: usize,
    /// How many tests were in the frame.
    pub frame: usize,
    /// By what it was spread.
    pub spread: Spread,
    /// When it was drawn; tests recorded later were not in the frame.
    pub drawn_at: Instant,
    /// The drawn tests, the high risk first; left out of lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub items: Vec<DrawnOut>,
    /// Whether the same tests were drawn again just now, from the seed and the frame as it was known then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<bool>,
}

/// A drawn test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DrawnOut {
    /// The risk of its station.
    pub risk: Risk,
    /// The vehicle.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The test.
    #[schema(value_type = uuid::Uuid)]
    pub inspection_id: Id<Inspection>,
    /// The station.
    #[schema(value_type = uuid::Uuid)]
    pub station_id: Id<Organisation>,
}

impl DrawOut {
    /// The draw with what was drawn.
    #[must_use]
    pub fn new(draw: Draw, items: Vec<DrawnOut>, repeats: Option<bool>) -> Self {
        Self {
            draw_id: draw.id,
            seed: draw.seed.to_string(),
            from: draw.from,
            to: draw.to,
            size: draw.size,
            frame: draw.frame,
            spread: draw.spread,
            drawn_at: draw.at,
            items,
            repeats,
        }
    }
}
