//! JSON of passes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::domain::{
    id::Id,
    party::Organisation,
    quantity::Amount,
    time::{Day, Instant},
    vehicle::{
        energy::EnergyKind,
        plate::{PlateColour, PlateKind},
        stage::Stage,
        use_nature::UseNature,
    },
    zone::{Admission, Direction, Order, Outcome, Zone},
};

/// A batch of passes.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PassesIn {
    /// Up to 500, each a `GatePassIn`; each is answered by itself.
    #[validate(length(min = 1, max = 500))]
    #[schema(value_type = Vec<PassIn>, min_items = 1, max_items = 500)]
    pub passes: Vec<serde_json::Value>,
}

/// A pass of the transport ledger (HJ 1321-2023), allowed or refused.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GatePassIn, example = json!({
    "entrance": "1", "barrier": "1-2", "pass_number": "20260822-000017", "direction": "in",
    "passed_at": "2026-08-22T09:31:05+08:00", "admission": "allowed", "plate": "陕E00001",
    "plate_kind": "large_car", "stage": "china_5", "fuel": "B",
    "cargo": { "name": "石灰石", "mass_t": 31.2, "origin": "蒲城", "destination": "厂区" }
}))]
pub struct PassIn {
    /// The number of the entrance.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub entrance: String,
    /// The number of the barrier.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub barrier: Option<String>,
    /// The gate's own number of the pass, once for each entrance: by it a repetition is known.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub pass_number: String,
    /// Which way.
    pub direction: Direction,
    /// When.
    pub passed_at: Instant,
    /// What the gate did.
    pub admission: Admission,
    /// Why it stayed closed, in the gate's words.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub refusal_reason: Option<String>,
    /// The number of the pass by which the vehicle came in, of one that goes out.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub entered_by: Option<String>,
    /// SHA-256 of the photo, in hexadecimal; the photo stays at the gate.
    #[validate(length(equal = 64), custom(function = "hexadecimal"))]
    #[schema(min_length = 64, max_length = 64)]
    pub photo_sha256: Option<String>,
    /// The plate as read; absent when it could not be read.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: Option<String>,
    /// The plate's kind.
    pub plate_kind: Option<PlateKind>,
    /// The plate's colour.
    pub plate_colour: Option<PlateColour>,
    /// The VIN.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub vin: Option<String>,
    /// Vehicle type (GA 24.4).
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub vehicle_type: Option<String>,
    /// First registration.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub registered_on: Option<Day>,
    /// Model.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub model: Option<String>,
    /// Engine model.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub engine_model: Option<String>,
    /// Maker of the engine.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub engine_maker: Option<String>,
    /// Number of the engine.
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub engine_number: Option<String>,
    /// Fuel (GA 24.9).
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub fuel: Option<String>,
    /// What drives it.
    pub energy: Option<EnergyKind>,
    /// Stage, by the gate's own ledger.
    pub stage: Option<Stage>,
    /// Use (GA 24.3).
    pub use_nature: Option<UseNature>,
    /// Whether it is monitored remotely (联网状态).
    pub monitored: Option<bool>,
    /// Number of the maker's environmental list (随车清单).
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub list_number: Option<String>,
    /// Whether a driving licence was shown.
    pub licence_shown: Option<bool>,
    /// The fleet.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub fleet: Option<String>,
    /// What it carries.
    #[validate(nested)]
    pub cargo: Option<CargoIn>,
}

/// What a vehicle carries.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "weighs"))]
pub struct CargoIn {
    /// What it is.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Its mass, t, where it was weighed.
    pub mass_t: Option<Amount>,
    /// Where it comes from.
    #[validate(length(max = 200))]
    #[schema(max_length = 200)]
    pub origin: Option<String>,
    /// Where it goes.
    #[validate(length(max = 200))]
    #[schema(max_length = 200)]
    pub destination: Option<String>,
    /// The firm that sends or receives it.
    #[validate(length(max = 200))]
    #[schema(max_length = 200)]
    pub partner: Option<String>,
}

fn hexadecimal(text: &str) -> Result<(), ValidationError> {
    let fits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fits { Ok(()) } else { Err(ValidationError::new("hexadecimal")) }
}

fn weighs(cargo: &CargoIn) -> Result<(), ValidationError> {
    let within = |mass: Amount| Amount::ZERO <= mass && mass <= Amount::whole(1_000);
    if cargo.mass_t.is_none_or(within) {
        return Ok(());
    }
    Err(ValidationError::new("mass_t").with_message("mass_t must be 0 to 1000 | 质量须为 0 至 1000 吨".into()))
}

/// The results of a batch, one for each pass, in order.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassesOut {
    /// The results.
    pub results: Vec<PassResultOut>,
}

/// The result of one pass of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassResultOut {
    /// 201 recorded, 200 recorded before, else the problem's status.
    pub status: u16,
    /// The pass, when it is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<PassOut>,
    /// The problem, when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub problem: Option<serde_json::Value>,
}

/// A pass as it is kept.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = GatePassOut)]
pub struct PassOut {
    /// The number of the entrance.
    pub entrance: String,
    /// The gate's own number of the pass.
    pub pass_number: String,
    /// The gate's zone; absent when nobody has registered the entrance.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub zone_id: Option<Id<Zone>>,
    /// Which way.
    pub direction: Direction,
    /// When.
    pub passed_at: Instant,
    /// What the gate did.
    pub admission: Admission,
    /// What the service decides for that vehicle, gate and time.
    pub outcome: Outcome,
}

/// What an order made of the passes at its gates.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderReviewOut {
    /// The order.
    #[schema(value_type = uuid::Uuid)]
    pub order_id: Id<Order>,
    /// Its first instant.
    pub starts_at: Instant,
    /// Until when passes were counted: its end, or now.
    pub counted_until: Instant,
    /// Passes refused at all gates.
    pub refused: i64,
    /// Vehicles that it forbade and that passed all the same.
    pub forbidden_passed: i64,
    /// How many gates sent no pass.
    pub silent_gates: i64,
    /// Gate by gate, the worst first.
    pub gates: Vec<GateReviewOut>,
}

/// What an order made of the passes at one gate.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GateReviewOut {
    /// The enterprise.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// Its name.
    pub organisation: String,
    /// The number of the entrance.
    pub entrance: String,
    /// Whether the entrance is registered.
    pub registered: bool,
    /// All passes.
    pub passes: i64,
    /// Of these, refused, for whatever reason.
    pub refused: i64,
    /// Of the vehicles that the order forbade, refused.
    pub forbidden_refused: i64,
    /// Of the vehicles that the order forbade, let through.
    pub forbidden_passed: i64,
    /// Let through although a fact was missing to decide.
    pub undecided_passed: i64,
    /// Whether it sent no pass at all.
    pub silent: bool,
}
