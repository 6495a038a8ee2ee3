//! What officers tell of a check on the road or where the vehicle is kept, with the samples that they took.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    ObservationResult, Photo,
    facts::{magnitude, share},
    remote::codes,
};
use crate::domain::quantity::Amount;

/// A check on the road (路检路查).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "k_per_m": 1.63, "ringelmann_grade": 2, "fuel_sample": { "number": "Y-0815", "sulphur_mg_per_kg": 7.5 },
    "urea_sample": { "number": "N-0815", "urea_percent": 32.4 }, "officers": ["610500123"], "penalised": true
}))]
pub struct RoadsideCheck {
    /// Light absorption coefficient at free acceleration, m⁻¹.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub k_per_m: Option<Amount>,
    /// Ringelmann grade, 0 to 5.
    #[validate(range(min = 0, max = 5))]
    #[schema(minimum = 0, maximum = 5)]
    pub ringelmann_grade: Option<i64>,
    /// What the officers concluded; it counts where no reading above has a limit.
    pub officers_result: Option<ObservationResult>,
    /// The sample of the fuel.
    #[validate(nested)]
    pub fuel_sample: Option<FuelSample>,
    /// The sample of the reagent.
    #[validate(nested)]
    pub urea_sample: Option<UreaSample>,
    /// Whether the malfunction lamp is on.
    pub mil_on: Option<bool>,
    /// Fault codes of on-board diagnosis.
    #[validate(length(max = 50), custom(function = "codes"))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub fault_codes: Vec<String>,
    /// Whether the police penalised the driver on the spot.
    pub penalised: Option<bool>,
    /// The officers' numbers.
    #[validate(length(max = 10), custom(function = "codes"))]
    #[schema(max_items = 10)]
    #[serde(default)]
    pub officers: Vec<String>,
    /// Pictures.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// A check where the vehicle is kept (入户检查).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "keeper": "渭南某物流园", "check": { "k_per_m": 1.63, "officers": ["610500123"] } }))]
pub struct PremisesCheck {
    /// The enterprise or yard.
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200)]
    pub keeper: String,
    /// What was found.
    #[validate(nested)]
    pub check: RoadsideCheck,
}

/// A sample of the fuel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FuelSample {
    /// The sample's number.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// Sulphur, mg/kg; absent until the laboratory has answered.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub sulphur_mg_per_kg: Option<Amount>,
}

/// A sample of the reagent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UreaSample {
    /// The sample's number.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub number: String,
    /// Urea, percent; absent until the laboratory has answered.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub urea_percent: Option<Amount>,
}
