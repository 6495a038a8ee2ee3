//! Keeping the books: a vehicle's entries follow what is known of it, and the rollups follow the entries.

use serde_json::json;

use crate::{
    domain::{
        change::Changed,
        fleet::{Build, Entry, FleetOddity, History, entries, settle},
        id::Id,
        time::Day,
        vehicle::Vehicle,
    },
    features::{fleet::store, vehicles},
    platform::{
        db::{Db, Tx},
        feed,
        journal::Actor,
        problem::Problem,
    },
};

/// Entries of the feed that one transaction follows.
const FOLLOWED_AT_ONCE: i64 = 500;
/// Deltas of a book that one transaction folds.
const FOLDED_AT_ONCE: i64 = 5_000;

/// Brings a vehicle's entries in the books to what its history and its data ask for.
pub(super) fn settle_vehicle(tx: &mut Tx<'_>, vehicle: &Vehicle, history: &History) -> Result<(), Problem> {
    let rows = store::entries::standing(tx.conn(), &[vehicle.id])?;
    let mut standing: Vec<(Id<Entry>, Entry)> = rows.iter().map(|row| (row.id, row.entry())).collect();
    let known: Vec<Entry> = standing.iter().map(|(_, entry)| entry.clone()).collect();

    let settlement = settle(&known, &entries(history, Build::of(vehicle)));

    let mut closed = Vec::new();
    for entry in &settlement.closed {
        if let Some(place) = standing.iter().position(|(_, own)| own == entry) {
            closed.push(standing.swap_remove(place).0);
        }
    }
    let at = tx.at();
    if !closed.is_empty() {
        store::entries::close(tx.conn(), vehicle.id, &closed, at)?;
    }
    store::entries::open(tx, vehicle.id, &settlement.opened)?;
    store::entries::post(tx, &settlement.postings())?;
    Ok(())
}

/// Follows what has changed of the vehicles themselves, folds the open deltas, and once a day looks for scrapped
/// vehicles that were tested.
///
/// # Errors
/// The database cannot be written.
pub async fn keep_books(db: &Db) -> Result<(), Problem> {
    while db.write("follow_vehicles", Actor::service(), follow).await? {}
    while db
        .write("fold_rollups", Actor::service(), |tx| Ok(store::rollups::fold(tx.conn(), FOLDED_AT_ONCE)?))
        .await?
        > 0
    {}
    Ok(())
}

/// Follows a stretch of the feed; tells whether there may be more.
fn follow(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    let (sequence, looked_on) = store::progress::read(tx.conn())?.unwrap_or((0, Day::MIN));
    let changes = feed::after(tx.conn(), sequence, FOLLOWED_AT_ONCE)?;
    let ids: std::collections::BTreeSet<Id<Vehicle>> = changes
        .iter()
        .filter(|change| change.changed == Changed::Vehicle)
        .map(|change| change.subject_id.recast())
        .collect();
    let ids: Vec<Id<Vehicle>> = ids.into_iter().collect();
    let moved = store::movements::standing_of(tx.conn(), &ids)?;
    for id in ids.into_iter().filter(|id| moved.iter().any(|(moved, _)| moved == id)) {
        let vehicle = vehicles::lock(tx.conn(), id)?;
        let history = super::Register::load(tx.conn(), id)?.history();
        settle_vehicle(tx, &vehicle, &history)?;
    }
    let today = tx.at().local_day();
    if looked_on < today {
        look_for_scrapped(tx)?;
    }
    if let Some(last) = changes.last().map(|change| change.sequence).or((looked_on < today).then_some(sequence)) {
        store::progress::write(tx.conn(), last, today)?;
    }
    Ok(!changes.is_empty())
}

/// Scrapped vehicles that were tested after the day of their certificate.
fn look_for_scrapped(tx: &mut Tx<'_>) -> Result<(), Problem> {
    for (vehicle, scrapped_on, inspection, ended_at) in store::scrappages::tested_afterwards(tx.conn())? {
        if ended_at.local_day() > scrapped_on {
            let facts = json!({ "inspection_id": inspection, "tested_on": ended_at.local_day() });
            store::findings::note(tx, vehicle, &[(FleetOddity::ScrappedButTested, facts)])?;
        }
    }
    Ok(())
}
