//! Draws: tests to be made again, by lot and by risk, each draw repeatable from its recorded seed.
//!
//! What came of a drawn test is the vehicle's next supervisory test; `scores` charts it.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::draw_reinspections).service(endpoints::list_draws).service(endpoints::read_draw);
}
