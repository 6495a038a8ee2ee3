//! Taking over a list of vehicles: the facts of all in a few queries, each row asked, all stored together or none.

use std::collections::HashMap;

use super::{invalid, plate_key, vin_key};
use crate::{
    domain::{
        change::Changed,
        event::Event,
        id::Id,
        import::Effect,
        time::Day,
        vehicle::{Vehicle, area::CITY, contradiction::contradictions, identity_flags, owner::Owner},
        words::Word as _,
    },
    features::vehicles::{
        store::{self, Binding, NewVehicle},
        wire::{Identity, VehicleIn},
    },
    platform::{
        db::Tx,
        problem::{Fault, Problem, text},
    },
};

/// What a list does, row by row, or everything that is wrong with it by the place of the row.
pub type Taken = Result<Vec<Effect>, Vec<(usize, Fault)>>;

/// Takes over a list of vehicles. What a row says of a known vehicle replaces what was known; what it does not say
/// stays. With a single fault nothing of the list is taken.
///
/// # Errors
/// The database fails, or another change met the same vehicles at the same moment.
pub fn take_vehicles(tx: &mut Tx<'_>, told: &[VehicleIn], reason: &str) -> Result<Taken, Problem> {
    let (identities, mut faults) = identities(told);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let mut desk = Desk::load(tx, &identities)?;

    let mut effects = Vec::with_capacity(told.len());
    for (place, (told, identity)) in told.iter().zip(identities).enumerate() {
        match desk.take(tx, told, identity) {
            Ok(effect) => effects.push(effect),
            Err(found) => faults.extend(found.into_iter().map(|fault| (place, fault))),
        }
    }
    if !faults.is_empty() {
        return Ok(Err(faults));
    }

    desk.store(tx, reason)?;
    Ok(Ok(effects))
}

fn identities(told: &[VehicleIn]) -> (Vec<Identity>, Vec<(usize, Fault)>) {
    let (mut identities, mut faults) = (Vec::with_capacity(told.len()), Vec::new());
    for (place, told) in told.iter().enumerate() {
        match told.identity().read() {
            Ok(identity) => identities.push(identity),
            Err(found) => faults.extend(found.into_iter().map(|fault| (place, fault))),
        }
    }
    (identities, faults)
}

/// A vehicle on the desk: as it was, and as the rows so far have it.
struct Draft {
    was: Option<(Vehicle, Option<Owner>)>,
    vehicle: Vehicle,
    owner: Option<Owner>,
    claims: Vec<String>,
    binds: bool,
}

/// The vehicles that a list touches.
struct Desk {
    by_key: HashMap<String, Id<Vehicle>>,
    drafts: Vec<Draft>,
    places: HashMap<Id<Vehicle>, usize>,
    today: Day,
}

impl Desk {
    fn load(tx: &mut Tx<'_>, identities: &[Identity]) -> Result<Self, Problem> {
        let keys: Vec<String> = identities.iter().flat_map(keys_of).flatten().collect();
        let by_key = store::holders_of(tx.conn(), &keys)?;
        let mut ids: Vec<Id<Vehicle>> = by_key.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known = store::lock_many(tx.conn(), &ids)?;
        let mut owners = store::owners_of(tx.conn(), &ids)?;
        let mut desk = Self { by_key, drafts: Vec::new(), places: HashMap::new(), today: tx.at().local_day() };
        for id in ids {
            let vehicle = known.remove(&id).ok_or_else(Problem::run_again)?;
            let owner = owners.remove(&id).flatten();
            let was = Some((vehicle.clone(), owner.clone()));
            desk.put(Draft { was, vehicle, owner, claims: Vec::new(), binds: false });
        }
        Ok(desk)
    }

    fn put(&mut self, draft: Draft) {
        self.places.insert(draft.vehicle.id, self.drafts.len());
        self.drafts.push(draft);
    }

    fn take(&mut self, tx: &Tx<'_>, told: &VehicleIn, identity: Identity) -> Result<Effect, Vec<Fault>> {
        let [by_vin, by_plate] = keys_of(&identity).map(|key| key.and_then(|key| self.by_key.get(&key).copied()));
        let Some(id) = by_vin.or(by_plate) else { return self.add(tx, told, identity) };
        let draft = &mut self.drafts[self.places[&id]];
        let strange = strange_identity(&draft.vehicle, &identity, by_plate);
        if !strange.is_empty() {
            return Err(strange);
        }
        let mut changed = told.over(draft.vehicle.clone()).map_err(bare)?;
        let (vin, plate) = identity.clone();
        let binds = changed.plate.is_none() && plate.is_some();
        changed.vin = changed.vin.or(vin);
        changed.plate = changed.plate.or(plate);
        changed.flags.clone_from(&draft.vehicle.flags);
        let owner = told.owner.clone().or_else(|| draft.owner.clone());
        if changed == draft.vehicle && owner == draft.owner {
            return Ok(Effect::Unchanged);
        }
        changed.flags = identity_flags(&changed);
        check(&changed, self.today)?;
        (draft.vehicle, draft.owner) = (changed, owner);
        draft.binds |= binds;
        for key in keys_of(&identity).into_iter().flatten() {
            if self.by_key.insert(key.clone(), id).is_none() {
                draft.claims.push(key);
            }
        }
        Ok(Effect::Changed)
    }

    fn add(&mut self, tx: &Tx<'_>, told: &VehicleIn, identity: Identity) -> Result<Effect, Vec<Fault>> {
        let claims: Vec<String> = keys_of(&identity).into_iter().flatten().collect();
        let vehicle = told.read(tx.mint(), identity, CITY)?;
        check(&vehicle, self.today)?;
        self.by_key.extend(claims.iter().map(|key| (key.clone(), vehicle.id)));
        let binds = vehicle.plate.is_some();
        self.put(Draft { was: None, vehicle, owner: told.owner.clone(), claims, binds });
        Ok(Effect::Added)
    }

    fn store(self, tx: &mut Tx<'_>, reason: &str) -> Result<(), Problem> {
        let at = tx.at();
        let (added, known): (Vec<Draft>, Vec<Draft>) = self.drafts.into_iter().partition(|draft| draft.was.is_none());
        let changed: Vec<Draft> = known
            .into_iter()
            .filter(|draft| draft.was.as_ref() != Some(&(draft.vehicle.clone(), draft.owner.clone())))
            .collect();
        insert(tx, &added)?;
        for draft in &changed {
            store::save(tx.conn(), &draft.vehicle, at)?;
            if let Some(owner) = &draft.owner {
                store::set_owner(tx.conn(), draft.vehicle.id, owner)?;
            }
        }
        claim_and_bind(tx, added.iter().chain(&changed), at.local_day())?;
        for draft in added.iter().chain(&changed) {
            let vehicle = draft.vehicle.id;
            tx.publish(vehicle, Changed::Vehicle);
            tx.record(
                vehicle,
                match draft.was {
                    None => Event::VehicleRegistered { vehicle },
                    Some(_) => Event::VehicleCorrected { vehicle, reason: reason.to_owned() },
                },
            );
        }
        Ok(())
    }
}

fn insert(tx: &mut Tx<'_>, added: &[Draft]) -> Result<(), Problem> {
    let at = tx.at();
    let rows: Vec<_> = added.iter().map(|draft| NewVehicle::new(&draft.vehicle, draft.owner.as_ref(), at)).collect();
    store::insert_many(tx.conn(), &rows)?;
    Ok(())
}

fn claim_and_bind<'d>(tx: &mut Tx<'_>, drafts: impl Iterator<Item = &'d Draft>, today: Day) -> Result<(), Problem> {
    let (mut claims, mut bindings) = (Vec::new(), Vec::new());
    for draft in drafts {
        claims.extend(draft.claims.iter().map(|key| (key.clone(), draft.vehicle.id)));
        if let Some((plate, kind)) = draft.vehicle.plate.as_ref().filter(|_| draft.binds) {
            let on = draft.vehicle.registered_on.filter(|_| draft.was.is_none()).unwrap_or(today);
            bindings.push(Binding::new(draft.vehicle.id, tx.mint(), plate, *kind, on));
        }
    }
    if store::claim_many(tx.conn(), &claims)? != claims.len() {
        // Another change met the same vehicle at the same moment; this one looks again.
        return Err(Problem::run_again());
    }
    store::bind_many(tx.conn(), &bindings)?;
    Ok(())
}

/// What of an identity contradicts the known vehicle; a plate moves by its day, never by a list.
fn strange_identity(known: &Vehicle, (vin, plate): &Identity, by_plate: Option<Id<Vehicle>>) -> Vec<Fault> {
    let other = known.vin.as_ref().zip(vin.as_ref()).is_some_and(|(known, told)| known != told);
    let foreign = by_plate.is_some_and(|holder| holder != known.id);
    let moved = known.plate.is_some() && plate.is_some() && known.plate != *plate;
    if other || foreign {
        return vec![fault("/plate", "plate_of_another", "the plate belongs to another vehicle", "号牌属于另一车辆")];
    }
    if moved {
        let en = "the vehicle has another plate; a plate is changed with its day, by /v1/vehicles/{id}/plates";
        return vec![fault("/plate", "plate_differs", en, "该车辆已有其他号牌；换牌须注明日期，请通过换牌接口办理")];
    }
    Vec::new()
}

fn check(vehicle: &Vehicle, today: Day) -> Result<(), Vec<Fault>> {
    let found = contradictions(vehicle, today);
    let faults = found.into_iter().map(|contradiction| Fault {
        pointer: format!("/{}", contradiction.field()),
        code: contradiction.word().into(),
        detail: text(contradiction.word().replace('_', " "), contradiction.zh()),
    });
    let faults: Vec<Fault> = faults.collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn keys_of((vin, plate): &Identity) -> [Option<String>; 2] {
    [vin.as_ref().map(vin_key), plate.as_ref().map(|(plate, kind)| plate_key(plate, *kind))]
}

/// The faults of a correction, whose pointers name the vehicle inside a body.
fn bare(faults: Vec<Fault>) -> Vec<Fault> {
    let bare = |fault: Fault| Fault { pointer: fault.pointer.replacen("/vehicle", "", 1), ..fault };
    faults.into_iter().map(bare).collect()
}

fn fault(pointer: &str, code: &'static str, en: &'static str, zh: &'static str) -> Fault {
    Fault { pointer: pointer.to_owned(), code: code.into(), detail: text(en, zh) }
}

/// A list of one: what registering a single vehicle is.
pub(super) fn add_one(tx: &mut Tx<'_>, told: &VehicleIn, identity: Identity) -> Result<Vehicle, Problem> {
    let claims: Vec<String> = keys_of(&identity).into_iter().flatten().collect();
    let vehicle = told.read(tx.mint(), identity, CITY).map_err(invalid)?;
    let draft = Draft { was: None, binds: vehicle.plate.is_some(), owner: told.owner.clone(), claims, vehicle };
    let (at, drafts) = (tx.at(), [draft]);
    insert(tx, &drafts)?;
    claim_and_bind(tx, drafts.iter(), at.local_day())?;
    let [draft] = drafts;
    tx.publish(draft.vehicle.id, Changed::Vehicle);
    tx.record(draft.vehicle.id, Event::VehicleRegistered { vehicle: draft.vehicle.id });
    Ok(draft.vehicle)
}
