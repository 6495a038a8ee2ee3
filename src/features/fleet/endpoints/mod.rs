//! HTTP of the fleet register.

mod memberships;
mod movements;
mod scrappages;

pub use self::{
    memberships::{correct_membership, end_membership, read_memberships, record_membership, record_memberships},
    movements::{correct_movement, read_movements, record_movement, record_movements},
    scrappages::{read_fleet_findings, read_scrappages, record_dismantling, record_scrappage, record_scrappages},
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use validator::Validate;

use super::{
    actions::Recorded,
    wire::{FleetBatchIn, FleetBatchOut, FleetBatchResultOut},
};
use crate::platform::{
    answer::Answer,
    auth::{Allowed, Right},
    body::{self, BATCH, Body},
    db::Tx,
    idempotency::Once,
    problem::{Language, Problem},
    state::{Ground, State},
};

/// A refusal keeps what was noted about it; a fault takes everything back.
fn noted<T>(outcome: Result<T, Problem>) -> Result<Result<T, Problem>, Problem> {
    match outcome {
        Err(problem) if problem.kind().status() >= 500 => Err(problem),
        outcome => Ok(outcome),
    }
}

/// The answer to one record.
fn answer<Out: Serialize>(recorded: &Recorded<Out>, location: String) -> Result<Answer, Problem> {
    let answer = Answer::created(&recorded.out, location)?;
    Ok(if recorded.again { answer.again() } else { answer })
}

/// Records the items of a batch, each with its own outcome, in order.
async fn record_batch<R: Right, Item: DeserializeOwned + Validate + Send + 'static, Out: Serialize>(
    caller: &Allowed<R>,
    once: Once,
    (body, language): (Body<FleetBatchIn, BATCH>, Language),
    state: &State,
    record: impl Fn(&mut Tx<'_>, &Ground, &Item) -> Result<Recorded<Out>, Problem> + Send + 'static,
) -> Result<Answer, Problem> {
    let read = |value: &Value| body::parse::<Item>(value.to_string().as_bytes());
    let items: Vec<Result<Item, Problem>> = body.value.items.iter().map(read).collect();
    state
        .change(caller, once, body, move |tx, on, _| {
            let mut results = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                let outcome = match item {
                    Ok(item) => noted(record(tx, on, item))?,
                    Err(problem) => Err(problem.clone()),
                };
                results.push(result(outcome, index, language)?);
            }
            Answer::ok(&FleetBatchOut { results })
        })
        .await
}

fn result<Out: Serialize>(
    outcome: Result<Recorded<Out>, Problem>,
    index: usize,
    language: Language,
) -> Result<FleetBatchResultOut, Problem> {
    Ok(match outcome {
        Ok(recorded) => FleetBatchResultOut {
            status: if recorded.again { 200 } else { 201 },
            recorded: Some(serde_json::to_value(recorded.out).map_err(|error| Problem::internal(&error))?),
            problem: None,
        },
        Err(problem) => FleetBatchResultOut {
            status: problem.kind().status(),
            recorded: None,
            problem: Some(problem.to_json(language, &format!("/items/{index}"), None)),
        },
    })
}
