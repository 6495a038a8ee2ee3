//! HTTP of draws.

use actix_web::{get, post, web};

use super::{
    actions, store,
    wire::{DrawIn, DrawOut},
};
use crate::{
    domain::{draw::Draw, id::Id},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{DrawReinspections, ListDraws, ReadDraw},
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
    },
};

/// Draws tests that passed, to be made again: by lot from a recorded seed, spread by risk.
#[utoipa::path(
    tag = "draws", request_body = DrawIn,
    responses((status = 201, description = "Drawn", body = DrawOut))
)]
#[post("/v1/draws")]
pub async fn draw_reinspections(
    caller: Allowed<DrawReinspections>,
    once: Once,
    body: Body<DrawIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, told| {
            let drawn = actions::draw_reinspections(tx, on, told)?;
            Answer::created(&drawn, format!("/v1/draws/{}", drawn.draw_id))
        })
        .await
}

/// The draws, the newest first.
#[utoipa::path(
    tag = "draws", params(PageQuery),
    responses((status = 200, description = "A page of draws", body = Page<DrawOut>))
)]
#[get("/v1/draws")]
pub async fn list_draws(
    _caller: Allowed<ListDraws>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after()?);
    let rows = state.db.read(move |conn| Ok(store::page(conn, before, size)?)).await?;
    Answer::ok(&Page::cut(rows, size, |draw| draw.id, |draw| DrawOut::new(draw, Vec::new(), None))?)
}

/// A draw, drawn again from its seed and the frame as it was known then.
#[utoipa::path(
    tag = "draws", params(("draw_id" = uuid::Uuid, Path, description = "The draw")),
    responses((status = 200, description = "The draw", body = DrawOut))
)]
#[get("/v1/draws/{draw_id}")]
pub async fn read_draw(
    _caller: Allowed<ReadDraw>,
    path: web::Path<Id<Draw>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    Answer::ok(&state.db.read(move |conn| actions::read_draw(conn, *path)).await?)
}
