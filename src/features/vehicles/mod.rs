//! Vehicles: identity by VIN and by plate with its kind, data with sources, plate bindings with dates.
//!
//! To add a fact about vehicles: a field of `domain::vehicle::Vehicle`, a field of `wire::VehicleIn` and its line
//! in `VehicleIn::read`; it is kept in the `facts` column without a migration.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{find, meet, register_vehicle, sight, take_vehicles};
pub use store::{holders_of_plates, load, load_many, lock, lock_many, owner_of, walk};
pub use wire::{IdentityIn, SightingIn, VehicleIn, VehicleOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::register_vehicle)
        .service(endpoints::find_vehicle)
        .service(endpoints::read_vehicle)
        .service(endpoints::correct_vehicle)
        .service(endpoints::bind_plate);
}
