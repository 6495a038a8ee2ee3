//! Appeals against listings: filed, decided with reasons by their day, and never deleted.
//!
//! The owner files without an account, by an operation of `owners`. To add a step: the step in `domain::appeal`, its
//! golden rows in `tests/rules/tables/appeal.csv`, an action, its endpoint and its right.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::file_appeal;
pub use store::of_vehicle;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_appeals)
        .service(endpoints::read_appeals)
        .service(endpoints::file_appeal)
        .service(endpoints::set_appeal_effect)
        .service(endpoints::decide_appeal)
        .service(endpoints::withdraw_appeal);
}
