//! Cases of supervision: a finding about a station or shop, its evidence as it stood, the explanation and the ruling.
//!
//! To add a step: the step in `domain::supervision_case`, its golden rows in `tests/rules/tables/supervision.csv`, its
//! endpoint and its right. Whom a case concerns sees it from the moment an explanation was asked, and not before.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use store::open_against;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::open_supervision)
        .service(endpoints::list_supervisions)
        .service(endpoints::read_supervision)
        .service(endpoints::read_supervision_evidence)
        .service(endpoints::review_supervision)
        .service(endpoints::ask_explanation)
        .service(endpoints::explain_supervision)
        .service(endpoints::rule_supervision)
        .service(endpoints::appeal_supervision)
        .service(endpoints::decide_supervision_appeal);
}
