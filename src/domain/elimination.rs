//! The scope of elimination (列入淘汰范围): diesel trucks up to a stage that the plan removes.

use super::{
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, stage::Stage},
    words::{Word, words},
};

words! {
    /// Whether a vehicle belongs to the scope.
    pub enum InScope {
        /// It does.
        Yes = "yes" / "属于",
        /// It does not.
        No = "no" / "不属于",
        /// Its stage is not known.
        Unknown = "unknown" / "无法判定",
    }
}

/// Whether a vehicle belongs to the vehicles that the plan eliminates (二(三)3: 国三及以下柴油货车).
#[must_use]
pub fn in_scope(vehicle: &Vehicle, settings: &Settings, day: Day) -> InScope {
    let limit = settings.text("elimination_diesel_truck_stage", day).and_then(|word| Stage::parse(word).ok());
    let Some(limit) = limit.filter(|_| vehicle.is_diesel_truck()) else { return InScope::No };
    match vehicle.stage {
        Stage::Unknown => InScope::Unknown,
        stage if stage.at_most(limit) => InScope::Yes,
        _ => InScope::No,
    }
}
