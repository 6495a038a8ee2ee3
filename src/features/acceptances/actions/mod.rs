//! Changes of acceptances: load the facts, ask the gate, store and record.

mod refusing;

use chrono::Duration;

use self::refusing::{find_line, lack_fault, method_refusals, missing_fault, suspended, wrong_state};
use crate::{
    domain::{
        acceptance::{Acceptance, AcceptanceError, AcceptanceProgress, Exemption},
        case::{Case, Ground},
        event::Event,
        gate::{self, Missing},
        id::Id,
        lawbook::Lawbook,
        party::{Line, Organisation},
        station::readiness::{LineLack, UnreadyRule},
        time::Instant,
        vehicle::Vehicle,
    },
    features::{
        acceptances::{
            store,
            wire::{AcceptanceIn, AcceptedOut, ExemptionOut},
        },
        cases, repairs, stations, vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground as Standpoint,
    },
};

/// Accepts a vehicle for a test, or refuses with everything that is missing.
///
/// # Errors
/// The line is unknown (422) or suspended, or the gate stays shut (409, with everything that is missing).
pub fn accept_vehicle(tx: &mut Tx<'_>, on: &Standpoint, sent: &AcceptanceIn) -> Result<AcceptedOut, Problem> {
    let line = find_line(on, &sent.line_code)?;
    let (vehicle, flags) = vehicles::meet(tx, &sent.vehicle)?;
    let station = Id::from(on.caller.organisation);
    let request = gate::Request { station, kind: sent.kind, nature: sent.nature, at: tx.at() };

    let at = tx.at();
    let mut refusals = method_refusals(sent, &vehicle, &on.lawbook, at);
    refusals.extend(suspended(tx.conn(), (station, line), at)?);
    let (rule, lacks) = stations::line_lacks(tx.conn(), &on.lawbook, (station, line), sent.method, at)?;
    if rule == UnreadyRule::Refuse {
        refusals.extend(lacks.iter().map(lack_fault));
    }
    let ground = match check_gate(tx, &on.lawbook, vehicle.id, &request)? {
        Ok(ground) => ground,
        Err(missing) => {
            refusals.extend(missing.into_iter().map(missing_fault));
            None
        }
    };
    if !refusals.is_empty() {
        return Err(Problem::new(Kind::AcceptanceRefused).with_errors(refusals));
    }
    let acceptance = new_acceptance(tx, on, sent, (vehicle.id, line, ground, lacks));

    let kept = AcceptanceIn { vehicle: sent.vehicle.without_owner(), ..sent.clone() };
    store::insert(tx.conn(), &acceptance, &kept)?;
    if let Some(Ground::Exemption(exemption)) = ground {
        let at = tx.at();
        store::use_exemption(tx.conn(), vehicle.id, exemption, at)?;
    }
    tx.record(vehicle.id, Event::VehicleAccepted { acceptance: acceptance.id });
    Ok(AcceptedOut::new(&acceptance, vehicle, flags, sent, &on.lawbook))
}

/// Opens the gate for a request, with everything that the gate needs to see; locks the vehicle.
///
/// # Errors
/// The database fails. What the gate says stands in the inner result.
pub fn check_gate(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: Id<Vehicle>,
    request: &gate::Request,
) -> Result<Result<Option<Ground>, Vec<Missing>>, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let newest = store::newest_test(tx.conn(), vehicle, request.at)?;
    let case = cases::open_case(tx.conn(), vehicle)?;
    let repair = match &case {
        Some(case) => repairs::newest_of(tx.conn(), vehicle, case.id)?,
        None => None,
    };
    let exemption = match &case {
        Some(case) => store::unused_exemption(tx.conn(), vehicle, case.id)?,
        None => None,
    };
    let (tests_today, retests_today) = store::tests_on(tx.conn(), vehicle, request.at.local_day())?;
    let facts = gate::Facts {
        newest: newest.as_ref(),
        case: case.as_ref(),
        repair: repair.as_ref(),
        exemption,
        tests_today,
        retests_today,
        is_accepted: store::is_accepted(tx.conn(), vehicle, request.at)?,
    };
    Ok(gate::pass(request, &facts, &lawbook.settings))
}

/// The appearance check is done.
///
/// # Errors
/// No such acceptance of the station (404), or the step does not fit its state (409).
pub fn record_appearance(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    key: (Id<Vehicle>, Id<Acceptance>),
) -> Result<Acceptance, Problem> {
    let at = tx.at();
    step(
        tx,
        on,
        key,
        |acceptance| acceptance.record_appearance(at),
        |acceptance| Event::AppearanceRecorded { acceptance },
    )
}

/// The vehicle drives onto the line.
///
/// # Errors
/// No such acceptance of the station (404), the step does not fit its state, or the line or station is suspended (409).
pub fn start_testing(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    key: (Id<Vehicle>, Id<Acceptance>),
) -> Result<Acceptance, Problem> {
    let at = tx.at();
    let acceptance = step(
        tx,
        on,
        key,
        |acceptance| acceptance.start_testing(at),
        |acceptance| Event::TestingStarted { acceptance },
    )?;
    // What was on the line before may end; nothing drives onto it any more.
    match suspended(tx.conn(), (acceptance.station, acceptance.line), at)? {
        Some(fault) => Err(Problem::new(Kind::AcceptanceRefused).with_errors(vec![fault])),
        None => Ok(acceptance),
    }
}

/// The station withdraws an acceptance.
///
/// # Errors
/// No such acceptance of the station (404), or the step does not fit its state (409).
pub fn withdraw_acceptance(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    key: (Id<Vehicle>, Id<Acceptance>),
    reason: &str,
) -> Result<Acceptance, Problem> {
    let at = tx.at();
    let words = reason.to_owned();
    step(
        tx,
        on,
        key,
        |acceptance| acceptance.withdraw(words, at),
        |acceptance| Event::AcceptanceWithdrawn { acceptance, reason: reason.to_owned() },
    )
}

fn step(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    (vehicle, id): (Id<Vehicle>, Id<Acceptance>),
    decide: impl FnOnce(Acceptance) -> Result<Acceptance, AcceptanceError>,
    event: impl FnOnce(Id<Acceptance>) -> Event,
) -> Result<Acceptance, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let (acceptance, _) = store::load(tx.conn(), vehicle, id)?.ok_or_else(Problem::not_found)?;
    if acceptance.station.uuid() != on.caller.organisation {
        return Err(Problem::not_found());
    }

    let acceptance = decide(acceptance).map_err(wrong_state)?;

    store::save(tx.conn(), &acceptance)?;
    tx.record(vehicle, event(id));
    Ok(acceptance)
}

/// The bureau lets a case's vehicle be retested without a repair.
///
/// # Errors
/// The vehicle has no open case of this id (404).
pub fn exempt_retest(
    tx: &mut Tx<'_>,
    (vehicle, case): (Id<Vehicle>, Id<Case>),
    reason: &str,
) -> Result<ExemptionOut, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let open = cases::open_case(tx.conn(), vehicle)?.filter(|open| open.id == case);
    open.ok_or_else(Problem::not_found)?;

    let (id, at): (Id<Exemption>, Instant) = (tx.mint(), tx.at());

    store::insert_exemption(tx.conn(), vehicle, id, case, reason, at)?;
    tx.record(vehicle, Event::RetestExempted { exemption: id, case, reason: reason.to_owned() });
    Ok(ExemptionOut { vehicle_id: vehicle, case_id: case, exemption_id: id })
}

/// Lapses the acceptances whose time has passed.
///
/// # Errors
/// The database fails.
pub fn lapse_acceptances(tx: &mut Tx<'_>) -> Result<(), Problem> {
    const MOST: i64 = 200;
    let at = tx.at();
    for acceptance in store::overdue(tx.conn(), at, MOST)? {
        let acceptance = acceptance.lapse(at).map_err(wrong_state)?;
        store::save(tx.conn(), &acceptance)?;
        tx.record(acceptance.vehicle, Event::AcceptanceLapsed { acceptance: acceptance.id });
    }
    Ok(())
}

fn new_acceptance(
    tx: &Tx<'_>,
    on: &Standpoint,
    sent: &AcceptanceIn,
    (vehicle, line, ground, line_lacks): (Id<Vehicle>, Id<Line>, Option<Ground>, Vec<LineLack>),
) -> Acceptance {
    let at = tx.at();
    let id: Id<Acceptance> = tx.mint();
    let station: Id<Organisation> = on.caller.organisation.into();
    let code = on.directory.organisation(on.caller.organisation).map(|found| found.code.as_str()).unwrap_or_default();
    let hours: i64 = on.lawbook.settings.on("acceptance_lapse_hours", at.local_day());
    // Two vehicles may be accepted in the same millisecond; the last digits of the id keep the numbers apart.
    let tail: String = id.to_string().chars().rev().take(8).collect();
    Acceptance {
        id,
        vehicle,
        station,
        line,
        number: format!("{code}{}{}{}", sent.line_code, at.local_digits(), tail.to_uppercase()),
        kind: sent.kind,
        nature: sent.nature,
        method: sent.method,
        method_reason: sent.method_reason.clone(),
        ground,
        accepted_at: at,
        lapses_at: at.plus(Duration::hours(hours)),
        state: AcceptanceProgress::Registered,
        line_lacks,
    }
}
