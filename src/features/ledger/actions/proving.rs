//! Proving that a row is in the log, and that one state of the log continues another.

use std::collections::HashMap;

use crate::{
    domain::{
        id::Id,
        ledger::{Content, EntryState, consistency_path, inclusion_path, root},
    },
    features::ledger::{
        store::{self, CheckpointRow, LeafRow, Row, Tiles},
        wire::{CheckpointOut, ConsistencyOut, EntryOut, EntryProofOut},
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// How a journal row stands in the log, with what proves it.
///
/// # Errors
/// There is no such row (404), or the database fails.
pub fn entry(conn: &mut AnyConnection, id: Id<()>) -> Result<EntryProofOut, Problem> {
    let last = store::last_checkpoint(conn)?;
    let Some(leaf) = store::leaf_of(conn, id)? else {
        let subject = store::subject_waiting(conn, id)?.ok_or_else(Problem::not_found)?;
        let row = store::rows(conn, &[(subject, id)])?.pop().ok_or_else(Problem::not_found)?;
        return Ok(EntryProofOut { entry: unsealed(row, None), path: Vec::new(), checkpoint: None });
    };
    let row = store::rows(conn, &[(leaf.subject_id, leaf.journal_id)])?.pop();
    let entry = shown(&leaf, row, last.as_ref());
    let covering = last.filter(|last| leaf.place() < last.size());
    let path = match &covering {
        Some(last) => inclusion_path(&mut Tiles::new(conn), leaf.place(), last.size())?,
        None => Vec::new(),
    };
    Ok(EntryProofOut { entry, path, checkpoint: covering.map(CheckpointOut::from) })
}

/// A subject's rows, each as it stands in the log.
///
/// # Errors
/// The database fails.
pub fn entries_of(
    conn: &mut AnyConnection,
    subject: Id<()>,
    after: Option<Id<()>>,
    limit: i64,
) -> Result<Vec<EntryOut>, Problem> {
    let last = store::last_checkpoint(conn)?;
    let rows = store::of_subject(conn, subject, after, limit)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let leaves = store::leaves_of(conn, &ids)?;
    let leaves: HashMap<_, _> = leaves.iter().map(|leaf| (leaf.journal_id, leaf)).collect();
    let stand = |row: Row| match leaves.get(&row.id) {
        Some(leaf) => shown(leaf, Some(row), last.as_ref()),
        None => unsealed(row, None),
    };
    Ok(rows.into_iter().map(stand).collect())
}

fn shown(leaf: &LeafRow, row: Option<Row>, last: Option<&CheckpointRow>) -> EntryOut {
    let content = row.map(|row| row.content);
    let line = leaf.line(content);
    let is_signed = last.is_some_and(|last| line.leaf < last.size());
    let state = match line.leaf().state(line.salt.as_ref(), line.content.as_ref()) {
        EntryState::Sealed if !is_signed => EntryState::Unsealed,
        state => state,
    };
    EntryOut {
        entry_id: line.entry_id,
        subject_id: line.subject_id,
        recorded_at: line.recorded_at,
        state,
        leaf: Some(line.leaf),
        content: line.content.map(|Content(content)| content),
        content_hash: Some(line.content_hash),
        salt: line.salt.map(|salt| salt.0),
    }
}

fn unsealed(row: Row, leaf: Option<u64>) -> EntryOut {
    EntryOut {
        entry_id: row.id,
        subject_id: row.subject,
        recorded_at: row.recorded_at,
        state: EntryState::Unsealed,
        leaf,
        content: Some(row.content.0),
        content_hash: None,
        salt: None,
    }
}

/// What proves that the log of `to` entries begins with the log of `from`.
///
/// # Errors
/// The log is not so long (422), or the database fails.
pub fn consistency(conn: &mut AnyConnection, from: u64, to: Option<u64>) -> Result<ConsistencyOut, Problem> {
    let signed = store::last_checkpoint(conn)?.map_or(0, |last| last.size());
    let to = to.unwrap_or(signed);
    if to > signed {
        return Err(Problem::invalid(
            "/to",
            "range",
            format!("the log has {signed} entries"),
            format!("日志共 {signed} 条"),
        ));
    }
    if from > to {
        return Err(Problem::invalid("/from", "range", "must not be after `to`", "不得大于 to"));
    }
    let mut tiles = Tiles::new(conn);
    let (from_root, to_root) = (root(&mut tiles, from)?, root(&mut tiles, to)?);
    Ok(ConsistencyOut { from, to, from_root, to_root, proof: consistency_path(&mut tiles, from, to)? })
}
