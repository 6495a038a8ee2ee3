//! Owners: what the owner of a vehicle can do without an account, by plate, kind, the VIN's last six characters and the
//! number of a notice or report. Answers hold no personal data, and a proof that does not hold tells nothing.
//!
//! To add an operation: its endpoint here, an action that begins with `prove`, a rate in `platform::throttle`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::check_as_owner).service(endpoints::appeal_as_owner);
}
