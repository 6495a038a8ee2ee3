//! A vehicle as the registry knows it, and what is odd about its identity.

pub mod area;
pub mod codes;
pub mod contradiction;
pub mod energy;
pub mod fuel;
pub mod mass;
pub mod owner;
pub mod plate;
pub mod stage;
pub mod text;
pub mod use_nature;
pub mod vehicle_type;
pub mod vin;

use serde::{Deserialize, Serialize};

use self::{
    area::AreaCode,
    energy::{EnergyKind, EnergySource},
    fuel::Fuel,
    mass::{MassClass, mass_class},
    plate::{Plate, PlateKind},
    stage::{Stage, StageSource},
    use_nature::UseNature,
    vehicle_type::VehicleType,
    vin::{Vin, VinStatus},
};
use super::{id::Id, quantity::Amount, time::Day, words::words};

/// A vehicle: who it is, what it is, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its identifier, which outlives plates.
    pub id: Id<Vehicle>,
    /// Its VIN, right or wrong; `None` when none was told.
    pub vin: Option<Vin>,
    /// Its plate of today; `None` when it has none yet.
    pub plate: Option<(Plate, PlateKind)>,
    /// Its type.
    pub vehicle_type: VehicleType,
    /// What it is used for.
    pub use_nature: UseNature,
    /// Its fuels.
    pub fuel: Fuel,
    /// What drives it.
    pub energy: EnergyKind,
    /// How the drive is known.
    pub energy_source: EnergySource,
    /// Its emission stage.
    pub stage: Stage,
    /// How the stage is known.
    pub stage_source: StageSource,
    /// Maximum mass (最大总质量), kg.
    pub gvm_kg: Option<i64>,
    /// Reference mass (基准质量), kg.
    pub reference_mass_kg: Option<i64>,
    /// Rated engine power, kW.
    pub rated_power: Option<Amount>,
    /// Rated engine speed, r/min.
    pub rated_speed_per_min: Option<i64>,
    /// Displacement, mL.
    pub displacement_ml: Option<i64>,
    /// The day of first registration (初次登记日期).
    pub registered_on: Option<Day>,
    /// The day it left the factory.
    pub built_on: Option<Day>,
    /// Where it is registered.
    pub area: AreaCode,
    /// Its maker.
    pub maker: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its engine model.
    pub engine_model: Option<String>,
    /// Whether it has on-board diagnostics.
    pub has_obd: Option<bool>,
    /// Whether it can run on a dynamometer; `false` asks for a method without one.
    pub dyno_capable: Option<bool>,
    /// What is odd about it.
    pub flags: Vec<IdentityFlag>,
}

words! {
    /// Something odd about a vehicle's identity: recorded and shown, never a reason to lose a test.
    pub enum IdentityFlag {
        /// No plate yet.
        NoPlate = "no_plate" / "无号牌",
        /// No VIN.
        NoVin = "no_vin" / "无车架号",
        /// The VIN's check digit is wrong.
        VinCheckDigit = "vin_check_digit" / "车架号校验位不符",
        /// The VIN is not 17 characters of its alphabet.
        VinMalformed = "vin_malformed" / "车架号格式不符",
        /// The plate cannot be of the kind that was told.
        PlateKindMismatch = "plate_kind_mismatch" / "号牌与种类不符",
        /// The stage is only derived from the day of registration.
        StageDerived = "stage_derived" / "排放阶段为推定",
        /// No stage is known.
        StageUnknown = "stage_unknown" / "排放阶段未知",
        /// What drives it is not known: cleared before it counts as new-energy.
        EnergyUnknown = "energy_unknown" / "动力类型未知",
        /// The drive contradicts the fuel or the plate kind.
        EnergyMismatch = "energy_mismatch" / "动力类型与燃料或号牌不符",
        /// A station read another plate than the registry knows, or a known plate on another vehicle.
        PlateDiffers = "plate_differs" / "号牌与登记不符",
        /// Known only by having been seen: nobody has told its type yet.
        OnlySighted = "only_sighted" / "仅由观测得知，登记信息待补",
        /// Registered before it was built.
        DatesOutOfOrder = "dates_out_of_order" / "登记早于出厂",
    }
}

/// What is odd about a vehicle's identity, from its own data.
#[must_use]
pub fn identity_flags(vehicle: &Vehicle) -> Vec<IdentityFlag> {
    let vin = vehicle.vin.as_ref().map(Vin::status);
    let plate_kind = vehicle.plate.as_ref().map(|(_, kind)| *kind);
    let powered = !vehicle.fuel.is_none();
    let order = vehicle.registered_on.zip(vehicle.built_on);
    [
        (IdentityFlag::NoPlate, vehicle.plate.is_none()),
        (IdentityFlag::NoVin, vin.is_none()),
        (IdentityFlag::VinCheckDigit, vin == Some(VinStatus::CheckDigitFails)),
        (IdentityFlag::VinMalformed, vin == Some(VinStatus::Malformed)),
        (IdentityFlag::PlateKindMismatch, vehicle.plate.as_ref().is_some_and(|(plate, kind)| !plate.fits(*kind))),
        (IdentityFlag::StageDerived, vehicle.stage_source == StageSource::DerivedFromDate),
        (IdentityFlag::StageUnknown, powered && vehicle.stage == Stage::Unknown),
        (IdentityFlag::EnergyUnknown, powered && vehicle.energy == EnergyKind::Unknown),
        (IdentityFlag::EnergyMismatch, energy::contradicts(vehicle.energy, vehicle.fuel, plate_kind)),
        (IdentityFlag::OnlySighted, vehicle.is_only_sighted()),
        (IdentityFlag::DatesOutOfOrder, order.is_some_and(|(registered, built)| registered < built)),
    ]
    .into_iter()
    .filter_map(|(flag, raised)| raised.then_some(flag))
    .collect()
}

impl Vehicle {
    /// Light or heavy for the emission standards; `None` while the maximum mass is not known.
    #[must_use]
    pub fn mass_class(&self) -> Option<MassClass> {
        self.gvm_kg.map(mass_class)
    }

    /// Whether it is known only by having been seen: a device knows a plate, and not the type.
    #[must_use]
    pub fn is_only_sighted(&self) -> bool {
        self.vehicle_type.as_str() == vehicle_type::UNTOLD
    }

    /// Whether it is a diesel truck (柴油货车) of the city's plan.
    #[must_use]
    pub fn is_diesel_truck(&self) -> bool {
        self.fuel.is_diesel() && self.vehicle_type.is_truck()
    }
}
