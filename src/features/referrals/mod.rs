//! Referrals (多部门联合惩戒): listings and rulings laid before other offices, until they answer and act.
//!
//! To add a step: the step in `domain::referral`, its golden rows in `tests/rules/tables/referral.csv`, its endpoint
//! and its right.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_referrals)
        .service(endpoints::read_referrals)
        .service(endpoints::refer_matter)
        .service(endpoints::receive_referral)
        .service(endpoints::answer_referral)
        .service(endpoints::record_measure);
}
