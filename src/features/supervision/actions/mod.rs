//! Changes of cases of supervision: load · ask the domain · store and record.

mod opening;
mod ruling;

pub use opening::open_supervision;
pub use ruling::{decide_supervision_appeal, rule_supervision};

use std::io::Read as _;

use flate2::read::GzDecoder;

use super::{
    store::{self, EvidenceRow},
    wire::{EvidenceContentOut, EvidenceOut, QuestionIn, StatementIn, SupervisionOut, TestRef},
};
use crate::{
    domain::{
        course::Moment,
        event::Event,
        id::Id,
        role::Role,
        settings::Settings,
        supervision_case::{SupervisionCase, SupervisionError},
        time::{Instant, last_day},
        words::Word,
    },
    platform::{
        auth::Caller,
        db::{AnyConnection, Tx},
        problem::{Kind, Problem},
    },
};

/// Somebody at the bureau takes the case.
///
/// # Errors
/// No such case (404), or its state does not allow the step (409).
pub fn review_supervision(tx: &mut Tx<'_>, id: Id<SupervisionCase>) -> Result<SupervisionCase, Problem> {
    advance(tx, id, SupervisionCase::review)
}

/// Whom the case concerns is asked to explain, and sees it from now on.
///
/// # Errors
/// No such case (404), or its state does not allow the step (409).
pub fn ask_explanation(
    tx: &mut Tx<'_>,
    settings: &Settings,
    id: Id<SupervisionCase>,
    told: &QuestionIn,
) -> Result<SupervisionCase, Problem> {
    let today = tx.at().local_day();
    let explain_by = last_day(today, settings.on("explanation_days", today));
    advance(tx, id, |case, moment| case.ask_explanation(told.question.clone(), explain_by, moment))
}

/// Whom the case concerns explains.
///
/// # Errors
/// No such case that they were told of (404), or its state does not allow the step (409).
pub fn explain_supervision(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: Id<SupervisionCase>,
    told: &StatementIn,
) -> Result<SupervisionCase, Problem> {
    must_be_theirs(tx.conn(), caller, id)?;
    advance(tx, id, |case, moment| case.explain(told.statement.clone(), told.exhibits.clone(), moment))
}

/// Whom the case concerns appeals against the ruling.
///
/// # Errors
/// No such case that they were told of (404), or its state does not allow the step (409).
pub fn appeal_supervision(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: Id<SupervisionCase>,
    told: &StatementIn,
) -> Result<SupervisionCase, Problem> {
    must_be_theirs(tx.conn(), caller, id)?;
    advance(tx, id, |case, moment| case.appeal(told.statement.clone(), told.exhibits.clone(), moment))
}

/// Whether a caller may know of a case: the bureau and the regulator of every one, the transport bureau of those that
/// were told, whom it concerns of its own that were told.
#[must_use]
pub fn may_know(caller: &Caller, case: &SupervisionCase) -> bool {
    match caller.role {
        Role::InspectionStation | Role::RepairShop => case.concerns == caller.home() && case.is_told(),
        Role::TransportBureau => case.is_told(),
        _ => true,
    }
}

/// A case with its evidence, for who may know of it.
///
/// # Errors
/// There is no such case for the caller (404), or the database fails.
pub fn read_supervision(
    conn: &mut AnyConnection,
    caller: &Caller,
    id: Id<SupervisionCase>,
    at: Instant,
) -> Result<SupervisionOut, Problem> {
    let case = store::load(conn, id)?.filter(|case| may_know(caller, case)).ok_or_else(Problem::not_found)?;
    let evidence = store::evidence_of(conn, id)?;
    Ok(SupervisionOut::at(case, evidence, at))
}

/// A piece of evidence with its content, for who may know of the case.
///
/// # Errors
/// There is no such piece for the caller (404), or its trace cannot be unpacked.
pub fn read_evidence(
    conn: &mut AnyConnection,
    caller: &Caller,
    (id, ordinal): (Id<SupervisionCase>, i64),
) -> Result<EvidenceContentOut, Problem> {
    store::load(conn, id)?.filter(|case| may_know(caller, case)).ok_or_else(Problem::not_found)?;
    let row = store::find_evidence(conn, id, ordinal)?.ok_or_else(Problem::not_found)?;
    let trace = row.trace.as_deref().map(unpack).transpose()?;
    let EvidenceRow { ordinal, vehicle_id, inspection_id, content, sha256, trace_sha256, frozen_at, .. } = row;
    let test = TestRef { vehicle_id, inspection_id };
    Ok(EvidenceContentOut {
        evidence: EvidenceOut { ordinal, test, sha256, trace_sha256, frozen_at },
        content,
        trace,
    })
}

fn unpack(packed: &[u8]) -> Result<serde_json::Value, Problem> {
    let mut json = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut json).map_err(|error| Problem::internal(&error))?;
    serde_json::from_slice(&json).map_err(|error| Problem::internal(&error))
}

fn must_be_theirs(conn: &mut AnyConnection, caller: &Caller, id: Id<SupervisionCase>) -> Result<(), Problem> {
    let case = store::load(conn, id)?.ok_or_else(Problem::not_found)?;
    if may_know(caller, &case) { Ok(()) } else { Err(Problem::not_found()) }
}

fn advance(
    tx: &mut Tx<'_>,
    id: Id<SupervisionCase>,
    step: impl FnOnce(SupervisionCase, Moment) -> Result<SupervisionCase, SupervisionError>,
) -> Result<SupervisionCase, Problem> {
    let case = store::lock(tx.conn(), id)?;

    let case = step(case, tx.moment()).map_err(refused)?;

    store::save(tx.conn(), &case)?;
    record(tx, &case);
    Ok(case)
}

fn record(tx: &mut Tx<'_>, case: &SupervisionCase) {
    let state = case.course.state();
    tx.record(case.concerns, Event::SupervisionAdvanced { case: case.id, state });
}

fn refused(error: SupervisionError) -> Problem {
    let zh = match error {
        SupervisionError::Step(step) => format!("当前状态为“{}”，不允许此操作", step.0.zh()),
        SupervisionError::NotYetExplained(day) => format!("说明期限为 {day}，期满前不得作出不利决定"),
        SupervisionError::NotAsked => "未要求说明，不得作出不利决定".to_owned(),
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
