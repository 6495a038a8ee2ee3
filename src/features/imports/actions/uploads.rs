//! Imports that were uploaded: kept with their file, and worked off in the background.

use std::io::Cursor;

use super::{
    job::{self, Job, Order},
    working::{self, By, write_refused},
};
use crate::{
    domain::{
        id::Id,
        import::{Import, ImportState},
        role::{Position, Role},
    },
    features::imports::{
        kinds,
        store::{self, ImportRow},
    },
    import::Table,
    platform::{
        auth::Caller,
        db::{AnyConnection, Tx},
        journal::Actor,
        problem::{Kind, Problem},
        state::State,
    },
};

/// Keeps an uploaded file and lets its import wait for a worker.
///
/// # Errors
/// The caller does not import such rows (403), or the database fails.
pub fn import_file(
    tx: &mut Tx<'_>,
    caller: &Caller,
    order: &Order,
    file: &[u8],
    sha256: &str,
) -> Result<ImportRow, Problem> {
    if !kinds::of(order.kind).importers().contains(&caller.role) {
        return Err(Problem::new(Kind::Forbidden));
    }
    let id = job::insert(tx, order, sha256)?;
    store::keep_file(tx.conn(), id, file)?;
    store::load(tx.conn(), id)?.ok_or_else(Problem::not_found)
}

/// How the columns of a file are understood: refused at once rather than later.
///
/// # Errors
/// The file cannot be read, or its columns cannot be found (422).
pub fn mapping_of(order: &Order, file: Vec<u8>) -> Result<(), Problem> {
    let table = Table::open(Box::new(Cursor::new(file)))?;
    let rows = kinds::of(order.kind);
    crate::import::Mapping::find(&table.headers, rows.columns(), rows.needed(), &order.map).map(drop)
}

/// Works off every upload that waits.
///
/// # Errors
/// The database fails.
pub async fn work_off(state: &State) -> Result<(), Problem> {
    loop {
        let at = state.clock.now();
        let Some(id) = state.db.read(move |conn| Ok(store::waiting(conn, at)?)).await? else { return Ok(()) };
        let take_on = move |tx: &mut Tx<'_>| {
            job::take_on(tx, id)?;
            let row = store::load(tx.conn(), id)?.ok_or_else(Problem::not_found)?;
            Ok((caller_of(&row), Job::load(tx, &row)?))
        };
        let (caller, job) = match state.db.write("take_on_import", Actor::service(), take_on).await {
            // Another process has taken it on.
            Err(problem) if problem.kind() == Kind::WrongState => continue,
            taken => taken?,
        };
        let table = state.db.read(move |conn| Ok(open(conn, id))).await?;
        let outcome = match table {
            Ok(table) => working::start(
                &state.db,
                &By { actor: caller.actor(), ground: state.ground(&caller) },
                &job,
                table,
                |_| (),
            )
            .await
            .map(drop),
            Err(problem) => Err(problem),
        };
        if let Err(problem) = outcome {
            tracing::warn!(import = %id, %problem, "an import stopped");
            if state
                .db
                .read(move |conn| Ok(store::load(conn, id)?))
                .await?
                .is_none_or(|row| row.state == ImportState::Running)
            {
                return Err(problem);
            }
        }
    }
}

fn open(conn: &mut AnyConnection, id: Id<Import>) -> Result<Table, Problem> {
    Table::open(Box::new(Cursor::new(store::file(conn, id)?)))
}

/// Who asked for the import changes what it changes.
fn caller_of(row: &ImportRow) -> Caller {
    Caller {
        id: row.requested_by.map(Id::uuid).unwrap_or_default(),
        organisation: row.organisation_id.map(Id::uuid).unwrap_or_default(),
        role: row.role.unwrap_or(Role::Administrator),
        position: Position::Member,
        lines: Vec::new(),
        trace_id: None,
        sandbox: false,
    }
}

/// The refused rows of an upload.
///
/// # Errors
/// The database fails.
pub fn refused_csv(conn: &mut AnyConnection, row: &ImportRow) -> Result<Vec<u8>, Problem> {
    let job = Job {
        id: row.id,
        kind: row.kind,
        dry_run: row.dry_run,
        map: row.map.0.clone(),
        chunks: 0,
        tally: crate::domain::import::Tally::default(),
    };
    let mut out = Vec::new();
    let table = open(conn, row.id)?;
    write_refused(conn, &job, table, &mut out)?;
    Ok(out)
}
