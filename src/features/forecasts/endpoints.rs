//! HTTP of forecasts.

use actix_web::{get, web};

use super::{
    actions,
    wire::{ForecastOut, ForecastQuery},
};
use crate::platform::{
    answer::Answer,
    auth::{Allowed, right::ForecastTarget},
    problem::Problem,
    state::State,
};

/// Where a target will end its year at the present pace, with intervals and the methods named.
#[utoipa::path(
    tag = "targets",
    params(("target_id" = String, Path, description = "The target, such as T4"), ForecastQuery),
    responses((status = 200, description = "The forecast", body = ForecastOut))
)]
#[get("/v1/targets/{target_id}/forecast")]
pub async fn forecast_target(
    caller: Allowed<ForecastTarget>,
    id: web::Path<String>,
    asked: web::Query<ForecastQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (caller, now) = (state.ground(&caller).caller, state.clock.now());
    let look = move |conn: &mut _| actions::forecast_target(conn, (&caller, now), &id, asked.into_inner());
    Answer::ok(&state.db.read_at_once(look).await?)
}
