//! What is forgotten by rule: the contents of old rows, and all but the last checkpoint of old days.

use chrono::{Days, Duration};

use crate::{
    domain::{event::Event, lawbook::Lawbook, time::Day},
    features::ledger::store::{self, LeafRow},
    platform::{db::Tx, problem::Problem},
};

/// Rows whose content is erased in one round.
const ROUND: i64 = 500;
/// Days before the first kept one in which checkpoints are looked for.
const WINDOW: u64 = 31;

/// Erases the contents of rows and the checkpoints that are older than the rules let them be.
///
/// # Errors
/// The database fails.
pub fn tend(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    erase_contents(tx, lawbook)?;
    thin_checkpoints(tx, lawbook)
}

/// The leaf of an erased row stays, and proves as before; its salt goes, so nobody can guess what it was.
fn erase_contents(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    let days: i64 = lawbook.settings.on("journal_content_kept_days", tx.at().local_day());
    let before = tx.at().minus(Duration::days(days));
    let (_, from) = store::log_size(tx.conn())?;
    let signed = store::last_checkpoint(tx.conn())?.map_or(0, |last| last.size());
    let leaves = store::leaves(tx.conn(), from, ROUND)?;
    let is_old = |leaf: &&LeafRow| leaf.recorded_at < before && leaf.place() < signed;
    let old: Vec<_> = leaves.iter().take_while(is_old).collect();
    let Some(last) = old.last() else { return Ok(()) };

    let to = last.place() + 1;
    let keys: Vec<_> = old.iter().map(|leaf| (leaf.subject_id, leaf.journal_id)).collect();
    store::delete_rows(tx.conn(), &keys)?;
    store::erase_salts(tx.conn(), from, to)?;
    tx.record(tx.mint::<()>(), Event::JournalErased { from, to });
    Ok(())
}

fn thin_checkpoints(tx: &mut Tx<'_>, lawbook: &Lawbook) -> Result<(), Problem> {
    let today = tx.at().local_day();
    let days: u64 = lawbook.settings.on("journal_checkpoint_days", today);
    let first_kept = today.checked_sub_days(Days::new(days)).unwrap_or(Day::MIN);
    let from = first_kept.checked_sub_days(Days::new(WINDOW)).unwrap_or(Day::MIN);
    let mut last_day = None;
    let surplus = store::checkpoint_days(tx.conn(), from, first_kept)?.into_iter().filter_map(|(size, day)| {
        let is_last = last_day.replace(day) != Some(day);
        (!is_last).then_some(size)
    });
    let surplus: Vec<i64> = surplus.collect();
    Ok(store::delete_checkpoints(tx.conn(), &surplus)?)
}
