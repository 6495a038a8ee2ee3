//! What comes from afar: remote sensing, remote monitoring, and the look at the devices.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{
    Component, ComponentState, DeviceValidity, Photo,
    facts::{magnitude, share, signed},
};
use crate::domain::quantity::Amount;

/// A beam across the road, fixed or mobile (HJ 845-2017).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "site_code": "YG-610502-01", "slope_degrees": 1.2, "opacity_percent": 42.5, "no_ppm": 812, "co_percent": 0.02,
    "co2_percent": 14.1, "hc_ppm": 31, "speed_km_per_h": 46.2, "acceleration_m_per_s2": 0.3, "vsp_kw_per_t": 8.4,
    "weather": { "temperature_celsius": 24.5, "humidity_percent": 55, "pressure_kpa": 97.1, "wind_m_per_s": 1.4 }
}))]
pub struct RemoteSensing {
    /// The site's code.
    #[validate(length(min = 1, max = 40))]
    #[schema(min_length = 1, max_length = 40)]
    pub site_code: Option<String>,
    /// Slope of the road, degrees.
    #[validate(custom(function = "signed"))]
    #[schema(value_type = Option<f64>, minimum = -1000, maximum = 1000)]
    pub slope_degrees: Option<Amount>,
    /// Opacity of the plume, percent.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub opacity_percent: Option<Amount>,
    /// Ringelmann grade, 0 to 5.
    #[validate(range(min = 0, max = 5))]
    #[schema(minimum = 0, maximum = 5)]
    pub ringelmann_grade: Option<i64>,
    /// Nitric oxide, 10⁻⁶.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub no_ppm: Option<Amount>,
    /// Carbon monoxide, percent.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub co_percent: Option<Amount>,
    /// Carbon dioxide, percent.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub co2_percent: Option<Amount>,
    /// Hydrocarbons, 10⁻⁶.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub hc_ppm: Option<Amount>,
    /// Speed, km/h.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub speed_km_per_h: Option<Amount>,
    /// Acceleration, m/s².
    #[validate(custom(function = "signed"))]
    #[schema(value_type = Option<f64>, minimum = -1000, maximum = 1000)]
    pub acceleration_m_per_s2: Option<Amount>,
    /// Vehicle specific power (比功率), kW/t.
    #[validate(custom(function = "signed"))]
    #[schema(value_type = Option<f64>, minimum = -1000, maximum = 1000)]
    pub vsp_kw_per_t: Option<Amount>,
    /// The weather.
    #[validate(nested)]
    pub weather: Option<Weather>,
    /// What the device says of its own measurement.
    pub device_validity: Option<DeviceValidity>,
    /// The picture of the plate.
    #[validate(nested)]
    pub photo: Option<Photo>,
}

/// The weather at a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Weather {
    /// Temperature, °C.
    #[validate(custom(function = "signed"))]
    #[schema(value_type = Option<f64>, minimum = -1000, maximum = 1000)]
    pub temperature_celsius: Option<Amount>,
    /// Relative humidity, percent.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub humidity_percent: Option<Amount>,
    /// Air pressure, kPa.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub pressure_kpa: Option<Amount>,
    /// Wind, m/s.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub wind_m_per_s: Option<Amount>,
}

/// Remote monitoring of on-board diagnosis: the mean of a span of driving.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "minutes": 45, "nox_ppm": 830, "mil_on": true, "fault_codes": ["P20EE"] }))]
pub struct RemoteObd {
    /// How long it was watched, minutes.
    #[validate(range(min = 0, max = 100_000))]
    #[schema(minimum = 0, maximum = 100_000)]
    pub minutes: i64,
    /// Mean of nitrogen oxides behind the after-treatment, 10⁻⁶.
    #[validate(custom(function = "magnitude"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 1_000_000)]
    pub nox_ppm: Option<Amount>,
    /// Level of the reagent, percent.
    #[validate(custom(function = "share"))]
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    pub urea_level_percent: Option<Amount>,
    /// Whether the malfunction lamp is on.
    pub mil_on: Option<bool>,
    /// Fault codes.
    #[validate(length(max = 50), custom(function = "codes"))]
    #[schema(max_items = 50)]
    #[serde(default)]
    pub fault_codes: Vec<String>,
}

/// A look at an emission control device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "component": "dpf", "state": "removed", "findings": "颗粒捕集器载体被掏空" }))]
pub struct TamperingCheck {
    /// Which device.
    pub component: Component,
    /// How it was found.
    pub state: ComponentState,
    /// What was found, in words.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000)]
    pub findings: String,
    /// Pictures.
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub photos: Vec<Photo>,
}

/// Codes of faults or badges: 1 to 20 characters each.
pub(super) fn codes(codes: &[String]) -> Result<(), validator::ValidationError> {
    let fits = codes.iter().all(|code| (1..=20).contains(&code.chars().count()));
    if fits { Ok(()) } else { Err(validator::ValidationError::new("length")) }
}
