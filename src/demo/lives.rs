//! A vehicle of the demo as its papers go from hand to hand: where it is tested and repaired, and how its case stands.

use chrono::{Datelike, Duration};

use super::{
    city::City,
    dice::Dice,
    fleet::Motor,
    jobs::{CaseKey, Job},
    readings,
    slots::Slot,
    workshop::Order,
};
use crate::{
    domain::{
        inspection::{InspectionKind, Nature},
        quantity::Amount,
        role::Role,
        standard::{Method, appearance::AppearanceCheck, obd::ObdCheck},
        time::Instant,
        verdict::Verdict,
    },
    features::{acceptances::AcceptanceIn, inspections::InspectionIn},
};

/// A vehicle's life.
pub struct Life {
    /// The vehicle.
    pub motor: Motor,
    /// The station of its habit.
    pub station: usize,
    /// The repair shop of its habit.
    pub shop: usize,
    /// Its open case.
    pub case: Option<CaseKey>,
    /// The failing report of that case.
    pub report: String,
    /// How often it has failed in that case.
    pub failed: u32,
    /// What its next test is for.
    pub kind: InspectionKind,
    /// Whether its registration is booked for the register of fleet changes.
    pub is_in_fleet: bool,
    /// Its number in the demo; its papers are numbered by it.
    number: u32,
    papers: u32,
}

impl Life {
    /// A vehicle that has not been tested yet.
    pub fn new(dice: &mut Dice, city: &City, number: u32, motor: Motor) -> Self {
        let mut one_of = |role| dice.pick(&city.of(role)).copied().unwrap_or_default();
        let (station, shop) = (one_of(Role::InspectionStation), one_of(Role::RepairShop));
        let is_new = motor.registered_on >= super::FIRST_DAY;
        let kind = if is_new { InspectionKind::NewRegistration } else { InspectionKind::Periodic };
        let (case, report) = (None, String::new());
        Self { motor, station, shop, case, report, failed: 0, kind, is_in_fleet: false, number, papers: 0 }
    }

    /// Its station is asked to accept it.
    pub fn accept(&self, dice: &mut Dice, city: &City) -> Job {
        let lines = city.member(self.station).map(|station| station.lines.as_slice()).unwrap_or_default();
        let method = self.motor.method;
        Job::Accept(AcceptanceIn {
            line_code: dice.pick(lines).cloned().unwrap_or_default(),
            vehicle: self.motor.told.clone(),
            kind: self.kind,
            nature: match (self.case, self.failed) {
                (None, _) => Nature::First,
                (Some(_), 0 | 1) => Nature::Retest,
                (Some(_), _) => Nature::Multiple,
            },
            method,
            method_reason: None,
            fuel_under_test: None,
        })
    }

    /// Its station posts the result of the test that followed an acceptance.
    pub fn test(&mut self, dice: &mut Dice, accepted: &AcceptanceIn, number: String, slot: Slot) -> Job {
        let day = slot.day;
        let fails = if self.case.is_some() { 150 } else { self.motor.fails(day) };
        let passes = !dice.happens(fails);
        let power = self.motor.told.rated_power_kw.unwrap_or(Amount::whole(100));
        let readings = readings::draw(dice, accepted.method, power, passes);
        let started_at = slot.at().plus(Duration::seconds(dice.between(300, 3_000)));
        let ended_at = started_at.plus(Duration::seconds(dice.between(200, 900)));
        let honest = dice.happens(993);
        Job::Test(Box::new(InspectionIn {
            station_number: self.paper(&day.format("%Y%m%d").to_string()),
            line_code: accepted.line_code.clone(),
            acceptance_number: Some(number),
            started_at,
            ended_at,
            readings: Some(readings),
            odometer_km: Some(self.motor.odometer(day)),
            station_verdict: Some(if passes == honest { Verdict::Pass } else { Verdict::Fail }),
            ..self.checked(started_at, ended_at)
        }))
    }

    /// An inspection without readings: outside and by the control unit all is in order.
    fn checked(&self, started_at: Instant, ended_at: Instant) -> InspectionIn {
        let appearance = AppearanceCheck {
            emission_control_in_order: Some(true),
            intake_or_exhaust_leak: Some(false),
            fluid_leak: Some(false),
            burning_oil_or_heavy_smoke: Some(false),
            ..AppearanceCheck::default()
        };
        let obd = ObdCheck { communication_ok: true, mil_ok: Some(true), mil_on: Some(false), ..ObdCheck::default() };
        let has_obd = self.motor.registered_on.year() >= 2011;
        InspectionIn {
            station_number: String::new(),
            line_code: String::new(),
            acceptance_number: None,
            vehicle: None,
            kind: None,
            nature: None,
            started_at,
            ended_at,
            readings: None,
            obd: has_obd.then_some(obd),
            appearance: Some(appearance),
            visible_smoke: false,
            fuel_under_test: None,
            ambient: None,
            operator: None,
            driver: None,
            signatory: None,
            equipment: Vec::new(),
            odometer_km: None,
            station_verdict: None,
            trace: None,
        }
    }

    /// What a shop needs to know to repair it.
    pub fn order(&mut self, slot: Slot) -> Order<'_> {
        let settlement_number = self.paper("JS");
        Order {
            report_number: &self.report,
            settlement_number,
            received_on: slot.day,
            mileage_km: self.motor.odometer(slot.day),
            diesel: matches!(self.motor.method, Method::LugDown | Method::FreeAcceleration),
        }
    }

    /// The number of a new paper.
    fn paper(&mut self, prefix: &str) -> String {
        self.papers += 1;
        format!("{prefix}{:05}{:02}", self.number, self.papers)
    }
}
