//! Charging and swap sites, and the vehicles that they serve (规划 二(三)3: 5 万辆).
//!
//! To add a kind of unit: a word or a field in `domain::charging`, its dated rate in `settings.csv`, its golden rows.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{provision, register_charging_site, sites_known};
pub use wire::SiteIn;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::register_charging_site)
        .service(endpoints::read_charging_capacity)
        .service(endpoints::list_charging_sites)
        .service(endpoints::close_charging_site);
}
