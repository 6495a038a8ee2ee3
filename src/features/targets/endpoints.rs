//! HTTP of targets and of how they stand.

use actix_web::{get, post, web};

use super::{
    actions::{self, Asked, Question},
    store,
    wire::{
        OperatorsOut, Part, StandingOut, StandingVehicleOut, StandingVehiclesQuery, StandingsQuery,
        TargetAmendmentIn, TargetOut, TargetsOut,
    },
};
use crate::platform::{
    answer::Answer,
    auth::{
        Allowed,
        right::{AmendTarget, ListStandingVehicles, ListTargets, RankOperators, ReadStandings, ReadTarget},
    },
    body::Body,
    idempotency::Once,
    page::{Page, PageQuery},
    problem::Problem,
    state::State,
};

/// Lists every version of every target of the plan, with its legal source and what is not clear about it.
#[utoipa::path(tag = "targets", responses((status = 200, description = "All targets", body = TargetsOut)))]
#[get("/v1/targets")]
pub async fn list_targets(_caller: Allowed<ListTargets>, state: web::Data<State>) -> Result<Answer, Problem> {
    let rows = state.db.read(|conn| Ok(store::all(conn)?)).await?;
    Answer::ok(&actions::targets_out(rows))
}

/// Every version of a target.
#[utoipa::path(
    tag = "targets", params(("target_id" = String, Path, description = "The target, such as T4")),
    responses((status = 200, description = "Its versions", body = TargetsOut))
)]
#[get("/v1/targets/{target_id}")]
pub async fn read_target(
    _caller: Allowed<ReadTarget>,
    id: web::Path<String>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let rows = state.db.read(move |conn| Ok(store::versions(conn, &id)?)).await?;
    if rows.is_empty() { Err(Problem::not_found()) } else { Answer::ok(&actions::targets_out(rows)) }
}

/// Makes a new version of a target, by a manager and with a reason. Earlier versions stay.
#[utoipa::path(
    tag = "targets", request_body = TargetAmendmentIn,
    params(("target_id" = String, Path, description = "The target, such as T4")),
    responses((status = 201, description = "Holds from its day on", body = TargetOut))
)]
#[post("/v1/targets/{target_id}/versions")]
pub async fn amend_target(
    caller: Allowed<AmendTarget>,
    id: web::Path<String>,
    once: Once,
    body: Body<TargetAmendmentIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let amended = actions::amend_target(tx, on, &id, told)?;
            Answer::created(&amended, format!("/v1/targets/{}", *id))
        })
        .await
}

/// How a target stands: for a year, as of a day, as known on a day, within an area, of an operator.
#[utoipa::path(
    tag = "targets",
    params(("target_id" = String, Path, description = "The target, such as T4"), StandingsQuery),
    responses((status = 200, description = "Its standing", body = StandingOut))
)]
#[get("/v1/targets/{target_id}/standings")]
pub async fn read_standings(
    caller: Allowed<ReadStandings>,
    id: web::Path<String>,
    asked: web::Query<StandingsQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (caller, now) = (state.ground(&caller).caller, state.clock.now());
    let look = move |conn: &mut _| {
        let question = Question::read(conn, &caller, &id, &asked, now)?;
        actions::standing(conn, &question)
    };
    Answer::ok(&state.db.read_snapshot(look).await?)
}

/// The operators of a standing, the best first.
#[utoipa::path(
    tag = "targets",
    params(("target_id" = String, Path, description = "The target, such as T4"), StandingsQuery),
    responses((status = 200, description = "The operators", body = OperatorsOut))
)]
#[get("/v1/targets/{target_id}/standings/operators")]
pub async fn rank_operators(
    caller: Allowed<RankOperators>,
    id: web::Path<String>,
    asked: web::Query<StandingsQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (caller, now, directory) = (state.ground(&caller).caller, state.clock.now(), state.directory.get());
    let look = move |conn: &mut _| {
        let question = Question::read(conn, &caller, &id, &asked, now)?;
        actions::rank_operators(conn, &question, &directory)
    };
    Answer::ok(&state.db.read_snapshot(look).await?)
}

/// The vehicles behind a number of a standing, page by page.
#[utoipa::path(
    tag = "targets",
    params(("target_id" = String, Path, description = "The target, such as T4"), StandingVehiclesQuery),
    responses((status = 200, description = "A page of vehicles", body = Page<StandingVehicleOut>))
)]
#[get("/v1/targets/{target_id}/standings/vehicles")]
pub async fn list_standing_vehicles(
    caller: Allowed<ListStandingVehicles>,
    id: web::Path<String>,
    query: web::Query<StandingVehiclesQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let StandingVehiclesQuery { reading, trade, part, year, as_of, as_known, area, operator_id, cursor, limit } =
        query.into_inner();
    let page = PageQuery { cursor, limit };
    let (size, after) = (page.size()?, page.after()?);
    let asked = StandingsQuery { year, as_of, as_known, area, operator_id };
    let which = Asked { reading, trade, part: part.unwrap_or(Part::All) };
    let (caller, now) = (state.ground(&caller).caller, state.clock.now());
    let look = move |conn: &mut _| {
        let question = Question::read(conn, &caller, &id, &asked, now)?;
        actions::vehicles_behind(conn, &question, &which, (after, size))
    };
    let rows = state.db.read_snapshot(look).await?;
    Answer::ok(&Page::cut(rows, size, |(out, id)| (out.vehicle_id, *id), |(out, _)| out)?)
}
