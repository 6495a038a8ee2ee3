//! Rules: the dated limits and settings that a manager amends without a release.
//!
//! To deliver a rule: a row in `domain/standard/limits.csv` or `domain/settings.csv`. A setting says in
//! `takes` what it can be. What is delivered is added once and never replaces what was amended.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::deliver;
pub use store::settings_known;

use crate::{
    domain::lawbook::Lawbook,
    platform::{db::AnyConnection, problem::Problem, state::State},
};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_limits)
        .service(endpoints::amend_limit)
        .service(endpoints::list_settings)
        .service(endpoints::amend_setting);
}

/// The law as it stands, for who does not keep it in memory.
///
/// # Errors
/// The database cannot be read.
pub fn read_lawbook(conn: &mut AnyConnection) -> Result<Lawbook, Problem> {
    Ok(store::lawbook(conn)?)
}

/// Reads the law again when it has been amended.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    state.lawbook.renew(&state.db, store::lawbook_mark, store::lawbook).await
}
