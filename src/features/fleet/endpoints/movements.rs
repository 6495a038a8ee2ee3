//! HTTP of movements.

use actix_web::{get, post, web};

use crate::{
    domain::{fleet::Movement, id::Id, vehicle::Vehicle},
    features::fleet::{
        actions, store,
        wire::{
            FleetBatchIn, FleetBatchOut, MovementCorrectionIn, MovementIn, MovementItemIn, MovementOut, MovementsOut,
        },
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{CorrectMovement, ReadMovements, RecordMovement, RecordMovements},
        },
        body::{BATCH, Body},
        idempotency::Once,
        problem::{Language, Problem},
        state::State,
    },
};

use super::{answer, noted, record_batch};

/// Records that a vehicle came into the fleet, changed its place in it, or left.
#[utoipa::path(
    tag = "fleet", request_body = MovementIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Recorded", body = MovementOut))
)]
#[post("/v1/vehicles/{vehicle_id}/movements")]
pub async fn record_movement(
    caller: Allowed<RecordMovement>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<MovementIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let recorded = noted(actions::record_movement(tx, on, *path, told, ""))?;
            let location = format!("/v1/vehicles/{}/movements", *path);
            Ok(recorded.and_then(|recorded| answer(&recorded, location)))
        })
        .await
}

/// Records up to 500 movements; each is answered by itself.
#[utoipa::path(
    tag = "fleet", request_body = FleetBatchIn,
    responses((status = 200, description = "One result for each item, in order", body = FleetBatchOut))
)]
#[post("/v1/movements")]
pub async fn record_movements(
    caller: Allowed<RecordMovements>,
    once: Once,
    request: actix_web::HttpRequest,
    body: Body<FleetBatchIn, BATCH>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let sent = (body, Language::of(&request));
    record_batch(&caller, once, sent, &state, |tx, on, item: &MovementItemIn| {
        let vehicle = actions::vehicle_of(tx.conn(), &item.vehicle, "/vehicle")?;
        actions::record_movement(tx, on, vehicle, &item.movement, "/movement")
    })
    .await
}

/// A vehicle's movements, superseded ones included.
#[utoipa::path(
    tag = "fleet", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The newest first", body = MovementsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/movements")]
pub async fn read_movements(
    _caller: Allowed<ReadMovements>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let vehicle = *path;
    let kept = state.db.read(move |conn| Ok(store::movements::of_vehicle(conn, vehicle)?)).await?;
    Answer::ok(&MovementsOut { items: kept.iter().map(|kept| actions::movement_out(vehicle, kept)).collect() })
}

/// Puts a better movement in the place of one, or withdraws it; the first stays visible.
#[utoipa::path(
    tag = "fleet", request_body = MovementCorrectionIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("movement_id" = uuid::Uuid, Path, description = "The movement")),
    responses((status = 200, description = "The one that stands now, or the one withdrawn", body = MovementOut))
)]
#[post("/v1/vehicles/{vehicle_id}/movements/{movement_id}/corrections")]
pub async fn correct_movement(
    caller: Allowed<CorrectMovement>,
    path: web::Path<(Id<Vehicle>, Id<Movement>)>,
    once: Once,
    body: Body<MovementCorrectionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let corrected = noted(actions::correct_movement(tx, on, *path, told))?;
            Ok(corrected.and_then(|corrected| Answer::ok(&corrected)))
        })
        .await
}
