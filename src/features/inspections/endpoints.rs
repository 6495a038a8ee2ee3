//! HTTP of inspections.

use actix_web::{get, post, web};
use serde_json::json;
use uuid::Uuid;

use super::{
    actions::{self, Recorded},
    store,
    wire::{
        BatchIn, BatchOut, BatchResultOut, CorrectedIn, InspectionIn, InspectionOut, InspectionSummaryOut,
        JudgementIn, JudgementOut, RepairNoticeOut,
    },
};
use crate::{
    domain::{event::Event, id::Id, inspection::Inspection, role::Role, supervision::Trace, vehicle::Vehicle},
    features::vehicles,
    platform::{
        answer::Answer,
        auth::{
            Allowed, Caller,
            right::{
                ConfirmInspection, CorrectInspection, JudgeReadings, ListInspections, ListVehicleInspections,
                ReadInspection, ReadRepairNotice, ReadTrace, RecordInspection, RecordInspections, RejudgeInspection,
                VoidInspection,
            },
        },
        batch::Batch,
        body::{BATCH, Body, ONE_TEST},
        idempotency::Once,
        page::{Page, PageQuery},
        problem::{Language, Problem},
        state::State,
        told::ReasonIn,
    },
};

type InspectionPath = web::Path<(Id<Vehicle>, Id<Inspection>)>;

/// Records a result, judges it, explains the verdict and follows it into the vehicle's case. Final at first posting:
/// the same number with the same readings gives the first answer, with other readings it is refused.
#[utoipa::path(
    tag = "inspections", request_body = InspectionIn,
    responses((status = 201, description = "Recorded and judged", body = InspectionOut))
)]
#[post("/v1/inspections")]
pub async fn record_inspection(
    caller: Allowed<RecordInspection>,
    once: Once,
    body: Body<InspectionIn, ONE_TEST>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, |tx, on, sent| {
            let outcome = actions::record_inspections(tx, on, std::slice::from_ref(sent))?.pop();
            Ok(outcome.ok_or_else(|| Problem::internal(&"no outcome"))?.and_then(|recorded| answer(&recorded)))
        })
        .await
}

fn answer(recorded: &Recorded) -> Result<Answer, Problem> {
    let inspection = &recorded.inspection;
    let location = format!("/v1/vehicles/{}/inspections/{}", inspection.vehicle_id, inspection.inspection_id);
    let answer = Answer::created(inspection, location)?;
    Ok(if recorded.again { answer.again() } else { answer })
}

/// Records up to 500 results; each is answered by itself, in order.
#[utoipa::path(
    tag = "inspections", request_body = BatchIn,
    responses((status = 200, description = "One result for each inspection, in order", body = BatchOut))
)]
#[post("/v1/inspections/batches")]
pub async fn record_inspections(
    caller: Allowed<RecordInspections>,
    once: Once,
    request: actix_web::HttpRequest,
    body: Body<BatchIn, BATCH>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let language = Language::of(&request);
    let batch = Batch::read(&body.value.inspections);
    state
        .change(&caller, once, body, move |tx, on, _| {
            let outcomes = batch.outcomes(actions::record_inspections(tx, on, batch.readable())?);
            let results = outcomes.enumerate().map(|(index, outcome)| batch_result(outcome, index, language));
            Answer::ok(&BatchOut { results: results.collect() })
        })
        .await
}

fn batch_result(outcome: Result<Recorded, Problem>, index: usize, language: Language) -> BatchResultOut {
    match outcome {
        Ok(recorded) => BatchResultOut {
            status: if recorded.again { 200 } else { 201 },
            inspection: Some(recorded.inspection),
            problem: None,
        },
        Err(problem) => BatchResultOut {
            status: problem.kind().status(),
            inspection: None,
            problem: Some(problem.to_json(language, &format!("/inspections/{index}"), None)),
        },
    }
}

/// Judges readings by the law of a day, without a vehicle and without storing a test. Rate-limited and recorded.
#[utoipa::path(
    tag = "inspections", request_body = JudgementIn,
    responses((status = 200, description = "The verdict explained", body = JudgementOut))
)]
#[post("/v1/inspections/judgements")]
pub async fn judge_readings(
    caller: Allowed<JudgeReadings>,
    once: Once,
    body: Body<JudgementIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state.throttle.check("judge_readings", caller.id)?;
    state
        .change(&caller, once, body, |tx, on, told| {
            let judged = actions::judge_readings(&on.lawbook, told, tx.at().local_day())?;
            let asker: Id<()> = on.caller.organisation.into();
            tx.record(asker, Event::ReadingsJudged { verdict: judged.verdict });
            Answer::ok(&judged)
        })
        .await
}

/// The own station's tests, the newest first.
#[utoipa::path(
    tag = "inspections", params(PageQuery),
    responses((status = 200, description = "A page of tests", body = Page<InspectionSummaryOut>))
)]
#[get("/v1/inspections")]
pub async fn list_inspections(
    caller: Allowed<ListInspections>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after::<Id<Inspection>>()?);
    let station = caller.organisation.into();
    let rows = state.db.read(move |conn| Ok(store::page_of_station(conn, station, before, size)?)).await?;
    let summary = |claim: store::Claim| InspectionSummaryOut {
        vehicle_id: claim.vehicle_id,
        inspection_id: claim.inspection_id,
        station_number: claim.station_number,
        report_number: claim.report_number,
        ended_at: claim.ended_at,
        verdict: claim.verdict,
    };
    Answer::ok(&Page::cut(rows, size, |claim| claim.inspection_id, summary)?)
}

/// A vehicle's tests, the newest first, superseded ones included.
#[utoipa::path(
    tag = "inspections", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), PageQuery),
    responses((status = 200, description = "A page of tests", body = Page<InspectionOut>))
)]
#[get("/v1/vehicles/{vehicle_id}/inspections")]
pub async fn list_vehicle_inspections(
    _caller: Allowed<ListVehicleInspections>,
    path: web::Path<Id<Vehicle>>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after::<Id<Inspection>>()?);
    let lawbook = state.lawbook.get();
    let rows = state.db.read(move |conn| Ok(store::of_vehicle(conn, &lawbook, *path, before, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |test| test.inspection_id, |test| test)?)
}

/// A test with its verdict explained; a station reads its own.
#[utoipa::path(
    tag = "inspections",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "The test", body = InspectionOut))
)]
#[get("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}")]
pub async fn read_inspection(
    caller: Allowed<ReadInspection>,
    path: InspectionPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let stored = load_own(&caller, path, &state).await?;
    Answer::ok(&stored.out)
}

/// The per-second trace of a test, with the hash under which it was recorded.
#[utoipa::path(
    tag = "inspections",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "The trace", body = Trace))
)]
#[get("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/trace")]
pub async fn read_trace(
    caller: Allowed<ReadTrace>,
    path: InspectionPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let stored = load_own(&caller, path, &state).await?.inspection;
    let (trace, sha256) = state.db.read(move |conn| store::load_trace(conn, stored.vehicle, stored.id)).await?;
    Answer::ok(&json!({ "sha256": sha256, "trace": trace }))
}

/// The repair notice (超标排放汽车维护修理告知书) of a failing test.
#[utoipa::path(
    tag = "inspections",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "The notice", body = RepairNoticeOut))
)]
#[get("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/repair-notice")]
pub async fn read_repair_notice(
    caller: Allowed<ReadRepairNotice>,
    path: InspectionPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let stored = load_own(&caller, path, &state).await?;
    let id = stored.inspection.vehicle;
    let vehicle = state.db.read(move |conn| Ok(vehicles::load(conn, id)?)).await?.ok_or_else(Problem::not_found)?;
    Answer::ok(&actions::repair_notice(stored, vehicle, &state.lawbook.get(), &state.directory.get())?)
}

/// Judges a recorded test again, by the law of its own day as it is known now. Nothing changes.
#[utoipa::path(
    tag = "inspections",
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "The verdict explained", body = JudgementOut))
)]
#[get("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/rejudgement")]
pub async fn rejudge_inspection(
    caller: Allowed<RejudgeInspection>,
    path: InspectionPath,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let stored = load_own(&caller, path, &state).await?;
    let id = stored.inspection.vehicle;
    let vehicle = state.db.read(move |conn| Ok(vehicles::load(conn, id)?)).await?.ok_or_else(Problem::not_found)?;
    Answer::ok(&actions::rejudge(&state.lawbook.get(), &vehicle, &stored.sent)?)
}

/// Voids a test with a reason; it stays visible, and what it did to the case is taken back.
#[utoipa::path(
    tag = "inspections", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "Voided", body = InspectionOut))
)]
#[post("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/voids")]
pub async fn void_inspection(
    caller: Allowed<VoidInspection>,
    path: InspectionPath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&actions::void_inspection(tx, on, *path, &told.reason)?)
        })
        .await
}

/// Corrects a test: the corrected readings are judged and take its place; the first stays visible.
#[utoipa::path(
    tag = "inspections", request_body = CorrectedIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 201, description = "Corrected", body = InspectionOut))
)]
#[post("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/corrections")]
pub async fn correct_inspection(
    caller: Allowed<CorrectInspection>,
    path: InspectionPath,
    once: Once,
    body: Body<CorrectedIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let inspection = actions::correct_inspection(tx, on, *path, told)?;
            let location = format!("/v1/vehicles/{}/inspections/{}", path.0, inspection.inspection_id);
            Answer::created(&inspection, location)
        })
        .await
}

/// Confirms a test that had no acceptance, so that it acts on the vehicle's case.
#[utoipa::path(
    tag = "inspections", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("inspection_id" = uuid::Uuid, Path, description = "The test")),
    responses((status = 200, description = "Confirmed", body = InspectionOut))
)]
#[post("/v1/vehicles/{vehicle_id}/inspections/{inspection_id}/confirmations")]
pub async fn confirm_inspection(
    caller: Allowed<ConfirmInspection>,
    path: InspectionPath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&actions::confirm_inspection(tx, on, *path, &told.reason)?)
        })
        .await
}

/// A test, if the caller may read it: a station its own, the offices every one.
async fn load_own(caller: &Caller, path: InspectionPath, state: &State) -> Result<store::Stored, Problem> {
    let lawbook = state.lawbook.get();
    let stored = state.db.read(move |conn| Ok(store::load(conn, &lawbook, path.0, path.1)?)).await?;
    let own = |station: Uuid| caller.role != Role::InspectionStation || station == caller.organisation;
    stored.filter(|stored| own(stored.inspection.station.uuid())).ok_or_else(Problem::not_found)
}
