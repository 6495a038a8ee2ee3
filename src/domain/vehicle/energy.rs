//! What drives a vehicle, whether that makes it a new-energy vehicle (新能源汽车), and how that is known.

use super::{
    fuel::{Fuel, FuelKind},
    plate::PlateKind,
};
use crate::domain::words::words;

words! {
    /// What drives a vehicle.
    pub enum EnergyKind {
        /// Battery-electric.
        Bev = "bev" / "纯电动",
        /// Fuel-cell.
        Fcev = "fcev" / "燃料电池",
        /// Plug-in hybrid.
        Phev = "phev" / "插电式混合动力",
        /// Extended-range electric.
        Erev = "erev" / "增程式",
        /// A hybrid that cannot be charged from outside: not a new-energy vehicle.
        Hybrid = "hybrid" / "普通混合动力",
        /// Combustion engine alone.
        Ice = "ice" / "内燃机",
        /// Not known: in the denominator of a share, never in its numerator.
        Unknown = "unknown" / "未知",
    }

    /// How the drive is known, the most trusted first.
    pub enum EnergySource {
        /// The maker's environmental list that comes with the vehicle (环保信息随车清单).
        VehicleList = "vehicle_list" / "随车清单",
        /// The ministry's catalogue of models.
        Catalogue = "catalogue" / "车型目录",
        /// Plate kind 51 or 52, which proves a new-energy vehicle.
        PlateKind = "plate_kind" / "号牌种类",
        /// The fuel field of GA 24.9.
        FuelCode = "fuel_code" / "燃料种类",
        /// The owner or the station says so.
        Declared = "declared" / "申报",
    }
}

impl EnergyKind {
    /// Whether the vehicle counts as a new-energy vehicle: battery, fuel cell, plug-in or range extender.
    #[must_use]
    pub const fn is_new_energy(self) -> bool {
        matches!(self, Self::Bev | Self::Fcev | Self::Phev | Self::Erev)
    }
}

impl EnergySource {
    /// Whether it is a document about the model, which outranks police codes.
    #[must_use]
    pub const fn is_document(self) -> bool {
        matches!(self, Self::VehicleList | Self::Catalogue)
    }
}

/// Decides what drives a vehicle: documents, then plate kind, then fuel code, then what was declared.
///
/// A green plate overrules any evidence that the vehicle is not new-energy.
#[must_use]
pub fn infer_energy(
    fuel: Fuel,
    plate_kind: Option<PlateKind>,
    evidence: Option<(EnergyKind, EnergySource)>,
) -> (EnergyKind, EnergySource) {
    let green = plate_kind.is_some_and(PlateKind::is_new_energy);
    let believed = evidence.filter(|(kind, _)| *kind != EnergyKind::Unknown && (!green || kind.is_new_energy()));
    if let Some(documented) = believed.filter(|(_, source)| source.is_document()) {
        return documented;
    }
    match energy_of_fuel(fuel) {
        kind if green && !kind.is_new_energy() => (EnergyKind::Phev, EnergySource::PlateKind),
        EnergyKind::Unknown => believed.unwrap_or((EnergyKind::Unknown, EnergySource::FuelCode)),
        kind if green => (kind, EnergySource::PlateKind),
        kind => (kind, EnergySource::FuelCode),
    }
}

/// Whether a drive contradicts the fuel field or the plate kind; one of them is wrong, and a person must look.
#[must_use]
pub fn contradicts(energy: EnergyKind, fuel: Fuel, plate_kind: Option<PlateKind>) -> bool {
    let green = plate_kind.is_some_and(PlateKind::is_new_energy);
    let by_fuel = energy_of_fuel(fuel);
    let vague = energy == EnergyKind::Unknown || by_fuel == EnergyKind::Unknown;
    // A hybrid is often registered by the letter of its engine alone.
    let hybrid = matches!(energy, EnergyKind::Phev | EnergyKind::Erev | EnergyKind::Hybrid);
    let agrees = energy == by_fuel || (hybrid && by_fuel == EnergyKind::Ice);
    (green && !energy.is_new_energy()) || !(vague || agrees)
}

/// What the fuel field alone tells: `O`, `AC` and `BC` do not tell a plug-in from a plain hybrid.
fn energy_of_fuel(fuel: Fuel) -> EnergyKind {
    let vague = |kind| matches!(kind, FuelKind::Hybrid | FuelKind::Solar | FuelKind::None | FuelKind::Other);
    let electric = |kind| matches!(kind, FuelKind::Electric | FuelKind::Hydrogen);
    if fuel.kinds().any(vague) {
        EnergyKind::Unknown
    } else if fuel.is_pure_electric() {
        EnergyKind::Bev
    } else if fuel.kinds().all(electric) {
        EnergyKind::Fcev
    } else if fuel.kinds().any(electric) {
        EnergyKind::Unknown
    } else {
        EnergyKind::Ice
    }
}
