//! HTTP of penalty procedures: what the traffic police do.

use actix_web::{post, web};

use super::PenaltyPath;
use crate::{
    domain::penalty::{DecisionService, Hearing, PoliceDecision, Telling},
    features::penalties::{actions, wire::PenaltyOut},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{DecidePenalty, HearDriver, ServePenalty, TellDriver},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// The driver was told facts, reason and rights.
#[utoipa::path(
    tag = "penalties", request_body = Telling,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Told", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/tellings")]
pub async fn tell_driver(
    caller: Allowed<TellDriver>,
    path: PenaltyPath,
    once: Once,
    body: Body<Telling>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.tell(told.clone(), moment)
            })?))
        })
        .await
}

/// The driver was heard, or made no statement.
#[utoipa::path(
    tag = "penalties", request_body = Hearing,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Heard", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/hearings")]
pub async fn hear_driver(
    caller: Allowed<HearDriver>,
    path: PenaltyPath,
    once: Once,
    body: Body<Hearing>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.hear(told.clone(), moment)
            })?))
        })
        .await
}

/// Records the police's decision: a warning, or a fine within the dated range. This service never decides.
#[utoipa::path(
    tag = "penalties", request_body = PoliceDecision,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Recorded", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/decisions")]
pub async fn decide_penalty(
    caller: Allowed<DecidePenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<PoliceDecision>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&PenaltyOut::from(actions::decide_penalty(tx, &on.lawbook.settings, *path, told)?))
        })
        .await
}

/// The decision was served.
#[utoipa::path(
    tag = "penalties", request_body = DecisionService,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Served", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/services")]
pub async fn serve_penalty(
    caller: Allowed<ServePenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<DecisionService>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.serve(told.clone(), moment)
            })?))
        })
        .await
}
