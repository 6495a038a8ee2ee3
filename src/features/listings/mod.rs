//! Listings: the reasons for which vehicles stand on the blacklist, each with its evidence and its way off.
//!
//! To add a reason: a word in `domain::listing::ListingReason` with its way off, and the action that records it.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    blacklist_vehicle, expired, lift_by, lift_elimination, lift_expired, lift_listing, lift_of_case,
    lift_overdue_inspections, lift_reason_of_case, list_by_rule, list_elimination, list_overdue_case, resume,
    standing, suspend,
};
pub use store::of_vehicle;
pub use wire::{ListingIn, WayOffOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::blacklist_vehicle)
        .service(endpoints::lift_listing)
        .service(endpoints::deliver_notice)
        .service(endpoints::read_listings);
}
