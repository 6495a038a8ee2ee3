//! On-board diagnosis (OBD检查): what was read from the vehicle and whether it decides the test.
//!
//! GB 18285-2018 chapter 7 and GB 3847-2018 annex E; readiness codes of vendors conflict, so adapters translate them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Finding, Outcome, ReadingError, TestFuel, TestSubject};
use crate::domain::{time::Day, words::words};

words! {
    /// Why the diagnostic computer does not answer.
    pub enum CommunicationFault {
        /// The socket is damaged.
        InterfaceDamaged = "interface_damaged" / "接口损坏",
        /// The socket was not found.
        InterfaceNotFound = "interface_not_found" / "找不到接口",
        /// Connected, and no answer.
        NoAnswer = "no_answer" / "连接后不能通讯",
    }

    /// A monitor that reports its readiness.
    pub enum Monitor {
        /// Selective catalytic reduction.
        Scr = "scr" / "选择性催化还原",
        /// Particle oxidation catalyst.
        Poc = "poc" / "颗粒氧化催化器",
        /// Diesel oxidation catalyst.
        Doc = "doc" / "氧化型催化器",
        /// Particle filter.
        Dpf = "dpf" / "颗粒捕集器",
        /// Exhaust gas recirculation.
        Egr = "egr" / "废气再循环",
        /// Three-way catalyst.
        Catalyst = "catalyst" / "催化器",
        /// Oxygen sensor.
        OxygenSensor = "oxygen_sensor" / "氧传感器",
        /// Heater of the oxygen sensor.
        OxygenSensorHeater = "oxygen_sensor_heater" / "氧传感器加热器",
        /// Variable valve timing.
        ValveTiming = "valve_timing" / "可变气门正时",
    }

    /// Which control unit a software name belongs to.
    pub enum ControlUnit {
        /// Engine.
        Engine = "engine" / "发动机控制单元",
        /// After-treatment.
        Aftertreatment = "aftertreatment" / "后处理控制单元",
        /// Any other.
        Other = "other" / "其他控制单元",
    }
}

/// The software of one control unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlSoftware {
    /// Whose software it is.
    pub unit: ControlUnit,
    /// Calibration identification.
    pub calid: Option<String>,
    /// Calibration verification number.
    pub cvn: Option<String>,
}

/// How often a monitor ran in use (IUPR).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InUsePerformance {
    /// Which monitor.
    pub monitor: Monitor,
    /// Times it completed.
    pub completions: u32,
    /// Times its conditions were met.
    pub conditions: u32,
}

/// One OBD check as a station sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObdCheck {
    /// Whether the vehicle answered.
    pub communication_ok: bool,
    /// Why it did not.
    #[serde(default)]
    pub communication_faults: Vec<CommunicationFault>,
    /// Whether the malfunction indicator works; needed when the vehicle answered.
    pub mil_ok: Option<bool>,
    /// Whether the malfunction indicator is lit with the engine running; needed when the vehicle answered.
    pub mil_on: Option<bool>,
    /// Confirmed trouble codes.
    #[serde(default)]
    pub dtcs: Vec<String>,
    /// Monitors that are not ready.
    #[serde(default)]
    pub incomplete_monitors: Vec<Monitor>,
    /// Distance since the indicator was lit, km.
    pub km_since_mil_on: Option<u32>,
    /// Software of the control units.
    #[serde(default)]
    pub software: Vec<ControlSoftware>,
    /// How often the monitors ran.
    #[serde(default)]
    pub in_use_performance: Vec<InUsePerformance>,
    /// The VIN that the control unit tells.
    pub ecu_vin: Option<String>,
}

/// From which vehicles on the OBD check decides; dated settings of the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObdCutOffs {
    /// Light vehicles with spark ignition built on or after this day.
    #[schema(value_type = String, format = Date)]
    pub light_petrol: Day,
    /// Heavy vehicles with spark ignition built on or after this day.
    #[schema(value_type = String, format = Date)]
    pub heavy_petrol: Day,
    /// Diesel vehicles built on or after this day.
    #[schema(value_type = String, format = Date)]
    pub diesel: Day,
    /// How many monitors may be incomplete; with more, the vehicle is driven and tested again.
    pub incomplete_monitors_allowed: usize,
}

/// What the OBD check comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObdJudgement {
    /// Fails only where the check decides; elsewhere findings are advisory.
    pub outcome: Outcome,
    /// Everything that is not in order.
    pub findings: Vec<Finding>,
}

impl ObdJudgement {
    /// Whether the vehicle only has to be driven until its monitors are ready, and tested again.
    #[must_use]
    pub fn retest_after_driving(&self) -> bool {
        self.findings == [Finding::NotReady]
    }
}

impl ObdCutOffs {
    /// Whether the check decides for this vehicle; of a vehicle whose day of production is unknown it is recorded.
    #[must_use]
    pub fn decide(&self, subject: &TestSubject) -> bool {
        let first = match (subject.fuel_under_test, subject.heavy) {
            (TestFuel::Diesel, _) => self.diesel,
            (_, true) => self.heavy_petrol,
            (_, false) => self.light_petrol,
        };
        subject.built_on.is_some_and(|built| built >= first)
    }
}

impl ObdCheck {
    /// What is needed of a vehicle that answered and is missing, with JSON pointers.
    #[must_use]
    pub fn check(&self) -> Vec<ReadingError> {
        let needed = [("/obd/mil_ok", self.mil_ok), ("/obd/mil_on", self.mil_on)];
        let missing = needed.into_iter().filter(|(_, answer)| self.communication_ok && answer.is_none());
        missing.map(|(pointer, _)| ReadingError::missing(pointer)).collect()
    }

    fn findings(&self, incomplete_allowed: usize) -> Vec<Finding> {
        if !self.communication_ok {
            return vec![Finding::NoCommunication];
        }
        let incomplete = self.incomplete_monitors.iter().collect::<BTreeSet<_>>().len();
        let found = [
            (self.mil_ok == Some(false), Finding::IndicatorDefective),
            (self.mil_on == Some(true) && !self.dtcs.is_empty(), Finding::ConfirmedFault),
            (incomplete > incomplete_allowed, Finding::NotReady),
        ];
        found.into_iter().filter_map(|(is_so, finding)| is_so.then_some(finding)).collect()
    }
}

/// Judges an OBD check.
#[must_use]
pub fn judge_obd(check: &ObdCheck, subject: &TestSubject, cut_offs: &ObdCutOffs) -> ObdJudgement {
    let findings = check.findings(cut_offs.incomplete_monitors_allowed);
    let outcome = match (findings.is_empty(), cut_offs.decide(subject)) {
        (true, _) => Outcome::Pass,
        (false, true) => Outcome::Fail,
        (false, false) => Outcome::Advisory,
    };
    ObdJudgement { outcome, findings }
}
