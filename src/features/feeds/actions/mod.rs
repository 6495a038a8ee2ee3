//! What feeds tell: the changes by number, and copies of the list.

mod changes;
mod issuing;

pub use changes::changes;
pub use issuing::{delta_to, issue, note_download};

use crate::{
    domain::{change::Changed, id::Id, vehicle::Vehicle},
    platform::feed::FeedEntry,
};

/// The vehicles among the subjects, each once.
fn vehicles_of(entries: &[FeedEntry]) -> Vec<Id<Vehicle>> {
    let of_vehicle = |entry: &&FeedEntry| matches!(entry.changed, Changed::Vehicle | Changed::Listing);
    let mut ids: Vec<Id<Vehicle>> =
        entries.iter().filter(of_vehicle).map(|entry| entry.subject_id.recast()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
