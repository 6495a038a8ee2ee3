//! What is told of a vehicle.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    quantity::Amount,
    time::Day,
    vehicle::{
        energy::{EnergyKind, EnergySource},
        owner::Owner,
        plate::{PlateColour, PlateKind},
        stage::{Stage, StageSource},
        use_nature::UseNature,
    },
};

/// By what a vehicle is known: VIN, or plate with its kind, or both.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "plate": "陕E·A0001", "plate_kind": "small_car", "vin": "LSVAA4182E2184847" }))]
pub struct IdentityIn {
    /// The plate as read; width, case, dots and dashes do not count.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: Option<String>,
    /// The plate's kind (GA 24.7); needed with a plate.
    pub plate_kind: Option<PlateKind>,
    /// The VIN as read.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub vin: Option<String>,
}

/// What is told of a vehicle.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "plate": "陕E·A0001", "plate_kind": "small_car", "vin": "LSVAA4182E2184847", "vehicle_type": "K33",
    "use_nature": "non_operating", "fuel": "A", "gvm_kg": 1750, "registered_on": "2015-06-18", "area": "610502"
}))]
pub struct VehicleIn {
    /// The plate as read.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: Option<String>,
    /// The plate's kind (GA 24.7); needed with a plate.
    pub plate_kind: Option<PlateKind>,
    /// The VIN as read.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub vin: Option<String>,
    /// Vehicle type (GA 24.4 code, such as `K33` or `H11`); needed for a vehicle that is not yet known.
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub vehicle_type: Option<String>,
    /// Use (GA 24.3); needed for a vehicle that is not yet known.
    pub use_nature: Option<UseNature>,
    /// Fuel (GA 24.9 code, such as `A`, `B`, `BO`); needed for a vehicle that is not yet known.
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub fuel: Option<String>,
    /// What drives it, where a document tells.
    pub energy: Option<EnergyKind>,
    /// Which document tells; `declared` when absent.
    pub energy_source: Option<EnergySource>,
    /// Emission stage, where a document tells.
    pub stage: Option<Stage>,
    /// Which document tells; `declared` when absent.
    pub stage_source: Option<StageSource>,
    /// Maximum mass, kg.
    #[validate(range(min = 1, max = 200_000))]
    #[schema(minimum = 1, maximum = 200_000)]
    pub gvm_kg: Option<i64>,
    /// Reference mass, kg.
    #[validate(range(min = 1, max = 200_000))]
    #[schema(minimum = 1, maximum = 200_000)]
    pub reference_mass_kg: Option<i64>,
    /// Rated engine power, kW.
    pub rated_power_kw: Option<Amount>,
    /// Rated engine speed, r/min.
    #[validate(range(min = 1, max = 20_000))]
    #[schema(minimum = 1, maximum = 20_000)]
    pub rated_speed_per_min: Option<i64>,
    /// Displacement, mL.
    #[validate(range(min = 1, max = 50_000))]
    #[schema(minimum = 1, maximum = 50_000)]
    pub displacement_ml: Option<i64>,
    /// First registration.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub registered_on: Option<Day>,
    /// Production.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub built_on: Option<Day>,
    /// Administrative area (GB/T 2260); the city when absent.
    #[validate(length(equal = 6))]
    #[schema(min_length = 6, max_length = 6)]
    pub area: Option<String>,
    /// Maker.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub maker: Option<String>,
    /// Model.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub model: Option<String>,
    /// Engine model.
    #[validate(length(max = 100))]
    #[schema(max_length = 100)]
    pub engine_model: Option<String>,
    /// Whether it has on-board diagnostics.
    pub has_obd: Option<bool>,
    /// `false` for a vehicle that cannot run on a dynamometer.
    pub dyno_capable: Option<bool>,
    /// Whom it belongs to; answered masked.
    #[validate(nested)]
    pub owner: Option<Owner>,
}

/// A vehicle as a device or an officer saw it: the plate as read, and what else may be known.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "plate": "晋M·12345", "plate_colour": "yellow", "fuel": "B" }))]
pub struct SightingIn {
    /// The plate as read; width, case, dots and dashes do not count.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// The plate's kind (GA 24.7), where it is known.
    pub plate_kind: Option<PlateKind>,
    /// The plate's colour; a device often knows no more.
    pub plate_colour: Option<PlateColour>,
    /// The VIN, where it was read.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub vin: Option<String>,
    /// Vehicle type (GA 24.4 code), where it is known.
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub vehicle_type: Option<String>,
    /// Fuel (GA 24.9 code), where it is known; the registry's stands before it.
    #[validate(length(min = 1, max = 8))]
    #[schema(min_length = 1, max_length = 8)]
    pub fuel: Option<String>,
    /// Use (GA 24.3), where it is known.
    pub use_nature: Option<UseNature>,
}

/// Another plate for a vehicle.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "plate": "陕E·A0002", "plate_kind": "small_car", "bound_on": "2026-08-20" }))]
pub struct PlateIn {
    /// The plate.
    #[validate(length(min = 1, max = 32))]
    #[schema(min_length = 1, max_length = 32)]
    pub plate: String,
    /// Its kind.
    pub plate_kind: PlateKind,
    /// From which day on.
    #[schema(value_type = chrono::NaiveDate)]
    pub bound_on: Day,
}

/// Better data for a vehicle, and why.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionIn {
    /// The data; what is absent stays as it is.
    #[validate(nested)]
    pub vehicle: VehicleIn,
    /// Why.
    #[validate(length(min = 4, max = 500))]
    #[schema(min_length = 4, max_length = 500, example = "按随车清单更正排放阶段")]
    pub reason: String,
}
