//! Scores: what is counted of stations, their lines and inspectors, and of repair shops, by published formulas.
//!
//! To add a figure: a word with its formula in `domain::score::Indicator`, its count in `store`, its line in `actions`.
//! This area reads the tables of others and writes none. Thresholds of tampering findings stand nowhere here.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{Period, Subject, figures_of_stations};
pub use wire::{CusumOut, FigureOut, ScoreOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::list_scores).service(endpoints::list_score_formulas).service(endpoints::read_score);
}
