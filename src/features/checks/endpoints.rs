//! HTTP of checks.

use actix_web::{Responder, get, post, web};

use super::{
    actions, store,
    wire::{CheckFindingOut, ChecksIn, ChecksOut},
};
use crate::platform::{
    answer::Answer,
    auth::{
        Allowed,
        right::{CheckVehicles, ListCheckFindings},
    },
    body::{Body, CHECKS},
    page::{Page, PageQuery},
    problem::Problem,
    state::State,
};

/// Checks whether vehicles are on the blacklist: one, or up to 1,000.
///
/// Every answer leaves a line in the check log before it is sent. `RateLimit` and `RateLimit-Policy` tell what is left of
/// the client's allowance.
#[utoipa::path(
    tag = "checks", request_body = ChecksIn,
    responses((
        status = 200, description = "One answer for each question", body = ChecksOut,
        headers(
            ("RateLimit-Policy" = String, description = "The client's allowances"),
            ("RateLimit" = String, description = "What is left of them")
        )
    ))
)]
#[post("/v1/checks")]
pub async fn check_vehicles(
    caller: Allowed<CheckVehicles>,
    body: Body<ChecksIn, CHECKS>,
    state: web::Data<State>,
) -> Result<impl Responder, Problem> {
    let served = actions::check_vehicles(&state, &caller, &body.value).await?;
    let mut answer = Answer::ok(&served.answer)?.customize();
    for (name, value) in actions::headers(&served.left) {
        answer = answer.insert_header((name, value));
    }
    Ok(answer)
}

/// What was odd about the checks of clients: runs of neighbouring plates, one plate asked again and again.
#[utoipa::path(
    tag = "checks", params(PageQuery),
    responses((status = 200, description = "A page, the newest first", body = Page<CheckFindingOut>))
)]
#[get("/v1/check-findings")]
pub async fn list_check_findings(
    _caller: Allowed<ListCheckFindings>,
    page: web::Query<PageQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (size, before) = (page.size()?, page.after()?);
    let rows = state.db.read(move |conn| Ok(store::findings(conn, before, size + 1)?)).await?;
    Answer::ok(&Page::cut(rows, size, |row| row.id, CheckFindingOut::from)?)
}
