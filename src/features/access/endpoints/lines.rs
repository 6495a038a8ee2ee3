//! HTTP of a station's lines.

use actix_web::{post, web};

use super::change;
use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
    },
    features::access::{
        actions::{self, LineAt},
        wire::{LineIn, LineOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{RegisterLine, ReinstateLine, SuspendLine},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Registers a test line of a station.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The station")),
    request_body = LineIn,
    responses((status = 201, description = "Registered", body = LineOut))
)]
#[post("/v1/organisations/{id}/lines")]
pub async fn register_line(
    caller: Allowed<RegisterLine>,
    state: web::Data<State>,
    id: web::Path<Id<Organisation>>,
    once: Once,
    body: Body<LineIn>,
) -> Result<Answer, Problem> {
    let id = id.into_inner();
    change(&state, &caller, once, body, move |tx, ground, new| actions::register_line(tx, ground, id, new)).await
}

/// Suspends a test line: no vehicle is accepted on it from the next request on.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The station"), ("line_id" = uuid::Uuid, Path, description = "The line")),
    request_body = ReasonIn,
    responses((status = 200, description = "Suspended", body = LineOut))
)]
#[post("/v1/organisations/{id}/lines/{line_id}/suspensions")]
pub async fn suspend_line(
    caller: Allowed<SuspendLine>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Line>)>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let at = line_at(path);
    change(&state, &caller, once, body, move |tx, ground, why| actions::suspend_line(tx, ground, at, why)).await
}

/// Lets a suspended test line be used again.
#[utoipa::path(
    tag = "access",
    params(("id" = uuid::Uuid, Path, description = "The station"), ("line_id" = uuid::Uuid, Path, description = "The line")),
    request_body = ReasonIn,
    responses((status = 200, description = "Reinstated", body = LineOut))
)]
#[post("/v1/organisations/{id}/lines/{line_id}/reinstatements")]
pub async fn reinstate_line(
    caller: Allowed<ReinstateLine>,
    state: web::Data<State>,
    path: web::Path<(Id<Organisation>, Id<Line>)>,
    once: Once,
    body: Body<ReasonIn>,
) -> Result<Answer, Problem> {
    let at = line_at(path);
    change(&state, &caller, once, body, move |tx, ground, why| actions::reinstate_line(tx, ground, at, why)).await
}

fn line_at(path: web::Path<(Id<Organisation>, Id<Line>)>) -> LineAt {
    let (station, line) = path.into_inner();
    LineAt { station, line }
}
