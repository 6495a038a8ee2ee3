//! HTTP of decisions.

use actix_web::{post, web};

use super::{
    actions,
    wire::{AccessIn, AccessOut, TransferInOut},
};
use crate::{
    domain::{
        role::Role,
        zone::{Controls, Place, decide},
    },
    features::vehicles::VehicleIn,
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller,
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
    let controls = state.controls.get();
    let at = body.value.at.unwrap_or(state.clock.now());
    let place = place(&caller, &controls, &body.value)?;
    let identity = body.value.identity();
    let (subject, _) = state.db.read(move |conn| actions::facts(conn, &identity, at)).await?;
    Answer::ok(&AccessOut::new(decide(&subject, place, &controls, at), &subject, at))
}

/// An enterprise asks of its own gates alone.
fn place(caller: &Caller, controls: &Controls, told: &AccessIn) -> Result<Place, Problem> {
    let place = told.zone_id.map(Place::Zone).or_else(|| told.position.map(Place::Point));
    let zone = told.zone_id.and_then(|id| controls.versions(id).first());
    let its_own = |zone: &crate::domain::zone::Zone| {
        zone.gate.as_ref().is_some_and(|gate| gate.organisation_id == caller.home())
    };
    let may_ask = match caller.role {
        Role::EnterpriseGate => zone.is_some_and(its_own),
        _ => zone.is_some() || told.position.is_some(),
    };
    place.filter(|_| may_ask).ok_or_else(Problem::not_found)
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
