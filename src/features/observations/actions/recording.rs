//! Recording: the vehicle is met, the facts are judged by the law of their day, and what follows is done at once.

use chrono::Duration;

use super::acting::{self, Acted};
use crate::{
    domain::{
        event::Event,
        fleet::SightedBy,
        id::{Id, serial},
        observation::{Facts, Observation, Review, Subject, judge},
        time::Instant,
        vehicle::{Vehicle, plate::PlateColour},
    },
    features::{
        fleet,
        observations::{
            store::{self, Claim, Kept},
            wire::{ObservationIn, ObservationOut},
        },
        vehicles::{self, SightingIn},
    },
    platform::{
        db::Tx,
        problem::{Fault, Kind, Problem},
        state::Ground,
    },
};

/// An observation that is recorded: now, or by the same told before.
pub struct Recorded {
    /// The observation.
    pub observation: ObservationOut,
    /// Whether it was there before.
    pub again: bool,
}

/// Records some observations, each with its own outcome, in order.
///
/// # Errors
/// The database fails; then nothing of the batch is stored.
pub fn record_observations(
    tx: &mut Tx<'_>,
    on: &Ground,
    sent: &[ObservationIn<Facts>],
) -> Result<Vec<Result<Recorded, Problem>>, Problem> {
    let mut outcomes = Vec::with_capacity(sent.len());
    for told in sent {
        match tx.attempt(|tx| record_observation(tx, on, told)) {
            Err(fault) if fault.kind().status() >= 500 => return Err(fault),
            outcome => outcomes.push(outcome),
        }
    }
    Ok(outcomes)
}

/// Records an observation, judges it, and lets it act on the vehicle's case and on the list.
///
/// # Errors
/// It lies in the future or its vehicle cannot be read (422), or the device's number was used for other facts (409).
pub fn record_observation(tx: &mut Tx<'_>, on: &Ground, sent: &ObservationIn<Facts>) -> Result<Recorded, Problem> {
    let body_hash = store::hash(sent)?;
    if let Some(first) = store::claimed(tx.conn(), on.caller.home(), sent)? {
        return repeated(tx, &first, &body_hash);
    }
    must_not_be_in_the_future(tx, on, sent.observed_at)?;
    let (vehicle, _) = vehicles::sight(tx, &sent.vehicle).map_err(|problem| inside("/vehicle", problem))?;

    let observation = judged(tx, on, &vehicle, sent);
    let (id, kind, result) = (observation.id, observation.kind, observation.judged.result);
    tx.record(vehicle.id, Event::ObservationRecorded { observation: id, kind, result });
    fleet::note_seen(tx, SightedBy::Observation, &[(vehicle.id, sent.observed_at.local_day())])?;
    let Acted { effect, listings } = acting::act(tx, &on.lawbook, &vehicle, &observation)?;

    let claim = Claim {
        organisation_id: on.caller.home(),
        device: sent.device.clone(),
        device_number: sent.device_number.clone(),
        vehicle_id: vehicle.id,
        observation_id: id,
        body_hash,
    };
    if !store::claim(tx.conn(), &claim)? {
        // Another request told the same at the same moment; this one looks again.
        return Err(Problem::run_again());
    }
    let kept = Kept {
        observation,
        organisation: on.caller.home(),
        sent: sent.clone(),
        effect,
        listings,
        recorded_at: tx.at(),
        recorded_by: Some(on.caller.id.into()),
    };
    store::insert(tx.conn(), &kept)?;
    Ok(Recorded { observation: kept.answer(), again: false })
}

/// The same number again: the same facts get the first answer, others are refused and the first stay.
fn repeated(tx: &mut Tx<'_>, first: &Claim, body_hash: &str) -> Result<Recorded, Problem> {
    if first.body_hash != body_hash {
        return Err(Problem::new(Kind::ObservationAlreadyRecorded)
            .with("first", format!("/v1/vehicles/{}/observations/{}", first.vehicle_id, first.observation_id)));
    }
    let kept = store::load(tx.conn(), first.vehicle_id, first.observation_id)?.ok_or_else(Problem::not_found)?;
    Ok(Recorded { observation: kept.answer(), again: true })
}

fn must_not_be_in_the_future(tx: &Tx<'_>, on: &Ground, observed_at: Instant) -> Result<(), Problem> {
    let minutes: i64 = on.lawbook.settings.on("future_tolerance_minutes", tx.at().local_day());
    if observed_at <= tx.at().plus(Duration::minutes(minutes)) {
        return Ok(());
    }
    Err(Problem::invalid(
        "/observed_at",
        "in_the_future",
        "the observation lies after now; set the clock",
        "监测时间晚于当前时间，请校时",
    ))
}

fn judged(tx: &Tx<'_>, on: &Ground, vehicle: &Vehicle, sent: &ObservationIn<Facts>) -> Observation {
    let id: Id<Observation> = tx.mint();
    let (kind, day) = (sent.facts.kind(), sent.observed_at.local_day());
    let judged = judge(&sent.facts, subject(vehicle, &sent.vehicle), &on.lawbook, day);
    let area = on.directory.area_of(on.caller.organisation);
    Observation {
        id,
        vehicle: vehicle.id,
        number: format!("{}{area}{}", kind.letters(), serial(id.uuid().as_u128())),
        kind,
        observed_at: sent.observed_at,
        review: Review::needed(kind, judged.result),
        judged,
    }
}

/// The registry's fuel, and a green plate by the registry or by the eye.
fn subject(vehicle: &Vehicle, seen: &SightingIn) -> Subject {
    let green = matches!(seen.plate_colour, Some(PlateColour::NevGreen | PlateColour::NevYellowGreen));
    let registered = vehicle.plate.as_ref().is_some_and(|(_, kind)| kind.is_new_energy());
    Subject { fuel: vehicle.fuel, green_plate: green || registered }
}

/// A problem of a part of the body, as a problem of the whole.
fn inside(part: &str, problem: Problem) -> Problem {
    if problem.kind() != Kind::Invalid {
        return problem;
    }
    let moved = |fault: &Fault| Fault { pointer: format!("{part}{}", fault.pointer), ..fault.clone() };
    Problem::new(Kind::Invalid).with_errors(problem.errors().iter().map(moved).collect())
}
