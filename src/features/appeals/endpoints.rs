//! HTTP of appeals.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{AppealDecisionIn, AppealEffectIn, AppealFilter, AppealIn, AppealOut, AppealsOut},
};
use crate::{
    domain::{
        appeal::{Appeal, Appellant},
        id::Id,
        vehicle::Vehicle,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{DecideAppeal, FileAppeal, ListAppeals, ReadAppeals, SetAppealEffect, WithdrawAppeal},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

type AppealPath = web::Path<(Id<Vehicle>, Id<Appeal>)>;

/// Appeals by state, and those past their last day.
#[utoipa::path(
    tag = "appeals", params(AppealFilter),
    responses((status = 200, description = "A page of appeals", body = Page<AppealOut>))
)]
#[get("/v1/appeals")]
pub async fn list_appeals(
    _caller: Allowed<ListAppeals>,
    filter: web::Query<AppealFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Appeal>>()?);
    let now = state.clock.now();
    let rows = state.db.read(move |conn| Ok(store::page(conn, &filter, now.local_day(), after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |appeal| appeal.id, |appeal| AppealOut::at(appeal, now))?)
}

/// A vehicle's appeals.
#[utoipa::path(
    tag = "appeals", params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 200, description = "The appeals, the newest first", body = AppealsOut))
)]
#[get("/v1/vehicles/{vehicle_id}/appeals")]
pub async fn read_appeals(
    _caller: Allowed<ReadAppeals>,
    path: web::Path<Id<Vehicle>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let now = state.clock.now();
    let appeals = state.db.read(move |conn| Ok(store::of_vehicle(conn, *path)?)).await?;
    Answer::ok(&AppealsOut { items: appeals.into_iter().map(|appeal| AppealOut::at(appeal, now)).collect() })
}

/// The bureau files an appeal, for an owner who came in person or on its own motion.
#[utoipa::path(
    tag = "appeals", request_body = AppealIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle")),
    responses((status = 201, description = "Filed", body = AppealOut))
)]
#[post("/v1/vehicles/{vehicle_id}/appeals")]
pub async fn file_appeal(
    caller: Allowed<FileAppeal>,
    path: web::Path<Id<Vehicle>>,
    once: Once,
    body: Body<AppealIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let (key, plea) = ((*path, told.listing_id), told.plea.clone());
            let appeal = actions::file_appeal(tx, &on.lawbook.settings, key, Appellant::Bureau, plea)?;
            Answer::created(&AppealOut::at(appeal, tx.at()), format!("/v1/vehicles/{}/appeals", *path))
        })
        .await
}

/// The bureau decides whether an open appeal holds its listing off.
#[utoipa::path(
    tag = "appeals", request_body = AppealEffectIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("appeal_id" = uuid::Uuid, Path, description = "The appeal")),
    responses((status = 200, description = "Decided", body = AppealOut))
)]
#[post("/v1/vehicles/{vehicle_id}/appeals/{appeal_id}/effects")]
pub async fn set_appeal_effect(
    caller: Allowed<SetAppealEffect>,
    path: AppealPath,
    once: Once,
    body: Body<AppealEffectIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&AppealOut::at(actions::set_appeal_effect(tx, *path, told)?, tx.at()))
        })
        .await
}

/// The bureau decides with reasons; an appeal that is upheld lifts the listing.
#[utoipa::path(
    tag = "appeals", request_body = AppealDecisionIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("appeal_id" = uuid::Uuid, Path, description = "The appeal")),
    responses((status = 200, description = "Decided", body = AppealOut))
)]
#[post("/v1/vehicles/{vehicle_id}/appeals/{appeal_id}/decisions")]
pub async fn decide_appeal(
    caller: Allowed<DecideAppeal>,
    path: AppealPath,
    once: Once,
    body: Body<AppealDecisionIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&AppealOut::at(actions::decide_appeal(tx, *path, told)?, tx.at()))
        })
        .await
}

/// Who filed the appeal withdraws it; a listing that was held off bars again.
#[utoipa::path(
    tag = "appeals", request_body = ReasonIn,
    params(("vehicle_id" = uuid::Uuid, Path, description = "The vehicle"), ("appeal_id" = uuid::Uuid, Path, description = "The appeal")),
    responses((status = 200, description = "Withdrawn", body = AppealOut))
)]
#[post("/v1/vehicles/{vehicle_id}/appeals/{appeal_id}/withdrawals")]
pub async fn withdraw_appeal(
    caller: Allowed<WithdrawAppeal>,
    path: AppealPath,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, _, told| {
            Answer::ok(&AppealOut::at(actions::withdraw_appeal(tx, *path, &told.reason)?, tx.at()))
        })
        .await
}
