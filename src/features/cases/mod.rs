//! Cases: from a failed test to a passing retest or a ruling. The steps are those of `domain::case`.
//!
//! To add a step: the step in `domain::case`, its golden rows in `tests/rules/tables/case.csv`, an event, an action
//! of three paragraphs here, its endpoint and its right.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    hand_back_repair, lapse_claims, list_overdue, look_up, must_be_shop_of, refused, rule_case, start_repair,
};
pub use store::{last_closing, load, lock, of_shop, open_case, open_cases, save, save_all};
pub use wire::{CaseQuery, RulingIn};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::find_case)
        .service(endpoints::list_cases)
        .service(endpoints::read_case)
        .service(endpoints::read_case_history)
        .service(endpoints::start_repair)
        .service(endpoints::hand_back_repair)
        .service(endpoints::take_over_repair)
        .service(endpoints::rule_case);
}
