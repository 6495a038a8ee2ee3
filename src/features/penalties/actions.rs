//! Changes of penalty procedures: load · ask the domain · store and record.

use super::{store, wire::PenaltyIn};
use crate::{
    domain::{
        course::{Course, Moment},
        event::Event,
        id::Id,
        listing::LiftedBy,
        penalty::{
            Penalty, PenaltyError, PenaltyState, PenaltyStep, PoliceDecision, RetestElsewhere, is_from_out_of_town,
        },
        settings::Settings,
        vehicle::Vehicle,
        words::Word,
    },
    features::{listings, vehicles},
    platform::{
        db::Tx,
        problem::{Fault, Kind, Problem, text},
    },
};

type PenaltyKey = (Id<Vehicle>, Id<Penalty>);

/// Opens the procedure with the evidence that was taken.
///
/// # Errors
/// No such vehicle or listing (404); the vehicle is of this city, the listing was lifted, or the procedure is open (409).
pub fn open_penalty(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, told: &PenaltyIn) -> Result<Penalty, Problem> {
    let vehicle = vehicles::lock(tx.conn(), vehicle)?;
    let listing = listings::standing(tx, (vehicle.id, told.listing_id))?;
    if !vehicle.plate.as_ref().is_some_and(|(plate, _)| is_from_out_of_town(plate)) {
        return Err(Problem::new(Kind::WrongState).because(
            "the procedure is for vehicles whose plate another office issued",
            "该流程仅适用于外地号牌车辆",
        ));
    }
    let mut penalties = store::of_vehicle(tx.conn(), vehicle.id)?.into_iter();
    if penalties.any(|known| known.listing == listing.id && known.course.state() != PenaltyState::Dropped) {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("this listing has its procedure already", "该记录已启动处罚流程"));
    }

    let penalty = Penalty {
        id: tx.mint(),
        vehicle: vehicle.id,
        listing: listing.id,
        retest: None,
        course: Course::begin(PenaltyStep::Taken(told.evidence.clone()), tx.moment()),
    };

    store::insert(tx.conn(), &penalty)?;
    record(tx, &penalty);
    Ok(penalty)
}

/// Takes a step of the procedure.
///
/// # Errors
/// No such procedure (404), or its state does not allow the step (409).
pub fn advance(
    tx: &mut Tx<'_>,
    key: PenaltyKey,
    step: impl FnOnce(Penalty, Moment) -> Result<Penalty, PenaltyError>,
) -> Result<Penalty, Problem> {
    let penalty = store::lock(tx.conn(), key.0, key.1)?;

    let penalty = step(penalty, tx.moment()).map_err(refused)?;

    store::save(tx.conn(), &penalty)?;
    record(tx, &penalty);
    Ok(penalty)
}

/// The police have decided.
///
/// # Errors
/// The decision is outside the law (422), no such procedure (404), or its state does not allow it (409).
pub fn decide_penalty(
    tx: &mut Tx<'_>,
    settings: &Settings,
    key: PenaltyKey,
    decision: &PoliceDecision,
) -> Result<Penalty, Problem> {
    let faults = decision.faults(settings, tx.at().local_day()).into_iter().map(|(pointer, fault)| Fault {
        pointer: pointer.to_owned(),
        code: fault.word().into(),
        detail: text(fault.word().replace('_', " "), fault.zh()),
    });
    let faults: Vec<_> = faults.collect();
    if !faults.is_empty() {
        return Err(Problem::new(Kind::Invalid).with_errors(faults));
    }
    advance(tx, key, |penalty, moment| penalty.decide(decision.clone(), moment))
}

/// A passing retest anywhere in the country is entered with its report.
///
/// # Errors
/// No such procedure (404), it is over or has its retest (409), or the day cannot be (422).
pub fn enter_retest_elsewhere(
    tx: &mut Tx<'_>,
    key: PenaltyKey,
    report: &RetestElsewhere,
) -> Result<Penalty, Problem> {
    let penalty = store::lock(tx.conn(), key.0, key.1)?;

    let penalty = penalty.enter_retest(report.clone(), tx.moment()).map_err(refused)?;

    store::save(tx.conn(), &penalty)?;
    tx.record(key.0, Event::RetestElsewhereEntered { penalty: penalty.id, listing: penalty.listing });
    Ok(penalty)
}

/// Another person has verified the retest, so the listing is lifted.
///
/// # Errors
/// No such procedure (404); it is over, no retest waits, or the person entered it (409).
pub fn verify_retest_elsewhere(tx: &mut Tx<'_>, key: PenaltyKey) -> Result<Penalty, Problem> {
    let penalty = store::lock(tx.conn(), key.0, key.1)?;

    let penalty = penalty.verify_retest(tx.moment()).map_err(refused)?;

    store::save(tx.conn(), &penalty)?;
    tx.record(key.0, Event::RetestElsewhereVerified { penalty: penalty.id, listing: penalty.listing });
    let report = penalty.retest.as_ref().map(|retest| retest.report.report_number.as_str()).unwrap_or_default();
    let reason = format!("异地复检合格，报告 {report}");
    listings::lift_by(tx, (key.0, penalty.listing), LiftedBy::PassElsewhere, &reason)?;
    Ok(penalty)
}

fn record(tx: &mut Tx<'_>, penalty: &Penalty) {
    let state = penalty.course.state();
    tx.record(penalty.vehicle, Event::PenaltyAdvanced { penalty: penalty.id, listing: penalty.listing, state });
}

fn refused(error: PenaltyError) -> Problem {
    let zh = match error {
        PenaltyError::Step(error) => return error.into(),
        PenaltyError::RetestDay => {
            return Problem::invalid(
                "/tested_on",
                "day",
                error.to_string(),
                "复检日期不得早于取证日期，也不得晚于今天",
            );
        }
        PenaltyError::NoRetest => "须先录入并核实复检合格报告",
        PenaltyError::SamePerson => "复检报告须由录入人以外的人员核实",
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
