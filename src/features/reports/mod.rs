//! Reports: a catalogue of questions that read any table and write none, each as JSON, CSV and XLSX from the same rows.
//!
//! To add a report: a file in `catalogue` with a unit struct that is a [`catalogue::Report`] and holds its one query,
//! and its line in `catalogue::ALL`.

mod actions;
mod catalogue;
mod endpoints;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::write_report;
pub use catalogue::{Asked, Cell, Column, Emit, Parameter, Report, outcomes as repair_outcomes};
pub use wire::Shape;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::list_reports).service(endpoints::read_report);
}
