//! Feeds: how copies of the list are kept fresh: the changes by number, the same as a stream of events, and the signed
//! snapshot with its deltas that gates keep when the line is down.
//!
//! To tell copies of one more thing: a word in `domain::change::Changed`, `tx.publish` where it changes, and what is
//! told of it in `wire::ChangeOut`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::platform::{feed, problem::Problem, state::State};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::read_changes)
        .service(endpoints::follow_changes)
        .service(endpoints::read_at_once)
        .service(endpoints::read_delta)
        .service(endpoints::read_at_once_keys);
}

/// Looks how far other processes have brought the feed.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    state.streams.saw(state.db.read(|conn| Ok(feed::head(conn)?)).await?);
    Ok(())
}
