//! The law in force: dated limits and dated settings, read together.

use super::{
    settings::Settings,
    standard::{
        LimitBook, LimitClass, Method, TestFuel, TestSubject,
        obd::ObdCutOffs,
        which_methods::{MethodChoice, MethodFacts, allowed_methods},
    },
    time::Day,
    vehicle::{Vehicle, energy::EnergyKind, mass::MassClass},
    words::Word,
};

/// Every dated rule.
#[derive(Debug, Default)]
pub struct Lawbook {
    /// Limits of the standards.
    pub limits: LimitBook,
    /// Deadlines, tolerances and switches.
    pub settings: Settings,
}

impl Lawbook {
    /// The law as it was delivered.
    #[must_use]
    pub fn delivered() -> Self {
        Self { limits: LimitBook::embedded().unwrap_or_default(), settings: Settings::delivered() }
    }

    /// The column of limits that the city applies on a day.
    #[must_use]
    pub fn limit_class(&self, day: Day) -> LimitClass {
        self.settings.text("limit_class", day).and_then(|word| LimitClass::parse(word).ok()).unwrap_or(LimitClass::A)
    }

    /// From which vehicles on the OBD check decides.
    #[must_use]
    pub fn obd_cut_offs(&self, day: Day) -> ObdCutOffs {
        ObdCutOffs {
            light_petrol: self.settings.on("obd_petrol_light_from", day),
            heavy_petrol: self.settings.on("obd_petrol_heavy_from", day),
            diesel: self.settings.on("obd_diesel_from", day),
            incomplete_monitors_allowed: self.settings.on("obd_incomplete_monitors_allowed", day),
        }
    }

    /// The share of its ASM5025 limits, percent, up to which ASM2540 may be left out.
    #[must_use]
    pub fn fast_pass_percent(&self, day: Day) -> u8 {
        self.settings.on("asm_fast_pass_percent", day)
    }

    /// The methods by which a vehicle may be tested.
    #[must_use]
    pub fn methods_for(&self, vehicle: &Vehicle, told: Option<TestFuel>, day: Day) -> MethodChoice {
        let petrol = self.settings.text("petrol_method", day).and_then(|word| Method::parse(word).ok());
        let without_exhaust = matches!(vehicle.energy, EnergyKind::Bev | EnergyKind::Fcev);
        allowed_methods(&MethodFacts {
            fuel: (!without_exhaust).then(|| told.unwrap_or_else(|| fuel_under_test(vehicle))),
            heavy: vehicle.mass_class() == Some(MassClass::Heavy),
            dyno_capable: vehicle.dyno_capable,
            provincial_petrol_method: petrol.unwrap_or(Method::DoubleIdle),
        })
    }
}

/// The fuel on which a vehicle is tested when the station tells none.
#[must_use]
pub fn fuel_under_test(vehicle: &Vehicle) -> TestFuel {
    let fuel = vehicle.fuel;
    if fuel.is_diesel() {
        TestFuel::Diesel
    } else if fuel.is_natural_gas() {
        TestFuel::NaturalGas
    } else if fuel.is_gas() {
        TestFuel::Lpg
    } else if fuel.is_spark_ignition() {
        TestFuel::Petrol
    } else {
        TestFuel::Other
    }
}

/// The vehicle as far as its test depends on it.
#[must_use]
pub fn test_subject(vehicle: &Vehicle, told: Option<TestFuel>) -> TestSubject {
    let fuel = told.unwrap_or_else(|| fuel_under_test(vehicle));
    TestSubject {
        heavy: vehicle.mass_class() == Some(MassClass::Heavy),
        // Every spark-ignition stage from 国一 on has closed-loop control with a three-way catalyst.
        closed_loop_catalyst: vehicle.stage.number() != Some(0),
        rated_power: vehicle.rated_power,
        built_on: vehicle.built_on.or(vehicle.registered_on),
        ..TestSubject::of(fuel)
    }
}
