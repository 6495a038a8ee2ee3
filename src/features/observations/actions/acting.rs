//! What an observation does: to the vehicle's case, and by the rules to the list.

use chrono::{Duration, Months};

use crate::{
    domain::{
        case::Case,
        event::Event,
        id::Id,
        lawbook::Lawbook,
        listing::{Evidence, LiftedBy, Listing},
        listing_rule::{Chain, Sampling, Sensed, chain_with, cycle_start, establishes, fires, fires_for_samplings},
        observation::{Observation, ObservationKind},
        observing::{KeptObservationEffect, ObservationEffect, Sight, observe},
        time::{Instant, last_day},
        vehicle::Vehicle,
    },
    features::{cases, listings, observations::store},
    platform::{db::Tx, problem::Problem},
};

/// What an observation did.
pub(super) struct Acted {
    pub effect: KeptObservationEffect,
    pub listings: Vec<Id<Listing>>,
}

/// Lets an observation act. The vehicle is locked.
pub(super) fn act(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: &Vehicle,
    observation: &Observation,
) -> Result<Acted, Problem> {
    let today = tx.at().local_day();
    let open = open_case(tx, vehicle.id)?;
    let chain = chain_of(tx, lawbook, open.as_ref(), observation)?;
    let sight = Sight {
        observation,
        established: establishes(observation, chain.as_ref()),
        at: tx.at(),
        deadline_on: last_day(today, lawbook.settings.on("retest_deadline_days", today)),
        new_case: tx.mint(),
    };

    let consequence = observe(open, &sight);

    let kept = consequence.kept();
    if let Some(event) = consequence.event {
        tx.record(vehicle.id, event);
    }
    let Some(case) = consequence.case else { return Ok(Acted { effect: kept, listings: Vec::new() }) };
    cases::save(tx.conn(), &case)?;
    let listings = match kept.effect {
        ObservationEffect::CauseCleared | ObservationEffect::CaseClosed => cleared(tx, &case, observation)?,
        _ => list(tx, lawbook, vehicle, &case, (observation, chain.as_ref()))?,
    };
    Ok(Acted { effect: kept, listings })
}

fn open_case(tx: &mut Tx<'_>, vehicle: Id<Vehicle>) -> Result<Option<Case>, Problem> {
    let Some(open) = cases::open_case(tx.conn(), vehicle)? else { return Ok(None) };
    // A shop's step locks the case alone, so what counts is what stands under the lock.
    let case = cases::lock(tx.conn(), vehicle, open.id)?;
    Ok(Some(case).filter(|case| case.closed_at().is_none()))
}

/// The chain that an exceedance by remote sensing completes, of what was seen since the vehicle was last cleared.
fn chain_of(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    open: Option<&Case>,
    newest: &Observation,
) -> Result<Option<Chain>, Problem> {
    if newest.kind != ObservationKind::RemoteSensing || !newest.exceeds() {
        return Ok(None);
    }
    let (settings, today) = (&lawbook.settings, tx.at().local_day());
    let months: u32 = settings.on("remote_sensing_window_months", today);
    let window = newest.observed_at.local_day().checked_sub_months(Months::new(months)).unwrap_or(today);
    let cleared = cases::last_closing(tx.conn(), newest.vehicle)?.max(open.and_then(Case::repaired_at));
    let since = cleared.map_or_else(|| Instant::start_of(window), |cleared| cleared.max(Instant::start_of(window)));
    let mut tests = store::remote_tests(tx.conn(), newest.vehicle, since)?;
    if newest.observed_at < since {
        return Ok(None);
    }
    tests.push(Sensed::of(newest));
    Ok(chain_with(newest.id, &tests, settings, today))
}

/// Lists by the rules that an established exceedance makes fire.
fn list(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: &Vehicle,
    case: &Case,
    (observation, chain): (&Observation, Option<&Chain>),
) -> Result<Vec<Id<Listing>>, Problem> {
    let today = tx.at().local_day();
    let mut made = Vec::new();
    if let Some(firing) = fires(observation, chain, &lawbook.settings, today) {
        made.push(listings::list_by_rule(tx, lawbook, vehicle.id, firing, Some(case.id))?.id);
    }
    if observation.kind.is_sampling() {
        let (at, evidence) = (observation.observed_at, Evidence::observation(observation));
        let newest = Sampling { at, failed: true, evidence };
        made.extend(count_samplings(tx, lawbook, vehicle, case, Some(newest))?);
    }
    Ok(made)
}

/// Counts a vehicle's failed samplings in its inspection cycle, and lists when there are enough: then a case is closed by
/// a station's retest only.
///
/// # Errors
/// The database fails.
pub fn count_samplings(
    tx: &mut Tx<'_>,
    lawbook: &Lawbook,
    vehicle: &Vehicle,
    case: &Case,
    newest: Option<Sampling>,
) -> Result<Option<Id<Listing>>, Problem> {
    let (settings, today) = (&lawbook.settings, tx.at().local_day());
    // The cycle of a vehicle that was only seen is not known; a year back is the longest that most vehicles have.
    let year_ago = tx.at().minus(Duration::days(365)).local_day();
    let since = cycle_start(vehicle, settings, today).unwrap_or(year_ago);
    let mut samplings = store::samplings(tx.conn(), vehicle.id, Instant::start_of(since))?;
    samplings.extend(newest);
    let Some(firing) = fires_for_samplings(&samplings, since, settings, tx.at()) else { return Ok(None) };
    let listing = listings::list_by_rule(tx, lawbook, vehicle.id, firing, Some(case.id))?;
    if let Ok(case) = case.clone().ask_for_retest() {
        cases::save(tx.conn(), &case)?;
    }
    Ok(Some(listing.id))
}

/// Lifts what a passing re-measurement has cleared.
fn cleared(tx: &mut Tx<'_>, case: &Case, observation: &Observation) -> Result<Vec<Id<Listing>>, Problem> {
    let (vehicle, by, why) = (case.vehicle, LiftedBy::Remeasurement, "同类复测合格");
    if case.closed_at().is_some() {
        tx.record(vehicle, Event::CaseClosed { case: case.id });
        listings::lift_of_case(tx, vehicle, case.id, by, why)?;
    } else {
        listings::lift_reason_of_case(tx, (vehicle, case.id), observation.kind.reason(), by, why)?;
    }
    Ok(Vec::new())
}
