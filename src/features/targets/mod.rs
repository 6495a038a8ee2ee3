//! Targets: the plan's targets as dated data, how each stands on a day as known on a day, and the vehicles behind every
//! number.
//!
//! To add a target: a row in `domain/target/targets.json`; what is delivered is added once and never replaces what was
//! amended. A target of a new kind of number: its merit in `domain::target::Merit` and an arm in `Scope::tally`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{Question, deliver, figure, is_known, keep_snapshots, standing, standing_of_year, version_known};
pub use wire::{MonthTallyOut, ReadingOut, RemovalMonthOut, RemovalOut, StandingsQuery, WayOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_targets)
        .service(endpoints::read_target)
        .service(endpoints::amend_target)
        .service(endpoints::read_standings)
        .service(endpoints::rank_operators)
        .service(endpoints::list_standing_vehicles);
}
