//! Progress: a department enters it, somebody else reviews it.

use super::refused;
use crate::{
    domain::{
        event::Event,
        id::Id,
        role::Role,
        task::{Entry, Review, Task},
    },
    features::tasks::{
        store,
        wire::{EntryIn, ReviewIn},
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// The department of a task, or the bureau for it, enters progress.
///
/// # Errors
/// No such task (404), another department's (403), withdrawn (409), or what is told does not fit (422).
pub fn enter_progress(tx: &mut Tx<'_>, on: &Ground, id: Id<Task>, told: &EntryIn) -> Result<Entry, Problem> {
    let task = store::lock(tx.conn(), id)?;
    let own = task.organisation.is_some_and(|own| own.uuid() == on.caller.organisation);
    if !own && on.caller.role != Role::EcologyBureau {
        return Err(Problem::new(Kind::Forbidden).because("the task is another department's", "该任务由其他单位负责"));
    }
    let entry = Entry {
        id: tx.mint(),
        task: id,
        as_of: told.as_of,
        text: told.text.clone(),
        figure: told.figure,
        stated: told.stated,
        evidence: told.evidence.clone(),
        entered_by: tx.actor().id,
        entered_at: tx.at(),
        review: None,
    };

    task.take(&entry).map_err(refused)?;

    store::insert_entry(tx.conn(), &entry)?;
    tx.record(on.caller.home(), Event::ProgressEntered { task: id, entry: entry.id });
    Ok(entry)
}

/// A reviewer accepts an entry or gives it back.
///
/// # Errors
/// No such entry (404), or it was reviewed already or is the reviewer's own (409).
pub fn review_progress(
    tx: &mut Tx<'_>,
    on: &Ground,
    (task, id): (Id<Task>, Id<Entry>),
    told: &ReviewIn,
) -> Result<Entry, Problem> {
    store::lock(tx.conn(), task)?;
    let entry = store::entry(tx.conn(), task, id)?.ok_or_else(Problem::not_found)?;
    let review = Review { accepted: told.accepted, remark: told.remark.clone(), by: tx.actor().id, at: tx.at() };

    let entry = entry.review(review).map_err(refused)?;

    store::save_review(tx.conn(), &entry)?;
    tx.record(on.caller.home(), Event::ProgressReviewed { task, entry: id, accepted: told.accepted });
    Ok(entry)
}
