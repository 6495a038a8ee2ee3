//! HTTP of findings: confidential to the offices that supervise.

use actix_web::{get, web};

use super::{store, wire::FindingsOut};
use crate::{
    domain::{id::Id, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{Allowed, right::ReadFindings},
        problem::Problem,
        state::State,
    },
};

/// What was seen at a vehicle's tests and does not fit; for the offices that supervise.
#[utoipa::path(
    tag = "findings", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The findings, the newest first", body = FindingsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/findings")]
pub async fn read_findings(
    _caller: Allowed<ReadFindings>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let items = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    Answer::ok(&FindingsOut { items })
}
