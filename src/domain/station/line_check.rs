//! Checks and calibrations of a line's devices (domain of HJ 1238-2021): points set and measured, judged by dated tolerances.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{quantity::Amount, settings::Settings, standard::Method, time::Day, words::words};

words! {
    /// What is checked.
    pub enum LineCheckKind {
        /// Dynamometer coast-down under load.
        DynoCoastDown = "dyno_coast_down" / "测功机加载滑行",
        /// Dynamometer parasitic loss.
        ParasiticLoss = "parasitic_loss" / "附加损失",
        /// Dynamometer speed.
        SpeedCalibration = "speed_calibration" / "速度校准",
        /// Dynamometer torque.
        TorqueCalibration = "torque_calibration" / "扭力校准",
        /// Five-gas analyser: leak, zero, span.
        GasAnalyser = "gas_analyser" / "排气分析仪检查",
        /// Opacimeter: zero, span, filters.
        Opacimeter = "opacimeter" / "不透光烟度计检查",
        /// Flow meter.
        FlowMeter = "flow_meter" / "流量计检查",
        /// Temperature, humidity, pressure.
        Environment = "environment" / "环境参数检查",
        /// Tachometer.
        Tachometer = "tachometer" / "转速计检查",
    }

    /// How a check ended.
    pub enum CheckResult {
        /// Within its tolerances.
        Pass = "pass" / "合格",
        /// Not.
        Fail = "fail" / "不合格",
    }
}

/// One point of a check: what was set and what was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "co_percent", "set": 3.5, "actual": 3.48 }))]
pub struct CheckPoint {
    /// What it is: a gas, a window of speeds, a filter.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64)]
    pub name: String,
    /// What was set, or what the reference says.
    pub set: Amount,
    /// What the device showed.
    pub actual: Amount,
}

/// What the points say by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckJudgement {
    /// Passed when every point is within the tolerance.
    pub result: CheckResult,
    /// Each point's deviation in percent of what was set; none for a point set to zero.
    pub deviations: Vec<Option<Amount>>,
    /// The tolerance in percent; none when no number is dated for the kind.
    pub tolerance: Option<Amount>,
}

/// The checks that must have passed before a test by a method, each day before the first test.
#[must_use]
pub const fn daily_checks(method: Method) -> &'static [LineCheckKind] {
    match method {
        Method::DoubleIdle => &[LineCheckKind::GasAnalyser],
        Method::Asm => &[LineCheckKind::DynoCoastDown, LineCheckKind::GasAnalyser],
        Method::ShortTransient | Method::Transient => {
            &[LineCheckKind::DynoCoastDown, LineCheckKind::GasAnalyser, LineCheckKind::FlowMeter]
        }
        Method::FreeAcceleration => &[LineCheckKind::Opacimeter],
        Method::LugDown => &[LineCheckKind::DynoCoastDown, LineCheckKind::Opacimeter],
        Method::Ringelmann | Method::Exempt => &[],
    }
}

/// The tolerance of a kind on a day, in percent of what was set; none when the dated number is 0.
#[must_use]
pub fn tolerance(settings: &Settings, kind: LineCheckKind, day: Day) -> Option<Amount> {
    let tenths: i64 = match kind {
        LineCheckKind::DynoCoastDown | LineCheckKind::ParasiticLoss => {
            settings.on("coast_down_tolerance_tenths_percent", day)
        }
        LineCheckKind::SpeedCalibration | LineCheckKind::TorqueCalibration | LineCheckKind::Tachometer => {
            settings.on("speed_torque_tolerance_tenths_percent", day)
        }
        LineCheckKind::GasAnalyser => settings.on("gas_analyser_tolerance_tenths_percent", day),
        LineCheckKind::Opacimeter => settings.on("opacimeter_tolerance_tenths_percent", day),
        LineCheckKind::FlowMeter => settings.on("flow_meter_tolerance_tenths_percent", day),
        LineCheckKind::Environment => settings.on("environment_tolerance_tenths_percent", day),
    };
    (tenths > 0).then(|| Amount::from_micros(tenths.saturating_mul(100_000)))
}

/// Judges the points; a deviation equal to the tolerance passes.
#[must_use]
pub fn judge(points: &[CheckPoint], tolerance: Option<Amount>) -> CheckJudgement {
    let deviations: Vec<_> = points.iter().map(|point| point.actual.less(point.set).percent_of(point.set)).collect();
    let is_within = |deviation: &Option<Amount>| match (deviation, tolerance) {
        (Some(deviation), Some(tolerance)) => deviation.micros().unsigned_abs() <= tolerance.micros().unsigned_abs(),
        _ => true,
    };
    let result = if deviations.iter().all(is_within) { CheckResult::Pass } else { CheckResult::Fail };
    CheckJudgement { result, deviations, tolerance }
}

impl CheckResult {
    /// Passed only when both passed.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Pass, Self::Pass) => Self::Pass,
            _ => Self::Fail,
        }
    }
}
