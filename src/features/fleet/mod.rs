//! Fleet: the register of memberships, movements and scrappages, the entries that each vehicle adds to the books, and the
//! rollups by which targets are counted.
//!
//! To add a trade: a word in `domain::fleet::Trade`. To add a way in or out: a word in `MovementKind`, its place in
//! `domain::fleet::rules`, and a row for every state in `tests/rules/tables/movements.csv`.

mod actions;
mod endpoints;
mod store;
mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

pub use actions::{
    Difference, keep_books, note_seen, record_membership, record_movement, record_scrappage, take_membership,
    vehicle_of, verify,
};
pub use store::{
    Kept,
    entries::EntryRow,
    memberships::standing_of as standing_memberships,
    movements::{exits, standing_of as standing_movements},
    recount::{Lookup, by_operator, counts, daily, ins_and_outs, page},
    rollups::{additions_by_month, additions_of_year, stock_after, stock_by_month, stock_now},
    scrappages::standing_of as standing_scrappages,
    sightings::last_seen,
};
pub use wire::{MembershipIn, MovementIn, ScrappageIn};

/// The routes of this area.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(endpoints::record_membership)
        .service(endpoints::record_memberships)
        .service(endpoints::read_memberships)
        .service(endpoints::end_membership)
        .service(endpoints::correct_membership)
        .service(endpoints::record_movement)
        .service(endpoints::record_movements)
        .service(endpoints::read_movements)
        .service(endpoints::correct_movement)
        .service(endpoints::record_scrappage)
        .service(endpoints::record_scrappages)
        .service(endpoints::read_scrappages)
        .service(endpoints::record_dismantling)
        .service(endpoints::read_fleet_findings);
}
