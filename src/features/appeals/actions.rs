//! Changes of appeals: load · ask the domain · store and record.

use super::{
    store,
    wire::{AppealDecisionIn, AppealEffectIn},
};
use crate::{
    domain::{
        appeal::{Appeal, AppealState, AppealStep, Appellant, Plea, appeal_suspends, decide_by},
        course::Course,
        event::Event,
        id::Id,
        listing::{LiftedBy, Listing},
        settings::Settings,
        vehicle::Vehicle,
    },
    features::listings,
    platform::{
        db::Tx,
        problem::{Kind, Problem},
    },
};

type AppealKey = (Id<Vehicle>, Id<Appeal>);

/// Files an appeal against a listing; by dated rule it holds the listing off.
///
/// # Errors
/// No such listing of the vehicle (404), it was lifted, or an appeal against it is open (409).
pub fn file_appeal(
    tx: &mut Tx<'_>,
    settings: &Settings,
    key: (Id<Vehicle>, Id<Listing>),
    appellant: Appellant,
    plea: Plea,
) -> Result<Appeal, Problem> {
    let listing = listings::standing(tx, key)?;
    if store::of_vehicle(tx.conn(), key.0)?.iter().any(|appeal| appeal.is_open_against(listing.id)) {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("an appeal against this listing is open", "该记录已有审查中的申诉"));
    }

    let id = tx.mint();
    let appeal = Appeal {
        id,
        vehicle: listing.vehicle,
        listing: listing.id,
        number: number(tx, id),
        appellant,
        plea,
        decide_by: decide_by(settings, tx.at()),
        suspends: appeal_suspends(settings, listing.reason, tx.at().local_day()),
        course: Course::begin(AppealStep::Open, tx.moment()),
    };

    store::insert(tx.conn(), &appeal)?;
    record(tx, &appeal);
    act_on_listing(tx, &appeal)?;
    Ok(appeal)
}

/// `S`, the local time to the millisecond, and digits that nobody guesses.
fn number(tx: &Tx<'_>, id: Id<Appeal>) -> String {
    let id = id.to_string();
    let (_, tail) = id.split_at(id.len() - 8);
    format!("S{}{}", tx.at().local_digits(), tail.to_uppercase())
}

/// The bureau decides whether the appeal holds the listing off while it is open.
///
/// # Errors
/// No such appeal (404), or it is not open (409).
pub fn set_appeal_effect(tx: &mut Tx<'_>, key: AppealKey, told: &AppealEffectIn) -> Result<Appeal, Problem> {
    let appeal = load(tx, key)?;

    let appeal = appeal.set_effect(told.suspends)?;

    store::save(tx.conn(), &appeal)?;
    let Appeal { id, listing, suspends, .. } = appeal;
    tx.record(key.0, Event::AppealEffectSet { appeal: id, listing, suspends, reason: told.reason.clone() });
    act_on_listing(tx, &appeal)?;
    Ok(appeal)
}

/// The bureau decides; an appeal that is upheld lifts the listing.
///
/// # Errors
/// No such appeal (404), or it is not open (409).
pub fn decide_appeal(tx: &mut Tx<'_>, key: AppealKey, told: &AppealDecisionIn) -> Result<Appeal, Problem> {
    let appeal = load(tx, key)?;

    let appeal = appeal.decide(told.ruling, told.reason.clone(), tx.moment())?;

    end(tx, appeal)
}

/// Who filed the appeal withdraws it.
///
/// # Errors
/// No such appeal (404), or it is not open (409).
pub fn withdraw_appeal(tx: &mut Tx<'_>, key: AppealKey, reason: &str) -> Result<Appeal, Problem> {
    let appeal = load(tx, key)?;

    let appeal = appeal.withdraw(reason.to_owned(), tx.moment())?;

    end(tx, appeal)
}

fn load(tx: &mut Tx<'_>, (vehicle, id): AppealKey) -> Result<Appeal, Problem> {
    store::lock(tx.conn(), vehicle, id).map_err(Problem::from)
}

fn end(tx: &mut Tx<'_>, appeal: Appeal) -> Result<Appeal, Problem> {
    store::save(tx.conn(), &appeal)?;
    record(tx, &appeal);
    act_on_listing(tx, &appeal)?;
    Ok(appeal)
}

fn record(tx: &mut Tx<'_>, appeal: &Appeal) {
    let state = appeal.course.state();
    tx.record(appeal.vehicle, Event::AppealAdvanced { appeal: appeal.id, listing: appeal.listing, state });
}

/// What the appeal means for its listing as it stands now.
fn act_on_listing(tx: &mut Tx<'_>, appeal: &Appeal) -> Result<(), Problem> {
    let key = (appeal.vehicle, appeal.listing);
    match appeal.course.state() {
        AppealState::Open if appeal.suspends => listings::suspend(tx, key),
        AppealState::Upheld => listings::lift_by(tx, key, LiftedBy::Appeal, &format!("申诉 {} 成立", appeal.number)),
        AppealState::Open | AppealState::Dismissed | AppealState::Withdrawn => listings::resume(tx, key),
    }
}
