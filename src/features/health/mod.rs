//! Health, metrics, the contract's version and the pages of the problem catalogue.
//!
//! To add a problem: one line in `platform/problem/kinds.rs`; its page is made from there.

mod endpoints;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::live)
        .service(endpoints::ready)
        .service(endpoints::metrics)
        .service(endpoints::version)
        .service(endpoints::problem_kind);
}
