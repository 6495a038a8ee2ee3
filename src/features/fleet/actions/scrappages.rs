//! Scrappage records of recyclers.

use serde_json::json;

use super::{Kept, Recorded, Register, answering::scrappage_out, learned, refusing, settling};
use crate::{
    domain::{
        event::Event,
        fleet::{FleetOddity, Movement, MovementKind, Scrappage, check_movements, check_scrappage, is_scrapped},
        id::Id,
        party::Organisation,
        role::Role,
        vehicle::Vehicle,
    },
    features::{
        fleet::{
            store,
            wire::{DismantlingIn, ScrappageIn, ScrappageOut},
        },
        vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Records a scrappage and the movement out of the fleet that it means; the same certificate again gets the first
/// answer. A second scrappage of the vehicle is refused and noted.
///
/// # Errors
/// No such vehicle (404), values that cannot be (422), scrapped already or the certificate is another vehicle's (409).
pub fn record_scrappage(
    tx: &mut Tx<'_>,
    on: &Ground,
    vehicle: Id<Vehicle>,
    told: &ScrappageIn,
    at: &str,
) -> Result<Recorded<ScrappageOut>, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let known = store::scrappages::of_vehicle(tx.conn(), vehicle.id)?;
    let scrappage = Scrappage {
        id: tx.mint(),
        recycler: recycler(on, told.recycler_id, &format!("{at}/recycler_id"))?,
        certificate: told.certificate.clone(),
        scrapped_on: told.scrapped_on,
        dismantled_on: told.dismantled_on,
    };

    let standing = known.iter().find(|kept| kept.stands());
    if let Some(first) = standing {
        let (fact, new) = (&first.fact, &scrappage);
        let is_same =
            (fact.recycler, &fact.certificate, fact.scrapped_on) == (new.recycler, &new.certificate, new.scrapped_on);
        return if is_same {
            Ok(Recorded { out: scrappage_out(vehicle.id, first), again: true })
        } else {
            twice(tx, vehicle.id, fact, new)
        };
    }
    check_scrappage(&scrappage, tx.at()).map_err(|error| refusing::scrappage(error, at))?;
    let movement = movement_out_of(tx, &vehicle, &scrappage, at)?;
    if let Some(holder) = store::scrappages::claim(tx.conn(), vehicle.id, &scrappage)? {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("the certificate was given for another vehicle", "该回收证明已用于另一车辆")
            .with("vehicle_id", holder.to_string()));
    }

    let kept = learned(tx, on, scrappage);
    store::scrappages::insert(tx.conn(), vehicle.id, &kept)?;
    tx.record(vehicle.id, Event::VehicleScrapped { scrappage: kept.fact.id });
    if let Some(movement) = movement {
        leave(tx, on, &vehicle, movement)?;
    } else {
        let facts = json!({ "scrappage_id": kept.fact.id });
        store::findings::note(tx, vehicle.id, &[(FleetOddity::ScrappedFromOutside, facts)])?;
    }
    Ok(Recorded { out: scrappage_out(vehicle.id, &kept), again: false })
}

/// The movement that the scrappage means; none when the vehicle is not in the fleet, or has left it as scrapped already.
fn movement_out_of(
    tx: &mut Tx<'_>,
    vehicle: &Vehicle,
    scrappage: &Scrappage,
    at: &str,
) -> Result<Option<Movement>, Problem> {
    let history = Register::load(tx.conn(), vehicle.id)?.history();
    if history.movements().is_empty() || is_scrapped(&history) {
        return Ok(None);
    }
    let area = history.movements().last().map_or(&vehicle.area, |last| &last.area).clone();
    let (kind, held_on) = (MovementKind::Scrapped, scrappage.scrapped_on);
    let movement = Movement { id: tx.mint(), kind, held_on, area, replaces: None };
    let after = history.with(Some(movement.clone()), None);
    check_movements(vehicle.id, &after, Some(&movement), tx.at()).map_err(|error| refusing::movement(error, at))?;
    Ok(Some(movement))
}

fn leave(tx: &mut Tx<'_>, on: &Ground, vehicle: &Vehicle, movement: Movement) -> Result<(), Problem> {
    let kept = learned(tx, on, movement);
    store::movements::insert(tx.conn(), vehicle.id, &kept)?;
    tx.record(vehicle.id, Event::MovementRecorded { movement: kept.fact.id, kind: kept.fact.kind });
    let history = Register::load(tx.conn(), vehicle.id)?.history();
    settling::settle_vehicle(tx, vehicle, &history)
}

fn twice(
    tx: &mut Tx<'_>,
    vehicle: Id<Vehicle>,
    first: &Scrappage,
    new: &Scrappage,
) -> Result<Recorded<ScrappageOut>, Problem> {
    let facts = json!({
        "first_scrappage_id": first.id, "recycler_id": new.recycler, "scrapped_on": new.scrapped_on,
    });
    store::findings::note(tx, vehicle, &[(FleetOddity::ScrappedTwice, facts)])?;
    Err(Problem::new(Kind::AlreadyExists)
        .because("the vehicle was scrapped already", "该车辆已报废")
        .with("scrappage_id", first.id.to_string()))
}

/// Records the day of dismantling.
///
/// # Errors
/// No such scrappage of the caller's (404), dismantled already (409), or the day cannot be (422).
pub fn record_dismantling(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, id): (Id<Vehicle>, Id<Scrappage>),
    told: &DismantlingIn,
) -> Result<ScrappageOut, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let known = store::scrappages::of_vehicle(tx.conn(), vehicle.id)?;
    let own = |kept: &&Kept<Scrappage>| on.caller.role != Role::Recycler || kept.fact.recycler == on.caller.home();
    let old = known.iter().filter(own).find(|kept| kept.fact.id == id).ok_or_else(Problem::not_found)?;
    if !old.stands() || old.fact.dismantled_on.is_some() {
        return Err(refusing::superseded());
    }
    let new = Scrappage { id: tx.mint(), dismantled_on: Some(told.dismantled_on), ..old.fact.clone() };
    check_scrappage(&new, tx.at()).map_err(|error| refusing::scrappage(error, ""))?;

    let now = tx.at();
    store::scrappages::supersede(tx.conn(), vehicle.id, id, now)?;
    let kept = Kept { supersedes: Some(id), ..learned(tx, on, new) };
    store::scrappages::insert(tx.conn(), vehicle.id, &kept)?;
    tx.record(vehicle.id, Event::VehicleDismantled { scrappage: kept.fact.id });
    Ok(scrappage_out(vehicle.id, &kept))
}

/// A recycler speaks for itself; an office names one that takes part.
fn recycler(on: &Ground, told: Option<Id<Organisation>>, pointer: &str) -> Result<Id<Organisation>, Problem> {
    let own = on.caller.home();
    if on.caller.role == Role::Recycler {
        return if told.is_none_or(|told| told == own) { Ok(own) } else { Err(refusing::not_your_own(pointer)) };
    }
    let known =
        told.filter(|id| on.directory.organisation(id.uuid()).is_some_and(|known| known.role == Role::Recycler));
    known.ok_or_else(|| refusing::unknown_organisation(pointer))
}
