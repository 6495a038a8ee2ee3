//! Changes of vehicles: registering, meeting one at its first test, binding plates, correcting data.

mod many;

pub use many::take_vehicles;

use self::many::add_one;
use super::{
    store::{self, plate_key, vin_key},
    wire::{CorrectionIn, Identity, IdentityIn, PlateIn, SightingIn, VehicleIn},
};
use crate::{
    domain::{
        change::Changed,
        event::Event,
        id::Id,
        vehicle::{
            IdentityFlag, Vehicle,
            area::CITY,
            identity_flags,
            plate::{Plate, PlateColour, PlateKind, kinds_of, likeliest_kind},
        },
        words::Word as _,
    },
    platform::{
        db::{AnyConnection, Tx},
        problem::{Fault, Kind, Problem, text},
    },
};

/// Registers a vehicle that is not yet known.
///
/// # Errors
/// The VIN or the plate belongs to a known vehicle (409), or the data cannot be read (422).
pub fn register_vehicle(tx: &mut Tx<'_>, told: &VehicleIn) -> Result<Vehicle, Problem> {
    let identity = told.identity().read().map_err(invalid)?;
    if let Some(known) = find_by(tx.conn(), &identity)?.into_iter().flatten().next() {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("the VIN or the plate belongs to a known vehicle", "该车架号或号牌已登记")
            .with("vehicle_id", known.to_string()));
    }
    add_one(tx, told, identity)
}

/// The vehicle that a station means: the known one, or a new one from what is told. The VIN counts more than the
/// plate; what contradicts the registry is flagged and never changes it.
///
/// # Errors
/// Neither VIN nor plate can be read, or the vehicle is not known and too little is told (422).
pub fn meet(tx: &mut Tx<'_>, told: &VehicleIn) -> Result<(Vehicle, Vec<IdentityFlag>), Problem> {
    let identity = told.identity().read().map_err(invalid)?;
    let [by_vin, by_plate] = find_by(tx.conn(), &identity)?;
    let Some(id) = by_vin.or(by_plate) else {
        return add_one(tx, told, identity).map(|vehicle| (vehicle, Vec::new()));
    };
    let known = store::lock(tx.conn(), id)?;
    let (vin, plate) = &identity;
    let other_vin = by_vin.is_none() && vin.is_some() && known.vin.is_some();
    if other_vin {
        // Another car under a known plate: a vehicle of its own, whose plate a person must look at.
        let (mut vehicle, mut flags) = (add_one(tx, told, (identity.0.clone(), None))?, Vec::new());
        flags.push(IdentityFlag::PlateDiffers);
        vehicle.flags.push(IdentityFlag::PlateDiffers);
        let at = tx.at();
        store::save(tx.conn(), &vehicle, at)?;
        return Ok((vehicle, flags));
    }
    let known = complete(tx, known, vin.is_some().then(|| identity.clone()), by_plate)?;
    let known = if known.is_only_sighted() { describe(tx, &known, told)? } else { known };
    let differs = plate.as_ref().is_some_and(|plate| known.plate.as_ref() != Some(plate));
    Ok((known, differs.then_some(IdentityFlag::PlateDiffers).into_iter().collect()))
}

/// Fills in the VIN or the plate that the registry lacks.
fn complete(
    tx: &mut Tx<'_>,
    mut known: Vehicle,
    told: Option<Identity>,
    by_plate: Option<Id<Vehicle>>,
) -> Result<Vehicle, Problem> {
    let Some((vin, plate)) = told else { return Ok(known) };
    let mut changed = false;
    if let Some(vin) = vin.filter(|_| known.vin.is_none()) {
        changed |= store::claim(tx.conn(), &vin_key(&vin), known.id)?;
        known.vin = Some(vin);
    }
    if let Some((plate, kind)) = plate.filter(|_| known.plate.is_none() && by_plate.is_none()) {
        changed |= store::claim(tx.conn(), &plate_key(&plate, kind), known.id)?;
        let (id, on) = (tx.mint(), tx.at().local_day());
        store::bind(tx.conn(), known.id, id, &plate, kind, on)?;
        known.plate = Some((plate, kind));
    }
    if changed {
        known.flags = identity_flags(&known);
        let at = tx.at();
        store::save(tx.conn(), &known, at)?;
        tx.publish(known.id, Changed::Vehicle);
        tx.record(known.id, Event::PlateBound { vehicle: known.id });
    }
    Ok(known)
}

/// Takes what is told of a vehicle that was only seen so far; what is not told now stays.
fn describe(tx: &mut Tx<'_>, known: &Vehicle, told: &VehicleIn) -> Result<Vehicle, Problem> {
    let identity = (known.vin.clone(), known.plate.clone());
    let described = told.describing(known).read(known.id, identity, CITY).map_err(invalid)?;
    if described != *known {
        let at = tx.at();
        store::save(tx.conn(), &described, at)?;
        if let Some(owner) = &told.owner {
            store::set_owner(tx.conn(), described.id, owner)?;
        }
        tx.publish(described.id, Changed::Vehicle);
        tx.record(described.id, Event::VehicleDescribed { vehicle: described.id });
    }
    Ok(described)
}

/// The vehicle that a device or an officer has seen: the known one, or a new one with the flag that it was only seen.
/// Where the kind of the plate is not told, the one known vehicle of that plate and colour is meant.
///
/// # Errors
/// The plate or another field cannot be read, or several known vehicles bear the plate (422).
pub fn sight(tx: &mut Tx<'_>, told: &SightingIn) -> Result<(Vehicle, Vec<IdentityFlag>), Problem> {
    let plate = Plate::read(&told.plate)
        .map_err(|error| Problem::invalid("/plate", "unreadable", error.to_string(), "无法识别的号牌"))?;
    let kind = match told.plate_kind {
        Some(kind) => kind,
        None => kind_seen(tx.conn(), &plate, told.plate_colour)?,
    };
    meet(tx, &told.vehicle(&plate, kind))
}

fn kind_seen(conn: &mut AnyConnection, plate: &Plate, colour: Option<PlateColour>) -> Result<PlateKind, Problem> {
    let kinds = colour.map_or_else(|| PlateKind::ALL.to_vec(), kinds_of);
    let keys: Vec<String> = kinds.iter().map(|kind| plate_key(plate, *kind)).collect();
    let holders = store::holders(conn, &keys)?;
    let known: Vec<PlateKind> =
        kinds.into_iter().zip(&keys).filter(|(_, key)| holders.contains_key(*key)).map(|(kind, _)| kind).collect();
    match known.as_slice() {
        [] => Ok(likeliest_kind(plate.class(), colour)),
        [kind] => Ok(*kind),
        _ => Err(Problem::invalid(
            "/plate_kind",
            "ambiguous",
            "several known vehicles bear this plate; tell its kind",
            "该号牌对应多辆车，请填写号牌种类",
        )),
    }
}

/// Gives a vehicle another plate; a plate that another vehicle had moves with its date.
///
/// # Errors
/// There is no such vehicle (404), or the plate cannot be read (422).
pub fn bind_plate(tx: &mut Tx<'_>, id: Id<Vehicle>, told: &PlateIn) -> Result<Vehicle, Problem> {
    let plate = Plate::read(&told.plate)
        .map_err(|error| Problem::invalid("/plate", "unreadable", error.to_string(), "无法识别的号牌"))?;
    let mut vehicle = store::lock(tx.conn(), id)?;
    let key = plate_key(&plate, told.plate_kind);
    let holder = store::holders(tx.conn(), std::slice::from_ref(&key))?.remove(&key);

    if let Some(holder) = holder.filter(|holder| *holder != id) {
        strip(tx, holder, told)?;
    }
    if let Some((old, kind)) = vehicle.plate.take() {
        store::release(tx.conn(), &plate_key(&old, kind), id)?;
        store::unbind(tx.conn(), id, told.bound_on)?;
    }
    vehicle.plate = Some((plate.clone(), told.plate_kind));
    vehicle.flags = identity_flags(&vehicle);

    if !store::claim(tx.conn(), &key, id)? {
        return Err(Problem::run_again());
    }
    let (binding, at) = (tx.mint(), tx.at());
    store::bind(tx.conn(), id, binding, &plate, told.plate_kind, told.bound_on)?;
    store::save(tx.conn(), &vehicle, at)?;
    tx.publish(id, Changed::Vehicle);
    tx.record(id, Event::PlateBound { vehicle: id });
    Ok(vehicle)
}

fn strip(tx: &mut Tx<'_>, holder: Id<Vehicle>, told: &PlateIn) -> Result<(), Problem> {
    let mut former = store::lock(tx.conn(), holder)?;
    if let Some((plate, kind)) = former.plate.take() {
        store::release(tx.conn(), &plate_key(&plate, kind), holder)?;
        store::unbind(tx.conn(), holder, told.bound_on)?;
        former.flags = identity_flags(&former);
        let at = tx.at();
        store::save(tx.conn(), &former, at)?;
        tx.publish(holder, Changed::Vehicle);
        tx.record(holder, Event::PlateBound { vehicle: holder });
    }
    Ok(())
}

/// Replaces a vehicle's data by better ones; what is not told stays.
///
/// # Errors
/// There is no such vehicle (404), or the data cannot be read (422).
pub fn correct_vehicle(tx: &mut Tx<'_>, id: Id<Vehicle>, told: &CorrectionIn) -> Result<Vehicle, Problem> {
    let known = store::lock(tx.conn(), id)?;

    let corrected = told.vehicle.over(known).map_err(invalid)?;

    let at = tx.at();
    store::save(tx.conn(), &corrected, at)?;
    if let Some(owner) = &told.vehicle.owner {
        store::set_owner(tx.conn(), id, owner)?;
    }
    tx.publish(id, Changed::Vehicle);
    tx.record(id, Event::VehicleCorrected { vehicle: id, reason: told.reason.clone() });
    Ok(corrected)
}

/// The vehicle of this identity; the VIN counts more than the plate.
///
/// # Errors
/// The identity cannot be read (422).
pub fn find(conn: &mut AnyConnection, identity: &IdentityIn) -> Result<Option<Vehicle>, Problem> {
    let identity = identity.read().map_err(invalid)?;
    let [by_vin, by_plate] = find_by(conn, &identity)?;
    match by_vin.or(by_plate) {
        Some(id) => Ok(store::load(conn, id)?),
        None => Ok(None),
    }
}

fn find_by(conn: &mut AnyConnection, (vin, plate): &Identity) -> Result<[Option<Id<Vehicle>>; 2], Problem> {
    let keys = [vin.as_ref().map(vin_key), plate.as_ref().map(|(plate, kind)| plate_key(plate, *kind))];
    let wanted: Vec<String> = keys.iter().flatten().cloned().collect();
    let holders = store::holders(conn, &wanted)?;
    Ok(keys.map(|key| key.and_then(|key| holders.get(&key).copied())))
}

fn invalid(faults: Vec<Fault>) -> Problem {
    Problem::new(Kind::Invalid).with_errors(faults)
}

/// Refuses a plate that no vehicle of the registry has.
#[must_use]
pub fn unknown_vehicle() -> Problem {
    let fault = Fault {
        pointer: String::new(),
        code: "unknown_vehicle".into(),
        detail: text("no vehicle of this identity is known", "未找到该车辆"),
    };
    Problem::new(Kind::NotFound).with_errors(vec![fault])
}
