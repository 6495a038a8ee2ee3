//! Recording and correcting movements.

use serde_json::{Value, json};

use super::{Kept, Recorded, Register, answering::movement_out, finding_vehicles, learned, refusing, settling};
use crate::{
    domain::{
        event::Event,
        fleet::{FleetOddity, History, Movement, MovementError, check_movements, oddities},
        id::Id,
        vehicle::Vehicle,
    },
    features::{
        fleet::{
            store,
            wire::{MovementCorrectionIn, MovementIn, MovementOut},
        },
        vehicles,
    },
    platform::{db::Tx, problem::Problem, state::Ground},
};

/// Records a movement; the same one again gets the first answer. What is refused leaves its findings behind.
///
/// # Errors
/// No such vehicle (404), values that cannot be (422), or a history that does not allow it (409).
pub fn record_movement(
    tx: &mut Tx<'_>,
    on: &Ground,
    vehicle: Id<Vehicle>,
    told: &MovementIn,
    at: &str,
) -> Result<Recorded<MovementOut>, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let register = Register::load(tx.conn(), vehicle.id)?;
    let movement = read(tx, &vehicle, told, at)?;

    if let Some(known) = register.movements.iter().find(|kept| kept.stands() && is_same(&kept.fact, &movement)) {
        return Ok(Recorded { out: movement_out(vehicle.id, known), again: true });
    }
    let history = register.history().with(Some(movement.clone()), None);
    check(tx, &vehicle, &history, Some(&movement), at)?;

    let kept = learned(tx, on, movement);
    store_new(tx, &vehicle, &history, &kept)?;
    let event = Event::MovementRecorded { movement: kept.fact.id, kind: kept.fact.kind };
    tx.record(vehicle.id, event);
    Ok(Recorded { out: movement_out(vehicle.id, &kept), again: false })
}

/// Puts a better movement in the place of one, or withdraws it; the first stays visible.
///
/// # Errors
/// No such movement (404), it was corrected already (409), or the history would become impossible (409, 422).
pub fn correct_movement(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, id): (Id<Vehicle>, Id<Movement>),
    told: &MovementCorrectionIn,
) -> Result<MovementOut, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let register = Register::load(tx.conn(), vehicle.id)?;
    let old = register.movements.iter().find(|kept| kept.fact.id == id).ok_or_else(Problem::not_found)?;
    if !old.stands() {
        return Err(refusing::superseded());
    }
    let new = told.movement.as_ref().map(|better| read(tx, &vehicle, better, "/movement")).transpose()?;

    let history = register.history().with(new.clone(), Some(id));
    check(tx, &vehicle, &history, new.as_ref(), "/movement")?;

    let now = tx.at();
    store::movements::supersede(tx.conn(), vehicle.id, id, now)?;
    let by = new.as_ref().map(|movement| movement.id);
    tx.record(vehicle.id, Event::MovementSuperseded { movement: id, by, reason: told.reason.clone() });
    if let Some(movement) = new {
        let kept = Kept { supersedes: Some(id), reason: Some(told.reason.clone()), ..learned(tx, on, movement) };
        store_new(tx, &vehicle, &history, &kept)?;
        return Ok(movement_out(vehicle.id, &kept));
    }
    settling::settle_vehicle(tx, &vehicle, &history)?;
    Ok(movement_out(vehicle.id, &Kept { superseded_at: Some(now), ..old.clone() }))
}

fn read(tx: &mut Tx<'_>, vehicle: &Vehicle, told: &MovementIn, at: &str) -> Result<Movement, Problem> {
    let pointer = format!("{at}/replaces");
    let told_of = told.replaces.as_ref();
    let found = told_of.map(|who| finding_vehicles::vehicle_of(tx.conn(), who, &pointer)).transpose()?;
    let replaces = told.replaces_id.or(found);
    if let Some(id) = replaces.filter(|_| found.is_none())
        && vehicles::load(tx.conn(), id)?.is_none()
    {
        let (en, zh) = ("no such vehicle", "未找到被更新车辆");
        return Err(Problem::invalid(format!("{at}/replaces_id"), "unknown_vehicle", en, zh));
    }
    let area = told.area.clone().unwrap_or_else(|| vehicle.area.clone());
    Ok(Movement { id: tx.mint(), kind: told.kind, held_on: told.held_on, area, replaces })
}

fn is_same(known: &Movement, told: &Movement) -> bool {
    (known.kind, known.held_on, &known.area, known.replaces) == (told.kind, told.held_on, &told.area, told.replaces)
}

fn check(
    tx: &mut Tx<'_>,
    vehicle: &Vehicle,
    history: &History,
    movement: Option<&Movement>,
    at: &str,
) -> Result<(), Problem> {
    let Err(error) = check_movements(vehicle.id, history, movement, tx.at()) else { return Ok(()) };
    if let Some(movement) = movement.filter(|movement| error == MovementError::Scrapped && movement.kind.adds()) {
        let facts = json!({ "kind": movement.kind, "held_on": movement.held_on });
        store::findings::note(tx, vehicle.id, &[(FleetOddity::ScrappedButAdded, facts)])?;
    }
    Err(refusing::movement(error, at))
}

fn store_new(tx: &mut Tx<'_>, vehicle: &Vehicle, history: &History, kept: &Kept<Movement>) -> Result<(), Problem> {
    store::movements::insert(tx.conn(), vehicle.id, kept)?;
    let movement = &kept.fact;
    let facts = |oddity| (oddity, json!({ "movement_id": movement.id, "held_on": movement.held_on }));
    let mut found: Vec<(FleetOddity, Value)> =
        oddities(vehicle, history, movement, tx.at()).into_iter().map(facts).collect();
    found.extend(replaced(tx, vehicle, movement)?);
    store::findings::note(tx, vehicle.id, &found)?;
    settling::settle_vehicle(tx, vehicle, history)
}

/// What is odd about the vehicle that a renewal replaces.
fn replaced(tx: &mut Tx<'_>, vehicle: &Vehicle, movement: &Movement) -> Result<Vec<(FleetOddity, Value)>, Problem> {
    let Some(id) = movement.replaces else { return Ok(Vec::new()) };
    let facts = json!({ "movement_id": movement.id, "replaces_id": id });
    let left = Register::load(tx.conn(), id)?.history();
    let is_there = left.movements().last().is_some_and(|last| !last.kind.removes());
    let others = store::movements::renewals_of(tx.conn(), id)?;
    let twice = others.iter().any(|other| *other != vehicle.id);
    let odd = [(FleetOddity::ReplacedStillThere, is_there), (FleetOddity::ReplacedTwice, twice)];
    Ok(odd.into_iter().filter(|(_, raised)| *raised).map(|(oddity, _)| (oddity, facts.clone())).collect())
}
