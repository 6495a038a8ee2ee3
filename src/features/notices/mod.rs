//! Notices: what the owner of a listed vehicle is told, and whether it has arrived.
//!
//! A notice is written in the transaction that records its listing; the city's gateway hears of it by the event
//! `notice_written`, reads it here, and tells how it fared. The delivery is an operation of `listings`, since a listing
//! that waits takes effect by it.
//!
//! To add a step: the step in `domain::notice`, its golden rows in `tests/rules/tables/notice.csv`, an action, its
//! endpoint and its right.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{deliver, withdraw, write};
pub use store::of_vehicle;
pub use wire::{DeliveryIn, NoticeOut};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::list_notices)
        .service(endpoints::read_notices)
        .service(endpoints::send_notice)
        .service(endpoints::fail_notice);
}
