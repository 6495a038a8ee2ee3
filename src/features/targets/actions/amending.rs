//! Targets are delivered once, and amended by new versions.

use crate::{
    domain::{
        event::Event,
        role::Position,
        target::{self, Target, TargetError},
        time::Instant,
    },
    features::targets::{
        store::{self, TargetRow},
        wire::{TargetAmendmentIn, TargetOut, TargetsOut},
    },
    platform::{
        db::{Json, Tx},
        journal::Actor,
        problem::{Kind, Problem},
        state::{Ground, State},
    },
};

/// Adds the delivered targets that the database lacks.
///
/// # Errors
/// The database cannot be written.
pub async fn deliver(state: &State) -> Result<(), Problem> {
    let row = |target: Target| TargetRow {
        id: target.id.clone(),
        version: target.version,
        effective_from: target.effective_from,
        recorded_at: Instant::start_of(target.effective_from),
        target: Json(target),
        reason: String::new(),
        recorded_by: None,
    };
    let rows: Vec<_> = target::delivered().into_iter().map(row).collect();
    state.db.write("deliver_targets", Actor::service(), move |tx| Ok(store::insert(tx.conn(), &rows)?)).await?;
    Ok(())
}

/// Makes a new version of a target, by a manager and with a reason.
///
/// # Errors
/// Not a manager (403), no such target (404), or the version contradicts itself (422).
pub fn amend_target(tx: &mut Tx<'_>, on: &Ground, id: &str, told: &TargetAmendmentIn) -> Result<TargetOut, Problem> {
    if on.caller.position != Position::Manager {
        return Err(Problem::new(Kind::Forbidden).because("only a manager may amend a target", "仅负责人可修订目标"));
    }
    let latest = store::versions(tx.conn(), id)?.pop().ok_or_else(Problem::not_found)?.target.0;

    let amended = Target {
        version: latest.version + 1,
        effective_from: told.effective_from,
        readings: told.readings.clone(),
        threshold: told.threshold,
        indicative: told.indicative,
        deadline: told.deadline,
        counts_hancheng: told.counts_hancheng,
        waits_for: told.waits_for,
        source: told.source.clone(),
        confidence: told.confidence,
        ambiguities: told.ambiguities.clone(),
        ..latest
    };
    amended.check().map_err(contradicts)?;

    let row = TargetRow {
        id: amended.id.clone(),
        version: amended.version,
        effective_from: amended.effective_from,
        target: Json(amended),
        reason: told.reason.clone(),
        recorded_at: tx.at(),
        recorded_by: Some(on.caller.id.into()),
    };
    if store::insert(tx.conn(), std::slice::from_ref(&row))? == 0 {
        // Somebody else amended it at the same moment.
        return Err(Problem::new(Kind::WrongState).retry_after(1));
    }
    let event = Event::TargetAmended { target: row.id.clone(), version: row.version, reason: told.reason.clone() };
    tx.record(on.caller.home(), event);
    Ok(out(row))
}

/// Versions as they are answered, in the order of the plan.
pub fn targets_out(rows: Vec<TargetRow>) -> TargetsOut {
    let mut rows = rows;
    let number = |row: &TargetRow| row.id.trim_start_matches('T').parse::<u32>().unwrap_or(u32::MAX);
    rows.sort_by_key(|row| (number(row), row.id.clone(), row.version));
    TargetsOut { items: rows.into_iter().map(out).collect() }
}

fn out(row: TargetRow) -> TargetOut {
    TargetOut { target: row.target.0, reason: row.reason, recorded_at: row.recorded_at }
}

fn contradicts(error: TargetError) -> Problem {
    let (pointer, code, zh) = match error {
        TargetError::Threshold => ("/threshold", "no_share", "比例须大于零且不超过一"),
        TargetError::CountsNothing => ("/readings", "counts_nothing", "须有统计口径，或注明缺少的台账"),
        TargetError::ReadingTwice => ("/readings", "reading_twice", "统计口径重名"),
        TargetError::FlowWithoutTrades => ("/readings", "flow_without_trades", "年度新增占比按行业统计"),
        TargetError::ClearsNothing => ("/readings", "clears_nothing", "清零目标须注明排放阶段"),
    };
    Problem::invalid(pointer, code, error.to_string(), zh)
}
