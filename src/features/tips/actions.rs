//! Changes of tips: receiving, deciding, and the one way to learn who reported.

use chrono::Duration;

use super::{
    store,
    wire::{ReporterOut, TipIn, TipOut, TipReviewIn},
};
use crate::{
    domain::{
        event::Event,
        id::Id,
        lawbook::Lawbook,
        observation::{Facts, Smoke},
        role::Position,
        tip::{Tip, TipError, TipProgress, TipSighting},
        vehicle::plate::Plate,
        words::Word,
    },
    features::{
        observations::{self, ObservationIn},
        vehicles::SightingIn,
    },
    platform::{
        auth::Secret,
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// The device under which accepted tips are observations.
const DEVICE: &str = "tip";

/// Receives a tip under a receipt's number.
///
/// # Errors
/// The plate cannot be read, or it was seen after now (422).
pub fn file_tip(tx: &mut Tx<'_>, lawbook: &Lawbook, told: &TipIn, receipt: &str) -> Result<Tip, Problem> {
    let plate = Plate::read(&told.plate)
        .map_err(|error| Problem::invalid("/plate", "unreadable", error.to_string(), "无法识别的号牌"))?;
    let minutes: i64 = lawbook.settings.on("future_tolerance_minutes", tx.at().local_day());
    if told.seen_at > tx.at().plus(Duration::minutes(minutes)) {
        return Err(Problem::invalid("/seen_at", "in_the_future", "seen after now", "时间晚于当前时间"));
    }
    let tip = Tip {
        id: tx.mint(),
        sighting: TipSighting {
            plate,
            plate_colour: told.plate_colour,
            place: told.place.clone(),
            seen_at: told.seen_at,
            description: told.description.clone(),
            photo: told.photo.clone(),
        },
        received_at: tx.at(),
        progress: TipProgress::Received,
    };

    store::insert(tx.conn(), &tip, &Secret::hash_of(receipt))?;
    if let Some(reporter) = &told.reporter {
        let at = tx.at();
        store::insert_reporter(tx.conn(), tip.id, reporter, at)?;
    }
    tx.record(tip.id, Event::TipFiled { tip: tip.id });
    Ok(tip)
}

/// A person decides about a tip; an accepted one becomes an observation of smoke that waits for its own review.
///
/// # Errors
/// The caller is a machine (403), there is no such tip (404), it was decided already (409), or it is accepted without a
/// grade, or its vehicle cannot be told (422).
pub fn review_tip(tx: &mut Tx<'_>, on: &Ground, id: Id<Tip>, told: &TipReviewIn) -> Result<TipOut, Problem> {
    observations::must_be_a_person(tx, on)?;
    let tip = store::lock(tx.conn(), id)?.ok_or_else(Problem::not_found)?;
    if tip.progress != TipProgress::Received {
        return Err(refused(TipError(tip.state_name())));
    }

    let (at, reason) = (tx.at(), told.reason.clone());
    let tip = if told.accepted {
        let sighting = observation_of(&tip, told)?;
        let observation = observations::record_observation(tx, on, &sighting)?.observation;
        tip.accept((observation.vehicle_id, observation.observation_id), reason, at).map_err(refused)?
    } else {
        tip.dismiss(reason, at).map_err(refused)?
    };

    store::save(tx.conn(), &tip)?;
    tx.record(id, Event::TipReviewed { tip: id, outcome: tip.state_name(), reason: told.reason.clone() });
    Ok(TipOut::from(tip))
}

fn observation_of(tip: &Tip, told: &TipReviewIn) -> Result<ObservationIn<Facts>, Problem> {
    let missing = || Problem::invalid("/ringelmann_grade", "missing", "needed to accept", "采纳时须填写林格曼等级");
    let sighting = &tip.sighting;
    Ok(ObservationIn {
        device: DEVICE.to_owned(),
        device_number: tip.id.to_string(),
        observed_at: sighting.seen_at,
        place: Some(sighting.place.clone()),
        vehicle: SightingIn {
            plate: sighting.plate.as_str().to_owned(),
            plate_kind: told.plate_kind,
            plate_colour: sighting.plate_colour,
            vin: None,
            vehicle_type: None,
            fuel: None,
            use_nature: None,
        },
        facts: Facts::Smoke(Smoke {
            ringelmann_grade: told.ringelmann_grade.ok_or_else(missing)?,
            confidence_percent: None,
            photo: sighting.photo.clone(),
            video: None,
        }),
    })
}

/// Tells the reward clerk who reported a tip, and notes that it was told.
///
/// # Errors
/// There is no such tip, nobody was named, or the caller is no reward clerk (404).
pub fn read_tip_reporter(tx: &mut Tx<'_>, on: &Ground, id: Id<Tip>, reason: &str) -> Result<ReporterOut, Problem> {
    if on.caller.position != Position::RewardClerk {
        return Err(Problem::not_found());
    }
    let reporter = store::reporter_of(tx.conn(), id)?.ok_or_else(Problem::not_found)?;
    tx.record(id, Event::TipReporterRead { tip: id, reason: reason.to_owned() });
    Ok(reporter)
}

/// Forgets who reported long ago.
///
/// # Errors
/// The database fails.
pub fn forget_reporters(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    let days: i64 = lawbook.settings.on("tip_reporter_kept_days", tx.at().local_day());
    let before = tx.at().minus(Duration::days(days));
    store::forget_before(tx.conn(), before)?;
    Ok(())
}

fn refused(error: TipError) -> Problem {
    Problem::new(Kind::WrongState).because(error.to_string(), format!("该线索当前状态为“{}”", error.0.zh()))
}
