//! HTTP of removals.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{ContactIn, ContactOut, RemovalCountsOut, RemovalFilter, RemovalOut, RemovalsOut, SafetyIn},
};
use crate::{
    domain::{id::Id, removal::RemovalGround, vehicle::Vehicle},
    features::vehicles::VehicleOut,
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                ConfirmRemoval, ContactOwner, CountRemovals, DismissRemoval, ListRemovals, ReadRemovals,
                ReportRemoval,
            },
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::{ReasonIn, StepIn},
    },
};

/// The vehicles that are to leave the road, page by page.
#[utoipa::path(
    tag = "removals", params(RemovalFilter),
    responses((status = 200, description = "A page of the work list", body = Page<RemovalOut>))
)]
#[get("/v1/removals")]
pub async fn list_removals(
    _caller: Allowed<ListRemovals>,
    filter: web::Query<RemovalFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<(Id<Vehicle>, RemovalGround)>()?);
    let now = state.clock.now();
    let look = move |conn: &mut _| actions::list_removals(conn, &filter, now.local_day(), after, size);
    let (rows, vehicles) = state.db.read(look).await?;
    let vehicle = |kept: &store::Kept| vehicles.get(&kept.removal.vehicle).cloned().map(VehicleOut::from);
    let key = |kept: &store::Kept| (kept.removal.vehicle, kept.removal.facts.ground());
    Answer::ok(&Page::cut(rows, size, key, |kept| {
        let vehicle = vehicle(&kept);
        RemovalOut::at(kept, now, vehicle)
    })?)
}

/// What is left: by area, owner kind, size, stage, contact, standing and last seen.
#[utoipa::path(
    tag = "removals", params(RemovalFilter),
    responses((status = 200, description = "The counts", body = RemovalCountsOut))
)]
#[get("/v1/removals/counts")]
pub async fn count_removals(
    _caller: Allowed<CountRemovals>,
    filter: web::Query<RemovalFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let today = state.clock.now().local_day();
    let counts = state.db.read(move |conn| actions::count_removals(conn, &filter, today)).await?;
    Answer::ok(&counts)
}

/// A vehicle's removals and the contacts with its owner.
#[utoipa::path(
    tag = "removals", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "Every ground, and the contacts", body = RemovalsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/removals")]
pub async fn read_removals(
    _caller: Allowed<ReadRemovals>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let now = state.clock.now();
    let (kept, contacts) = state
        .db
        .read(move |conn| {
            let kept = store::of_vehicles(conn, &[*path])?.remove(&*path).unwrap_or_default();
            Ok((kept, store::contacts_of(conn, *path)?))
        })
        .await?;
    let items = kept.into_iter().map(|kept| RemovalOut::at(kept, now, None)).collect();
    Answer::ok(&RemovalsOut { items, contacts: contacts.into_iter().map(ContactOut::from).collect() })
}

/// Reports that a vehicle cannot be brought to the safety standard; a person then confirms or dismisses it.
#[utoipa::path(
    tag = "removals", request_body = SafetyIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "A candidate", body = RemovalOut))
)]
#[post("/v1/vehicles/{vehicle_id}/removals")]
pub async fn report_removal(
    caller: Allowed<ReportRemoval>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<SafetyIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let kept = actions::report_removal(tx, *path, told)?;
            Answer::created(&RemovalOut::at(kept, tx.at(), None), format!("/v1/vehicles/{}/removals", *path))
        })
        .await
}

/// Confirms a candidate for mandatory scrapping.
#[utoipa::path(
    tag = "removals", request_body = StepIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("ground" = inline(RemovalGround), Path, description = "The ground")),
    responses((status = 200, description = "Confirmed", body = RemovalOut))
)]
#[post("/v1/vehicles/{vehicle_id}/removals/{ground}/confirmations")]
pub async fn confirm_removal(
    caller: Allowed<ConfirmRemoval>,
    path: web::Path<(Id<Vehicle>, RemovalGround)>,
    once: Once,
    body: Body<StepIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, _| {
            let kept = actions::confirm_removal(tx, path.0, path.1)?;
            Answer::ok(&RemovalOut::at(kept, tx.at(), None))
        })
        .await
}

/// Dismisses a candidate; it comes back only when another occasion gives the same ground.
#[utoipa::path(
    tag = "removals", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("ground" = inline(RemovalGround), Path, description = "The ground")),
    responses((status = 200, description = "Dismissed", body = RemovalOut))
)]
#[post("/v1/vehicles/{vehicle_id}/removals/{ground}/dismissals")]
pub async fn dismiss_removal(
    caller: Allowed<DismissRemoval>,
    path: web::Path<(Id<Vehicle>, RemovalGround)>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            let kept = actions::dismiss_removal(tx, path.0, path.1, &told.reason)?;
            Answer::ok(&RemovalOut::at(kept, tx.at(), None))
        })
        .await
}

/// Records a contact with the owner; all contacts stay.
#[utoipa::path(
    tag = "removals", request_body = ContactIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Recorded", body = ContactOut))
)]
#[post("/v1/vehicles/{vehicle_id}/contacts")]
pub async fn contact_owner(
    caller: Allowed<ContactOwner>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<ContactIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let contacted = actions::contact_owner(tx, on, *path, told)?;
            Answer::created(&ContactOut::from(contacted), format!("/v1/vehicles/{}/removals", *path))
        })
        .await
}
