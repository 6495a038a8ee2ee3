//! HTTP of vehicles.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{CorrectionIn, IdentityIn, PlateIn, VehicleIn, VehicleOut},
};
use crate::{
    domain::{event::Event, id::Id, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{BindPlate, CorrectVehicle, FindVehicle, ReadVehicle, RegisterVehicle},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
    },
};

/// Registers a vehicle that is not yet known.
#[utoipa::path(
    tag = "vehicles", request_body = VehicleIn,
    responses((status = 201, description = "Registered", body = VehicleOut))
)]
#[post("/v1/vehicles")]
pub async fn register_vehicle(
    caller: Allowed<RegisterVehicle>,
    once: Once,
    body: Body<VehicleIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, _, told| {
            let vehicle = actions::register_vehicle(tx, told)?;
            let location = format!("/v1/vehicles/{}", vehicle.id);
            Answer::created(&VehicleOut::with_owner(vehicle, told.owner.as_ref()), location)
        })
        .await
}

/// Finds a vehicle by its exact VIN, or plate and kind. The look-up is recorded.
#[utoipa::path(
    tag = "vehicles", request_body = IdentityIn,
    responses((status = 200, description = "The vehicle", body = VehicleOut))
)]
#[post("/v1/vehicles/look-ups")]
pub async fn find_vehicle(
    caller: Allowed<FindVehicle>,
    once: Once,
    body: Body<IdentityIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, _, identity| {
            let vehicle = actions::find(tx.conn(), identity)?.ok_or_else(actions::unknown_vehicle)?;
            tx.record(vehicle.id, Event::VehicleLookedUp { vehicle: vehicle.id });
            let owner = store::owner_of(tx.conn(), vehicle.id)?;
            Answer::ok(&VehicleOut::with_owner(vehicle, owner.as_ref()))
        })
        .await
}

/// A vehicle by its id.
#[utoipa::path(
    tag = "vehicles", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The vehicle", body = VehicleOut))
)]
#[get("/v1/vehicles/{vehicle_id}")]
pub async fn read_vehicle(
    _caller: Allowed<ReadVehicle>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let look = move |conn: &mut _| Ok((store::load(conn, *path)?, store::owner_of(conn, *path)?));
    let (vehicle, owner) = state.db.read(look).await?;
    Answer::ok(&VehicleOut::with_owner(vehicle.ok_or_else(Problem::not_found)?, owner.as_ref()))
}

/// Replaces data of a vehicle by better ones, with the reason.
#[utoipa::path(
    tag = "vehicles", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    request_body = CorrectionIn, responses((status = 200, description = "Corrected", body = VehicleOut))
)]
#[post("/v1/vehicles/{vehicle_id}/corrections")]
pub async fn correct_vehicle(
    caller: Allowed<CorrectVehicle>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<CorrectionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let vehicle = actions::correct_vehicle(tx, *path, told)?;
            let owner = store::owner_of(tx.conn(), vehicle.id)?;
            Answer::ok(&VehicleOut::with_owner(vehicle, owner.as_ref()))
        })
        .await
}

/// Gives a vehicle another plate from a day on.
#[utoipa::path(
    tag = "vehicles", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    request_body = PlateIn, responses((status = 200, description = "Bound", body = VehicleOut))
)]
#[post("/v1/vehicles/{vehicle_id}/plates")]
pub async fn bind_plate(
    caller: Allowed<BindPlate>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<PlateIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&VehicleOut::from(actions::bind_plate(tx, *path, told)?))
        })
        .await
}
