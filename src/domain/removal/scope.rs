//! Which grounds hold for a vehicle on a day, with the facts behind each.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::RemovalGround;
use crate::domain::{
    elimination::{InScope, in_scope},
    scrap::{Fired, ScrapFacts, fired},
    settings::Settings,
    time::Day,
    vehicle::{
        Vehicle,
        stage::{Stage, StageSource},
    },
    words::Word,
};

/// A ground with the facts behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum RemovalFacts {
    /// A trigger of mandatory scrapping.
    Scrap(Fired),
    /// The elimination scope.
    Scope(ScopeFacts),
}

/// Why a vehicle is in the scope of elimination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScopeFacts {
    /// The ground.
    pub ground: RemovalGround,
    /// Its stage.
    pub stage: Stage,
    /// How the stage is known.
    pub stage_source: StageSource,
    /// The last day for its removal, where the plan sets one.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline_on: Option<Day>,
}

impl RemovalFacts {
    /// The ground.
    #[must_use]
    pub const fn ground(&self) -> RemovalGround {
        match self {
            Self::Scope(facts) => facts.ground,
            Self::Scrap(Fired::YearsReached { .. }) => RemovalGround::YearsReached,
            Self::Scrap(Fired::SafetyFails { .. }) => RemovalGround::SafetyFails,
            Self::Scrap(Fired::EmissionsFail { .. }) => RemovalGround::EmissionsFail,
            Self::Scrap(Fired::MarksMissing { .. }) => RemovalGround::MarksMissing,
        }
    }

    /// What it hangs on: the day, case or document; while that is the same, a dismissal holds.
    #[must_use]
    pub fn occasion(&self) -> String {
        match self {
            Self::Scope(facts) => facts.stage.word().to_owned(),
            Self::Scrap(Fired::YearsReached { reached_on, .. }) => reached_on.to_string(),
            Self::Scrap(Fired::SafetyFails { evidence }) => evidence.clone(),
            Self::Scrap(Fired::EmissionsFail { case_id, .. }) => case_id.to_string(),
            Self::Scrap(Fired::MarksMissing { expired_on, .. }) => expired_on.to_string(),
        }
    }
}

/// Every ground that holds for a vehicle on a day, the reported ones left out.
#[must_use]
pub fn grounds(vehicle: &Vehicle, facts: &ScrapFacts, settings: &Settings, day: Day) -> Vec<RemovalFacts> {
    let scope = |ground, deadline_on| {
        let (stage, stage_source) = (vehicle.stage, vehicle.stage_source);
        RemovalFacts::Scope(ScopeFacts { ground, stage, stage_source, deadline_on })
    };
    let diesel = match in_scope(vehicle, settings, day) {
        InScope::Yes => Some(scope(RemovalGround::DieselTruck, deadline(settings, day))),
        InScope::Unknown => Some(scope(RemovalGround::StageUnknown, None)),
        InScope::No => None,
    };
    let gas = is_old_gas_vehicle(vehicle, settings, day).then(|| scope(RemovalGround::GasVehicle, None));
    let scrap = fired(vehicle, facts, settings, day).into_iter().map(RemovalFacts::Scrap);
    diesel.into_iter().chain(gas).chain(scrap).collect()
}

/// The last day for the removal of the diesel trucks of the scope.
fn deadline(settings: &Settings, day: Day) -> Option<Day> {
    settings.text("elimination_deadline", day).and_then(|day| day.parse().ok())
}

/// Whether it is an old gas vehicle (老旧燃气车辆): CNG, LNG, LPG or a conversion, up to the dated stage.
fn is_old_gas_vehicle(vehicle: &Vehicle, settings: &Settings, day: Day) -> bool {
    let limit = settings.text("elimination_gas_stage", day).and_then(|word| Stage::parse(word).ok());
    vehicle.fuel.is_gas() && limit.is_some_and(|limit| vehicle.stage.at_most(limit))
}
