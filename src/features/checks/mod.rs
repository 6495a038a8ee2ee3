//! Checks: whether a vehicle is on the blacklist, answered from memory, with a line in the check log for every answer.
//!
//! To answer one more thing of a vehicle: a field of `domain::blacklist::Known`, its place in `blacklist::Facts`, its
//! column in `store::vehicles`, a field in `wire::answered`. What is linked to a person is read from the database, for the
//! police alone, and only while the log can be written.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{check_vehicles, follow, tend};
pub use store::BLACKLIST;
pub use wire::{CheckIn, CheckOut, CheckedVehicleOut, ChecksIn, ChecksOut, InTwoLanguages};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::check_vehicles).service(endpoints::list_check_findings);
}
