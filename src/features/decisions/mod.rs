//! Decisions: may this vehicle enter here now, and may it be transferred in.
//!
//! A decision leaves no row in the journal, which is kept for good: plate, place and time are a movement trace. To add
//! a fact: a field of `domain::zone::Subject`, filled in `actions::facts`; a condition on it is a field of `Who`.

mod actions;
mod endpoints;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{decide_access, facts};
pub use wire::{AccessIn, AccessOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::decide_access).service(endpoints::check_transfer_in);
}
