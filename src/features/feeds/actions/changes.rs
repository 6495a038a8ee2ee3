//! The changes by number, each with what stands of its subject now.

use super::vehicles_of;
use crate::{
    domain::time::end_of,
    features::feeds::{
        store::{self, Barring, Standing},
        wire::{ChangeOut, ChangesOut, EntryOut},
    },
    platform::{
        db::AnyConnection,
        feed::{self, FeedEntry},
        problem::Problem,
    },
};

/// The changes after a number.
///
/// # Errors
/// The database fails.
pub fn changes(conn: &mut AnyConnection, after: i64, limit: i64) -> Result<ChangesOut, Problem> {
    let entries = feed::after(conn, after, limit)?;
    let standing = store::standing(conn, &vehicles_of(&entries))?;
    let head = feed::head(conn)?;
    let next = entries.last().map_or(after, |entry| entry.sequence);
    let items = entries.iter().map(|entry| change(entry, standing.get(&entry.subject_id.recast()))).collect();
    Ok(ChangesOut { items, next, head })
}

fn change(entry: &FeedEntry, standing: Option<&Standing>) -> ChangeOut {
    let standing = standing.cloned().unwrap_or_default();
    let told = |(reason, effective_from, last): Barring| EntryOut {
        reason,
        effective_from,
        effective_until: last.map(end_of),
    };
    let (plate, plate_kind) = standing.plate.unzip();
    ChangeOut {
        sequence: entry.sequence,
        changed: entry.changed,
        subject_id: entry.subject_id,
        recorded_at: entry.recorded_at,
        plate,
        plate_kind,
        entries: standing.entries.into_iter().map(told).collect(),
    }
}
