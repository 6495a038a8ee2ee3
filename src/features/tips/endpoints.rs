//! HTTP of tips: two doors open to everybody, the rest for the bureau.

use actix_web::{HttpRequest, get, post, web};

use super::{
    actions, store,
    wire::{ReporterOut, TipIn, TipOut, TipReceiptOut, TipReviewIn, TipStatusIn, TipStatusOut},
};
use crate::{
    domain::{
        id::{Id, serial},
        tip::Tip,
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed, Secret,
            right::{ListTips, ReadTipReporter, ReviewTip},
        },
        body::Body,
        db::Tx,
        idempotency::Once,
        journal::Actor,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        telemetry,
        throttle::place_of,
        told::ReasonIn,
    },
};

/// Receives a tip from anybody: a smoking vehicle with picture, place and time. Answers a receipt, shown once.
#[utoipa::path(
    tag = "tips", request_body = TipIn,
    responses((status = 201, description = "Received", body = TipReceiptOut))
)]
#[post("/v1/observations/tips")]
pub async fn file_tip(request: HttpRequest, body: Body<TipIn>, state: web::Data<State>) -> Result<Answer, Problem> {
    state.throttle.check("file_tip", place_of(request.peer_addr().map(|peer| peer.ip())))?;
    let receipt = format!("SP{}", serial(rand::random::<u128>()));
    let (lawbook, kept) = (state.lawbook.get(), receipt.clone());
    let actor = Actor { trace_id: telemetry::trace_id(&request), ..Actor::service() };
    let receive = move |tx: &mut Tx<'_>| actions::file_tip(tx, &lawbook, &body.value, &kept);
    let tip = state.db.write("file_tip", actor, receive).await?;
    Answer::created(
        &TipReceiptOut { receipt, received_at: tip.received_at },
        "/v1/observations/tips/status".to_owned(),
    )
}

/// Tells whoever has the receipt what became of the tip.
#[utoipa::path(
    tag = "tips", request_body = TipStatusIn,
    responses((status = 200, description = "What became of it", body = TipStatusOut))
)]
#[post("/v1/observations/tips/status")]
pub async fn read_tip_status(
    request: HttpRequest,
    body: Body<TipStatusIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state.throttle.check("read_tip_status", place_of(request.peer_addr().map(|peer| peer.ip())))?;
    let receipt = Secret::hash_of(&body.value.receipt.trim().to_uppercase());
    let tip = state.db.read(move |conn| Ok(store::of_receipt(conn, &receipt)?)).await?;
    Answer::ok(&TipStatusOut::from(&tip.ok_or_else(Problem::not_found)?))
}

/// The tips at which nobody has looked, the oldest first.
#[utoipa::path(
    tag = "tips", params(PageQuery),
    responses((status = 200, description = "A page of tips", body = Page<TipOut>))
)]
#[get("/v1/observations/tips")]
pub async fn list_tips(
    _caller: Allowed<ListTips>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after) = (page.size()?, page.after::<Id<Tip>>()?);
    let rows = state.db.read(move |conn| Ok(store::received(conn, after, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |tip| tip.id, TipOut::from)?)
}

/// A person accepts a tip, so that it becomes an observation waiting for its own review, or dismisses it.
#[utoipa::path(
    tag = "tips", request_body = TipReviewIn,
    params(("tip_id" = uuid::Uuid, Path, description = "The tip")),
    responses((status = 200, description = "Decided", body = TipOut))
)]
#[post("/v1/observations/tips/{tip_id}/reviews")]
pub async fn review_tip(
    caller: Allowed<ReviewTip>,
    path: web::Path<Id<Tip>>,
    once: Once,
    body: Body<TipReviewIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| Answer::ok(&actions::review_tip(tx, on, *path, told)?))
        .await
}

/// Tells the reward clerk who reported a tip. Each reading is written down with its reason.
#[utoipa::path(
    tag = "tips", request_body = ReasonIn,
    params(("tip_id" = uuid::Uuid, Path, description = "The tip")),
    responses((status = 200, description = "Who reported", body = ReporterOut))
)]
#[post("/v1/observations/tips/{tip_id}/reporter-readings")]
pub async fn read_tip_reporter(
    caller: Allowed<ReadTipReporter>,
    path: web::Path<Id<Tip>>,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (on, actor) = (state.ground(&caller), caller.actor());
    // Never by `Once`: an answer kept for repetition would be a second place where the reporter is written down.
    let read = move |tx: &mut Tx<'_>| actions::read_tip_reporter(tx, &on, *path, &body.value.reason);
    Answer::ok(&state.db.write("read_tip_reporter", actor, read).await?)
}
