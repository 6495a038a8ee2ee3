//! Acceptances (受理): every gate stands here, before the vehicle is tested.
//!
//! To add a rule to the gate: a word in `domain::gate::Missing`, its check there, a dated setting, a golden row in
//! `tests/rules/tables/gate.csv`; nothing here changes.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{accept_vehicle, check_gate, lapse_acceptances};
pub use store::{by_numbers, save_all, vehicles_of};
pub use wire::{AcceptanceIn, AcceptanceOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::accept_vehicle)
        .service(endpoints::read_acceptance)
        .service(endpoints::record_appearance)
        .service(endpoints::start_testing)
        .service(endpoints::withdraw_acceptance)
        .service(endpoints::exempt_retest);
}
