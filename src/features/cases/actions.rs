//! Changes of cases: load · ask the domain · store and record.

use chrono::Duration;

use super::{
    store,
    wire::{CaseQuery, RulingIn},
};
use crate::{
    domain::{
        case::{Case, CaseError},
        event::Event,
        id::Id,
        lawbook::Lawbook,
        listing::LiftedBy,
        party::Organisation,
        vehicle::{Vehicle, vin::Vin},
        words::Word,
    },
    features::{
        listings,
        vehicles::{self, IdentityIn},
    },
    platform::{
        auth::Caller,
        db::Tx,
        lockout,
        problem::{Kind, Problem},
        state::{Ground, State},
    },
};

type CaseKey = (Id<Vehicle>, Id<Case>);

/// A repair shop claims the case of a failed vehicle.
///
/// # Errors
/// No such case (404), or it is not open for a claim (409).
pub fn start_repair(tx: &mut Tx<'_>, shop: Id<Organisation>, (vehicle, id): CaseKey) -> Result<Case, Problem> {
    let case = store::lock(tx.conn(), vehicle, id)?;

    let case = case.start_repair(shop, tx.at()).map_err(|error| refused(&error))?;

    store::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::RepairStarted { case: id, shop });
    Ok(case)
}

/// The shop gives the case back.
///
/// # Errors
/// No such case (404), or the shop does not hold it (409).
pub fn hand_back_repair(tx: &mut Tx<'_>, shop: Id<Organisation>, (vehicle, id): CaseKey) -> Result<Case, Problem> {
    let case = store::lock(tx.conn(), vehicle, id)?;

    let case = case.hand_back(shop).map_err(|error| refused(&error))?;

    store::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::RepairHandedBack { case: id, shop });
    Ok(case)
}

/// Another shop takes the case over, naming the failing report.
///
/// # Errors
/// No such case, or it has another report (404); nobody repairs it (409).
pub fn take_over_repair(
    tx: &mut Tx<'_>,
    shop: Id<Organisation>,
    (vehicle, id): CaseKey,
    report_number: &str,
) -> Result<Case, Problem> {
    let case = store::lock(tx.conn(), vehicle, id)?;
    if case.failing.report_number != report_number {
        return Err(Problem::not_found());
    }

    let case = case.take_over(shop, tx.at()).map_err(|error| refused(&error))?;

    store::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::RepairTakenOver { case: id, shop });
    Ok(case)
}

/// The bureau ends a case without a pass; a listing that stood on the case is lifted.
///
/// # Errors
/// No such case (404), or it is closed already (409).
pub fn rule_case(tx: &mut Tx<'_>, (vehicle, id): CaseKey, told: &RulingIn) -> Result<Case, Problem> {
    let case = store::lock(tx.conn(), vehicle, id)?;

    let case = case.rule(told.ruling, told.reason.clone(), tx.at()).map_err(|error| refused(&error))?;

    store::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::CaseRuled { case: id, ruling: told.ruling, reason: told.reason.clone() });
    listings::lift_of_case(tx, vehicle, id, LiftedBy::Ruling, &told.reason)?;
    Ok(case)
}

/// Finds the open case of the vehicle that stands before the caller, within the caller's rate.
///
/// # Errors
/// Nothing that fits both (404), or too many look-ups (429).
pub async fn look_up(state: &State, caller: &Caller, query: CaseQuery) -> Result<Case, Problem> {
    state.throttle.check("find_case", caller.id)?;
    let (on, actor) = (state.ground(caller), caller.actor());
    state.db.write("find_case", actor, move |tx| find_case(tx, &on, &query)).await?
}

/// Finds the open case of the vehicle that stands before the caller. Failed look-ups are counted for the plate and
/// the caller; too many lock it for a while, so that nobody guesses.
///
/// # Errors
/// Nothing that fits both (404), or too many failed look-ups (429).
fn find_case(tx: &mut Tx<'_>, on: &Ground, query: &CaseQuery) -> Result<Result<Case, Problem>, Problem> {
    let key = format!("find_case:{}:{}:{}", on.caller.id, query.plate_kind.code(), query.plate);
    lockout::count(tx, &key, on.lawbook.settings.on("failed_look_ups_before_lock", tx.at().local_day()))?;
    let identity = IdentityIn { plate: Some(query.plate.clone()), plate_kind: Some(query.plate_kind), vin: None };
    let vehicle = vehicles::find(tx.conn(), &identity)?;
    let case = match &vehicle {
        Some(vehicle) => store::open_case(tx.conn(), vehicle.id)?,
        None => None,
    };
    let found = vehicle.zip(case).filter(|(vehicle, case)| query.fits(vehicle, case));

    if let Some((vehicle, case)) = found {
        lockout::forget(tx, &key)?;
        tx.record(vehicle.id, Event::CaseLookedUp { case: case.id });
        return Ok(Ok(case));
    }
    // The attempt was counted in this very transaction, so it must commit although the caller gets a problem.
    Ok(Err(Problem::not_found()))
}

impl CaseQuery {
    fn fits(&self, vehicle: &Vehicle, case: &Case) -> bool {
        let tail = vehicle.vin.as_ref().map(|vin: &Vin| vin.tail(6));
        let by_vin = self.vin_tail.as_ref().is_some_and(|told| tail == Some(told.to_uppercase().as_str()));
        let by_report = self.report_number.as_ref().is_some_and(|told| *told == case.failing.report_number);
        by_vin || by_report
    }
}

/// Ends the claims of shops that have been silent too long.
///
/// # Errors
/// The database fails.
pub fn lapse_claims(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    const MOST: i64 = 1_000;
    let days: i64 = lawbook.settings.on("claim_silence_days", tx.at().local_day());
    let silent_since = tx.at().minus(Duration::days(days));
    for claimed in store::in_repair(tx.conn(), MOST)? {
        let (vehicle, id, shop) = (claimed.vehicle, claimed.id, claimed.shop());
        let case = store::lock(tx.conn(), vehicle, id)?;
        let Ok(case) = case.lapse_claim(silent_since) else { continue };
        store::save(tx.conn(), &case)?;
        tx.record(vehicle, Event::RepairClaimLapsed { case: id, shop });
    }
    Ok(())
}

/// Puts the vehicles of overdue cases on the blacklist.
///
/// # Errors
/// The database fails.
pub fn list_overdue(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    const MOST: i64 = 500;
    let today = tx.at().local_day();
    if !lawbook.settings.is_on("overdue_case_lists", today) {
        return Ok(());
    }
    for case in store::overdue_and_unlisted(tx.conn(), today, MOST)? {
        let case = store::lock(tx.conn(), case.vehicle, case.id)?;
        if case.is_overdue(tx.at()) {
            listings::list_overdue_case(tx, lawbook, &case)?;
        }
    }
    Ok(())
}

/// Refuses a shop that neither holds the case nor could claim it.
///
/// # Errors
/// Another shop holds it (409).
pub fn must_be_shop_of(case: &Case, shop: Id<Organisation>) -> Result<(), Problem> {
    match case.shop() {
        Some(holder) if holder == shop => Ok(()),
        Some(_) => Err(refused(&CaseError::ClaimedByAnother)),
        None => Err(refused(&CaseError::InvalidStep(case.state_name()))),
    }
}

/// A refusal of the domain as a problem.
#[must_use]
pub fn refused(error: &CaseError) -> Problem {
    let zh = match error {
        CaseError::InvalidStep(state) => format!("案件当前状态为“{}”，不允许此操作", state.zh()),
        CaseError::ClaimedByAnother => "案件已由其他M站接车".to_owned(),
        CaseError::NoGround => "复检须有竣工的维修记录、免维修批准或主管部门确认".to_owned(),
        CaseError::OtherTest => "案件不是由该次检验闭环的".to_owned(),
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
