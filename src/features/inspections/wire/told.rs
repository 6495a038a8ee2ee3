//! What stations tell of an inspection.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::{
    domain::{
        inspection::{InspectionKind, Nature},
        quantity::Amount,
        standard::{LimitClass, Readings, TestFuel, TestSubject, appearance::AppearanceCheck, obd::ObdCheck},
        supervision::Trace,
        time::{Day, Instant},
        verdict::Verdict,
    },
    features::vehicles::VehicleIn,
};

/// One inspection as its station posts it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "spans_time", skip_on_field_errors = false))]
#[schema(example = json!({
    "station_number": "2026082200001", "line_code": "1", "acceptance_number": "6105020011…",
    "started_at": "2026-08-22T10:05:00+08:00", "ended_at": "2026-08-22T10:12:00+08:00",
    "readings": {
        "method": "double_idle",
        "idle": { "co_percent": 0.82, "hc_ppm": 64 },
        "high_idle": { "co_percent": 0.21, "hc_ppm": 38, "lambda": 1.01 }
    },
    "odometer_km": 77010, "station_verdict": "fail"
}))]
pub struct InspectionIn {
    /// The station's own number (检验流水号): with the station the natural key, so a repetition is harmless.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub station_number: String,
    /// The test line.
    #[validate(length(min = 1, max = 16))]
    #[schema(min_length = 1, max_length = 16)]
    pub line_code: String,
    /// The acceptance that this result answers. Without one the test is recorded and judged all the same, but it
    /// closes no case until the gate's rules are met for its own time or the bureau confirms it.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub acceptance_number: Option<String>,
    /// The vehicle; needed without an acceptance.
    #[validate(nested)]
    pub vehicle: Option<VehicleIn>,
    /// What the test is for; needed without an acceptance.
    pub kind: Option<InspectionKind>,
    /// Which attempt; needed without an acceptance.
    pub nature: Option<Nature>,
    /// When the test began.
    pub started_at: Instant,
    /// When it ended.
    pub ended_at: Instant,
    /// The tail-pipe readings; absent when the appearance check ended the inspection.
    pub readings: Option<Readings>,
    /// The OBD check.
    pub obd: Option<ObdCheck>,
    /// The appearance check.
    pub appearance: Option<AppearanceCheck>,
    /// Black or blue smoke was seen during the test.
    #[serde(default)]
    pub visible_smoke: bool,
    /// On which fuel a bi-fuel vehicle was tested.
    pub fuel_under_test: Option<TestFuel>,
    /// Ambient conditions.
    #[validate(nested)]
    pub ambient: Option<AmbientIn>,
    /// The operator (操作员).
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub operator: Option<String>,
    /// The driver (引车员).
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub driver: Option<String>,
    /// The authorised signatory (授权签字人).
    #[validate(length(max = 64))]
    #[schema(max_length = 64)]
    pub signatory: Option<String>,
    /// Device codes.
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    #[serde(default)]
    pub equipment: Vec<String>,
    /// The odometer, km.
    #[validate(range(min = 0, max = 5_000_000))]
    #[schema(minimum = 0, maximum = 5_000_000)]
    pub odometer_km: Option<i64>,
    /// The station's own verdict; a difference from the service's is a finding.
    pub station_verdict: Option<Verdict>,
    /// The per-second record of the test.
    #[validate(nested)]
    pub trace: Option<Trace>,
}

/// Ambient conditions of a test.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "is_weather"))]
pub struct AmbientIn {
    /// Temperature, °C.
    pub temperature_c: Option<Amount>,
    /// Relative humidity, %.
    pub humidity_percent: Option<Amount>,
    /// Air pressure, kPa.
    pub pressure_kpa: Option<Amount>,
}

/// A batch of inspections.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchIn {
    /// Up to 500; each is answered by itself.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_items = 1, max_items = 500)]
    pub inspections: Vec<serde_json::Value>,
}

/// Readings to be judged without a vehicle and without being stored.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "tested_on": "2026-08-22", "subject": { "fuel_under_test": "petrol" },
    "readings": {
        "method": "double_idle",
        "idle": { "co_percent": 0.6, "hc_ppm": 80 }, "high_idle": { "co_percent": 0.3, "hc_ppm": 50, "lambda": 1.05 }
    }
}))]
pub struct JudgementIn {
    /// The day whose law counts; today when absent.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub tested_on: Option<Day>,
    /// The column of limits; the city's of that day when absent.
    pub limit_class: Option<LimitClass>,
    /// The vehicle as far as its limits depend on it.
    pub subject: SubjectIn,
    /// The readings.
    pub readings: Readings,
}

/// The vehicle as far as its limits depend on it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectIn {
    /// The fuel of the test.
    pub fuel_under_test: TestFuel,
    /// Closed-loop control with a three-way catalyst; taken to be so when absent.
    pub closed_loop_catalyst: Option<bool>,
    /// Heavier than 3,500 kg.
    pub heavy: Option<bool>,
    /// Rated engine power, kW; lug-down needs it.
    pub rated_power_kw: Option<Amount>,
    /// Altitude of the station, m.
    pub altitude_m: Option<i64>,
}

/// The readings as they should have been, and why.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectedIn {
    /// The reason.
    #[validate(length(min = 4, max = 500))]
    #[schema(min_length = 4, max_length = 500)]
    pub reason: String,
    /// The tail-pipe readings.
    pub readings: Option<Readings>,
    /// The OBD check; the one recorded when absent.
    pub obd: Option<ObdCheck>,
    /// The appearance check; the one recorded when absent.
    pub appearance: Option<AppearanceCheck>,
}

impl From<&SubjectIn> for TestSubject {
    fn from(told: &SubjectIn) -> Self {
        Self {
            closed_loop_catalyst: told.closed_loop_catalyst.unwrap_or(true),
            heavy: told.heavy.unwrap_or(false),
            rated_power: told.rated_power_kw,
            altitude_m: told.altitude_m,
            ..Self::of(told.fuel_under_test)
        }
    }
}

impl InspectionIn {
    /// What the record of the test keeps: the trace has a table of its own, and whom the vehicle belongs to is no
    /// part of its tests.
    #[must_use]
    pub fn without_trace_and_owner(&self) -> Self {
        let vehicle = self.vehicle.as_ref().map(VehicleIn::without_owner);
        Self { trace: None, vehicle, ..self.clone() }
    }
}

const LONGEST_TEST: chrono::Duration = chrono::Duration::hours(4);

fn spans_time(told: &InspectionIn) -> Result<(), ValidationError> {
    let span = told.ended_at.since(told.started_at);
    if span >= chrono::Duration::zero() && span <= LONGEST_TEST {
        return Ok(());
    }
    Err(message(
        "time_span",
        "`ended_at` must follow `started_at` within four hours | 结束时间须在开始时间之后四小时内",
    ))
}

fn is_weather(ambient: &AmbientIn) -> Result<(), ValidationError> {
    let within = |value: Option<Amount>, low: i64, high: i64| {
        value.is_none_or(|value| value >= Amount::whole(low) && value <= Amount::whole(high))
    };
    if within(ambient.temperature_c, -40, 60)
        && within(ambient.humidity_percent, 0, 100)
        && within(ambient.pressure_kpa, 50, 110)
    {
        return Ok(());
    }
    Err(message("ambient_range", "−40…60 °C, 0…100 %, 50…110 kPa | 温度-40至60℃，湿度0至100%，气压50至110kPa"))
}

fn message(code: &'static str, text: &'static str) -> ValidationError {
    ValidationError::new(code).with_message(text.into())
}
