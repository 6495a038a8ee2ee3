//! Inspections: readings judged against the law of their day, explained, and followed into the vehicle's case.
//!
//! To add a method: its readings in `domain::standard::readings`, its items, its rows in `limits.csv`, its golden
//! table; nothing here changes. To add a fact that stations send: a field of `wire::InspectionIn`; it is kept in
//! the `sent` column without a migration.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::record_inspections;
pub use store::{LastTests, as_recorded, last_tests, load};
pub use wire::{InspectionIn, InspectionOut, ItemOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::record_inspection)
        .service(endpoints::record_inspections)
        .service(endpoints::judge_readings)
        .service(endpoints::list_inspections)
        .service(endpoints::list_vehicle_inspections)
        .service(endpoints::read_inspection)
        .service(endpoints::read_trace)
        .service(endpoints::read_repair_notice)
        .service(endpoints::rejudge_inspection)
        .service(endpoints::void_inspection)
        .service(endpoints::correct_inspection)
        .service(endpoints::confirm_inspection);
}
