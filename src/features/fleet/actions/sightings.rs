//! Vehicles that are seen at gates and on roads: the last day is kept, and a scrapped one that turns up is a finding.

use std::collections::BTreeMap;

use serde_json::json;

use crate::{
    domain::{
        fleet::{FleetOddity, SightedBy},
        id::Id,
        time::Day,
        vehicle::Vehicle,
    },
    features::fleet::store::{self, sightings::SightingRow},
    platform::{db::Tx, problem::Problem},
};

/// Keeps the last day on which each vehicle was seen, and notes those that were scrapped before the day. A vehicle is
/// noted once for each day and way.
///
/// # Errors
/// The database fails.
pub fn note_seen(tx: &mut Tx<'_>, way: SightedBy, seen: &[(Id<Vehicle>, Day)]) -> Result<(), Problem> {
    let mut last = BTreeMap::<Id<Vehicle>, Day>::new();
    for (vehicle, day) in seen {
        let kept = last.entry(*vehicle).or_insert(*day);
        *kept = (*kept).max(*day);
    }
    if last.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = last.keys().copied().collect();
    let known = store::sightings::of_vehicles(tx.conn(), &ids)?;
    let is_newer = |vehicle: Id<Vehicle>, day: Day| {
        !known.iter().any(|row| (row.vehicle_id, row.way) == (vehicle, way) && row.seen_on >= day)
    };
    let newer = last.iter().filter(|(vehicle, day)| is_newer(**vehicle, **day));
    let rows: Vec<_> = newer.map(|(id, day)| SightingRow { vehicle_id: *id, way, seen_on: *day }).collect();
    store::sightings::keep(tx.conn(), &rows)?;

    for (vehicle, scrapped) in store::scrappages::standing_of(tx.conn(), &ids)? {
        let Some(seen_on) = last.get(&vehicle).filter(|day| **day > scrapped.fact.scrapped_on) else { continue };
        let facts = json!({ "way": way, "seen_on": seen_on, "scrappage_id": scrapped.fact.id });
        store::findings::note(tx, vehicle, &[(FleetOddity::ScrappedButSeen, facts)])?;
    }
    Ok(())
}
