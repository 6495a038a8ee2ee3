//! The log's size and its leaves.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, update,
};

use super::{counted, stored};
use crate::{
    domain::{
        id::Id,
        ledger::{Content, EntryLine, Hash, LOG, Leaf, Salt},
        time::Instant,
    },
    platform::db::{AnyConnection, insert_rows},
    schema::{journal_leaves, journal_logs},
};

/// A leaf as it is stored.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = journal_leaves, treat_none_as_default_value = false)]
pub struct LeafRow {
    log: String,
    leaf: i64,
    /// The journal row.
    pub journal_id: Id<()>,
    /// What it is about.
    pub subject_id: Id<()>,
    /// When it was recorded.
    pub recorded_at: Instant,
    content_hash: Vec<u8>,
    salt: Option<Vec<u8>>,
}

impl LeafRow {
    /// The row of a new leaf.
    pub fn new(place: u64, leaf: &Leaf, salt: &Salt) -> Self {
        Self {
            log: LOG.to_owned(),
            leaf: stored(place),
            journal_id: leaf.entry,
            subject_id: leaf.subject,
            recorded_at: leaf.recorded_at,
            content_hash: leaf.content_hash.0.to_vec(),
            salt: Some(salt.0.0.to_vec()),
        }
    }

    /// Its place.
    pub fn place(&self) -> u64 {
        counted(self.leaf)
    }

    /// The row as it is shown, with the content that the journal has; a hash that was damaged shows as zeros.
    pub fn line(&self, content: Option<Content>) -> EntryLine {
        let read = |bytes: &[u8]| Hash::read(bytes).unwrap_or(Hash([0; 32]));
        EntryLine {
            leaf: self.place(),
            entry_id: self.journal_id,
            subject_id: self.subject_id,
            recorded_at: self.recorded_at,
            content_hash: read(&self.content_hash),
            salt: self.salt.as_deref().map(|salt| Salt(read(salt))),
            content,
        }
    }
}

/// How many leaves the log has, and before which leaf the contents are erased.
pub fn log_size(conn: &mut AnyConnection) -> QueryResult<(u64, u64)> {
    let (size, erased): (i64, i64) =
        journal_logs::table.find(LOG).select((journal_logs::size, journal_logs::erased)).first(conn)?;
    Ok((counted(size), counted(erased)))
}

/// Makes the log longer; `false` when it is not of the size that it was grown from.
pub fn grow(conn: &mut AnyConnection, from: u64, to: u64) -> QueryResult<bool> {
    let log = journal_logs::table.filter(journal_logs::log.eq(LOG)).filter(journal_logs::size.eq(stored(from)));
    Ok(update(log).set(journal_logs::size.eq(stored(to))).execute(conn)? == 1)
}

/// Adds leaves.
pub fn insert_leaves(conn: &mut AnyConnection, rows: &[LeafRow]) -> QueryResult<usize> {
    insert_rows!(conn, journal_leaves::table, rows)
}

/// Leaves from a place on.
pub fn leaves(conn: &mut AnyConnection, from: u64, limit: i64) -> QueryResult<Vec<LeafRow>> {
    journal_leaves::table
        .filter(journal_leaves::log.eq(LOG))
        .filter(journal_leaves::leaf.ge(stored(from)))
        .order(journal_leaves::leaf)
        .limit(limit)
        .select(LeafRow::as_select())
        .load(conn)
}

/// The leaf of a journal row.
pub fn leaf_of(conn: &mut AnyConnection, id: Id<()>) -> QueryResult<Option<LeafRow>> {
    journal_leaves::table
        .filter(journal_leaves::log.eq(LOG))
        .filter(journal_leaves::journal_id.eq(id))
        .select(LeafRow::as_select())
        .first(conn)
        .optional()
}

/// The leaves of some journal rows.
pub fn leaves_of(conn: &mut AnyConnection, ids: &[Id<()>]) -> QueryResult<Vec<LeafRow>> {
    journal_leaves::table
        .filter(journal_leaves::log.eq(LOG))
        .filter(journal_leaves::journal_id.eq_any(ids))
        .select(LeafRow::as_select())
        .load(conn)
}

/// Erases the salts of the leaves between two places.
pub fn erase_salts(conn: &mut AnyConnection, from: u64, to: u64) -> QueryResult<()> {
    let leaves = journal_leaves::table
        .filter(journal_leaves::log.eq(LOG))
        .filter(journal_leaves::leaf.ge(stored(from)))
        .filter(journal_leaves::leaf.lt(stored(to)));
    update(leaves).set(journal_leaves::salt.eq(None::<Vec<u8>>)).execute(conn)?;
    update(journal_logs::table.find(LOG)).set(journal_logs::erased.eq(stored(to))).execute(conn)?;
    Ok(())
}
