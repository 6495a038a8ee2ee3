//! HTTP of repairs.

use actix_web::{get, post, web};

use super::{actions, store, wire::RepairOut};
use crate::{
    domain::{
        case::Case,
        id::Id,
        repair::{Repair, RepairRecord},
        role::Role,
        vehicle::Vehicle,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{CompleteRepair, ReadRepair, RecallRepair, RecordRepair},
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
        told::{ReasonIn, StepIn},
    },
};

type RepairPath = web::Path<(Id<Vehicle>, Id<Case>, Id<Repair>)>;

/// Records a repair of a claimed case. The same settlement number with the same record gives the first answer.
#[utoipa::path(
    tag = "repairs", request_body = RepairRecord,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 201, description = "Recorded", body = RepairOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/repairs")]
pub async fn record_repair(
    caller: Allowed<RecordRepair>,
    path: web::Path<(Id<Vehicle>, Id<Case>)>,
    once: Once,
    body: Body<RepairRecord>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let hash = body.hash;
    state
        .change(&caller, once, body, move |tx, on, record| {
            let recorded = actions::record_repair(tx, on, *path, record, &hash)?;
            let location = format!("/v1/vehicles/{}/cases/{}/repairs/{}", path.0, path.1, recorded.repair.id);
            let answer = Answer::created(&RepairOut::from(recorded.repair), location)?;
            Ok(if recorded.again { answer.again() } else { answer })
        })
        .await
}

/// Closes a repair out (竣工); a retest may be accepted from now on.
#[utoipa::path(
    tag = "repairs", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case"), ("repair_id" = uuid::Uuid, Path, description = "The repair")),
    responses((status = 200, description = "Closed out", body = RepairOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/repairs/{repair_id}/completions")]
pub async fn complete_repair(
    caller: Allowed<CompleteRepair>,
    path: RepairPath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            let shop = on.caller.organisation.into();
            Answer::ok(&RepairOut::from(actions::complete_repair(tx, shop, (path.0, path.1), path.2)?))
        })
        .await
}

/// Recalls a repair with a reason; a case that stood on it goes back to its shop.
#[utoipa::path(
    tag = "repairs", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case"), ("repair_id" = uuid::Uuid, Path, description = "The repair")),
    responses((status = 200, description = "Recalled", body = RepairOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/repairs/{repair_id}/recalls")]
pub async fn recall_repair(
    caller: Allowed<RecallRepair>,
    path: RepairPath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&RepairOut::from(actions::recall_repair(tx, on, (path.0, path.1), path.2, &told.reason)?))
        })
        .await
}

/// A repair; a shop reads its own.
#[utoipa::path(
    tag = "repairs",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case"), ("repair_id" = uuid::Uuid, Path, description = "The repair")),
    responses((status = 200, description = "The repair", body = RepairOut))
)]
#[get("/v1/vehicles/{vehicle_id}/cases/{case_id}/repairs/{repair_id}")]
pub async fn read_repair(
    caller: Allowed<ReadRepair>,
    path: RepairPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let found = state.db.read(move |conn| Ok(store::load(conn, path.0, path.1, path.2)?)).await?;
    let may = |repair: &Repair| caller.role != Role::RepairShop || repair.shop.uuid() == caller.organisation;
    Answer::ok(&RepairOut::from(found.filter(may).ok_or_else(Problem::not_found)?))
}
