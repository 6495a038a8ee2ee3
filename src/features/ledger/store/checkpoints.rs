//! The checkpoints that were signed.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, insert_into, upsert::excluded,
};

use super::{counted, stored};
use crate::{
    domain::{
        ledger::{Checkpoint, Hash, LOG, Mark},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, on_db},
    schema::journal_checkpoints,
};

/// A checkpoint, as it was signed.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = journal_checkpoints, treat_none_as_default_value = false)]
pub struct CheckpointRow {
    log: String,
    size: i64,
    /// When it was signed last.
    pub issued_at: Instant,
    issued_on: Day,
    root: Vec<u8>,
    /// The document (JWS).
    pub document: String,
}

impl CheckpointRow {
    /// The row of a checkpoint.
    pub fn new(checkpoint: &Checkpoint, document: String) -> Self {
        Self {
            log: LOG.to_owned(),
            size: stored(checkpoint.size),
            issued_at: checkpoint.issued,
            issued_on: checkpoint.issued.local_day(),
            root: checkpoint.root.0.to_vec(),
            document,
        }
    }

    /// How many entries the log had.
    pub fn size(&self) -> u64 {
        counted(self.size)
    }

    /// What it says.
    pub fn mark(&self) -> Mark {
        Mark { size: self.size(), root: Hash::read(&self.root).unwrap_or(Hash([0; 32])) }
    }
}

/// Keeps a checkpoint; one of the same size takes the place of the older.
pub fn put_checkpoint(conn: &mut AnyConnection, row: &CheckpointRow) -> QueryResult<usize> {
    on_db!(conn, |engine| {
        insert_into(journal_checkpoints::table)
            .values(row)
            .on_conflict((journal_checkpoints::log, journal_checkpoints::size))
            .do_update()
            .set((
                journal_checkpoints::issued_at.eq(excluded(journal_checkpoints::issued_at)),
                journal_checkpoints::issued_on.eq(excluded(journal_checkpoints::issued_on)),
                journal_checkpoints::document.eq(excluded(journal_checkpoints::document)),
            ))
            .execute(engine)
    })
}

/// The checkpoint of the most entries.
pub fn last_checkpoint(conn: &mut AnyConnection) -> QueryResult<Option<CheckpointRow>> {
    Ok(checkpoints_before(conn, None, 1)?.pop())
}

/// Checkpoints of fewer entries than these, the largest first.
pub fn checkpoints_before(
    conn: &mut AnyConnection,
    before: Option<u64>,
    limit: i64,
) -> QueryResult<Vec<CheckpointRow>> {
    journal_checkpoints::table
        .filter(journal_checkpoints::log.eq(LOG))
        .filter(journal_checkpoints::size.lt(before.map_or(i64::MAX, stored)))
        .order(journal_checkpoints::size.desc())
        .limit(limit)
        .select(CheckpointRow::as_select())
        .load(conn)
}

/// Checkpoints of more than `after` and up to `to` entries, the smallest first.
pub fn checkpoints_within(conn: &mut AnyConnection, after: u64, to: u64) -> QueryResult<Vec<CheckpointRow>> {
    journal_checkpoints::table
        .filter(journal_checkpoints::log.eq(LOG))
        .filter(journal_checkpoints::size.gt(stored(after)))
        .filter(journal_checkpoints::size.le(stored(to)))
        .order(journal_checkpoints::size)
        .select(CheckpointRow::as_select())
        .load(conn)
}

/// The smallest checkpoint that covers so many entries.
pub fn checkpoint_over(conn: &mut AnyConnection, entries: u64) -> QueryResult<Option<CheckpointRow>> {
    journal_checkpoints::table
        .filter(journal_checkpoints::log.eq(LOG))
        .filter(journal_checkpoints::size.ge(stored(entries)))
        .order(journal_checkpoints::size)
        .select(CheckpointRow::as_select())
        .first(conn)
        .optional()
}

/// The sizes and days of the checkpoints of some days, the largest first.
pub fn checkpoint_days(conn: &mut AnyConnection, from: Day, before: Day) -> QueryResult<Vec<(i64, Day)>> {
    journal_checkpoints::table
        .filter(journal_checkpoints::log.eq(LOG))
        .filter(journal_checkpoints::issued_on.ge(from))
        .filter(journal_checkpoints::issued_on.lt(before))
        .order(journal_checkpoints::size.desc())
        .select((journal_checkpoints::size, journal_checkpoints::issued_on))
        .load(conn)
}

/// Forgets checkpoints by their sizes.
pub fn delete_checkpoints(conn: &mut AnyConnection, sizes: &[i64]) -> QueryResult<()> {
    for sizes in sizes.chunks(500) {
        let rows = journal_checkpoints::table.filter(journal_checkpoints::log.eq(LOG));
        delete(rows.filter(journal_checkpoints::size.eq_any(sizes))).execute(conn)?;
    }
    Ok(())
}
