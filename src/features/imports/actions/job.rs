//! An import as a row: opened, resumed, finished, forgotten.

use chrono::Duration;

use crate::{
    domain::{
        event::Event,
        id::Id,
        import::{Import, ImportKind, ImportState, Tally},
    },
    features::imports::store::{self, Columns, ImportRow, Map},
    import::Table,
    platform::{
        db::{Json, Tx},
        journal::Actor,
        problem::{Kind, Problem},
    },
};

/// How long a worker may be silent before another goes on.
const LEASE_MIN: i64 = 5;
/// How long an import with its file and faults is kept.
const KEPT_DAYS: i64 = 30;
/// Imports forgotten at a time.
const SWEPT: i64 = 20;

/// What is to be imported, and how.
#[derive(Debug, Clone)]
pub struct Order {
    /// What the rows are.
    pub kind: ImportKind,
    /// Whether only to tell what would change.
    pub dry_run: bool,
    /// What the sender says of the columns.
    pub map: Map,
    /// Whether to go on where an import of the same file stopped.
    pub resume: bool,
}

/// An import under way.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: Id<Import>,
    /// What the rows are.
    pub kind: ImportKind,
    /// Whether only to tell what would change.
    pub dry_run: bool,
    /// What the sender says of the columns.
    pub map: Map,
    /// How many chunks were worked off before.
    pub chunks: i64,
    /// What they did.
    pub tally: Tally,
}

impl Job {
    /// The import of a row.
    ///
    /// # Errors
    /// The database fails.
    pub fn load(tx: &mut Tx<'_>, row: &ImportRow) -> Result<Self, Problem> {
        let chunks = store::chunks(tx.conn(), row.id)?;
        let tally = chunks.iter().fold(Tally::default(), |sum, chunk| sum.and(chunk.tally()));
        let chunks = chunks.last().map_or(0, |chunk| chunk.ordinal + 1);
        Ok(Self { id: row.id, kind: row.kind, dry_run: row.dry_run, map: row.map.0.clone(), chunks, tally })
    }
}

/// Opens the import of a file, or goes on with the last one of the same file.
///
/// # Errors
/// The database fails, or another process works on it now (409).
pub fn open_or_resume(tx: &mut Tx<'_>, order: &Order, sha256: &str) -> Result<Job, Problem> {
    let earlier = if order.resume { store::newest_of_file(tx.conn(), order.kind, sha256)? } else { None };
    let id = match earlier {
        Some(row) => row.id,
        None => insert(tx, order, sha256)?,
    };
    take_on(tx, id)?;
    let row = store::load(tx.conn(), id)?.ok_or_else(Problem::not_found)?;
    Job::load(tx, &row)
}

/// A new import that waits.
pub(super) fn insert(tx: &mut Tx<'_>, order: &Order, sha256: &str) -> Result<Id<Import>, Problem> {
    let (at, id) = (tx.at(), tx.mint());
    let Actor { id: requested_by, organisation, role, .. } = tx.actor().clone();
    let row = ImportRow {
        id,
        kind: order.kind,
        state: ImportState::Waiting,
        dry_run: order.dry_run,
        format: None,
        encoding: None,
        sha256: sha256.to_owned(),
        map: Json(order.map.clone()),
        understood: None,
        failure: None,
        requested_by: requested_by.map(Id::from),
        organisation_id: organisation.map(Id::from),
        role,
        requested_at: at,
        changed_at: at,
        leased_until: None,
    };
    store::insert(tx.conn(), &row)?;
    if !order.dry_run {
        tx.record(id, Event::ImportRequested { import: id, kind: order.kind, dry_run: order.dry_run });
    }
    Ok(id)
}

/// One worker at a time.
pub(super) fn take_on(tx: &mut Tx<'_>, id: Id<Import>) -> Result<(), Problem> {
    let at = tx.at();
    let done = store::load(tx.conn(), id)?.is_some_and(|row| row.state == ImportState::Done);
    if done || store::lease(tx.conn(), id, at, at.plus(Duration::minutes(LEASE_MIN)))? {
        return Ok(());
    }
    Err(Problem::new(Kind::WrongState).retry_after(60).because(
        "another process works on this import now; it may be taken on when that has been silent for five minutes",
        "另一进程正在处理该导入任务；其停止响应五分钟后方可接续",
    ))
}

/// The worker is alive.
pub(super) fn renew_lease(tx: &mut Tx<'_>, id: Id<Import>) -> Result<(), Problem> {
    let at = tx.at();
    store::set_state(tx.conn(), id, ImportState::Running, Some(at.plus(Duration::minutes(LEASE_MIN))), at)?;
    Ok(())
}

/// What the file turned out to be.
pub(super) fn describe(tx: &mut Tx<'_>, id: Id<Import>, described: &Described) -> Result<(), Problem> {
    store::describe(tx.conn(), id, described.format, described.encoding, described.columns.clone())?;
    Ok(())
}

/// A file that was opened.
#[derive(Debug, Clone)]
pub(super) struct Described {
    format: crate::import::Format,
    encoding: crate::import::Encoding,
    columns: Columns,
}

impl Described {
    pub(super) fn of(table: &Table, mapping: &crate::import::Mapping) -> Self {
        let read = mapping.read_columns().map(|(header, field)| (header.to_owned(), field.to_owned())).collect();
        let columns = Columns { read, ignored: mapping.ignored.clone() };
        Self { format: table.format, encoding: table.inspected.encoding, columns }
    }
}

/// Every chunk was worked off.
pub(super) fn finish(tx: &mut Tx<'_>, job: &Job) -> Result<(), Problem> {
    let at = tx.at();
    store::set_state(tx.conn(), job.id, ImportState::Done, None, at)?;
    if !job.dry_run {
        tx.record(job.id, Event::ImportDone { import: job.id, kind: job.kind, dry_run: job.dry_run });
    }
    Ok(())
}

/// The file cannot be read as a table of its kind.
pub(super) fn fail(tx: &mut Tx<'_>, job: &Job, why: serde_json::Value) -> Result<(), Problem> {
    let at = tx.at();
    store::set_failure(tx.conn(), job.id, why)?;
    store::set_state(tx.conn(), job.id, ImportState::Failed, None, at)?;
    if !job.dry_run {
        tx.record(job.id, Event::ImportFailed { import: job.id, kind: job.kind });
    }
    Ok(())
}

/// Forgets an import with its file and its faults; what it brought stays.
///
/// # Errors
/// The database fails.
pub fn forget(tx: &mut Tx<'_>, id: Id<Import>) -> Result<(), Problem> {
    Ok(store::forget(tx.conn(), id)?)
}

/// Forgets the imports whose time has passed.
///
/// # Errors
/// The database fails.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let before = tx.at().minus(Duration::days(KEPT_DAYS));
    for id in store::quiet_since(tx.conn(), before, SWEPT)? {
        store::forget(tx.conn(), id)?;
    }
    Ok(())
}
