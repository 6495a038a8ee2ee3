//! Observations: what devices and officers see of vehicles on the road, at their keepers' and from afar; each is judged,
//! opens or joins the vehicle's case, and lists by its rule.
//!
//! To add a kind: its facts and words in `domain::observation`, its limits in `settings.csv`, its golden rows, a cause, a
//! reason and a switch, and here its endpoint with its right. Nothing in `actions` or `store` changes.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    Recorded, count_samplings, expire_evidence, list_overdue_inspections, must_be_a_person, record_observation,
};
pub use wire::{ObservationIn, ObservationOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::record_remote_sensing)
        .service(endpoints::record_roadside_check)
        .service(endpoints::record_premises_check)
        .service(endpoints::record_smoke)
        .service(endpoints::record_remote_obd)
        .service(endpoints::record_tampering)
        .service(endpoints::record_observations)
        .service(endpoints::list_waiting_observations)
        .service(endpoints::list_vehicle_observations)
        .service(endpoints::read_observation)
        .service(endpoints::review_observation);
}
