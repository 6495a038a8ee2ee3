//! Changes of listings.

mod holding;
mod lifting;
mod recording;

pub use holding::{deliver_notice, resume, standing, suspend};
pub use lifting::{
    expired, lift_by, lift_elimination, lift_expired, lift_listing, lift_of_case, lift_overdue_inspections,
    lift_reason_of_case,
};
pub use recording::{blacklist_vehicle, list_by_rule, list_elimination, list_overdue_case};

use super::store;
use crate::{
    domain::{
        change::Changed,
        event::Event,
        id::Id,
        listing::{Listing, ListingError},
        vehicle::Vehicle,
    },
    features::vehicles,
    platform::{
        db::Tx,
        problem::{Kind, Problem},
    },
};

/// A listing of a vehicle.
type ListingKey = (Id<Vehicle>, Id<Listing>);

fn find(tx: &mut Tx<'_>, (vehicle, id): ListingKey) -> Result<Listing, Problem> {
    vehicles::lock(tx.conn(), vehicle)?;
    let listings = store::of_vehicle(tx.conn(), vehicle)?;
    listings.into_iter().find(|listing| listing.id == id).ok_or_else(Problem::not_found)
}

fn save(tx: &mut Tx<'_>, listing: &Listing, event: Event) -> Result<(), Problem> {
    store::save(tx.conn(), listing)?;
    tx.publish(listing.vehicle, Changed::Listing);
    tx.record(listing.vehicle, event);
    Ok(())
}

fn refused(error: ListingError) -> Problem {
    let zh = match error {
        ListingError::AlreadyLifted => "该记录已移出黑名单",
        ListingError::AlreadyEffective => "该记录已生效",
        ListingError::AlreadySuspended => "该记录已暂缓执行",
        ListingError::NotSuspended => "该记录未暂缓执行",
    };
    Problem::new(Kind::WrongState).because(error.to_string(), zh)
}
