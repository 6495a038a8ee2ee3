//! HTTP of what an owner can do without an account.

use actix_web::{HttpRequest, post, web};

use super::{
    actions,
    wire::{OwnerAppealIn, OwnerAppealOut, OwnerCheckOut, OwnerProof},
};
use crate::platform::{
    answer::Answer, body::Body, db::Tx, journal::Actor, problem::Problem, state::State, telemetry, throttle::place_of,
};

/// How one vehicle stands: its listings, what clears each, notice, deadline and appeals. No account is needed.
///
/// Whatever of the proof is wrong, the answer is the same 404; failed attempts lock the plate for a while.
#[utoipa::path(
    tag = "owners", request_body = OwnerProof,
    responses((status = 200, description = "How it stands", body = OwnerCheckOut))
)]
#[post("/v1/owner-checks")]
pub async fn check_as_owner(
    request: HttpRequest,
    body: Body<OwnerProof>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let actor = visitor(&request, &state, "check_as_owner")?;
    let lawbook = state.lawbook.get();
    let check = move |tx: &mut Tx<'_>| actions::check_as_owner(tx, &lawbook, &body.value);
    Answer::ok(&state.db.write("check_as_owner", actor, check).await??)
}

/// The owner appeals against a listing, by the number of its notice. No account is needed.
#[utoipa::path(
    tag = "owners", request_body = OwnerAppealIn,
    responses((status = 201, description = "Filed", body = OwnerAppealOut))
)]
#[post("/v1/appeals")]
pub async fn appeal_as_owner(
    request: HttpRequest,
    body: Body<OwnerAppealIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let actor = visitor(&request, &state, "appeal_as_owner")?;
    let lawbook = state.lawbook.get();
    let appeal = move |tx: &mut Tx<'_>| actions::appeal_as_owner(tx, &lawbook, &body.value);
    Answer::created(&state.db.write("appeal_as_owner", actor, appeal).await??, "/v1/owner-checks".to_owned())
}

/// Somebody without an account, who may ask only so often.
fn visitor(request: &HttpRequest, state: &State, operation: &str) -> Result<Actor, Problem> {
    state.throttle.check(operation, place_of(request.peer_addr().map(|peer| peer.ip())))?;
    Ok(Actor { trace_id: telemetry::trace_id(request), ..Actor::service() })
}
