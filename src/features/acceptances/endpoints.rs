//! HTTP of acceptances.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{AcceptanceIn, AcceptanceOut, AcceptedOut, ExemptionOut},
};
use crate::{
    domain::{acceptance::Acceptance, case::Case, id::Id, role::Role, vehicle::Vehicle},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                AcceptVehicle, ExemptRetest, ReadAcceptance, RecordAppearance, StartTesting, WithdrawAcceptance,
            },
        },
        body::Body,
        idempotency::Once,
        problem::Problem,
        state::State,
        told::{ReasonIn, StepIn},
    },
};

type AcceptancePath = web::Path<(Id<Vehicle>, Id<Acceptance>)>;

/// Accepts a vehicle for a test, or refuses with everything that is missing.
#[utoipa::path(
    tag = "acceptances", request_body = AcceptanceIn,
    responses((status = 201, description = "Accepted: the known data, the method and the limits that will apply", body = AcceptedOut))
)]
#[post("/v1/acceptances")]
pub async fn accept_vehicle(
    caller: Allowed<AcceptVehicle>,
    once: Once,
    body: Body<AcceptanceIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, sent| {
            let accepted = actions::accept_vehicle(tx, on, sent)?;
            let (vehicle, id) = (accepted.acceptance.vehicle_id, accepted.acceptance.acceptance_id);
            Answer::created(&accepted, format!("/v1/vehicles/{vehicle}/acceptances/{id}"))
        })
        .await
}

/// An acceptance of the own station; the bureau reads every one.
#[utoipa::path(
    tag = "acceptances",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("acceptance_id" = uuid::Uuid, Path, description = "The acceptance")),
    responses((status = 200, description = "The acceptance", body = AcceptanceOut))
)]
#[get("/v1/vehicles/{vehicle_id}/acceptances/{acceptance_id}")]
pub async fn read_acceptance(
    caller: Allowed<ReadAcceptance>,
    path: AcceptancePath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let found = state.db.read(move |conn| Ok(store::load(conn, path.0, path.1)?)).await?;
    let (acceptance, _) = found.ok_or_else(Problem::not_found)?;
    if caller.role == Role::InspectionStation && acceptance.station.uuid() != caller.organisation {
        return Err(Problem::not_found());
    }
    Answer::ok(&AcceptanceOut::from(&acceptance))
}

/// The appearance check is done.
#[utoipa::path(
    tag = "acceptances", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("acceptance_id" = uuid::Uuid, Path, description = "The acceptance")),
    responses((status = 200, description = "Recorded", body = AcceptanceOut))
)]
#[post("/v1/vehicles/{vehicle_id}/acceptances/{acceptance_id}/appearance-checks")]
pub async fn record_appearance(
    caller: Allowed<RecordAppearance>,
    path: AcceptancePath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            Answer::ok(&AcceptanceOut::from(&actions::record_appearance(tx, on, *path)?))
        })
        .await
}

/// The vehicle drives onto the line.
#[utoipa::path(
    tag = "acceptances", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("acceptance_id" = uuid::Uuid, Path, description = "The acceptance")),
    responses((status = 200, description = "Started", body = AcceptanceOut))
)]
#[post("/v1/vehicles/{vehicle_id}/acceptances/{acceptance_id}/starts")]
pub async fn start_testing(
    caller: Allowed<StartTesting>,
    path: AcceptancePath,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, _| {
            Answer::ok(&AcceptanceOut::from(&actions::start_testing(tx, on, *path)?))
        })
        .await
}

/// The station withdraws the acceptance (退办).
#[utoipa::path(
    tag = "acceptances", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("acceptance_id" = uuid::Uuid, Path, description = "The acceptance")),
    responses((status = 200, description = "Withdrawn", body = AcceptanceOut))
)]
#[post("/v1/vehicles/{vehicle_id}/acceptances/{acceptance_id}/withdrawals")]
pub async fn withdraw_acceptance(
    caller: Allowed<WithdrawAcceptance>,
    path: AcceptancePath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&AcceptanceOut::from(&actions::withdraw_acceptance(tx, on, *path, &told.reason)?))
        })
        .await
}

/// The bureau lets the vehicle of an open case be retested without a repair.
#[utoipa::path(
    tag = "acceptances", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("case_id" = uuid::Uuid, Path, description = "The case")),
    responses((status = 201, description = "Exempted", body = ExemptionOut))
)]
#[post("/v1/vehicles/{vehicle_id}/cases/{case_id}/exemptions")]
pub async fn exempt_retest(
    caller: Allowed<ExemptRetest>,
    path: web::Path<(Id<Vehicle>, Id<Case>)>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let exemption = actions::exempt_retest(tx, *path, &told.reason)?;
            Answer::created(&exemption, format!("/v1/vehicles/{}/cases/{}", path.0, path.1))
        })
        .await
}
