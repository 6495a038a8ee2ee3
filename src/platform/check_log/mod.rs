//! The check log: a line for every answer of a check, written before the answer is sent.
//!
//! One thread drains a queue and writes the lines of many answers with one `write`, so a killed process loses no line of
//! an answered check. A segment is flushed to the disk when it is closed: after a loss of power the last minutes of the
//! open segment may be missing. Plate, place and time are a movement trace, so segments are sealed by a hash and deleted.

mod pen;
mod seal;

use std::{path::PathBuf, thread};

use tokio::sync::{mpsc, oneshot};

use self::pen::Pen;
pub use self::seal::{Closed, closed, delete_older_than, mark_sealed};
use super::problem::Problem;
use crate::domain::time::Instant;

/// Answers that wait for their lines beyond this are refused.
const QUEUE: usize = 4_096;
/// Answers whose lines are written together at most.
const GROUP: usize = 512;

/// The lines could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the check log cannot be written")]
pub struct NotWritten;

enum Job {
    Write {
        lines: Vec<u8>,
        at: Instant,
        written: oneshot::Sender<Result<(), NotWritten>>,
    },
    /// Closes the open segment when its hour is over.
    Close {
        at: Instant,
    },
}

/// The queue in front of the writing thread.
pub struct CheckLog {
    queue: mpsc::Sender<Job>,
    folder: PathBuf,
}

impl CheckLog {
    /// Starts the writing thread; the folder is made when the first line is written.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn start(folder: PathBuf) -> Result<Self, Problem> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let pen = Pen::new(folder.clone());
        let drain = move || drain(pen, jobs);
        thread::Builder::new()
            .name("check-log".to_owned())
            .spawn(drain)
            .map_err(|error| Problem::internal(&error))?;
        Ok(Self { queue, folder })
    }

    /// Writes lines, each with its line feed; all of them or none.
    ///
    /// # Errors
    /// They could not be written.
    pub async fn write(&self, lines: Vec<u8>, at: Instant) -> Result<(), NotWritten> {
        let (written, answer) = oneshot::channel();
        self.queue.try_send(Job::Write { lines, at, written }).map_err(|_| NotWritten)?;
        answer.await.unwrap_or(Err(NotWritten))
    }

    /// Closes the open segment when its hour is over, so that it can be sealed.
    pub fn close_if_over(&self, at: Instant) {
        // A full queue has lines to write, and the first of the next hour closes the segment as well.
        drop(self.queue.try_send(Job::Close { at }));
    }

    /// Where the segments are.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

fn drain(mut pen: Pen, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            let Ok(job) = jobs.try_recv() else { break };
            group.push(job);
        }
        write_group(&mut pen, group);
    }
}

fn write_group(pen: &mut Pen, group: Vec<Job>) {
    let (mut all, mut waiting, mut last) = (Vec::new(), Vec::with_capacity(group.len()), None);
    for job in group {
        match job {
            Job::Write { lines, at, written } => {
                all.extend_from_slice(&lines);
                waiting.push(written);
                last = Some(at);
            }
            Job::Close { at } => pen.close_if_over(at),
        }
    }
    let Some(at) = last else { return };
    metrics::histogram!("imfleet_check_log_group_size").record(u32::try_from(waiting.len()).unwrap_or(u32::MAX));
    let outcome = pen.write(&all, at).map_err(|error| {
        tracing::error!(%error, answers = waiting.len(), "the check log cannot be written");
        NotWritten
    });
    for written in waiting {
        // Who asked may have gone; the line stands all the same.
        let _gone = written.send(outcome);
    }
}
