//! HTTP of zones.

use actix_web::{get, post, web};

use super::{LARGE, change, page};
use crate::{
    domain::{
        id::Id,
        zone::{Control, ControlKind, Zone},
    },
    features::zones::{
        actions, store,
        wire::{Kept, ZoneHistoryOut, ZoneIn, ZoneOut},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{AmendZone, ListZones, ReadZone, RegisterZone, WithdrawZone},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// Registers a zone with its ground and its dated rules. Traffic police register truck restriction zones.
#[utoipa::path(
    tag = "zones", request_body = ZoneIn,
    responses((status = 201, description = "In force from its instant on", body = ZoneOut))
)]
#[post("/v1/zones")]
pub async fn register_zone(
    caller: Allowed<RegisterZone>,
    once: Once,
    body: Body<ZoneIn, LARGE>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let out = actions::register_zone(tx, on, told)?;
        Answer::created(&out, format!("/v1/zones/{}", out.zone.id))
    })
    .await
}

/// Lists the newest version of every zone.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<ZoneOut>))
)]
#[get("/v1/zones")]
pub async fn list_zones(
    _caller: Allowed<ListZones>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    Answer::ok(&page(&state, ControlKind::Zone, &query, out).await?)
}

/// Every version of a zone, the newest first.
#[utoipa::path(
    tag = "zones", params(("zone_id" = uuid::Uuid, Path, description = "The zone")),
    responses((status = 200, description = "The versions", body = ZoneHistoryOut))
)]
#[get("/v1/zones/{zone_id}")]
pub async fn read_zone(
    _caller: Allowed<ReadZone>,
    path: web::Path<Id<Zone>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let key = path.to_string();
    let rows = state.db.read(move |conn| Ok(store::versions(conn, ControlKind::Zone, &key)?)).await?;
    let kept = rows.into_iter().map(|row| (row.body.0, Kept { reason: row.reason, recorded_at: row.recorded_at }));
    let items: Vec<ZoneOut> = kept.filter_map(|(control, kept)| out(control, kept)).collect();
    if items.is_empty() {
        return Err(Problem::not_found());
    }
    Answer::ok(&ZoneHistoryOut { items })
}

/// Makes the next version of a zone, in force from its own instant on; earlier versions stay.
#[utoipa::path(
    tag = "zones", request_body = ZoneIn,
    params(("zone_id" = uuid::Uuid, Path, description = "The zone")),
    responses((status = 201, description = "In force from its instant on", body = ZoneOut))
)]
#[post("/v1/zones/{zone_id}/versions")]
pub async fn amend_zone(
    caller: Allowed<AmendZone>,
    path: web::Path<Id<Zone>>,
    once: Once,
    body: Body<ZoneIn, LARGE>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, move |tx, on, told| {
        let out = actions::amend_zone(tx, on, *path, told)?;
        Answer::created(&out, format!("/v1/zones/{}", *path))
    })
    .await
}

/// Ends a zone at once; its versions stay.
#[utoipa::path(
    tag = "zones", request_body = ReasonIn,
    params(("zone_id" = uuid::Uuid, Path, description = "The zone")),
    responses((status = 200, description = "Withdrawn", body = ZoneOut))
)]
#[post("/v1/zones/{zone_id}/withdrawals")]
pub async fn withdraw_zone(
    caller: Allowed<WithdrawZone>,
    path: web::Path<Id<Zone>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, move |tx, on, told| Answer::ok(&actions::withdraw_zone(tx, on, *path, told)?))
        .await
}

fn out(control: Control, kept: Kept) -> Option<ZoneOut> {
    match control {
        Control::Zone(zone) => Some(ZoneOut { zone, kept }),
        _ => None,
    }
}
