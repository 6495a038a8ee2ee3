//! HTTP of penalty procedures: reading them and opening one.

mod bureau;
mod police;

use actix_web::{get, post, web};

pub use self::{bureau::*, police::*};
use super::{
    actions, store,
    wire::{PenaltiesOut, PenaltyFilter, PenaltyIn, PenaltyOut},
};
use crate::{
    domain::{id::Id, penalty::Penalty, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{ListPenalties, OpenPenalty, ReadPenalties},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

type PenaltyPath = web::Path<(Id<Vehicle>, Id<Penalty>)>;

/// Penalty procedures by state.
#[utoipa::path(
    tag = "penalties", params(PenaltyFilter),
    responses((status = 200, description = "A page of procedures", body = Page<PenaltyOut>))
)]
#[get("/v1/penalties")]
pub async fn list_penalties(
    _caller: Allowed<ListPenalties>,
    filter: web::Query<PenaltyFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Penalty>>()?);
    let rows = state.db.read(move |conn| Ok(store::page(conn, filter.state, after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |penalty| penalty.id, PenaltyOut::from)?)
}

/// A vehicle's penalty procedures.
#[utoipa::path(
    tag = "penalties", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The procedures, the newest first", body = PenaltiesOut))
)]
#[get("/v1/vehicles/{vehicle_id}/penalties")]
pub async fn read_penalties(
    _caller: Allowed<ReadPenalties>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let penalties = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    Answer::ok(&PenaltiesOut { items: penalties.into_iter().map(PenaltyOut::from).collect() })
}

/// Opens the procedure for a listed vehicle from out of town, with the evidence that was taken.
#[utoipa::path(
    tag = "penalties", request_body = PenaltyIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Opened", body = PenaltyOut))
)]
#[post("/v1/vehicles/{vehicle_id}/penalties")]
pub async fn open_penalty(
    caller: Allowed<OpenPenalty>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<PenaltyIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let penalty = PenaltyOut::from(actions::open_penalty(tx, *path, told)?);
            Answer::created(&penalty, format!("/v1/vehicles/{}/penalties", *path))
        })
        .await
}
