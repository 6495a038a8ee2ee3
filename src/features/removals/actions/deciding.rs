//! What people do: report a vehicle that cannot be made safe, confirm or dismiss a candidate, contact an owner.

use crate::{
    domain::{
        event::Event,
        id::Id,
        removal::{ContactError, Removal, RemovalError, RemovalFacts, RemovalGround, check_contact, owner_kind},
        scrap::Fired,
        vehicle::Vehicle,
        words::Word,
    },
    features::{
        fleet, inspections,
        removals::{
            store::{self, Contacted, Kept, Listed},
            wire::{ContactIn, SafetyIn},
        },
        vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// An office reports that a vehicle cannot be brought to the safety standard (art. 4 (2)).
///
/// # Errors
/// No such vehicle (404).
pub fn report_removal(tx: &mut Tx<'_>, id: Id<Vehicle>, told: &SafetyIn) -> Result<Kept, Problem> {
    let vehicle = vehicles::lock(tx.conn(), id)?;
    let (ground, today) = (RemovalGround::SafetyFails, tx.at().local_day());
    let facts = RemovalFacts::Scrap(Fired::SafetyFails { evidence: told.evidence.clone() });
    let old = store::load(tx.conn(), id, ground)?;

    let removal = match old {
        Some(old) => old.removal.find_again(facts, today),
        None => Removal::find(id, facts, today),
    };

    let contact = store::last_contacts(tx.conn(), &[id])?.remove(&id).unwrap_or_default();
    let tests = inspections::last_tests(tx.conn(), &[id])?.remove(&id);
    let listed = Listed {
        area: vehicle.area.clone(),
        owner_kind: owner_kind(vehicles::owner_of(tx.conn(), id)?.as_ref()),
        size: vehicle.vehicle_type.size(),
        stage: vehicle.stage,
        last_seen_on: tests.map(|tests| tests.seen_on).max(fleet::last_seen(tx.conn(), &[id])?.remove(&id)),
    };
    let kept = Kept { removal, listed, contact };
    store::save_all(tx.conn(), std::slice::from_ref(&kept))?;
    tx.record(id, Event::RemovalFound { ground });
    Ok(kept)
}

/// A person confirms a candidate for mandatory scrapping.
///
/// # Errors
/// No such candidate (404), or it takes no decision (409).
pub fn confirm_removal(tx: &mut Tx<'_>, id: Id<Vehicle>, ground: RemovalGround) -> Result<Kept, Problem> {
    let kept = lock(tx, id, ground)?;

    let removal = kept.removal.confirm(tx.at()).map_err(refused)?;

    let kept = Kept { removal, ..kept };
    store::save_all(tx.conn(), std::slice::from_ref(&kept))?;
    tx.record(id, Event::RemovalConfirmed { ground });
    Ok(kept)
}

/// A person finds that a candidate does not hold.
///
/// # Errors
/// No such candidate (404), or it takes no decision (409).
pub fn dismiss_removal(
    tx: &mut Tx<'_>,
    id: Id<Vehicle>,
    ground: RemovalGround,
    reason: &str,
) -> Result<Kept, Problem> {
    let kept = lock(tx, id, ground)?;

    let removal = kept.removal.dismiss(reason.to_owned(), tx.at()).map_err(refused)?;

    let kept = Kept { removal, ..kept };
    store::save_all(tx.conn(), std::slice::from_ref(&kept))?;
    tx.record(id, Event::RemovalDismissed { ground, reason: reason.to_owned() });
    Ok(kept)
}

/// Somebody has been in touch with the owner.
///
/// # Errors
/// No such vehicle (404), or the contact contradicts itself (422).
pub fn contact_owner(tx: &mut Tx<'_>, on: &Ground, id: Id<Vehicle>, told: &ContactIn) -> Result<Contacted, Problem> {
    vehicles::lock(tx.conn(), id)?;

    check_contact(told.contact, told.promised_until, tx.at().local_day()).map_err(misfit)?;

    let contacted = Contacted {
        id: tx.mint(),
        contact: told.contact,
        promised_until: told.promised_until,
        note: told.note.clone(),
        recorded_at: tx.at(),
        recorded_by: tx.actor().id.map(Id::from),
        organisation: Some(on.caller.organisation.into()),
    };
    store::insert_contact(tx.conn(), id, &contacted)?;
    store::set_contact(tx.conn(), id, told.contact, told.promised_until)?;
    tx.record(id, Event::OwnerContacted { contact: told.contact });
    Ok(contacted)
}

fn lock(tx: &mut Tx<'_>, id: Id<Vehicle>, ground: RemovalGround) -> Result<Kept, Problem> {
    vehicles::lock(tx.conn(), id)?;
    store::load(tx.conn(), id, ground)?.ok_or_else(Problem::not_found)
}

fn refused(error: RemovalError) -> Problem {
    let zh = match error {
        RemovalError::TakesNoDecision => "该事由由车辆信息直接得出，无须人工确认".to_owned(),
        RemovalError::InvalidStep(standing) => format!("当前状态为“{}”，不允许此操作", standing.zh()),
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}

fn misfit(error: ContactError) -> Problem {
    let (pointer, code, zh) = match error {
        ContactError::NoDay => ("/promised_until", "missing", "承诺须注明最后期限"),
        ContactError::DayWithoutPromise => ("/promised_until", "without_promise", "仅承诺可注明期限"),
        ContactError::InThePast => ("/promised_until", "in_the_past", "期限不得早于今日"),
        ContactError::NoContact => ("/contact", "no_contact", "联系情况不可撤回为未联系"),
    };
    Problem::invalid(pointer, code, error.to_string(), zh)
}
