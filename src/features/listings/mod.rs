//! Listings: the reasons for which vehicles stand on the blacklist, each with its evidence and its way off.
//!
//! To add a reason: a word in `domain::listing::ListingReason` with its way off, and the action that records it.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    blacklist_vehicle, lift_elimination, lift_listing, lift_of_case, list_elimination, list_overdue_case,
};
pub use wire::ListingIn;

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(endpoints::blacklist_vehicle).service(endpoints::lift_listing).service(endpoints::read_listings);
}
