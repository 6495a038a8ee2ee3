//! Findings: what does not fit, noted where it was seen, for the bureau to look at; never an accusation by itself.
//!
//! A test is asked in the transaction that records it; every night asks the days that are over, and what the days of a
//! window left. To add a finding: see `domain::supervision`; nothing here changes.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{Finding, advance, look_at_repair, look_at_tests, note, sweep};
pub use store::at_test;
pub use wire::FindingOut;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::list_findings).service(endpoints::list_finding_kinds).service(endpoints::read_findings);
}
