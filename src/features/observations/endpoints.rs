//! HTTP of observations.

use actix_web::{HttpRequest, get, post, web};
use validator::Validate;

use super::{
    actions::{self, Recorded},
    store,
    wire::{ObservationBatchIn, ObservationBatchOut, ObservationIn, ObservationOut, ObservationResultOut, ReviewIn},
};
use crate::{
    domain::{
        id::Id,
        observation::{
            Facts, Observation, PremisesCheck, RemoteObd, RemoteSensing, RoadsideCheck, Smoke, TamperingCheck,
        },
        vehicle::Vehicle,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Right,
            right::{
                ListVehicleObservations, ListWaitingObservations, ReadObservation, RecordObservations,
                RecordPremisesCheck, RecordRemoteObd, RecordRemoteSensing, RecordRoadsideCheck, RecordSmoke,
                RecordTampering, ReviewObservation,
            },
        },
        batch::Batch,
        body::{Body, ONE_TEST},
        idempotency::Once,
        page::{Page, PageQuery},
        problem::{Language, Problem},
        state::State,
    },
};

type ObservationPath = web::Path<(Id<Vehicle>, Id<Observation>)>;

async fn record<R: Right, F>(
    caller: Allowed<R>,
    once: Once,
    body: Body<ObservationIn<F>>,
    state: web::Data<State>,
) -> Result<Answer, Problem>
where
    F: Validate + Into<Facts> + Clone + Send + Sync + 'static,
{
    state
        .change(&caller, once, body, |tx, on, told| {
            let Recorded { observation, again } = actions::record_observation(tx, on, &told.of_its_kind())?;
            let location =
                format!("/v1/vehicles/{}/observations/{}", observation.vehicle_id, observation.observation_id);
            let answer = Answer::created(&observation, location)?;
            Ok(if again { answer.again() } else { answer })
        })
        .await
}

/// Records a remote test (HJ 845-2017). One exceedance is suspicion only; consecutive valid ones list.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<RemoteSensing>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/remote-sensing")]
pub async fn record_remote_sensing(
    caller: Allowed<RecordRemoteSensing>,
    once: Once,
    body: Body<ObservationIn<RemoteSensing>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records a check on the road, with the samples of fuel and reagent.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<RoadsideCheck>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/roadside")]
pub async fn record_roadside_check(
    caller: Allowed<RecordRoadsideCheck>,
    once: Once,
    body: Body<ObservationIn<RoadsideCheck>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records a check where the vehicle is kept.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<PremisesCheck>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/premises")]
pub async fn record_premises_check(
    caller: Allowed<RecordPremisesCheck>,
    once: Once,
    body: Body<ObservationIn<PremisesCheck>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records a picture of smoke. Nothing follows before a person has looked at it.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<Smoke>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/smoke")]
pub async fn record_smoke(
    caller: Allowed<RecordSmoke>,
    once: Once,
    body: Body<ObservationIn<Smoke>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records what remote monitoring of on-board diagnosis found.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<RemoteObd>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/remote-obd")]
pub async fn record_remote_obd(
    caller: Allowed<RecordRemoteObd>,
    once: Once,
    body: Body<ObservationIn<RemoteObd>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records a look at an emission control device.
#[utoipa::path(
    tag = "observations", request_body = ObservationIn<TamperingCheck>,
    responses((status = 201, description = "Recorded and judged", body = ObservationOut))
)]
#[post("/v1/observations/tampering")]
pub async fn record_tampering(
    caller: Allowed<RecordTampering>,
    once: Once,
    body: Body<ObservationIn<TamperingCheck>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    record(caller, once, body, state).await
}

/// Records up to 200 observations of any kinds; each is answered by itself, in order.
#[utoipa::path(
    tag = "observations", request_body = ObservationBatchIn,
    responses((status = 200, description = "One result for each observation, in order", body = ObservationBatchOut))
)]
#[post("/v1/observations/batches")]
pub async fn record_observations(
    caller: Allowed<RecordObservations>,
    once: Once,
    request: HttpRequest,
    body: Body<ObservationBatchIn, ONE_TEST>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let language = Language::of(&request);
    let batch = Batch::read(&body.value.observations);
    state
        .change(&caller, once, body, move |tx, on, _| {
            let outcomes = batch.outcomes(actions::record_observations(tx, on, batch.readable())?);
            let results = outcomes.enumerate().map(|(index, outcome)| batch_result(outcome, index, language));
            Answer::ok(&ObservationBatchOut { results: results.collect() })
        })
        .await
}

fn batch_result(outcome: Result<Recorded, Problem>, index: usize, language: Language) -> ObservationResultOut {
    match outcome {
        Ok(recorded) => ObservationResultOut {
            status: if recorded.again { 200 } else { 201 },
            observation: Some(recorded.observation),
            problem: None,
        },
        Err(problem) => ObservationResultOut {
            status: problem.kind().status(),
            observation: None,
            problem: Some(problem.to_json(language, &format!("/observations/{index}"), None)),
        },
    }
}

/// Observations that wait for the look of a person, the oldest first.
#[utoipa::path(
    tag = "observations", params(PageQuery),
    responses((status = 200, description = "A page of observations", body = Page<ObservationOut>))
)]
#[get("/v1/observations/waiting")]
pub async fn list_waiting_observations(
    _caller: Allowed<ListWaitingObservations>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after) = (page.size()?, page.after::<Id<Observation>>()?);
    let rows = state.db.read(move |conn| Ok(store::waiting(conn, after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |kept| kept.observation.id, |kept| kept.answer())?)
}

/// What was observed of a vehicle, the newest first.
#[utoipa::path(
    tag = "observations",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), PageQuery),
    responses((status = 200, description = "A page of observations", body = Page<ObservationOut>))
)]
#[get("/v1/vehicles/{vehicle_id}/observations")]
pub async fn list_vehicle_observations(
    _caller: Allowed<ListVehicleObservations>,
    path: web::Path<Id<Vehicle>>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after::<Id<Observation>>()?);
    let rows = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path, before, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |kept| kept.observation.id, |kept| kept.answer())?)
}

/// An observation of a vehicle.
#[utoipa::path(
    tag = "observations",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("observation_id" = uuid::Uuid, Path, description = "The observation")),
    responses((status = 200, description = "The observation", body = ObservationOut))
)]
#[get("/v1/vehicles/{vehicle_id}/observations/{observation_id}")]
pub async fn read_observation(
    _caller: Allowed<ReadObservation>,
    path: ObservationPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let kept = state.db.read(move |conn| Ok(store::load(conn, path.0, path.1)?)).await?;
    Answer::ok(&kept.ok_or_else(Problem::not_found)?.answer())
}

/// A person confirms or dismisses what a camera has seen; a confirmed exceedance acts now.
#[utoipa::path(
    tag = "observations", request_body = ReviewIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("observation_id" = uuid::Uuid, Path, description = "The observation")),
    responses((status = 200, description = "Reviewed", body = ObservationOut))
)]
#[post("/v1/vehicles/{vehicle_id}/observations/{observation_id}/reviews")]
pub async fn review_observation(
    caller: Allowed<ReviewObservation>,
    path: ObservationPath,
    once: Once,
    body: Body<ReviewIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&actions::review_observation(tx, on, *path, told)?)
        })
        .await
}
