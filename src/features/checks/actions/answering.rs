//! Answering checks: read the questions · look in memory · leave a line · answer.

use super::{Questions, Served, bounds, logging, playing};
use crate::{
    domain::{check::AuditState, role::Role, time::Instant, vehicle::owner::Owner},
    features::checks::{
        store::{self, BLACKLIST},
        wire::{CheckIn, CheckOut, ChecksIn, ChecksOut},
    },
    platform::{auth::Caller, problem::Problem, state::State},
};

/// Answers the checks of a caller.
///
/// # Errors
/// The allowance is used up (429), a plate is of the sandbox or purpose and case number are missing (422), what is linked
/// to a person is not for this role (403) or cannot be logged (503).
pub async fn check_vehicles(state: &State, caller: &Caller, told: &ChecksIn) -> Result<Served, Problem> {
    bounds::about_persons(caller, told)?;
    let questions: Questions = told.checks.iter().map(CheckIn::read).collect();
    if caller.sandbox {
        return playing::play(state, caller, told, &questions).await;
    }
    bounds::no_magic(&questions)?;
    let at = state.clock.now();
    let left = bounds::take(state, caller, &questions, at)?;

    let mut answer = look(state, caller, &questions, at).await?;
    if told.with_owner {
        show_owners(state, &mut answer).await?;
    }
    answer.audit = logging::leave_lines(state, caller, told, &questions, &answer).await?;
    Ok(Served { answer, left })
}

/// The answers from memory.
async fn look(state: &State, caller: &Caller, questions: &Questions, at: Instant) -> Result<ChecksOut, Problem> {
    let with_id = caller.role != Role::EnterpriseGate;
    let reading = state.blacklist.in_step(&state.db, &BLACKLIST).await?;
    let answer = |question: &Result<_, _>| match question {
        Ok(asked) => CheckOut::found(&reading.value.check(asked, at), at, with_id),
        Err(fault) => CheckOut::unreadable(Clone::clone(fault)),
    };
    Ok(ChecksOut {
        sequence: reading.sequence,
        as_of: reading.in_step_at,
        age_ms: at.since(reading.in_step_at).num_milliseconds().max(0),
        audit: AuditState::Written,
        sandbox: false,
        items: questions.iter().map(answer).collect(),
    })
}

async fn show_owners(state: &State, answer: &mut ChecksOut) -> Result<(), Problem> {
    let vehicles = answer.items.iter().flat_map(|item| &item.vehicles);
    let wanted: Vec<_> = vehicles.filter_map(|vehicle| vehicle.vehicle_id).collect();
    let owners = state.db.read(move |conn| Ok(store::owners(conn, &wanted)?)).await?;
    for vehicle in answer.items.iter_mut().flat_map(|item| &mut item.vehicles) {
        vehicle.owner = vehicle.vehicle_id.and_then(|id| owners.get(&id)).map(Owner::masked);
    }
    Ok(())
}
