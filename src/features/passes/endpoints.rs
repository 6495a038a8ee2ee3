//! HTTP of passes.

use actix_web::{get, post, web};

use super::{
    actions::{self, Recorded},
    store,
    wire::{OrderReviewOut, PassOut, PassResultOut, PassesIn, PassesOut},
};
use crate::{
    domain::{id::Id, zone::Order},
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{ListGatePasses, RecordGatePasses, ReviewOrder},
        },
        batch::Batch,
        body::{BATCH, Body},
        idempotency::Once,
        page::{Page, PageQuery},
        problem::{Language, Problem},
        state::State,
    },
};

/// Records up to 500 passes of the enterprise's gates, allowed and refused; each is answered by itself, in order. The
/// same pass again gets the first answer; another content under its number is refused.
#[utoipa::path(
    tag = "passes", request_body = PassesIn,
    responses((status = 200, description = "One result for each pass, in order", body = PassesOut))
)]
#[post("/v1/gate-passes")]
pub async fn record_gate_passes(
    caller: Allowed<RecordGatePasses>,
    once: Once,
    request: actix_web::HttpRequest,
    body: Body<PassesIn, BATCH>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let language = Language::of(&request);
    let batch = Batch::read(&body.value.passes);
    state
        .change(&caller, once, body, move |tx, on, _| {
            let outcomes = batch.outcomes(actions::record_gate_passes(tx, on, batch.readable())?);
            let results = outcomes.enumerate().map(|(index, outcome)| result(outcome, index, language));
            Answer::ok(&PassesOut { results: results.collect() })
        })
        .await
}

fn result(outcome: Result<Recorded, Problem>, index: usize, language: Language) -> PassResultOut {
    match outcome {
        Ok(recorded) => {
            PassResultOut { status: if recorded.again { 200 } else { 201 }, pass: Some(recorded.pass), problem: None }
        }
        Err(problem) => PassResultOut {
            status: problem.kind().status(),
            pass: None,
            problem: Some(problem.to_json(language, &format!("/passes/{index}"), None)),
        },
    }
}

/// Lists the enterprise's own passes, by entrance and number.
#[utoipa::path(
    tag = "passes", params(PageQuery),
    responses((status = 200, description = "A page", body = Page<PassOut>))
)]
#[get("/v1/gate-passes")]
pub async fn list_gate_passes(
    caller: Allowed<ListGatePasses>,
    query: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, after, home) = (query.size()?, query.after::<(String, String)>()?, caller.home());
    let rows = state.db.read(move |conn| Ok(store::page(conn, home, after.as_ref(), size)?)).await?;
    let key = |row: &store::PassRow| (row.entrance.clone(), row.pass_number.clone());
    Answer::ok(&Page::cut(rows, size, key, |row| row.out())?)
}

/// What became of an emergency order: per gate how many passes were refused and how many forbidden vehicles passed all
/// the same, and which gates were silent.
#[utoipa::path(
    tag = "passes", params(("order_id" = uuid::Uuid, Path, description = "The order")),
    responses((status = 200, description = "Gate by gate, the worst first", body = OrderReviewOut))
)]
#[get("/v1/orders/{order_id}/review")]
pub async fn review_order(
    caller: Allowed<ReviewOrder>,
    path: web::Path<Id<Order>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (on, now) = (state.ground(&caller), state.clock.now());
    let review = state.db.read(move |conn| actions::review_order(conn, &on, *path, now)).await?;
    Answer::ok(&review)
}
