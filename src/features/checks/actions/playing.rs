//! The sandbox: the same forms and headers, answered by the plate alone and about no real vehicle.

use super::{Questions, Served, bounds, logging};
use crate::{
    domain::{
        check::{
            AuditState,
            allowance::{Allowance, UsedUp},
            sandbox::{Scene, scene},
        },
        vehicle::owner::Owner,
    },
    features::checks::wire::{CheckFaultOut, CheckOut, ChecksIn, ChecksOut, InTwoLanguages},
    platform::{auth::Caller, problem::Problem, state::State},
};

/// Plays the scenes that the plates ask for.
///
/// # Errors
/// One of them asks for an error, or the allowance is used up.
pub async fn play(state: &State, caller: &Caller, told: &ChecksIn, questions: &Questions) -> Result<Served, Problem> {
    let at = state.clock.now();
    let left = bounds::take(state, caller, questions, at)?;
    let (mut items, mut degraded) = (Vec::with_capacity(questions.len()), false);
    for question in questions {
        let plate = match question {
            Err(fault) => {
                items.push(CheckOut::unreadable(fault.clone()));
                continue;
            }
            Ok(asked) => asked.plate.as_ref().map(|(plate, _)| plate),
        };
        items.push(match scene(plate) {
            Scene::Answered(checked) => CheckOut::found(&checked, at, false),
            Scene::Degraded(checked) => {
                degraded = true;
                CheckOut::found(&checked, at, false)
            }
            Scene::Malformed => CheckOut::unreadable(malformed()),
            Scene::UsedUp => return Err(used_up(state, caller)),
            Scene::Unavailable => return Err(logging::unlogged()),
        });
    }
    if degraded && told.with_owner {
        return Err(logging::unlogged());
    }
    if told.with_owner {
        items.iter_mut().flat_map(|item| &mut item.vehicles).for_each(|vehicle| vehicle.owner = Some(nobody()));
    }
    let sequence = 0;
    let audit = AuditState::Written;
    let mut answer = ChecksOut { sequence, as_of: at, age_ms: 0, audit, sandbox: true, items };
    answer.audit = logging::leave_lines(state, caller, told, questions, &answer).await?;
    if degraded {
        answer.audit = AuditState::Degraded;
    }
    Ok(Served { answer, left })
}

fn malformed() -> CheckFaultOut {
    CheckFaultOut {
        field: "plate",
        code: "unreadable",
        detail: InTwoLanguages::new("a plate of the sandbox", "沙箱号牌"),
    }
}

fn used_up(state: &State, caller: &Caller) -> Problem {
    let at = state.clock.now();
    let allowance = Allowance::of(caller.role, &state.lawbook.get().settings, at.local_day());
    let left = state.accounts.take(caller.id, allowance, 0, at).unwrap_or_default();
    bounds::refused(&UsedUp { name: "burst", retry_after_s: 1, left })
}

fn nobody() -> Owner {
    Owner { name: "沙箱车主".to_owned(), phone: Some("13800000000".to_owned()) }.masked()
}
