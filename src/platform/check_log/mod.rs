//! The check log: a line for every answer of a check, written before the answer is sent.
//!
//! Who has lines lays them down; one of those who have takes the pen and writes the lines of all with one `write`, so a
//! killed process loses no line of an answered check, and no answer waits for a thread to wake. A segment is flushed to
//! the disk when it is closed: after a loss of power the last minutes of the open segment may be missing. Plate, place
//! and time are a movement trace, so segments are sealed by a hash and deleted.

mod pen;
mod seal;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
};

use tokio::{sync::oneshot, task::yield_now};

use self::pen::Pen;
pub use self::seal::{Closed, closed, delete_older_than, mark_sealed};
use crate::domain::time::Instant;

/// Answers that wait for their lines beyond this are refused.
const MOST: usize = 4_096;

/// The lines could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the check log cannot be written")]
pub struct NotWritten;

/// Lines that wait for the pen, and who is told when they stand.
struct Laid {
    lines: Vec<u8>,
    at: Instant,
    written: oneshot::Sender<Result<(), NotWritten>>,
}

/// What waits, and the pen.
pub struct CheckLog {
    waiting: Mutex<Vec<Laid>>,
    pen: Mutex<Pen>,
    folder: PathBuf,
}

impl CheckLog {
    /// A log in a folder, which is made when the first line is written.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { waiting: Mutex::new(Vec::new()), pen: Mutex::new(Pen::new()), folder }
    }

    /// Writes lines, each with its line feed; all of them or none.
    ///
    /// # Errors
    /// They could not be written.
    pub async fn write(&self, lines: Vec<u8>, at: Instant) -> Result<(), NotWritten> {
        let (written, answer) = oneshot::channel();
        self.lay_down(Laid { lines, at, written })?;
        // Whoever else is about to answer lays its lines down first.
        yield_now().await;
        self.write_waiting();
        answer.await.unwrap_or(Err(NotWritten))
    }

    /// Closes the open segment when its hour is over, so that it can be sealed.
    pub fn close_if_over(&self, at: Instant) {
        held(&self.pen).close_if_over(at);
    }

    fn lay_down(&self, laid: Laid) -> Result<(), NotWritten> {
        let mut waiting = held(&self.waiting);
        if waiting.len() >= MOST {
            return Err(NotWritten);
        }
        waiting.push(laid);
        Ok(())
    }

    /// Writes what waits, unless somebody is at it, who looks again after letting go of the pen.
    fn write_waiting(&self) {
        loop {
            let mut pen = match self.pen.try_lock() {
                Ok(pen) => pen,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            let group = std::mem::take(&mut *held(&self.waiting));
            write_group(&mut pen, &self.folder, group);
            drop(pen);
            if held(&self.waiting).is_empty() {
                return;
            }
        }
    }

    /// Where the segments are.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

fn write_group(pen: &mut Pen, folder: &Path, group: Vec<Laid>) {
    let Some(last) = group.last().map(|laid| laid.at) else { return };
    let all = group.iter().map(|laid| laid.lines.as_slice()).collect::<Vec<_>>().concat();
    metrics::histogram!("imfleet_check_log_group_size").record(u32::try_from(group.len()).unwrap_or(u32::MAX));
    let outcome = pen.write(folder, &all, last).map_err(|error| {
        tracing::error!(%error, answers = group.len(), "the check log cannot be written");
        NotWritten
    });
    for laid in group {
        // Who asked may have gone; the line stands all the same.
        let _gone = laid.written.send(outcome);
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
