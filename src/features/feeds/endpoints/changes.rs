//! HTTP of the changes by number.

use actix_web::{get, web};

use crate::{
    features::feeds::{
        actions,
        wire::{ChangesOut, ChangesQuery},
    },
    platform::{
        answer::Answer,
        auth::{Allowed, right::ReadChanges},
        problem::Problem,
        state::State,
    },
};

/// What changed after a number, in the order of the commits, and what stands of each vehicle now.
///
/// Whoever has seen a number never meets a smaller one later. What a copy holds of a subject is replaced by what the
/// newest change of it tells.
#[utoipa::path(
    tag = "feeds", params(ChangesQuery),
    responses((status = 200, description = "Changes, the oldest first", body = ChangesOut))
)]
#[get("/v1/listings/changes")]
pub async fn read_changes(
    _caller: Allowed<ReadChanges>,
    query: web::Query<ChangesQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (after, limit) = query.read()?;
    Answer::ok(&state.db.read(move |conn| actions::changes(conn, after, limit)).await?)
}
