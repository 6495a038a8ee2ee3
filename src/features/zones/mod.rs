//! Zones, and all else that restricts traffic: holidays, exemptions, permits, emergency measures and orders. Every
//! version is kept, and the whole set stands in memory.
//!
//! To add a kind of control: a variant of `domain::zone::Control` with its word, an In-struct that makes one, an
//! action that checks it and calls `actions::record`, and the endpoints; the table stays as it is.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::deliver;
pub use store::recorded;

use crate::platform::{problem::Problem, state::State};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::register_zone)
        .service(endpoints::list_zones)
        .service(endpoints::read_zone)
        .service(endpoints::amend_zone)
        .service(endpoints::withdraw_zone)
        .service(endpoints::amend_special_day)
        .service(endpoints::list_special_days)
        .service(endpoints::amend_measure)
        .service(endpoints::list_measures)
        .service(endpoints::grant_zone_exemption)
        .service(endpoints::list_zone_exemptions)
        .service(endpoints::revoke_zone_exemption)
        .service(endpoints::issue_permit)
        .service(endpoints::list_permits)
        .service(endpoints::revoke_permit)
        .service(endpoints::issue_order)
        .service(endpoints::list_orders)
        .service(endpoints::end_order);
}

/// Reads the controls again when they have been amended.
///
/// # Errors
/// The database cannot be read.
pub async fn refresh(state: &State) -> Result<(), Problem> {
    state.controls.renew(&state.db, store::mark, store::controls).await
}
