//! Repairs: what an M-station found, did and measured, tied to the failing report that it answers.
//!
//! To add a rule: a word in `domain::repair::RepairFault`, its check there, a golden row in
//! `tests/rules/tables/repair.csv`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{complete_repair, record_repair};
pub use store::newest_of;
pub use wire::RepairOut;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::record_repair)
        .service(endpoints::complete_repair)
        .service(endpoints::recall_repair)
        .service(endpoints::read_repair);
}
