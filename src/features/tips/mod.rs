//! Public tips (随手拍): anyone may tell of a smoking vehicle; a person of the bureau looks at each, and an accepted one
//! becomes an observation that waits for its own review. Who reported is kept apart, for the reward clerk alone.
//!
//! To add a fact that citizens tell: a field of `wire::TipIn` and of `domain::tip::TipSighting`; no migration.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::forget_reporters;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::file_tip)
        .service(endpoints::read_tip_status)
        .service(endpoints::list_tips)
        .service(endpoints::review_tip)
        .service(endpoints::read_tip_reporter);
}
