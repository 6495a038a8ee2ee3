//! What an uploaded repair record does: it becomes the repair of the case whose report it names, or it is kept.

use sha2::{Digest, Sha256};

use super::{
    store::{self, MessageRow},
    wire::{LinkIn, Message},
};
use crate::{
    domain::{
        case::{Case, State},
        event::Event,
        id::Id,
        party::Organisation,
        repair::Repair,
        role::Role,
        vehicle::Vehicle,
    },
    features::{
        cases, repairs,
        vehicles::{self, IdentityIn},
    },
    platform::{
        db::{Json, Tx},
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is the repair of a case now.
    Linked,
    /// It waits for its case.
    Kept,
    /// It had come before.
    Again,
}

/// Takes an uploaded record: the same company code and settlement number again stores nothing new.
///
/// # Errors
/// The database fails.
pub fn upload_jtt1132_repair(tx: &mut Tx<'_>, on: &Ground, message: &Message) -> Result<Fate, Problem> {
    let row = MessageRow {
        shop_id: on.caller.organisation.into(),
        id: tx.mint(),
        settlement_number: message.settlement_number.clone(),
        vin: message.vin.to_uppercase(),
        message: Json(message.raw.clone()),
        received_at: tx.at(),
        repair_id: None,
    };
    if !store::keep(tx.conn(), &row)? {
        return Ok(Fate::Again);
    }
    let Some(case) = case_of(tx, message)? else { return Ok(Fate::Kept) };
    // A record that does not fit its case stays a message; a person may look at it.
    let linked = tx.attempt(|tx| tie(tx, on, &row, message, &case));
    Ok(if linked.is_ok() { Fate::Linked } else { Fate::Kept })
}

/// A person ties a kept message to an open case of the same VIN.
///
/// # Errors
/// No such message or case, or another VIN (404); the record does not fit the case (422, 409).
pub fn link_repair_message(
    tx: &mut Tx<'_>,
    on: &Ground,
    (shop, id): (Id<Organisation>, Id<MessageRow>),
    told: &LinkIn,
) -> Result<Repair, Problem> {
    if on.caller.role == Role::RepairShop && on.caller.organisation != shop.uuid() {
        return Err(Problem::not_found());
    }
    let row = store::waiting(tx.conn(), shop, id)?.ok_or_else(Problem::not_found)?;
    let vehicle = vehicles::load(tx.conn(), told.vehicle_id)?.ok_or_else(Problem::not_found)?;
    let case = cases::lock(tx.conn(), told.vehicle_id, told.case_id)?;
    if vehicle.vin.is_none_or(|vin| vin.as_str() != row.vin) {
        return Err(Problem::not_found());
    }
    let mut raw = row.message.0.clone();
    raw["access_token"] = "".into();
    let message = Message::read(&raw.to_string()).map_err(|error| Problem::internal(&error))?;
    let as_shop = on.standing_in_for(shop.uuid());
    tie(tx, &as_shop, &row, &message, &case)
}

/// The open case that the message names: same VIN, same report, and no other shop's.
fn case_of(tx: &mut Tx<'_>, message: &Message) -> Result<Option<Case>, Problem> {
    let Some(report) = &message.report_number else { return Ok(None) };
    let identity = IdentityIn { plate: None, plate_kind: None, vin: Some(message.vin.clone()) };
    let Ok(Some(vehicle)) = vehicles::find(tx.conn(), &identity) else { return Ok(None) };
    let case = cases::open_case(tx.conn(), vehicle.id)?;
    Ok(case.filter(|case| case.failing.report_number == *report))
}

/// Claims the case if nobody has, records the repair and closes it out.
fn tie(tx: &mut Tx<'_>, on: &Ground, row: &MessageRow, message: &Message, case: &Case) -> Result<Repair, Problem> {
    let shop = row.shop_id;
    let key: (Id<Vehicle>, Id<Case>) = (case.vehicle, case.id);
    if case.state == State::Failed {
        cases::start_repair(tx, shop, key)?;
    }
    let record = message.record(case.failing.report_number.clone(), tx.at().local_day());
    let hash = Sha256::digest(message.raw.to_string().as_bytes()).into();
    let recorded = repairs::record_repair(tx, on, key, &record, &hash)?;
    if recorded.again {
        return Err(Problem::new(Kind::AlreadyExists));
    }
    let repair = repairs::complete_repair(tx, shop, key, recorded.repair.id)?;
    store::link(tx.conn(), shop, row.id, repair.id)?;
    tx.record(case.vehicle, Event::RepairMessageLinked { case: case.id, repair: repair.id });
    Ok(repair)
}
