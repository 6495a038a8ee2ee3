//! Reading what is told: texts become values of the domain, or faults with their pointers.

use super::{IdentityIn, SightingIn, VehicleIn};
use crate::{
    domain::{
        id::Id,
        vehicle::{
            Vehicle,
            area::{AreaCode, area_of_issuer},
            energy::{EnergyKind, EnergySource, infer_energy},
            fuel::{Fuel, FuelKind},
            identity_flags,
            plate::{Plate, PlateKind},
            stage::{Stage, StageSource, derive_stage},
            use_nature::UseNature,
            vehicle_type::{UNTOLD, VehicleType},
            vin::Vin,
        },
    },
    platform::problem::{Fault, text},
};

/// The VIN, and the plate with its kind, as far as they were told and can be read.
pub type Identity = (Option<Vin>, Option<(Plate, PlateKind)>);

impl IdentityIn {
    /// Reads what was told.
    ///
    /// # Errors
    /// Neither VIN nor plate, a plate without its kind, or a text that is neither.
    pub fn read(&self) -> Result<Identity, Vec<Fault>> {
        let mut faults = Vec::new();
        let vin = read_field(self.vin.as_deref(), "/vin", Vin::read, &mut faults);
        let plate = read_field(self.plate.as_deref(), "/plate", Plate::read, &mut faults);
        if plate.is_some() && self.plate_kind.is_none() {
            faults.push(fault("/plate_kind", "missing", "a plate needs its kind", "请填写号牌种类"));
        }
        if vin.is_none() && plate.is_none() && faults.is_empty() {
            faults.push(fault(
                "/vin",
                "missing",
                "tell the VIN, or the plate with its kind",
                "请填写车架号或号牌及种类",
            ));
        }
        if faults.is_empty() { Ok((vin, plate.zip(self.plate_kind))) } else { Err(faults) }
    }
}

impl SightingIn {
    /// What is told of a vehicle that was seen with a plate of this kind. Type and fuel that nobody knows are told as
    /// such, so that the vehicle can be recorded and flagged; its area is what its plate tells.
    #[must_use]
    pub fn vehicle(&self, plate: &Plate, kind: PlateKind) -> VehicleIn {
        let area = plate.issuer().and_then(area_of_issuer);
        VehicleIn {
            plate: Some(plate.as_str().to_owned()),
            plate_kind: Some(kind),
            vin: self.vin.clone(),
            vehicle_type: Some(self.vehicle_type.clone().unwrap_or_else(|| UNTOLD.to_owned())),
            use_nature: Some(self.use_nature.unwrap_or(UseNature::NonOperating)),
            fuel: Some(self.fuel.clone().unwrap_or_else(|| FuelKind::Other.code().to_owned())),
            area: area.map(|area| area.as_str().to_owned()),
            ..VehicleIn::default()
        }
    }
}

impl VehicleIn {
    /// What is told without whom it belongs to: what the records of tests keep.
    #[must_use]
    pub fn without_owner(&self) -> Self {
        Self { owner: None, ..self.clone() }
    }

    /// The part that tells who the vehicle is.
    #[must_use]
    pub fn identity(&self) -> IdentityIn {
        IdentityIn { plate: self.plate.clone(), plate_kind: self.plate_kind, vin: self.vin.clone() }
    }

    /// What is told of a vehicle that was only seen so far, with what is known where nothing is told.
    #[must_use]
    pub fn describing(&self, known: &Vehicle) -> Self {
        let vehicle_type = self.vehicle_type.clone().filter(|told| told != UNTOLD);
        let fuel = self.fuel.clone().filter(|told| told != FuelKind::Other.code());
        Self {
            use_nature: self.use_nature.filter(|_| vehicle_type.is_some()).or(Some(known.use_nature)),
            vehicle_type: vehicle_type.or_else(|| Some(known.vehicle_type.as_str().to_owned())),
            fuel: fuel.or_else(|| Some(known.fuel.to_string())),
            area: self.area.clone().or_else(|| Some(known.area.as_str().to_owned())),
            ..self.clone()
        }
    }

    /// Reads the data of a vehicle that is not yet known.
    ///
    /// # Errors
    /// Every field that is missing or cannot be read, by its pointer.
    pub fn read(&self, id: Id<Vehicle>, identity: Identity, city: &str) -> Result<Vehicle, Vec<Fault>> {
        let mut faults = Vec::new();
        let vehicle_type = read_field(self.vehicle_type.as_deref(), "/vehicle_type", VehicleType::read, &mut faults);
        let fuel = read_field(self.fuel.as_deref(), "/fuel", Fuel::read, &mut faults);
        let area = read_field(Some(self.area.as_deref().unwrap_or(city)), "/area", AreaCode::read, &mut faults);
        for (field, missing) in [
            ("/vehicle_type", self.vehicle_type.is_none()),
            ("/use_nature", self.use_nature.is_none()),
            ("/fuel", self.fuel.is_none()),
        ] {
            if missing {
                faults.push(fault(
                    field,
                    "missing",
                    "needed for a vehicle not yet known",
                    "首次登记的车辆须填写此项",
                ));
            }
        }
        let (Some(vehicle_type), Some(use_nature), Some(fuel), Some(area)) =
            (vehicle_type, self.use_nature, fuel, area)
        else {
            return Err(faults);
        };
        let (vin, plate) = identity;
        let (energy, energy_source) = self.energy(fuel, plate.as_ref().map(|(_, kind)| *kind));
        let (stage, stage_source) = self.stage(fuel);
        let mut vehicle = Vehicle {
            id,
            vin,
            plate,
            vehicle_type,
            use_nature,
            fuel,
            energy,
            energy_source,
            stage,
            stage_source,
            gvm_kg: self.gvm_kg,
            reference_mass_kg: self.reference_mass_kg,
            rated_power: self.rated_power_kw,
            rated_speed_per_min: self.rated_speed_per_min,
            displacement_ml: self.displacement_ml,
            registered_on: self.registered_on,
            built_on: self.built_on,
            area,
            maker: self.maker.clone(),
            model: self.model.clone(),
            engine_model: self.engine_model.clone(),
            has_obd: self.has_obd,
            dyno_capable: self.dyno_capable,
            flags: Vec::new(),
        };
        vehicle.flags = identity_flags(&vehicle);
        Ok(vehicle)
    }

    /// The known vehicle with what is told in place of what was known.
    ///
    /// # Errors
    /// A field that cannot be read, by its pointer.
    pub fn over(&self, mut known: Vehicle) -> Result<Vehicle, Vec<Fault>> {
        let mut faults = Vec::new();
        let vehicle_type =
            read_field(self.vehicle_type.as_deref(), "/vehicle/vehicle_type", VehicleType::read, &mut faults);
        let fuel = read_field(self.fuel.as_deref(), "/vehicle/fuel", Fuel::read, &mut faults);
        let area = read_field(self.area.as_deref(), "/vehicle/area", AreaCode::read, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        known.vehicle_type = vehicle_type.unwrap_or(known.vehicle_type);
        known.use_nature = self.use_nature.unwrap_or(known.use_nature);
        known.fuel = fuel.unwrap_or(known.fuel);
        known.area = area.unwrap_or(known.area);
        if self.energy.is_some() {
            (known.energy, known.energy_source) =
                self.energy(known.fuel, known.plate.as_ref().map(|(_, kind)| *kind));
        }
        if self.stage.is_some() {
            (known.stage, known.stage_source) = self.stage(known.fuel);
        }
        known.gvm_kg = self.gvm_kg.or(known.gvm_kg);
        known.reference_mass_kg = self.reference_mass_kg.or(known.reference_mass_kg);
        known.rated_power = self.rated_power_kw.or(known.rated_power);
        known.rated_speed_per_min = self.rated_speed_per_min.or(known.rated_speed_per_min);
        known.displacement_ml = self.displacement_ml.or(known.displacement_ml);
        known.registered_on = self.registered_on.or(known.registered_on);
        known.built_on = self.built_on.or(known.built_on);
        known.maker = self.maker.clone().or(known.maker);
        known.model = self.model.clone().or(known.model);
        known.engine_model = self.engine_model.clone().or(known.engine_model);
        known.has_obd = self.has_obd.or(known.has_obd);
        known.dyno_capable = self.dyno_capable.or(known.dyno_capable);
        known.flags = identity_flags(&known);
        Ok(known)
    }

    fn energy(&self, fuel: Fuel, plate_kind: Option<PlateKind>) -> (EnergyKind, EnergySource) {
        let told = self.energy.map(|energy| (energy, self.energy_source.unwrap_or(EnergySource::Declared)));
        infer_energy(fuel, plate_kind, told)
    }

    fn stage(&self, fuel: Fuel) -> (Stage, StageSource) {
        if let Some(stage) = self.stage {
            return (stage, self.stage_source.unwrap_or(StageSource::Declared));
        }
        let derived = self.registered_on.zip(self.gvm_kg).and_then(|(day, gvm)| derive_stage(fuel, gvm, day));
        (derived.unwrap_or(Stage::Unknown), StageSource::DerivedFromDate)
    }
}

fn read_field<T, E: std::fmt::Display>(
    told: Option<&str>,
    pointer: &'static str,
    read: impl Fn(&str) -> Result<T, E>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    match read(told?) {
        Ok(value) => Some(value),
        Err(error) => {
            faults.push(fault(pointer, "unreadable", &error.to_string(), &format!("无法识别：{error}")));
            None
        }
    }
}

fn fault(pointer: &str, code: &'static str, en: &str, zh: &str) -> Fault {
    Fault { pointer: pointer.to_owned(), code: code.into(), detail: text(en.to_owned(), zh.to_owned()) }
}
