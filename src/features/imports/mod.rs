//! Imports and exports: whole files of the register, taken over chunk by chunk by the actions of their own areas.
//!
//! To add a kind of rows: a member of `domain::import::ImportKind`, a file in `kinds` with a unit struct that is a
//! [`kinds::Rows`], and its line in `kinds::of`. What its area does with a batch of rows is a function of that area.

mod actions;
mod endpoints;
mod kinds;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    By, CHUNK, Job, Order, Progress, forget, open_or_resume, start, sweep, work_off, write_export, write_refused,
};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::import_file)
        .service(endpoints::list_imports)
        .service(endpoints::read_import)
        .service(endpoints::read_import_errors)
        .service(endpoints::export_register);
}
