//! The vehicles of the demo, old and new, of every kind, and some that are odd.

use chrono::Datelike;

use super::{
    FIRST_DAY, TODAY,
    dice::Dice,
    identity,
    kinds::{KINDS, VehicleKind},
};
use crate::{
    domain::{
        quantity::Amount,
        standard::Method,
        time::Day,
        vehicle::{
            energy::{EnergyKind, EnergySource},
            plate::PlateKind,
        },
    },
    features::vehicles::VehicleIn,
};

const AREAS: [&str; 8] = ["610502", "610502", "610502", "610523", "610526", "610528", "610581", "610524"];

/// A vehicle and its habits.
#[derive(Debug)]
pub struct Motor {
    /// Its kind.
    pub kind: &'static VehicleKind,
    /// What papers tell of it.
    pub told: VehicleIn,
    /// Its first registration.
    pub registered_on: Day,
    /// The method by which it is tested.
    pub method: Method,
    /// What the odometer showed on the demo's first day, km.
    start_km: i64,
}

impl Motor {
    /// What the odometer shows on a day, km.
    pub fn odometer(&self, day: Day) -> i64 {
        self.start_km + self.kind.km_per_day * (day - self.registered_on.max(FIRST_DAY)).num_days().max(0)
    }

    /// How many times in a thousand a first test fails: more the older it is, and diesels more than others.
    pub fn fails(&self, day: Day) -> i64 {
        let years = i64::from(day.year() - self.registered_on.year()).max(0);
        let base = if self.kind.fuel == "B" { 70 } else { 25 };
        (base + years * 11).min(400)
    }

    /// The days between two periodic tests: half a year, a year or two.
    pub fn period(&self, day: Day) -> i64 {
        let years = day.year() - self.registered_on.year();
        match (self.kind.use_nature.is_operating(), years) {
            (true, 11..) => 182,
            (true, _) | (false, 10..) => 365,
            (false, _) => 730,
        }
    }
}

/// Makes the vehicles.
pub fn make(dice: &mut Dice, count: u32) -> Vec<Motor> {
    (1..=count).map(|number| motor(dice, number, count)).collect()
}

/// The kinds in the order of their shares, so that also a handful of vehicles has several kinds.
fn kind(number: u32, count: u32) -> &'static VehicleKind {
    let whole: i64 = KINDS.iter().map(|kind| kind.share).sum();
    let mut place = i64::from(number - 1) * whole / i64::from(count.max(1));
    let found = KINDS.iter().find(|kind| {
        place -= kind.share;
        place < 0
    });
    found.unwrap_or(&KINDS[0])
}

fn motor(dice: &mut Dice, number: u32, count: u32) -> Motor {
    let kind = kind(number, count);
    let registered_on = registered_on(dice, kind);
    let built_on = dice.days_before(registered_on, 20, 200);
    let dyno_capable = dice.happens(60).then_some(false);
    let start_km = match (FIRST_DAY - registered_on).num_days() {
        0.. => (FIRST_DAY - registered_on).num_days() * kind.km_per_day * dice.between(70, 110) / 100,
        _ => dice.between(5, 60),
    };
    Motor {
        kind,
        told: told(dice, kind, number, (registered_on, built_on), dyno_capable),
        registered_on,
        method: method(kind, dyno_capable),
        start_km,
    }
}

/// Most are older than the demo's first day; about one in twelve is registered in its two years.
fn registered_on(dice: &mut Dice, kind: &VehicleKind) -> Day {
    if dice.happens(80) {
        return dice.days_before(TODAY, 20, 720);
    }
    dice.days_before(FIRST_DAY, 1, kind.oldest * 365 - 700)
}

fn method(kind: &VehicleKind, dyno_capable: Option<bool>) -> Method {
    match (kind.fuel, kind.plate_kind, dyno_capable) {
        ("B", _, None) => Method::LugDown,
        ("B", _, _) => Method::FreeAcceleration,
        (_, PlateKind::LargeCar, _) | (_, _, Some(false)) => Method::DoubleIdle,
        _ => Method::Asm,
    }
}

fn told(
    dice: &mut Dice,
    kind: &VehicleKind,
    number: u32,
    (registered_on, built_on): (Day, Day),
    dyno_capable: Option<bool>,
) -> VehicleIn {
    let (plate, plate_kind) = plate(dice, kind, number).unzip();
    let documented = kind.energy != EnergyKind::Ice;
    VehicleIn {
        plate,
        plate_kind,
        owner: None,
        vin: Some(identity::vin(dice, built_on, number)),
        vehicle_type: Some(kind.vehicle_type.to_owned()),
        use_nature: Some(kind.use_nature),
        fuel: Some(kind.fuel.to_owned()),
        energy: documented.then_some(kind.energy),
        energy_source: documented.then_some(EnergySource::VehicleList),
        stage: None,
        stage_source: None,
        gvm_kg: Some(dice.between(kind.gvm_kg.0, kind.gvm_kg.1)),
        reference_mass_kg: None,
        rated_power_kw: Some(Amount::whole(dice.between(kind.power_kw.0, kind.power_kw.1))),
        rated_speed_per_min: None,
        displacement_ml: None,
        registered_on: Some(registered_on),
        built_on: Some(built_on),
        area: dice.pick(&AREAS).map(|area| (*area).to_owned()),
        maker: None,
        model: None,
        engine_model: None,
        has_obd: None,
        dyno_capable,
    }
}

/// One vehicle in a hundred has no plate yet; the papers of one large one in a hundred name the wrong kind of plate.
fn plate(dice: &mut Dice, kind: &VehicleKind, number: u32) -> Option<(String, PlateKind)> {
    if dice.happens(10) {
        return None;
    }
    let plate = identity::plate(dice, kind.plate_kind, kind.is_electric(), number);
    let odd = kind.plate_kind == PlateKind::LargeCar && dice.happens(10);
    Some((plate, if odd { PlateKind::LargeNev } else { kind.plate_kind }))
}
