//! The scope of elimination (渭南市环境空气质量限期达标规划 二(三)3: 2025 年底前淘汰国三及以下柴油货车).

use crate::domain::{
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, stage::Stage},
};

/// Whether a vehicle belongs to those that the plan eliminates: a diesel truck up to the dated stage, from the dated day
/// on. Low-speed trucks and tri-wheelers are managed apart, and a vehicle of unknown stage is not in it.
#[must_use]
pub fn is_in_elimination_scope(vehicle: &Vehicle, settings: &Settings, day: Day) -> bool {
    let stage = settings.text("elimination_stage", day).and_then(|word| crate::domain::words::Word::parse(word).ok());
    vehicle.is_diesel_truck() && stage.is_some_and(|limit: Stage| vehicle.stage.at_most(limit))
}
