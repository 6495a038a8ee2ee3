//! Appearance (外观检验): what an inspector sees before any reading, and what forbids the tail-pipe test.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Finding, Outcome};

/// The inspector's answers; an answer not given is unknown, never in order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppearanceCheck {
    /// Emission control devices (catalyst, DPF, SCR, EGR) complete and working; decides.
    pub emission_control_in_order: Option<bool>,
    /// Evaporative control (canister, lines) complete and connected; decides when answered.
    pub evaporative_control_in_order: Option<bool>,
    /// Crankcase ventilation connected; decides when answered.
    pub crankcase_ventilation_in_order: Option<bool>,
    /// The intake or the exhaust leaks; decides.
    pub intake_or_exhaust_leak: Option<bool>,
    /// Oil, fuel or coolant leaks; decides.
    pub fluid_leak: Option<bool>,
    /// The engine burns oil or smokes heavily; decides.
    pub burning_oil_or_heavy_smoke: Option<bool>,
    /// The vehicle is mechanically sound.
    pub mechanical_condition_good: Option<bool>,
    /// A fault makes the test unsafe.
    pub safety_fault: Option<bool>,
    /// The vehicle has on-board diagnosis.
    pub has_obd: Option<bool>,
    /// Air conditioning and heating are off.
    pub air_conditioning_off: Option<bool>,
    /// Tyre pressure is right.
    pub tyre_pressure_in_order: Option<bool>,
    /// Tyres are dry and clean.
    pub tyres_dry: Option<bool>,
    /// Traction control and anti-lock braking are switched off.
    pub traction_functions_interrupted: Option<bool>,
    /// The instruments work.
    pub instruments_in_order: Option<bool>,
    /// Tank and fuel are in order.
    pub fuel_in_order: Option<bool>,
    /// The vehicle can be tested on a dynamometer.
    pub suitable_for_dyno: Option<bool>,
    /// The exhaust pipe is sound.
    pub exhaust_pipe_in_order: Option<bool>,
    /// The vehicle has two exhausts.
    pub dual_exhaust: Option<bool>,
    /// All wheels are driven.
    pub four_wheel_drive: Option<bool>,
    /// An extension pipe is fitted for the test.
    pub extension_pipe: Option<bool>,
}

impl AppearanceCheck {
    /// What is not in order and therefore forbids the tail-pipe test.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let devices =
            [self.emission_control_in_order, self.evaporative_control_in_order, self.crankcase_ventilation_in_order];
        let leaks = [self.intake_or_exhaust_leak, self.fluid_leak];
        let found = [
            (devices.contains(&Some(false)), Finding::DeviceMissing),
            (leaks.contains(&Some(true)), Finding::Leak),
            (self.burning_oil_or_heavy_smoke == Some(true), Finding::BurningOilOrSmoke),
        ];
        found.into_iter().filter_map(|(is_so, finding)| is_so.then_some(finding)).collect()
    }

    /// Fails on any finding; passes only when every deciding question was answered.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let deciding = [
            self.emission_control_in_order,
            self.intake_or_exhaust_leak,
            self.fluid_leak,
            self.burning_oil_or_heavy_smoke,
        ];
        if !self.findings().is_empty() {
            Outcome::Fail
        } else if deciding.iter().all(Option::is_some) {
            Outcome::Pass
        } else {
            Outcome::NotTested
        }
    }
}
