//! Whom a rule means: conditions that must all hold, each of which may be unknown of a vehicle.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{Fact, FuelGroup, Origin, Subject, VehicleGroup};
use crate::domain::vehicle::{
    mass::{MassClass, mass_class},
    plate::PlateKind,
    stage::Stage,
};

/// The vehicles that a rule means; no condition at all means every vehicle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RuleSubjects, example = json!({
    "groups": ["heavy_truck", "medium_truck"], "fuels": ["diesel"],
    "stages": ["china_0", "china_1", "china_2", "china_3"]
}))]
pub struct Who {
    /// Of one of these groups of types.
    #[validate(length(max = 16))]
    #[schema(max_items = 16)]
    pub groups: Vec<VehicleGroup>,
    /// Light or heavy for the emission standards.
    pub mass: Option<MassClass>,
    /// Of one of these stages.
    #[validate(length(max = 10))]
    #[schema(max_items = 10)]
    pub stages: Vec<Stage>,
    /// On one of these fuels.
    #[validate(length(max = 8))]
    #[schema(max_items = 8)]
    pub fuels: Vec<FuelGroup>,
    /// With a plate of one of these kinds.
    #[validate(length(max = 40))]
    #[schema(max_items = 40)]
    pub plate_kinds: Vec<PlateKind>,
    /// Of at least this maximum mass, kg.
    #[validate(range(min = 1, max = 200_000))]
    #[schema(minimum = 1, maximum = 200_000)]
    pub min_gvm_kg: Option<i64>,
    /// With a plate issued here, or elsewhere.
    pub origin: Option<Origin>,
    /// Only vehicles that are listed.
    pub listed: bool,
    /// Not new-energy vehicles.
    pub except_new_energy: bool,
}

/// Whether a rule means a vehicle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// These facts would tell.
    Unknown(Vec<Fact>),
}

impl Who {
    /// Whether a vehicle is meant.
    #[must_use]
    pub fn means(&self, subject: &Subject) -> Match {
        let mut missing = Vec::new();
        for (fact, met) in self.conditions(subject) {
            match met {
                Some(true) => {}
                Some(false) => return Match::No,
                None if missing.contains(&fact) => {}
                None => missing.push(fact),
            }
        }
        if missing.is_empty() { Match::Yes } else { Match::Unknown(missing) }
    }

    fn conditions(&self, subject: &Subject) -> [(Fact, Option<bool>); 9] {
        let gvm = subject.gvm_kg;
        [
            (Fact::VehicleType, self.is_of_group(subject)),
            (Fact::Fuel, self.runs_on_fuel(subject)),
            (Fact::Stage, one_of(&self.stages, || subject.known_stage())),
            (Fact::Plate, one_of(&self.plate_kinds, || subject.plate.as_ref().map(|(_, kind)| *kind))),
            (Fact::Gvm, self.mass.map_or(Some(true), |mass| gvm.map(|kg| mass_class(kg) == mass))),
            (Fact::Gvm, self.min_gvm_kg.map_or(Some(true), |least| gvm.map(|kg| kg >= least))),
            (Fact::Plate, self.origin.map_or(Some(true), |origin| subject.origin().map(|own| own == origin))),
            (
                Fact::Listing,
                if self.listed { subject.listed.as_ref().map(|all| !all.is_empty()) } else { Some(true) },
            ),
            (Fact::Energy, if self.except_new_energy { subject.is_new_energy().map(|new| !new) } else { Some(true) }),
        ]
    }

    fn is_of_group(&self, subject: &Subject) -> Option<bool> {
        if self.groups.is_empty() {
            return Some(true);
        }
        let vehicle_type = subject.vehicle_type.as_ref()?;
        Some(self.groups.iter().any(|group| group.holds(vehicle_type)))
    }

    fn runs_on_fuel(&self, subject: &Subject) -> Option<bool> {
        if self.fuels.is_empty() {
            return Some(true);
        }
        let runs: Vec<Option<bool>> = self.fuels.iter().map(|group| subject.runs_on(*group)).collect();
        if runs.contains(&Some(true)) {
            return Some(true);
        }
        if runs.contains(&None) { None } else { Some(false) }
    }
}

fn one_of<T: PartialEq>(wanted: &[T], own: impl FnOnce() -> Option<T>) -> Option<bool> {
    if wanted.is_empty() { Some(true) } else { own().map(|own| wanted.contains(&own)) }
}
