//! What the data of one vehicle cannot all be at once: refused where whole lists are taken over, flagged elsewhere.

use super::{
    Vehicle,
    stage::{Stage, derive_stage},
};
use crate::domain::{time::Day, words::words};

words! {
    /// Two facts of a vehicle that exclude each other.
    pub enum Contradiction {
        /// An electric stage with a fuel that burns, or a numbered stage with electricity alone.
        StageAgainstFuel = "stage_against_fuel" / "排放阶段与燃料种类矛盾",
        /// Registered after today.
        RegisteredInTheFuture = "registered_in_the_future" / "初次登记日期晚于今天",
        /// Built after today.
        BuiltInTheFuture = "built_in_the_future" / "出厂日期晚于今天",
        /// Registered before it was built.
        RegisteredBeforeBuilt = "registered_before_built" / "初次登记日期早于出厂日期",
    }
}

impl Contradiction {
    /// The field that is looked at first.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::StageAgainstFuel => "stage",
            Self::RegisteredInTheFuture | Self::RegisteredBeforeBuilt => "registered_on",
            Self::BuiltInTheFuture => "built_on",
        }
    }
}

/// Every contradiction in a vehicle's data on a day.
#[must_use]
pub fn contradictions(vehicle: &Vehicle, today: Day) -> Vec<Contradiction> {
    let is_after = |day: Option<Day>| day.is_some_and(|day| day > today);
    let order = vehicle.registered_on.zip(vehicle.built_on);
    [
        (Contradiction::StageAgainstFuel, stage_is_against_fuel(vehicle)),
        (Contradiction::RegisteredInTheFuture, is_after(vehicle.registered_on)),
        (Contradiction::BuiltInTheFuture, is_after(vehicle.built_on)),
        (Contradiction::RegisteredBeforeBuilt, order.is_some_and(|(registered, built)| registered < built)),
    ]
    .into_iter()
    .filter_map(|(contradiction, holds)| holds.then_some(contradiction))
    .collect()
}

/// Whether a stage that somebody told contradicts the fuel, or is older than what could be registered on its day. Stock
/// was sold on for a while at each change of stages, so that the second is a thing to look at, and no error.
#[must_use]
pub fn stage_contradicts(vehicle: &Vehicle) -> bool {
    let known = vehicle.gvm_kg.zip(vehicle.registered_on);
    let in_force = known.and_then(|(gvm_kg, on)| derive_stage(vehicle.fuel, gvm_kg, on)).and_then(Stage::number);
    let is_too_old = vehicle.stage.number().zip(in_force).is_some_and(|(told, in_force)| told < in_force);
    is_too_old || stage_is_against_fuel(vehicle)
}

fn stage_is_against_fuel(vehicle: &Vehicle) -> bool {
    let burns = vehicle.fuel.is_diesel() || vehicle.fuel.is_spark_ignition();
    match vehicle.stage {
        Stage::Electric => burns,
        Stage::Unknown => false,
        _ => vehicle.fuel.is_pure_electric(),
    }
}
