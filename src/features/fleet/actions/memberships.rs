//! Recording, ending and correcting memberships.

use serde_json::json;

use super::{Kept, Recorded, Register, answering::membership_out, learned, refusing, settling};
use crate::{
    domain::{
        event::Event,
        fleet::{FleetOddity, History, Membership, check_membership},
        id::Id,
        import::Effect,
        party::Organisation,
        role::Role,
        vehicle::Vehicle,
    },
    features::{
        fleet::{
            store,
            wire::{MembershipCorrectionIn, MembershipEndIn, MembershipIn, MembershipOut},
        },
        vehicles,
    },
    platform::{db::Tx, problem::Problem, state::Ground},
};

/// Records a membership; the same one again gets the first answer.
///
/// # Errors
/// No such vehicle (404), values that cannot be (422), or the vehicle is in that trade already (409).
pub fn record_membership(
    tx: &mut Tx<'_>,
    on: &Ground,
    vehicle: Id<Vehicle>,
    told: &MembershipIn,
    at: &str,
) -> Result<Recorded<MembershipOut>, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let register = Register::load(tx.conn(), vehicle.id)?;
    let membership = read(tx, on, &vehicle, told, at)?;
    let is_same = |known: &Membership| Membership { id: membership.id, ..known.clone() } == membership;
    if let Some(known) = register.memberships.iter().find(|kept| kept.stands() && is_same(&kept.fact)) {
        return Ok(Recorded { out: membership_out(vehicle.id, known), again: true });
    }
    let history = register.history();
    check_membership(&history.memberships, &membership, tx.at()).map_err(|error| refusing::membership(error, at))?;

    let kept = learned(tx, on, membership);
    store_new(tx, &vehicle, history, &kept)?;
    tx.record(vehicle.id, Event::MembershipRecorded { membership: kept.fact.id, trade: kept.fact.trade });
    Ok(Recorded { out: membership_out(vehicle.id, &kept), again: false })
}

/// Takes a membership over as a file tells it. A row with a last day ends the open membership that began on its first
/// day; the row that opened it, sent again, changes nothing.
///
/// # Errors
/// As for recording one.
pub fn take_membership(
    tx: &mut Tx<'_>,
    on: &Ground,
    vehicle: Id<Vehicle>,
    told: &MembershipIn,
) -> Result<Effect, Problem> {
    let kept = store::memberships::of_vehicle(tx.conn(), vehicle)?;
    let operator = operator(on, told.operator_id, "/operator_id")?;
    let is_told = |known: &Membership| {
        let agrees = told.permit.is_none() || known.permit == told.permit;
        let there = told.area.as_ref().is_none_or(|area| *area == known.area);
        let whose = operator.is_none() || known.operator == operator;
        (known.trade, known.from) == (told.trade, told.from) && agrees && there && whose
    };
    let standing = kept.iter().find(|kept| kept.stands() && is_told(&kept.fact));
    match (standing.map(|kept| (kept.fact.id, kept.fact.to)), told.to) {
        (Some((id, None)), Some(to)) => {
            end_membership(tx, on, (vehicle, id), &MembershipEndIn { to })?;
            Ok(Effect::Changed)
        }
        (Some((_, Some(_))), None) => Ok(Effect::Unchanged),
        (Some((_, known)), told) if known == told => Ok(Effect::Unchanged),
        _ => {
            let again = record_membership(tx, on, vehicle, told, "")?.again;
            Ok(if again { Effect::Unchanged } else { Effect::Added })
        }
    }
}

/// Ends a membership on its last day.
///
/// # Errors
/// No such membership (404), it was corrected already (409), or the day cannot be (422).
pub fn end_membership(
    tx: &mut Tx<'_>,
    on: &Ground,
    at: (Id<Vehicle>, Id<Membership>),
    told: &MembershipEndIn,
) -> Result<MembershipOut, Problem> {
    replace(tx, on, at, "ended", |_, _, old| Ok(Some(Membership { to: Some(told.to), ..old.clone() })), "")
}

/// Puts a better membership in the place of one, or withdraws it; the first stays visible.
///
/// # Errors
/// No such membership (404), it was corrected already (409), or the better one cannot be (409, 422).
pub fn correct_membership(
    tx: &mut Tx<'_>,
    on: &Ground,
    at: (Id<Vehicle>, Id<Membership>),
    told: &MembershipCorrectionIn,
) -> Result<MembershipOut, Problem> {
    let better = |tx: &mut Tx<'_>, vehicle: &Vehicle, _: &Membership| {
        told.membership.as_ref().map(|better| read(tx, on, vehicle, better, "/membership")).transpose()
    };
    replace(tx, on, at, &told.reason, better, "/membership")
}

fn replace(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, id): (Id<Vehicle>, Id<Membership>),
    reason: &str,
    better: impl Fn(&mut Tx<'_>, &Vehicle, &Membership) -> Result<Option<Membership>, Problem>,
    pointer: &str,
) -> Result<MembershipOut, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let register = Register::load(tx.conn(), vehicle.id)?;
    let old = register.memberships.iter().find(|kept| kept.fact.id == id).ok_or_else(Problem::not_found)?;
    let own = on.caller.role != Role::FleetOperator || old.fact.operator == Some(on.caller.home());
    if !own {
        return Err(Problem::not_found());
    }
    if !old.stands() {
        return Err(refusing::superseded());
    }
    let new = better(tx, &vehicle, &old.fact)?.map(|better| Membership { id: tx.mint(), ..better });
    let mut history = register.history();
    history.memberships.retain(|membership| membership.id != id);
    if let Some(new) = &new {
        check_membership(&history.memberships, new, tx.at()).map_err(|error| refusing::membership(error, pointer))?;
    }

    let now = tx.at();
    store::memberships::supersede(tx.conn(), vehicle.id, id, now)?;
    let by = new.as_ref().map(|membership| membership.id);
    tx.record(vehicle.id, Event::MembershipSuperseded { membership: id, by, reason: reason.to_owned() });
    if let Some(membership) = new {
        let kept = Kept { supersedes: Some(id), reason: Some(reason.to_owned()), ..learned(tx, on, membership) };
        store_new(tx, &vehicle, history, &kept)?;
        return Ok(membership_out(vehicle.id, &kept));
    }
    settling::settle_vehicle(tx, &vehicle, &history)?;
    Ok(membership_out(vehicle.id, &Kept { superseded_at: Some(now), ..old.clone() }))
}

fn read(tx: &Tx<'_>, on: &Ground, vehicle: &Vehicle, told: &MembershipIn, at: &str) -> Result<Membership, Problem> {
    Ok(Membership {
        id: tx.mint(),
        trade: told.trade,
        operator: operator(on, told.operator_id, &format!("{at}/operator_id"))?,
        permit: told.permit.clone(),
        area: told.area.clone().unwrap_or_else(|| vehicle.area.clone()),
        from: told.from,
        to: told.to,
    })
}

/// A fleet operator speaks for itself; an office names an operator that takes part.
fn operator(on: &Ground, told: Option<Id<Organisation>>, pointer: &str) -> Result<Option<Id<Organisation>>, Problem> {
    let own = on.caller.home();
    if on.caller.role == Role::FleetOperator {
        return if told.is_none_or(|told| told == own) {
            Ok(Some(own))
        } else {
            Err(refusing::not_your_own(pointer))
        };
    }
    let known = |id: Id<Organisation>| {
        on.directory.organisation(id.uuid()).is_some_and(|known| known.role == Role::FleetOperator)
    };
    if told.is_none_or(known) { Ok(told) } else { Err(refusing::unknown_organisation(pointer)) }
}

fn store_new(
    tx: &mut Tx<'_>,
    vehicle: &Vehicle,
    mut history: History,
    kept: &Kept<Membership>,
) -> Result<(), Problem> {
    let new = &kept.fact;
    store::memberships::insert(tx.conn(), vehicle.id, kept)?;
    if let Some(other) = history.memberships.iter().find(|other| other.trade != new.trade && other.overlaps(new)) {
        let facts = json!({ "trades": [other.trade, new.trade], "membership_ids": [other.id, new.id] });
        store::findings::note(tx, vehicle.id, &[(FleetOddity::InTwoTrades, facts)])?;
    }
    history.memberships.push(new.clone());
    settling::settle_vehicle(tx, vehicle, &history)
}
