//! The vehicle of a decision: what is known of it, and what is not.

use serde::{Deserialize, Serialize};

use super::{ExemptionGround, FuelGroup, Origin, VehicleGroup};
use crate::domain::{
    listing::ListingReason,
    vehicle::{
        Vehicle,
        area::ISSUER,
        energy::EnergyKind,
        fuel::{Fuel, FuelKind},
        plate::{Plate, PlateClass, PlateKind},
        stage::Stage,
        use_nature::UseNature,
        vehicle_type::VehicleType,
    },
};

/// What is known of a vehicle; every `None` is unknown, never clean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its plate and the plate's kind.
    pub plate: Option<(Plate, PlateKind)>,
    /// Its type.
    pub vehicle_type: Option<VehicleType>,
    /// What it is used for.
    pub use_nature: Option<UseNature>,
    /// Its emission stage.
    pub stage: Option<Stage>,
    /// Its fuels.
    pub fuel: Option<Fuel>,
    /// What drives it.
    pub energy: Option<EnergyKind>,
    /// Its maximum mass, kg.
    pub gvm_kg: Option<i64>,
    /// The reasons for which it is listed now; empty when it is not.
    pub listed: Option<Vec<ListingReason>>,
}

impl Subject {
    /// A vehicle of which the plate alone is known.
    #[must_use]
    pub fn of_plate(plate: Plate, kind: PlateKind) -> Self {
        Self { plate: Some((plate, kind)), ..Self::default() }
    }

    /// A vehicle of the registry, and the reasons for which it is listed now.
    #[must_use]
    pub fn of_vehicle(vehicle: &Vehicle, listed: Vec<ListingReason>) -> Self {
        Self {
            plate: vehicle.plate.clone(),
            vehicle_type: Some(vehicle.vehicle_type.clone()),
            use_nature: Some(vehicle.use_nature),
            stage: Some(vehicle.stage).filter(|stage| *stage != Stage::Unknown),
            fuel: Some(vehicle.fuel),
            energy: Some(vehicle.energy).filter(|energy| *energy != EnergyKind::Unknown),
            gvm_kg: vehicle.gvm_kg,
            listed: Some(listed),
        }
    }

    /// The same vehicle, with what it lacks filled in from another source: a gate's own ledger.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let known_stage = |stage: &Stage| *stage != Stage::Unknown;
        Self {
            plate: self.plate.or_else(|| other.plate.clone()),
            vehicle_type: self.vehicle_type.or_else(|| other.vehicle_type.clone()),
            use_nature: self.use_nature.or(other.use_nature),
            stage: self.stage.filter(known_stage).or(other.stage.filter(known_stage)),
            fuel: self.fuel.or(other.fuel),
            energy: self.energy.or(other.energy),
            gvm_kg: self.gvm_kg.or(other.gvm_kg),
            listed: self.listed.or_else(|| other.listed.clone()),
        }
    }

    /// Its stage; what draws its power from a battery or a fuel cell alone is electric.
    pub(super) fn known_stage(&self) -> Option<Stage> {
        let electric = matches!(self.energy, Some(EnergyKind::Bev | EnergyKind::Fcev))
            || self.fuel.is_some_and(Fuel::is_pure_electric);
        if electric { Some(Stage::Electric) } else { self.stage.filter(|stage| *stage != Stage::Unknown) }
    }

    /// Whether it runs on that; a hybrid's `O` alone does not tell.
    pub(super) fn runs_on(&self, group: FuelGroup) -> Option<bool> {
        let Some(fuel) = self.fuel else {
            return match self.energy? {
                EnergyKind::Bev => Some(group == FuelGroup::Electric),
                EnergyKind::Fcev => Some(group == FuelGroup::Hydrogen),
                _ => None,
            };
        };
        let burns = match group {
            FuelGroup::Diesel => fuel.is_diesel(),
            FuelGroup::Petrol => fuel.contains(FuelKind::Petrol),
            FuelGroup::Gas => fuel.is_gas(),
            FuelGroup::Electric => fuel.is_pure_electric(),
            FuelGroup::Hydrogen => fuel.contains(FuelKind::Hydrogen),
        };
        let tells = |kind: FuelKind| !matches!(kind, FuelKind::Hybrid | FuelKind::Other | FuelKind::Electric);
        let vague = fuel.contains(FuelKind::Hybrid) || fuel.contains(FuelKind::Other);
        if burns || !vague || fuel.kinds().any(tells) { Some(burns) } else { None }
    }

    /// Whether it is a new-energy vehicle; a green plate proves it, no green plate disproves it.
    pub(super) fn is_new_energy(&self) -> Option<bool> {
        if self.plate.as_ref().is_some_and(|(_, kind)| kind.is_new_energy()) {
            return Some(true);
        }
        self.energy.filter(|energy| *energy != EnergyKind::Unknown).map(EnergyKind::is_new_energy)
    }

    /// Where its plate was issued; a plate that names no office does not tell.
    pub(super) fn origin(&self) -> Option<Origin> {
        let issuer = self.plate.as_ref()?.0.issuer()?;
        Some(if issuer == ISSUER { Origin::Local } else { Origin::OutOfTown })
    }

    /// By what its plate or its use exempts it.
    #[must_use]
    pub fn exemption_ground(&self) -> Option<ExemptionGround> {
        let by_plate = self.plate.as_ref().and_then(|(plate, kind)| match kind {
            PlateKind::Military => Some(ExemptionGround::Military),
            PlateKind::ArmedPolice => Some(ExemptionGround::ArmedPolice),
            PlateKind::Emergency => Some(ExemptionGround::Emergency),
            PlateKind::PoliceCar | PlateKind::PoliceMotorcycle if plate.class() == PlateClass::Police => {
                Some(ExemptionGround::Police)
            }
            _ => None,
        });
        by_plate.or_else(|| match self.use_nature? {
            UseNature::Police => Some(ExemptionGround::Police),
            UseNature::FireFighting => Some(ExemptionGround::Fire),
            UseNature::Ambulance => Some(ExemptionGround::Ambulance),
            UseNature::EngineeringRescue => Some(ExemptionGround::EngineeringRescue),
            _ => None,
        })
    }
}

impl VehicleGroup {
    /// Whether a type (GA 24.4) belongs to the group.
    #[must_use]
    pub fn holds(self, vehicle_type: &VehicleType) -> bool {
        let code = vehicle_type.as_str().as_bytes();
        let truck = vehicle_type.is_truck();
        match self {
            Self::Truck => truck,
            Self::HeavyTruck => truck && matches!(code, [b'H' | b'Q' | b'Z', b'1', ..] | [b'Z', b'5', ..]),
            Self::MediumTruck => truck && matches!(code, [_, b'2', ..]),
            Self::LightTruck => truck && matches!(code, [_, b'3', ..] | [b'Z', b'7', ..]),
            Self::MicroTruck => truck && matches!(code, [_, b'4', ..]),
            Self::DumpTruck => matches!(code, [b'H', _, b'7' | b'B'..=b'G', ..]),
            Self::LowSpeed => matches!(code, [b'H', b'5', ..] | [b'N', ..]),
            Self::Special => code.starts_with(b"Z") && !truck,
            Self::Bus => matches!(code, [b'K', b'1' | b'2', ..] | [b'D', ..]),
            Self::Car => matches!(code, [b'K', b'3' | b'4', ..]),
            Self::Motorcycle => code.starts_with(b"M"),
            Self::Tractor => code.starts_with(b"T"),
            Self::Machinery => code.starts_with(b"J"),
            Self::Trailer => matches!(code, [b'B' | b'G', ..]),
        }
    }
}
