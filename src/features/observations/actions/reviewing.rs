//! The look of a person at what a camera has seen: nothing follows before it.

use super::acting::{self, Acted};
use crate::{
    domain::{
        event::Event,
        id::Id,
        observation::{Observation, ObservationError},
        vehicle::Vehicle,
        words::Word,
    },
    features::{
        observations::{
            store::{self, Kept},
            wire::{ObservationOut, ReviewIn},
        },
        vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// A person confirms or dismisses an observation; a confirmed one acts now.
///
/// # Errors
/// The caller is a machine (403), there is no such observation (404), or it waits for no review (409).
pub fn review_observation(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, id): (Id<Vehicle>, Id<Observation>),
    told: &ReviewIn,
) -> Result<ObservationOut, Problem> {
    must_be_a_person(tx, on)?;
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let kept = store::load(tx.conn(), vehicle.id, id)?.ok_or_else(Problem::not_found)?;

    let observation = kept.observation.review(told.outcome, told.reason.clone(), tx.at()).map_err(refused)?;

    let (outcome, reason) = (told.outcome, told.reason.clone());
    tx.record(vehicle.id, Event::ObservationReviewed { observation: id, outcome, reason });
    let Acted { effect, listings } = acting::act(tx, &on.lawbook, &vehicle, &observation)?;
    let kept = Kept { observation, effect, listings, ..kept };
    store::save_review(tx.conn(), &kept)?;
    Ok(kept.answer())
}

/// Refuses a machine where a person must look.
///
/// # Errors
/// The caller is a machine client (403).
pub fn must_be_a_person(tx: &mut Tx<'_>, on: &Ground) -> Result<(), Problem> {
    if store::is_client(tx.conn(), on.caller.id)? {
        return Err(Problem::new(Kind::Forbidden).because("a person must look at it", "须由人工复核"));
    }
    Ok(())
}

fn refused(error: ObservationError) -> Problem {
    let ObservationError::NotWaiting(state) = error;
    Problem::new(Kind::WrongState).because(error.to_string(), format!("当前复核状态为“{}”，不允许此操作", state.zh()))
}
