//! Findings: what does not fit, noted where it was seen, for the bureau to look at; never an accusation by itself.

mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use store::{Finding, at_test, note};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::read_findings);
}
