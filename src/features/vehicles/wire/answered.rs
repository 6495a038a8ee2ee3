//! A vehicle as the registry answers it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    id::Id,
    quantity::Amount,
    time::Day,
    vehicle::{
        IdentityFlag, Vehicle,
        area::AreaCode,
        energy::{EnergyKind, EnergySource},
        fuel::Fuel,
        owner::Owner,
        plate::{Plate, PlateKind},
        stage::{Stage, StageSource},
        use_nature::UseNature,
        vehicle_type::VehicleType,
        vin::Vin,
    },
};

/// A vehicle as the registry knows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VehicleOut {
    /// Its id, which outlives plates.
    #[schema(value_type = uuid::Uuid)]
    pub vehicle_id: Id<Vehicle>,
    /// The plate of today.
    pub plate: Option<Plate>,
    /// Its kind.
    pub plate_kind: Option<PlateKind>,
    /// The VIN.
    pub vin: Option<Vin>,
    /// Vehicle type (GA 24.4 code).
    pub vehicle_type: VehicleType,
    /// Use.
    pub use_nature: UseNature,
    /// Fuel (GA 24.9 code).
    pub fuel: Fuel,
    /// What drives it.
    pub energy: EnergyKind,
    /// How that is known.
    pub energy_source: EnergySource,
    /// Emission stage.
    pub stage: Stage,
    /// How that is known.
    pub stage_source: StageSource,
    /// Maximum mass, kg.
    pub gvm_kg: Option<i64>,
    /// Rated engine power, kW.
    pub rated_power_kw: Option<Amount>,
    /// First registration.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub registered_on: Option<Day>,
    /// Administrative area.
    pub area: AreaCode,
    /// Maker.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// What is odd about its identity or data: for review, never a reason to lose a test.
    pub flags: Vec<IdentityFlag>,
    /// Whom it belongs to, masked; told to the offices alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
}

impl From<Vehicle> for VehicleOut {
    fn from(vehicle: Vehicle) -> Self {
        let (plate, plate_kind) = vehicle.plate.unzip();
        Self {
            vehicle_id: vehicle.id,
            plate,
            plate_kind,
            vin: vehicle.vin,
            vehicle_type: vehicle.vehicle_type,
            use_nature: vehicle.use_nature,
            fuel: vehicle.fuel,
            energy: vehicle.energy,
            energy_source: vehicle.energy_source,
            stage: vehicle.stage,
            stage_source: vehicle.stage_source,
            gvm_kg: vehicle.gvm_kg,
            rated_power_kw: vehicle.rated_power,
            registered_on: vehicle.registered_on,
            area: vehicle.area,
            maker: vehicle.maker,
            model: vehicle.model,
            flags: vehicle.flags,
            owner: None,
        }
    }
}

impl VehicleOut {
    /// The vehicle with its owner, masked.
    #[must_use]
    pub fn with_owner(vehicle: Vehicle, owner: Option<&Owner>) -> Self {
        Self { owner: owner.map(Owner::masked), ..Self::from(vehicle) }
    }
}
