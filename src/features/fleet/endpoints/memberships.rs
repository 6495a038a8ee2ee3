//! HTTP of memberships.

use actix_web::{get, post, web};

use crate::{
    domain::{fleet::Membership, id::Id, role::Role, vehicle::Vehicle},
    features::fleet::{
        actions, store,
        wire::{
            FleetBatchIn, FleetBatchOut, MembershipCorrectionIn, MembershipEndIn, MembershipIn, MembershipItemIn,
            MembershipOut, MembershipsOut,
        },
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{CorrectMembership, EndMembership, ReadMemberships, RecordMembership, RecordMemberships},
        },
        body::{BATCH, Body},
        idempotency::Once,
        problem::{Language, Problem},
        state::State,
    },
};

use super::{answer, noted, record_batch};

/// Records that a vehicle works in a trade; a fleet operator records its own.
#[utoipa::path(
    tag = "fleet", request_body = MembershipIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Recorded", body = MembershipOut))
)]
#[post("/v1/vehicles/{vehicle_id}/memberships")]
pub async fn record_membership(
    caller: Allowed<RecordMembership>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<MembershipIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let recorded = noted(actions::record_membership(tx, on, *path, told, ""))?;
            let location = format!("/v1/vehicles/{}/memberships", *path);
            Ok(recorded.and_then(|recorded| answer(&recorded, location)))
        })
        .await
}

/// Records up to 500 memberships; each is answered by itself.
#[utoipa::path(
    tag = "fleet", request_body = FleetBatchIn,
    responses((status = 200, description = "One result for each item, in order", body = FleetBatchOut))
)]
#[post("/v1/memberships")]
pub async fn record_memberships(
    caller: Allowed<RecordMemberships>,
    once: Once,
    request: actix_web::HttpRequest,
    body: Body<FleetBatchIn, BATCH>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let sent = (body, Language::of(&request));
    record_batch(&caller, once, sent, &state, |tx, on, item: &MembershipItemIn| {
        let vehicle = actions::vehicle_of(tx.conn(), &item.vehicle, "/vehicle")?;
        actions::record_membership(tx, on, vehicle, &item.membership, "/membership")
    })
    .await
}

/// A vehicle's memberships, superseded ones included; a fleet operator reads its own.
#[utoipa::path(
    tag = "fleet", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The newest first", body = MembershipsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/memberships")]
pub async fn read_memberships(
    caller: Allowed<ReadMemberships>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let vehicle = *path;
    let kept = state.db.read(move |conn| Ok(store::memberships::of_vehicle(conn, vehicle)?)).await?;
    let own = |kept: &store::Kept<Membership>| {
        caller.role != Role::FleetOperator || kept.fact.operator == Some(caller.home())
    };
    let kept: Vec<_> = kept.into_iter().filter(own).collect();
    Answer::ok(&MembershipsOut { items: kept.iter().map(|kept| actions::membership_out(vehicle, kept)).collect() })
}

/// Ends a membership on its last day.
#[utoipa::path(
    tag = "fleet", request_body = MembershipEndIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("membership_id" = uuid::Uuid, Path, description = "The membership")),
    responses((status = 200, description = "Ended", body = MembershipOut))
)]
#[post("/v1/vehicles/{vehicle_id}/memberships/{membership_id}/ends")]
pub async fn end_membership(
    caller: Allowed<EndMembership>,
    path: web::Path<(Id<Vehicle>, Id<Membership>)>,
    once: Once,
    body: Body<MembershipEndIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let corrected = noted(actions::end_membership(tx, on, *path, told))?;
            Ok(corrected.and_then(|corrected| Answer::ok(&corrected)))
        })
        .await
}

/// Puts a better membership in the place of one, or withdraws it; the first stays visible.
#[utoipa::path(
    tag = "fleet", request_body = MembershipCorrectionIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("membership_id" = uuid::Uuid, Path, description = "The membership")),
    responses((status = 200, description = "The one that stands now, or the one withdrawn", body = MembershipOut))
)]
#[post("/v1/vehicles/{vehicle_id}/memberships/{membership_id}/corrections")]
pub async fn correct_membership(
    caller: Allowed<CorrectMembership>,
    path: web::Path<(Id<Vehicle>, Id<Membership>)>,
    once: Once,
    body: Body<MembershipCorrectionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let corrected = noted(actions::correct_membership(tx, on, *path, told))?;
            Ok(corrected.and_then(|corrected| Answer::ok(&corrected)))
        })
        .await
}
