//! The scope of elimination (列入淘汰范围): diesel trucks up to a stage that the plan removes.

use super::{
    listing::ListingReason,
    settings::Settings,
    time::Day,
    vehicle::{
        Vehicle,
        stage::{Stage, StageSource},
    },
    words::{Word, words},
    zone::Outcome,
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
    let limit = settings.text("elimination_stage", day).and_then(|word| Stage::parse(word).ok());
    let Some(limit) = limit.filter(|_| vehicle.is_diesel_truck()) else { return InScope::No };
    match vehicle.stage {
        Stage::Unknown => InScope::Unknown,
        stage if stage.at_most(limit) => InScope::Yes,
        _ => InScope::No,
    }
}

/// Whether a vehicle may be transferred in (二(三)3: 禁止被列入淘汰范围的车辆异地转入). A stage that is only derived from
/// the day of registration refuses nobody and clears nobody of the scope: a document must tell.
#[must_use]
pub fn transfer_in(vehicle: &Vehicle, listed: &[ListingReason], settings: &Settings, day: Day) -> Outcome {
    if listed.contains(&ListingReason::Elimination) {
        return Outcome::Deny;
    }
    match in_scope(vehicle, settings, day) {
        InScope::No => Outcome::Allow,
        InScope::Yes if vehicle.stage_source != StageSource::DerivedFromDate => Outcome::Deny,
        InScope::Yes | InScope::Unknown => Outcome::Unknown,
    }
}
