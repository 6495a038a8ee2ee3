//! HTTP of charging sites.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{CapacityOut, CapacityQuery, ClosureIn, SiteFilter, SiteIn, SiteOut},
};
use crate::{
    domain::{
        charging::ChargingSite,
        id::Id,
        vehicle::area::{AreaCode, CITY},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{CloseChargingSite, ListChargingSites, ReadChargingCapacity, RegisterChargingSite},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// Registers a charging or swap site.
#[utoipa::path(
    tag = "charging", request_body = SiteIn,
    responses((status = 201, description = "Registered", body = SiteOut))
)]
#[post("/v1/charging-sites")]
pub async fn register_charging_site(
    caller: Allowed<RegisterChargingSite>,
    once: Once,
    body: Body<SiteIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, told| {
            let site = actions::register_charging_site(tx, on, told)?;
            Answer::created(&SiteOut::from(site), "/v1/charging-sites".to_owned())
        })
        .await
}

/// The sites, those out of service too.
#[utoipa::path(
    tag = "charging", params(SiteFilter),
    responses((status = 200, description = "A page of sites", body = Page<SiteOut>))
)]
#[get("/v1/charging-sites")]
pub async fn list_charging_sites(
    _caller: Allowed<ListChargingSites>,
    filter: web::Query<SiteFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<ChargingSite>>()?);
    let rows = state.db.read(move |conn| Ok(store::page(conn, filter.areas(), after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |site| site.id, SiteOut::from)?)
}

/// What the sites provide on a day against the goal of 50,000 vehicles, with the dated rates.
#[utoipa::path(
    tag = "charging", params(CapacityQuery),
    responses((status = 200, description = "The figures", body = CapacityOut))
)]
#[get("/v1/charging-sites/capacity")]
pub async fn read_charging_capacity(
    _caller: Allowed<ReadChargingCapacity>,
    query: web::Query<CapacityQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let day = query.as_of.unwrap_or_else(|| state.clock.now().local_day());
    let area = query.area.clone().or_else(|| AreaCode::read(CITY).ok()).ok_or_else(Problem::not_found)?;
    let lawbook = state.lawbook.get();
    let look = move |conn: &mut _| actions::capacity(conn, &lawbook.settings, &area, day);
    Answer::ok(&state.db.read(look).await?)
}

/// A site goes out of service after a day; it stays in the figures of the days before.
#[utoipa::path(
    tag = "charging", request_body = ClosureIn,
    params(("site_id" = uuid::Uuid, Path, description = "The site")),
    responses((status = 200, description = "Closed", body = SiteOut))
)]
#[post("/v1/charging-sites/{site_id}/closures")]
pub async fn close_charging_site(
    caller: Allowed<CloseChargingSite>,
    path: web::Path<Id<ChargingSite>>,
    once: Once,
    body: Body<ClosureIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&SiteOut::from(actions::close_charging_site(tx, on, *path, told)?))
        })
        .await
}
