//! Passes: what the gates of enterprises let through and what they refused (HJ 1321-2023), and what an emergency order
//! made of it.
//!
//! A pass is plate, place and time: it is kept for a dated setting (`gate_pass_kept_days`) and then deleted. To add a
//! field of the ledger: a field of `wire::PassIn`; it is kept in the `body` column without a migration.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::sweep;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::record_gate_passes)
        .service(endpoints::list_gate_passes)
        .service(endpoints::review_order);
}
