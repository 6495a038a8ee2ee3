//! The line that every answer leaves before it is sent, and what is still answered when none can be left.

use serde::Serialize;

use super::Questions;
use crate::{
    domain::check::AuditState,
    features::checks::wire::{ChecksIn, ChecksOut, LineHead, LineOut},
    platform::{
        auth::Caller,
        problem::{Kind, Problem},
        state::State,
    },
};

/// When the log may be written again.
const RETRY_AFTER_S: u64 = 30;

/// Leaves a line for every answer.
///
/// # Errors
/// They cannot be written, and the answers tell of persons or the log is required (503).
pub async fn leave_lines(
    state: &State,
    caller: &Caller,
    told: &ChecksIn,
    questions: &Questions,
    answer: &ChecksOut,
) -> Result<AuditState, Problem> {
    let at = state.clock.now();
    let head = LineHead {
        at,
        client: caller.id,
        organisation: caller.organisation,
        role: caller.role,
        trace_id: caller.trace_id.as_deref(),
        place: told.place.as_deref(),
        purpose: told.purpose,
        case_number: told.case_number.as_deref(),
        with_owner: told.with_owner,
        sandbox: answer.sandbox,
        sequence: answer.sequence,
    };
    let mut lines = Vec::with_capacity(questions.len() * 320);
    for ((told, question), item) in told.checks.iter().zip(questions).zip(&answer.items) {
        let line = LineOut::new(&head, told, question.as_ref().ok(), item.status);
        line.serialize(&mut serde_json::Serializer::new(&mut lines)).map_err(|error| Problem::internal(&error))?;
        lines.push(b'\n');
    }
    let count = u64::try_from(questions.len()).unwrap_or(u64::MAX);
    metrics::counter!("imfleet_checks_total").increment(count);
    if state.check_log.write(lines, at).await.is_ok() {
        return Ok(AuditState::Written);
    }
    let required = state.lawbook.get().settings.is_on("check_log_required", at.local_day());
    if told.with_owner || required {
        return Err(unlogged());
    }
    metrics::counter!("imfleet_checks_degraded_total").increment(count);
    Ok(AuditState::Degraded)
}

/// Nothing is told that must leave a line and cannot.
pub fn unlogged() -> Problem {
    Problem::new(Kind::Unavailable)
        .because("the check log cannot be written; without it this is not told", "查询留痕暂不可用，无法提供该信息")
        .retry_after(RETRY_AFTER_S)
}
