//! Penalties: the procedure for out-of-town vehicles over the limit, from the evidence to the verified retest. The
//! police decide; this service records.
//!
//! To add a step: the step in `domain::penalty`, its golden rows in `tests/rules/tables/penalty.csv`, its endpoint and
//! its right.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_penalties)
        .service(endpoints::read_penalties)
        .service(endpoints::open_penalty)
        .service(endpoints::review_penalty)
        .service(endpoints::hand_over_penalty)
        .service(endpoints::tell_driver)
        .service(endpoints::hear_driver)
        .service(endpoints::decide_penalty)
        .service(endpoints::serve_penalty)
        .service(endpoints::copy_penalty_home)
        .service(endpoints::record_home_answer)
        .service(endpoints::enter_retest_elsewhere)
        .service(endpoints::verify_retest_elsewhere)
        .service(endpoints::end_penalty)
        .service(endpoints::drop_penalty);
}
