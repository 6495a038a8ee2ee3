//! Stations: what they test with, the daily checks of their lines, and when they may accept nothing.
//!
//! To add a kind of check: a word in `domain::station::line_check`, its tolerance and, when it is needed each day, its
//! methods there. To add what a line may lack: a word and its rule in `domain::station::readiness`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{NewSuspension, end_if_not_over, line_lacks, suspend};
pub use store::barring;
pub use wire::{AssetIn, LineCheckIn};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::read_station)
        .service(endpoints::record_asset)
        .service(endpoints::end_asset)
        .service(endpoints::record_line_check)
        .service(endpoints::list_line_checks)
        .service(endpoints::list_suspensions)
        .service(endpoints::lift_suspension);
}
