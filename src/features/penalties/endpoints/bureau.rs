//! HTTP of penalty procedures: what the bureau does, before and after the police.

use actix_web::{post, web};

use super::PenaltyPath;
use crate::{
    domain::penalty::{HomeAnswer, HomeCopy, Penalty, PoliceReceipt, RetestElsewhere},
    features::penalties::{actions, wire::PenaltyOut},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                CopyPenaltyHome, DropPenalty, EndPenalty, EnterRetestElsewhere, HandOverPenalty, RecordHomeAnswer,
                ReviewPenalty, VerifyRetestElsewhere,
            },
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
        told::{ReasonIn, StepIn},
    },
};

/// The bureau has reviewed the evidence.
#[utoipa::path(
    tag = "penalties", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Reviewed", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/reviews")]
pub async fn review_penalty(
    caller: Allowed<ReviewPenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, _| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, Penalty::review)?))
        })
        .await
}

/// The police have taken the evidence over, with a receipt.
#[utoipa::path(
    tag = "penalties", request_body = PoliceReceipt,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Handed over", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/hand-overs")]
pub async fn hand_over_penalty(
    caller: Allowed<HandOverPenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<PoliceReceipt>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.hand_over(told.clone(), moment)
            })?))
        })
        .await
}

/// The decision was copied to the authority where the vehicle is registered.
#[utoipa::path(
    tag = "penalties", request_body = HomeCopy,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Copied", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/copies")]
pub async fn copy_penalty_home(
    caller: Allowed<CopyPenaltyHome>,
    path: PenaltyPath,
    once: Once,
    body: Body<HomeCopy>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.copy(told.clone(), moment)
            })?))
        })
        .await
}

/// Records what the authority at home answered.
#[utoipa::path(
    tag = "penalties", request_body = HomeAnswer,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Recorded", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/answers")]
pub async fn record_home_answer(
    caller: Allowed<RecordHomeAnswer>,
    path: PenaltyPath,
    once: Once,
    body: Body<HomeAnswer>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.answer(told.clone(), moment)
            })?))
        })
        .await
}

/// Enters a passing retest anywhere in the country, with its report.
#[utoipa::path(
    tag = "penalties", request_body = RetestElsewhere,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Entered", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/retests")]
pub async fn enter_retest_elsewhere(
    caller: Allowed<EnterRetestElsewhere>,
    path: PenaltyPath,
    once: Once,
    body: Body<RetestElsewhere>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::enter_retest_elsewhere(tx, *path, told)?))
        })
        .await
}

/// Another person has verified the retest with its station; the listing is lifted.
#[utoipa::path(
    tag = "penalties", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Verified", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/retest-verifications")]
pub async fn verify_retest_elsewhere(
    caller: Allowed<VerifyRetestElsewhere>,
    path: PenaltyPath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, _| {
            Answer::ok(&PenaltyOut::from(actions::verify_retest_elsewhere(tx, *path)?))
        })
        .await
}

/// Ends the procedure: the decision is served and a passing retest is verified.
#[utoipa::path(
    tag = "penalties", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Ended", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/ends")]
pub async fn end_penalty(
    caller: Allowed<EndPenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, _| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, Penalty::end)?))
        })
        .await
}

/// Drops the procedure before a decision, with the reason.
#[utoipa::path(
    tag = "penalties", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("penalty_id" = uuid::Uuid, Path, description = "The procedure")),
    responses((status = 200, description = "Dropped", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties/{penalty_id}/drops")]
pub async fn drop_penalty(
    caller: Allowed<DropPenalty>,
    path: PenaltyPath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&PenaltyOut::from(actions::advance(tx, *path, |penalty, moment| {
                penalty.drop_it(told.reason.clone(), moment)
            })?))
        })
        .await
}
