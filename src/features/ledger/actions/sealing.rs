//! Sealing: rows that are committed and wait become leaves, in one transaction with the tiles that grow.
//!
//! What a round finds was committed before what only the next one finds, so the rounds follow the order of the commits; a
//! row that commits late is in the next round, whatever its id is. Within a round rows stand in the order of their ids,
//! which are minted at the end of their transactions, under the locks of their subjects.

use std::sync::Arc;

use chrono::Duration;
use uuid::Uuid;

use crate::{
    domain::ledger::{Checkpoint, Hash, LOG, Leaf, Mark, Salt, root},
    features::ledger::store::{self, CheckpointRow, LeafRow, Row},
    platform::{
        auth::{KeyRing, Purpose},
        db::{Db, Tx},
        journal::Actor,
        outbox,
        problem::Problem,
        state::State,
    },
};

/// Rows in one transaction: few enough that others do not wait.
const BATCH: i64 = 512;
/// How long a process that fell silent keeps the others waiting; less than a checkpoint may be old.
const LEASE_S: i64 = 3;
/// The work that one process does for all.
const WORK: &str = "journal";

/// Seals all that waits.
///
/// # Errors
/// The database fails.
pub async fn seal_waiting(db: &Db, process: Uuid) -> Result<(), Problem> {
    while db.read(|conn| Ok(store::is_any_waiting(conn)?)).await? {
        let sealed = db.write("seal_journal", Actor::service(), move |tx| seal_some(tx, process)).await?;
        if sealed < BATCH {
            break;
        }
    }
    Ok(())
}

/// Seals some rows; tells how many.
fn seal_some(tx: &mut Tx<'_>, process: Uuid) -> Result<i64, Problem> {
    if !hold(tx, process)? {
        return Ok(0);
    }
    let (size, _) = store::log_size(tx.conn())?;
    let rows = store::waiting(tx.conn(), BATCH)?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut edge = store::edge(tx.conn(), size)?;

    let (leaves, hashes): (Vec<_>, Vec<_>) = (size..).zip(&rows).map(|(place, row)| leaf(place, row)).unzip();
    let tiles = edge.append(hashes);

    // The lease holds others off; should it fail, this does.
    if !store::grow(tx.conn(), size, edge.size())? {
        return Err(Problem::internal(&"the journal's log was grown by another"));
    }
    store::insert_leaves(tx.conn(), &leaves)?;
    store::put_tiles(tx.conn(), &tiles)?;
    store::leave_queue(tx.conn(), &rows)?;
    metrics::counter!("imfleet_journal_sealed").increment(u64::try_from(rows.len()).unwrap_or_default());
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

fn leaf(place: u64, row: &Row) -> (LeafRow, Hash) {
    let salt = Salt(Hash(rand::random()));
    let leaf = Leaf {
        entry: row.id,
        subject: row.subject,
        recorded_at: row.recorded_at,
        content_hash: row.content.hash(&salt),
    };
    (LeafRow::new(place, &leaf, &salt), leaf.hash())
}

/// The transaction of the sealer holds the lease's row, so two never seal at once, also when a lease has lapsed.
fn hold(tx: &mut Tx<'_>, process: Uuid) -> Result<bool, Problem> {
    Ok(outbox::hold(tx, WORK, process, Duration::seconds(LEASE_S))?)
}

/// Signs a checkpoint when one is due.
///
/// # Errors
/// The database or the signing fails.
pub async fn sign_when_due(state: &Arc<State>) -> Result<(), Problem> {
    let now = state.clock.now();
    let look = |conn: &mut _| Ok((store::log_size(conn)?.0, store::last_checkpoint(conn)?));
    let (size, last) = state.db.read(look).await?;
    if size == 0 || !Mark::is_due(size, last.map(|last| (last.size(), last.issued_at)), now) {
        return Ok(());
    }
    let shared = Arc::clone(state);
    let sign = move |tx: &mut Tx<'_>| {
        if hold(tx, shared.courier.process)? { sign_checkpoint(tx, &shared.keys) } else { Ok(()) }
    };
    state.db.write("sign_checkpoint", Actor::service(), sign).await
}

/// Signs the log as it stands.
///
/// # Errors
/// The database or the signing fails.
pub fn sign_checkpoint(tx: &mut Tx<'_>, keys: &KeyRing) -> Result<(), Problem> {
    let issued = tx.at();
    let (size, _) = store::log_size(tx.conn())?;
    let mut edge = store::edge(tx.conn(), size)?;
    let root = root(&mut edge, size).map_err(|()| Problem::internal(&"the journal's log has no root"))?;
    let checkpoint = Checkpoint { log: LOG.to_owned(), size, root, issued };
    let document = keys.sign_document(Purpose::Journal, &checkpoint)?;
    store::put_checkpoint(tx.conn(), &CheckpointRow::new(&checkpoint, document))?;
    Ok(())
}
