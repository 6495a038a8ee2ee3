//! HTTP of decisions.

use actix_web::{post, web};

use super::{
    actions,
    wire::{AccessIn, AccessOut, TransferInOut},
};
use crate::{
    features::vehicles::VehicleIn,
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{CheckTransferIn, DecideAccess},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Tells whether a vehicle may enter a zone, or go to a position: every rule that spoke, in order, and what would
/// change the answer. A fact that is not known and matters gives `unknown`, never `allow`.
#[utoipa::path(
    tag = "decisions", request_body = AccessIn,
    responses((status = 200, description = "The decision", body = AccessOut))
)]
#[post("/v1/access-decisions")]
pub async fn decide_access(
    caller: Allowed<DecideAccess>,
    body: Body<AccessIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    Answer::ok(&actions::decide_access(&state, &caller, &body.value).await?)
}

/// Tells whether a vehicle may be transferred in: the scope of elimination is refused (二(三)3).
#[utoipa::path(
    tag = "decisions", request_body = VehicleIn,
    responses((status = 200, description = "The answer", body = TransferInOut))
)]
#[post("/v1/transfer-in-checks")]
pub async fn check_transfer_in(
    caller: Allowed<CheckTransferIn>,
    once: Once,
    body: Body<VehicleIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state.change(&caller, once, body, |tx, on, told| Answer::ok(&actions::check_transfer_in(tx, on, told)?)).await
}
