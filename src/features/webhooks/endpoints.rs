//! HTTP of webhooks.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{DeliveryFilter, DeliveryOut, ReplayIn, ReplayOut, WebhookIn, WebhookKeysOut, WebhookOut},
};
use crate::{
    domain::{
        id::Id,
        webhook::{Delivery, Webhook},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{EndWebhook, ListDeliveries, ListWebhooks, RegisterWebhook, ReplayDeliveries},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// Subscribes the caller's organisation to events.
///
/// Each event is a POST signed by Standard Webhooks (`v1a`, Ed25519) and tried again for a day and a half until the
/// answer is 2xx. The network of the address must be open to webhooks.
#[utoipa::path(
    tag = "webhooks", request_body = WebhookIn,
    responses((status = 201, description = "Subscribed", body = WebhookOut))
)]
#[post("/v1/webhooks")]
pub async fn register_webhook(
    caller: Allowed<RegisterWebhook>,
    once: Once,
    body: Body<WebhookIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let shared = state.clone();
    state
        .change(&caller, once, body, move |tx, on, told| {
            let row = actions::register_webhook(tx, &on.caller, &shared.courier, told)?;
            let address = format!("/v1/webhooks/{}/deliveries", row.id);
            Answer::created(&WebhookOut::new(row, shared.keys.webhook_keys()), address)
        })
        .await
}

/// The organisation's webhooks, also those that have ended.
#[utoipa::path(
    tag = "webhooks", params(PageQuery),
    responses((status = 200, description = "A page, the first registered first", body = Page<WebhookOut>))
)]
#[get("/v1/webhooks")]
pub async fn list_webhooks(
    caller: Allowed<ListWebhooks>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after, home) = (page.size()?, page.after::<Id<Webhook>>()?, caller.home());
    let rows = state.db.read(move |conn| Ok(store::of_organisation(conn, home, after, size + 1)?)).await?;
    let out = |row| WebhookOut::new(row, state.keys.webhook_keys());
    Answer::ok(&Page::cut(rows, size, |row: &store::WebhookRow| row.id, out)?)
}

/// Ends a webhook; messages that still wait are given up.
#[utoipa::path(
    tag = "webhooks", request_body = ReasonIn,
    params(("webhook_id" = uuid::Uuid, Path, description = "The webhook")),
    responses((status = 200, description = "Ended", body = WebhookOut))
)]
#[post("/v1/webhooks/{webhook_id}/ends")]
pub async fn end_webhook(
    caller: Allowed<EndWebhook>,
    path: web::Path<Id<Webhook>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let keys = state.keys.webhook_keys();
    state
        .change(&caller, once, body, move |tx, on, told| {
            let row = actions::end_webhook(tx, &on.caller, *path, &told.reason)?;
            Answer::ok(&WebhookOut::new(row, keys.clone()))
        })
        .await
}

/// A webhook's messages and what became of them; `state=dead` lists the dead letters.
#[utoipa::path(
    tag = "webhooks",
    params(("webhook_id" = uuid::Uuid, Path, description = "The webhook"), DeliveryFilter),
    responses((status = 200, description = "A page, the newest first", body = Page<DeliveryOut>))
)]
#[get("/v1/webhooks/{webhook_id}/deliveries")]
pub async fn list_deliveries(
    caller: Allowed<ListDeliveries>,
    path: web::Path<Id<Webhook>>,
    filter: web::Query<DeliveryFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, before, home) = (page.size()?, page.after::<Id<Delivery>>()?, caller.home());
    let rows = state.db.read(move |conn| {
        store::find(conn, home, *path)?.ok_or_else(Problem::not_found)?;
        Ok(store::page(conn, *path, filter.state, before, size)?)
    });
    Answer::ok(&Page::cut(rows.await?, size, |row| row.id, DeliveryOut::from)?)
}

/// Has one message sent once more, or every dead one.
#[utoipa::path(
    tag = "webhooks", request_body = ReplayIn,
    params(("webhook_id" = uuid::Uuid, Path, description = "The webhook")),
    responses((status = 200, description = "They wait again", body = ReplayOut))
)]
#[post("/v1/webhooks/{webhook_id}/replays")]
pub async fn replay_deliveries(
    caller: Allowed<ReplayDeliveries>,
    path: web::Path<Id<Webhook>>,
    once: Once,
    body: Body<ReplayIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&ReplayOut { replayed: actions::replay_deliveries(tx, &on.caller, *path, told)? })
        })
        .await
}

/// The public keys of the messages, as Standard Webhooks writes them.
#[utoipa::path(tag = "webhooks", responses((status = 200, description = "Keys", body = WebhookKeysOut)))]
#[get("/.well-known/imfleet-webhook-keys")]
pub async fn read_webhook_keys(state: web::Data<State>) -> Result<Answer, Problem> {
    Answer::ok(&WebhookKeysOut { keys: state.keys.webhook_keys() })
}
