//! HTTP of emergency orders.

use actix_web::{get, post, web};

use super::{change, page};
use crate::{
    domain::{
        id::Id,
        zone::{Control, ControlKind, Order},
    },
    features::zones::{
        actions,
        wire::{OrderIn, ZoneOrderOut},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{EndOrder, IssueOrder, ListOrders},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// Issues an emergency order: in force in every decision from its start instant on.
#[utoipa::path(
    tag = "zones", request_body = OrderIn,
    responses((status = 201, description = "Issued", body = ZoneOrderOut))
)]
#[post("/v1/orders")]
pub async fn issue_order(
    caller: Allowed<IssueOrder>,
    once: Once,
    body: Body<OrderIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, |tx, on, told| {
        let out = actions::issue_order(tx, on, told)?;
        Answer::created(&out, format!("/v1/orders/{}", out.order.id))
    })
    .await
}

/// Lists the orders, also those that have ended.
#[utoipa::path(
    tag = "zones", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<ZoneOrderOut>))
)]
#[get("/v1/orders")]
pub async fn list_orders(
    _caller: Allowed<ListOrders>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let out = |control, kept| match control {
        Control::Order(order) => Some(ZoneOrderOut { order, kept }),
        _ => None,
    };
    Answer::ok(&page(&state, ControlKind::Order, &query, out).await?)
}

/// Ends an order now; one that has not started never does.
#[utoipa::path(
    tag = "zones", request_body = ReasonIn,
    params(("order_id" = uuid::Uuid, Path, description = "The order")),
    responses((status = 200, description = "Ended", body = ZoneOrderOut))
)]
#[post("/v1/orders/{order_id}/ends")]
pub async fn end_order(
    caller: Allowed<EndOrder>,
    path: web::Path<Id<Order>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    change(&state, &caller, once, body, move |tx, on, told| Answer::ok(&actions::end_order(tx, on, *path, told)?))
        .await
}
