//! Superseding and confirming: nothing is edited; a void or a correction takes a test's place, with reason and actor.

use super::{attempt, judging::judge_test, report_number};
use crate::{
    domain::{
        case::{Case, Ground, Ruling},
        closing::{Consequence, Effect, follow},
        event::Event,
        id::Id,
        inspection::{Inspection, InspectionKind},
        listing::LiftedBy,
        vehicle::Vehicle,
    },
    features::{
        cases,
        inspections::{
            store::{self, Kept, Stored},
            wire::{CorrectedIn, InspectionIn, InspectionOut},
        },
        listings, vehicles,
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground as Standpoint,
    },
};

/// What the bureau decides stands on its own confirmation.
const CONFIRMED: Option<Ground> = Some(Ground::Confirmation);

type Key = (Id<Vehicle>, Id<Inspection>);

/// The bureau voids a test: what it did to the vehicle's case is taken back, the test stays visible.
///
/// # Errors
/// No such test (404), or it was superseded already (409).
pub fn void_inspection(tx: &mut Tx<'_>, on: &Standpoint, key: Key, reason: &str) -> Result<InspectionOut, Problem> {
    let stored = load_standing(tx, on, key)?;
    let at = tx.at();

    let case = take_back(tx, &stored, reason)?;

    store::supersede(tx.conn(), key.0, key.1, None, reason, at)?;
    if let Some(case) = case {
        cases::save(tx.conn(), &case)?;
    }
    tx.record(key.0, Event::InspectionVoided { inspection: key.1, reason: reason.to_owned() });
    reload(tx, on, key)
}

/// The bureau corrects a test: the corrected readings are judged by the law of the test's own day and take its place.
///
/// # Errors
/// No such test (404), it was superseded already (409), or the readings cannot be judged (422).
pub fn correct_inspection(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    key: Key,
    told: &CorrectedIn,
) -> Result<InspectionOut, Problem> {
    let stored = load_standing(tx, on, key)?;
    let vehicle = vehicles::load(tx.conn(), key.0)?.ok_or_else(Problem::not_found)?;
    let corrected = corrected_test(tx, on, &stored, &vehicle, told)?;

    let open = match take_back(tx, &stored, &told.reason)? {
        Some(case) => {
            cases::save(tx.conn(), &case)?;
            (case.closed_at().is_none()).then_some(case)
        }
        None => cases::open_case(tx.conn(), key.0)?,
    };
    let consequence = follow(open, &attempt(tx, &on.lawbook, &corrected.inspection, CONFIRMED));
    let corrected = Kept { effect: consequence.kept(), ..corrected };

    let (new, at) = (corrected.inspection.id, tx.at());
    store::insert_all(tx, std::slice::from_ref(&corrected))?;
    store::supersede(tx.conn(), key.0, key.1, Some(new), &told.reason, at)?;
    tx.record(key.0, Event::InspectionCorrected { inspection: key.1, by: new, reason: told.reason.clone() });
    settle(tx, key.0, consequence)?;
    if corrected.answers_a_due_day() {
        listings::lift_overdue_inspections(tx, &[key.0])?;
    }
    reload(tx, on, (key.0, new))
}

/// The bureau confirms a test that had no acceptance, so that it acts on the vehicle's case.
///
/// # Errors
/// No such test (404), or it waits for no confirmation (409).
pub fn confirm_inspection(
    tx: &mut Tx<'_>,
    on: &Standpoint,
    key: Key,
    reason: &str,
) -> Result<InspectionOut, Problem> {
    let stored = load_standing(tx, on, key)?;
    if stored.effect.effect != Effect::AwaitsConfirmation {
        return Err(Problem::new(Kind::WrongState).because("the test waits for no confirmation", "该检验不需要确认"));
    }
    let open = cases::open_case(tx.conn(), key.0)?;

    let consequence = follow(open, &attempt(tx, &on.lawbook, &stored.inspection, CONFIRMED));

    store::set_effect(tx.conn(), key.0, key.1, &consequence.kept())?;
    tx.record(key.0, Event::InspectionConfirmed { inspection: key.1, reason: reason.to_owned() });
    let closed = consequence.effect == Effect::CaseClosed;
    settle(tx, key.0, consequence)?;
    if closed && stored.inspection.kind == InspectionKind::Periodic {
        listings::lift_overdue_inspections(tx, &[key.0])?;
    }
    reload(tx, on, key)
}

fn load_standing(tx: &mut Tx<'_>, on: &Standpoint, (vehicle, id): Key) -> Result<Stored, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let stored = store::load(tx.conn(), &on.lawbook, vehicle, id)?.ok_or_else(Problem::not_found)?;
    if stored.is_superseded {
        return Err(Problem::new(Kind::WrongState).because("the test was superseded already", "该检验已作废或更正"));
    }
    Ok(stored)
}

/// Takes back what a test did to its case: a close is undone, a case that only this test opened is ruled corrected.
fn take_back(tx: &mut Tx<'_>, stored: &Stored, reason: &str) -> Result<Option<Case>, Problem> {
    let (vehicle, id) = (stored.inspection.vehicle, stored.inspection.id);
    let Some(case) = stored.effect.case_id else { return Ok(None) };
    let case = cases::lock(tx.conn(), vehicle, case)?;
    match stored.effect.effect {
        Effect::CaseClosed => {
            let case = case.reopen(id).map_err(|error| cases::refused(&error))?;
            tx.record(vehicle, Event::CaseReopened { case: case.id, inspection: id });
            Ok(Some(case))
        }
        Effect::CaseOpened
            if case.closed_at().is_none()
                && case.failing.inspection() == Some(id)
                && case.outstanding == [case.cause] =>
        {
            let ruling = Ruling::TestCorrected;
            let case = case.rule(ruling, reason.to_owned(), tx.at()).map_err(|error| cases::refused(&error))?;
            tx.record(vehicle, Event::CaseRuled { case: case.id, ruling, reason: reason.to_owned() });
            listings::lift_of_case(tx, vehicle, case.id, LiftedBy::Ruling, reason)?;
            Ok(Some(case))
        }
        _ => Ok(None),
    }
}

fn settle(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, consequence: Consequence) -> Result<(), Problem> {
    for event in consequence.events {
        tx.record(vehicle, event);
    }
    let Some(case) = consequence.case else { return Ok(()) };
    cases::save(tx.conn(), &case)?;
    if consequence.effect == Effect::CaseClosed {
        listings::lift_of_case(tx, vehicle, case.id, LiftedBy::Pass, "复检合格")?;
    }
    Ok(())
}

fn corrected_test(
    tx: &Tx<'_>,
    on: &Standpoint,
    stored: &Stored,
    vehicle: &Vehicle,
    told: &CorrectedIn,
) -> Result<Kept, Problem> {
    let sent = InspectionIn {
        readings: told.readings.or(stored.sent.readings),
        obd: told.obd.clone().or_else(|| stored.sent.obd.clone()),
        appearance: told.appearance.or(stored.sent.appearance),
        ..stored.sent.clone()
    };
    let judgement = judge_test(&on.lawbook, vehicle, &sent)?;
    let id = tx.mint();
    let area = on.directory.area_of(stored.inspection.station.uuid());
    Ok(Kept {
        inspection: Inspection {
            id,
            report_number: report_number(area, stored.inspection.ended_at, id),
            verdict: judgement.verdict,
            ..stored.inspection.clone()
        },
        line: stored.line,
        nature: stored.nature,
        acceptance: None,
        limit_class: on.lawbook.limit_class(stored.inspection.ended_at.local_day()),
        judgement,
        body_hash: store::hash(&sent)?,
        sent,
        effect: store::no_effect(),
        supersedes: Some(stored.inspection.id),
        recorded_at: tx.at(),
        recorded_by: on.caller.id,
    })
}

fn reload(tx: &mut Tx<'_>, on: &Standpoint, (vehicle, id): Key) -> Result<InspectionOut, Problem> {
    let stored = store::load(tx.conn(), &on.lawbook, vehicle, id)?;
    Ok(stored.ok_or_else(Problem::not_found)?.out)
}
