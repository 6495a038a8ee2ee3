//! Removals: which vehicles are to leave the road and on which ground, found by a nightly walk through the register, and
//! how it stands with their owners.
//!
//! To add a ground: a word in `domain::removal::RemovalGround`, its facts, its rule in `domain::removal::grounds` or
//! `domain::scrap`, and its golden rows.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::walk_fleet;
pub use store::left;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::count_removals)
        .service(endpoints::list_removals)
        .service(endpoints::read_removals)
        .service(endpoints::report_removal)
        .service(endpoints::confirm_removal)
        .service(endpoints::dismiss_removal)
        .service(endpoints::contact_owner);
}
