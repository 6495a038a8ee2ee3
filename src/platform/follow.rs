//! A copy of a part of the register in memory that follows the feed, so that it answers without a query.
//!
//! What changed is read anew from the tables, not from the feed: an entry only says of whom. Readings take turns; who
//! asks the copy waits for a writer no longer than a few hundred vehicles take.

use std::{
    sync::{
        PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use diesel::QueryResult;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::{
    db::{AnyConnection, Db},
    feed,
    problem::Problem,
};
use crate::domain::{change::Changed, time::Instant};

/// Entries of the feed that are read at a time.
const PAGE: i64 = 1_000;
/// Changes that are applied while readers wait.
const TOGETHER: usize = 256;
/// How long a question waits for the first reading.
const PATIENCE: Duration = Duration::from_secs(5);
/// The sequence of a copy that was never read.
const UNREAD: i64 = -1;

/// How a copy is read and kept in step.
pub struct Source<T, Change> {
    /// The changes of the feed that concern it.
    pub concerns: fn(Changed) -> bool,
    /// Reads all of it.
    pub load: fn(&mut AnyConnection) -> QueryResult<T>,
    /// Reads some subjects as they stand now.
    pub read: fn(&mut AnyConnection, &[Uuid]) -> QueryResult<Vec<Change>>,
    /// Takes one subject in.
    pub apply: fn(&mut T, &Change),
}

/// A copy and how far it has followed.
#[derive(Debug)]
pub struct Followed<T> {
    value: RwLock<T>,
    sequence: AtomicI64,
    in_step_at: AtomicI64,
    turn: Mutex<()>,
}

/// The copy for a moment, with its place in the feed.
pub struct Reading<'a, T> {
    /// The copy.
    pub value: RwLockReadGuard<'a, T>,
    /// The number of the last change that it holds.
    pub sequence: i64,
    /// When it was last seen to hold everything.
    pub in_step_at: Instant,
}

impl<T: Send + Sync + 'static> Followed<T> {
    /// Begins with a value that stands for nothing in the database.
    pub const fn new(value: T) -> Self {
        Self {
            value: RwLock::new(value),
            sequence: AtomicI64::new(UNREAD),
            in_step_at: AtomicI64::new(0),
            turn: Mutex::const_new(()),
        }
    }

    /// Whether it has been read.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.sequence.load(Ordering::Acquire) != UNREAD
    }

    /// The copy, not behind what this process has committed.
    ///
    /// # Errors
    /// It is still being read, or what was committed cannot be read (503).
    pub async fn in_step<Change: Send + 'static>(
        &self,
        db: &Db,
        source: &'static Source<T, Change>,
    ) -> Result<Reading<'_, T>, Problem> {
        // A sequence of zero commits stands before that of an unread copy as well.
        if !self.is_loaded() || self.sequence.load(Ordering::Acquire) < db.published() {
            let catching_up = tokio::time::timeout(PATIENCE, self.catch_up(db, source, Some(db.published())));
            catching_up.await.map_err(|_| Problem::unavailable(&"a copy is still being read"))??;
        }
        let value = self.value.read().unwrap_or_else(PoisonError::into_inner);
        let sequence = self.sequence.load(Ordering::Acquire);
        Ok(Reading { value, sequence, in_step_at: Instant::from_micros(self.in_step_at.load(Ordering::Acquire)) })
    }

    /// Follows the feed to its end, or until a number is reached; reads everything the first time.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn catch_up<Change: Send + 'static>(
        &self,
        db: &Db,
        source: &'static Source<T, Change>,
        until: Option<i64>,
    ) -> Result<(), Problem> {
        let _turn = self.turn.lock().await;
        let mut known = self.sequence.load(Ordering::Acquire);
        if known == UNREAD {
            let now = db.clock().now();
            // The number comes first: what changes in between is read now and once more by the feed.
            let load = move |conn: &mut AnyConnection| Ok((feed::head(conn)?, (source.load)(conn)?));
            let (head, value) = db.read(load).await?;
            *self.value.write().unwrap_or_else(PoisonError::into_inner) = value;
            self.reach(head, now);
            known = head;
        }
        while until.is_none_or(|until| known < until) {
            let now = db.clock().now();
            let look = move |conn: &mut AnyConnection| Ok(look(conn, source, known)?);
            let (last, is_end, changes) = db.read(look).await?;
            for some in changes.chunks(TOGETHER) {
                let mut value = self.value.write().unwrap_or_else(PoisonError::into_inner);
                for change in some {
                    (source.apply)(&mut value, change);
                }
            }
            known = last;
            self.sequence.store(known, Ordering::Release);
            if is_end {
                self.reach(known, now);
                break;
            }
        }
        Ok(())
    }

    /// Held everything up to this number when it began to look.
    fn reach(&self, sequence: i64, at: Instant) {
        self.sequence.store(sequence, Ordering::Release);
        self.in_step_at.store(at.micros(), Ordering::Release);
    }
}

/// The next page of the feed: its last number, whether it is the last page, and its subjects as they stand now.
fn look<T, Change>(
    conn: &mut AnyConnection,
    source: &Source<T, Change>,
    known: i64,
) -> QueryResult<(i64, bool, Vec<Change>)> {
    let entries = feed::after(conn, known, PAGE)?;
    let last = entries.last().map_or(known, |entry| entry.sequence);
    let is_end = i64::try_from(entries.len()).is_ok_and(|read| read < PAGE);
    let concerned = entries.iter().filter(|entry| (source.concerns)(entry.changed));
    let mut subjects: Vec<Uuid> = concerned.map(|entry| entry.subject_id.uuid()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let changes = if subjects.is_empty() { Vec::new() } else { (source.read)(conn, &subjects)? };
    Ok((last, is_end, changes))
}
