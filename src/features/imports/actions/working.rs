//! Working an import off: a chunk is read while the one before it is written, and each is taken whole or not at all.

use std::{collections::BTreeMap, io::Write, sync::Arc};

use futures_util::future::join;
use tokio::task::spawn_blocking;

use super::job::{self, Described, Job};
use crate::{
    domain::import::Tally,
    features::imports::{
        kinds::{self, Batch, Taken},
        store::{self, ChunkRow},
    },
    import::{Mapping, Record, RowFault, Table, refusal},
    platform::{
        db::{AnyConnection, Db, Tx},
        journal::Actor,
        problem::{Fault, Kind, Problem},
        state::Ground,
    },
};

/// How many rows are taken together, whole or not at all.
pub const CHUNK: usize = 1_000;
/// How often a chunk is tried while the database is busy.
const TRIES: u32 = 5;
/// Faults that are told when the refused rows are written.
const MOST_FAULTS: i64 = 1_000_000;

/// Who imports, and on what ground.
#[derive(Clone)]
pub struct By {
    /// As the journal names them.
    pub actor: Actor,
    /// Who takes part, and in which role they act.
    pub ground: Ground,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// What the rows so far did.
    pub tally: Tally,
    /// The last row that was worked off, as a spreadsheet numbers it.
    pub last_row: i64,
}

/// Works an import off from where it stands, and tells after each chunk how far it is.
///
/// # Errors
/// The columns cannot be found or the file not be read on (the import has failed), or the database fails (it may be
/// resumed).
pub async fn start(
    db: &Db,
    by: &By,
    job: &Job,
    table: Table,
    mut tell: impl FnMut(Progress),
) -> Result<Progress, Problem> {
    match work(db, by, job, table, &mut tell).await {
        Ok(progress) => Ok(progress),
        Err(Stop::Database(problem)) => Err(problem),
        Err(Stop::File(problem)) => {
            let (job, why) = (job.clone(), failure(&problem));
            let fail = move |tx: &mut Tx<'_>| job::fail(tx, &job, why.clone());
            db.write("fail_import", by.actor.clone(), fail).await?;
            Err(problem)
        }
    }
}

/// Why the work stops.
enum Stop {
    /// The file is at fault: trying again is of no use.
    File(Problem),
    /// The database is: the import may be resumed.
    Database(Problem),
}

async fn work(db: &Db, by: &By, job: &Job, table: Table, tell: &mut impl FnMut(Progress)) -> Result<Progress, Stop> {
    let rows = kinds::of(job.kind);
    let mapping = Mapping::find(&table.headers, rows.columns(), rows.needed(), &job.map).map_err(Stop::File)?;
    let (described, id) = (Described::of(&table, &mapping), job.id);
    let describe = move |tx: &mut Tx<'_>| job::describe(tx, id, &described);
    db.write("describe_import", by.actor.clone(), describe).await.map_err(Stop::Database)?;

    let reader = Reader { table, mapping: Arc::new(mapping), job: job.clone() };
    let (mut reader, mut next) = reader.skip_and_read(job.chunks).await?;
    let mut progress = Progress { tally: job.tally, last_row: 1 };
    while let Some(chunk) = next {
        let writing = write(db, by, job, &chunk);
        let (written, read) = join(writing, reader.read(chunk.ordinal + 1)).await;
        progress.tally = progress.tally.and(written.map_err(Stop::Database)?);
        progress.last_row = chunk.rows.1;
        tell(progress);
        (reader, next) = read?;
    }
    let done = job.clone();
    let finish = move |tx: &mut Tx<'_>| job::finish(tx, &done);
    db.write("finish_import", by.actor.clone(), finish).await.map_err(Stop::Database)?;
    Ok(progress)
}

/// A chunk that was read.
struct Chunk {
    ordinal: i64,
    rows: (i64, i64),
    places: Arc<Vec<i64>>,
    batch: Result<Arc<dyn Batch>, Arc<Vec<RowFault>>>,
}

/// Reads chunks on a thread of its own.
struct Reader {
    table: Table,
    mapping: Arc<Mapping>,
    job: Job,
}

impl Reader {
    async fn read(mut self, ordinal: i64) -> Result<(Self, Option<Chunk>), Stop> {
        let read = spawn_blocking(move || {
            let records = self.table.chunk(CHUNK)?;
            let chunk = self.understand(&records, ordinal);
            Ok((self, chunk))
        });
        read.await.map_err(|error| Stop::Database(Problem::internal(&error)))?.map_err(Stop::File)
    }

    async fn skip_and_read(mut self, chunks: i64) -> Result<(Self, Option<Chunk>), Stop> {
        let skip = spawn_blocking(move || {
            for _ in 0..chunks {
                self.table.chunk(CHUNK)?;
            }
            Ok(self)
        });
        let reader = skip.await.map_err(|error| Stop::Database(Problem::internal(&error)))?.map_err(Stop::File)?;
        reader.read(chunks).await
    }

    fn understand(&self, records: &[Record], ordinal: i64) -> Option<Chunk> {
        let (first, last) = (records.first()?, records.last()?);
        let batch = kinds::of(self.job.kind).read(records, &self.mapping);
        Some(Chunk {
            ordinal,
            rows: (first.row, last.row),
            places: Arc::new(records.iter().map(|record| record.row).collect()),
            batch: batch.map(Arc::from).map_err(Arc::new),
        })
    }
}

/// Writes a chunk; while the database is busy, a few times.
async fn write(db: &Db, by: &By, job: &Job, chunk: &Chunk) -> Result<Tally, Problem> {
    let mut tried = 1;
    loop {
        let (job, batch, places) = (job.clone(), chunk.batch.clone(), Arc::clone(&chunk.places));
        let on = by.ground.clone();
        let (ordinal, rows) = (chunk.ordinal, chunk.rows);
        let take = move |tx: &mut Tx<'_>| take_chunk(tx, &on, &job, (ordinal, rows), &places, &batch);
        match db.write("import_chunk", by.actor.clone(), take).await {
            Err(problem) if problem.kind() == Kind::Unavailable && tried < TRIES => {
                tokio::time::sleep(std::time::Duration::from_millis(100 << tried)).await;
                tried += 1;
            }
            outcome => return outcome,
        }
    }
}

/// Takes a chunk and notes in the same transaction that it was taken.
fn take_chunk(
    tx: &mut Tx<'_>,
    on: &Ground,
    job: &Job,
    (ordinal, rows): (i64, (i64, i64)),
    places: &[i64],
    batch: &Result<Arc<dyn Batch>, Arc<Vec<RowFault>>>,
) -> Result<Tally, Problem> {
    let taken = match batch {
        Ok(batch) if job.dry_run => tx.preview(|tx| batch.take(tx, on, &reason(job)))?,
        Ok(batch) => whole_or_not_at_all(tx, |tx| batch.take(tx, on, &reason(job)))?,
        Err(_) => Err(Vec::new()),
    };
    let (tally, faults) = match (taken, batch) {
        (Ok(effects), _) => (Tally::of(&effects), Vec::new()),
        (Err(_), Err(faults)) => (Tally::refused(places.len()), faults.to_vec()),
        (Err(faults), Ok(_)) => (Tally::refused(places.len()), placed(faults, places)),
    };
    if !store::insert_chunk(tx.conn(), ChunkRow::new(job.id, ordinal, rows, tally))? {
        return Err(Problem::new(Kind::WrongState)
            .because("another process has worked this chunk off", "该批次已由另一进程处理"));
    }
    store::insert_faults(tx.conn(), job.id, &faults)?;
    job::renew_lease(tx, job.id)?;
    Ok(tally)
}

/// Lets a batch be taken, and takes back what it did when a single row is at fault.
fn whole_or_not_at_all(
    tx: &mut Tx<'_>,
    take: impl FnOnce(&mut Tx<'_>) -> Result<Taken, Problem>,
) -> Result<Taken, Problem> {
    let mut faults = None;
    let outcome = tx.attempt(|tx| {
        take(tx)?.map_err(|found| {
            faults = Some(found);
            Problem::new(Kind::Invalid)
        })
    });
    match faults {
        Some(faults) => Ok(Err(faults)),
        None => outcome.map(Ok),
    }
}

fn placed(faults: Vec<(usize, Fault)>, places: &[i64]) -> Vec<RowFault> {
    let place = |(at, fault)| RowFault { row: places.get(at).copied().unwrap_or_default(), fault };
    faults.into_iter().map(place).collect()
}

/// Why what is known was changed, as the journal tells it.
fn reason(job: &Job) -> String {
    format!("import {}", job.id)
}

fn failure(problem: &Problem) -> serde_json::Value {
    use crate::platform::problem::Language::{Chinese, English};
    let told = |language| problem.to_json(language, "", None);
    serde_json::json!({ "en": told(English), "zh": told(Chinese) })
}

/// Writes the rows that were not taken, with what is wrong with them; tells how many.
///
/// # Errors
/// The file cannot be read again or the other not be written, or the database fails.
pub fn write_refused(conn: &mut AnyConnection, job: &Job, table: Table, out: impl Write) -> Result<u64, Problem> {
    let rows = kinds::of(job.kind);
    let mapping = Mapping::find(&table.headers, rows.columns(), rows.needed(), &job.map)?;
    let refused = store::chunks(conn, job.id)?.into_iter().filter(|chunk| chunk.refused > 0);
    let refused: Vec<_> = refused.map(|chunk| (chunk.first_row, chunk.last_row)).collect();
    let mut faults = BTreeMap::<i64, Vec<RowFault>>::new();
    for fault in store::faults(conn, job.id, MOST_FAULTS)? {
        faults.entry(fault.row).or_default().push(fault);
    }
    refusal::write(table, &mapping, &refused, &faults, out)
}
