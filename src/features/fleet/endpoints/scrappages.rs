//! HTTP of scrappages, and of what does not fit in the register.

use actix_web::{get, post, web};

use crate::{
    domain::{fleet::Scrappage, id::Id, role::Role, vehicle::Vehicle},
    features::fleet::{
        actions, store,
        wire::{
            DismantlingIn, FleetBatchIn, FleetBatchOut, FleetFindingOut, FleetFindingsOut, ScrappageIn,
            ScrappageItemIn, ScrappageOut, ScrappagesOut,
        },
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{ReadFleetFindings, ReadScrappages, RecordDismantling, RecordScrappage, RecordScrappages},
        },
        body::{BATCH, Body},
        idempotency::Once,
        problem::{Language, Problem},
        state::State,
    },
};

use super::{answer, noted, record_batch};

/// Records that a vehicle was scrapped, which takes it out of the fleet; a recycler records its own.
#[utoipa::path(
    tag = "fleet", request_body = ScrappageIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Recorded", body = ScrappageOut))
)]
#[post("/v1/vehicles/{vehicle_id}/scrappages")]
pub async fn record_scrappage(
    caller: Allowed<RecordScrappage>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<ScrappageIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let recorded = noted(actions::record_scrappage(tx, on, *path, told, ""))?;
            let location = format!("/v1/vehicles/{}/scrappages", *path);
            Ok(recorded.and_then(|recorded| answer(&recorded, location)))
        })
        .await
}

/// Records up to 500 scrappages; each is answered by itself.
#[utoipa::path(
    tag = "fleet", request_body = FleetBatchIn,
    responses((status = 200, description = "One result for each item, in order", body = FleetBatchOut))
)]
#[post("/v1/scrappages")]
pub async fn record_scrappages(
    caller: Allowed<RecordScrappages>,
    once: Once,
    request: actix_web::HttpRequest,
    body: Body<FleetBatchIn, BATCH>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let sent = (body, Language::of(&request));
    record_batch(&caller, once, sent, &state, |tx, on, item: &ScrappageItemIn| {
        let vehicle = actions::vehicle_of(tx.conn(), &item.vehicle, "/vehicle")?;
        actions::record_scrappage(tx, on, vehicle, &item.scrappage, "/scrappage")
    })
    .await
}

/// A vehicle's scrappages, superseded ones included; a recycler reads its own.
#[utoipa::path(
    tag = "fleet", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The newest first", body = ScrappagesOut))
)]
#[get("/v1/vehicles/{vehicle_id}/scrappages")]
pub async fn read_scrappages(
    caller: Allowed<ReadScrappages>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let vehicle = *path;
    let kept = state.db.read(move |conn| Ok(store::scrappages::of_vehicle(conn, vehicle)?)).await?;
    let own = |kept: &store::Kept<Scrappage>| caller.role != Role::Recycler || kept.fact.recycler == caller.home();
    let kept: Vec<_> = kept.into_iter().filter(own).collect();
    Answer::ok(&ScrappagesOut { items: kept.iter().map(|kept| actions::scrappage_out(vehicle, kept)).collect() })
}

/// Records the day on which a scrapped vehicle was dismantled.
#[utoipa::path(
    tag = "fleet", request_body = DismantlingIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("scrappage_id" = uuid::Uuid, Path, description = "The scrappage")),
    responses((status = 200, description = "Dismantled", body = ScrappageOut))
)]
#[post("/v1/vehicles/{vehicle_id}/scrappages/{scrappage_id}/dismantlings")]
pub async fn record_dismantling(
    caller: Allowed<RecordDismantling>,
    path: web::Path<(Id<Vehicle>, Id<Scrappage>)>,
    once: Once,
    body: Body<DismantlingIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change_or_note(&caller, once, body, move |tx, on, told| {
            let corrected = noted(actions::record_dismantling(tx, on, *path, told))?;
            Ok(corrected.and_then(|corrected| Answer::ok(&corrected)))
        })
        .await
}

/// What does not fit in a vehicle's register.
#[utoipa::path(
    tag = "fleet", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The newest first", body = FleetFindingsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/fleet-findings")]
pub async fn read_fleet_findings(
    _caller: Allowed<ReadFleetFindings>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let found = state.db.read(move |conn| Ok(store::findings::of_vehicle(conn, *path)?)).await?;
    let item = |(oddity, facts, found_at)| FleetFindingOut { oddity, facts, found_at };
    Answer::ok(&FleetFindingsOut { items: found.into_iter().map(item).collect() })
}
