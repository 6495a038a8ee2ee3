//! SQLite's write door: one thread drains a queue and commits many changes in one transaction, each in its own
//! savepoint, so that one bad change hurts nobody and an answer is sent only after its commit is durable.

use std::{sync::Arc, thread};

use diesel::connection::SimpleConnection;
use tokio::sync::{mpsc, oneshot};

use super::{AnyConnection, Tx, published::Published, transaction};
use crate::platform::{clock::Clock, journal::Actor, problem::Problem};

/// Changes that wait beyond this are refused, so that a client backs off instead of timing out.
const QUEUE: usize = 2048;
/// Changes in one commit at most: the point where a larger group gains less than it delays.
const GROUP: usize = 128;

/// Has run, and waits for the commit to answer its caller.
type Answer = Box<dyn FnOnce(Result<(), Problem>) + Send>;
type Job = Box<dyn FnOnce(&mut AnyConnection, &Clock) -> Answer + Send>;

/// The queue in front of the writer thread.
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
    published: Arc<Published>,
}

impl Writer {
    pub(super) fn start(conn: AnyConnection, clock: Clock, published: Arc<Published>) -> Result<Self, Problem> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || drain(conn, &clock, jobs))
            .map_err(|error| Problem::internal(&error))?;
        Ok(Self { queue, published })
    }

    pub(super) async fn submit<T: Send + 'static>(
        &self,
        operation: &'static str,
        actor: Actor,
        change: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let published = Arc::clone(&self.published);
        let job: Job = Box::new(move |conn, clock| {
            let outcome = in_savepoint(conn, |conn| transaction::run(conn, clock, operation, &actor, &change));
            Box::new(move |commit| {
                let outcome = commit.and(outcome).map(|(value, drawn)| {
                    published.reach(drawn);
                    value
                });
                // The caller may have gone; its change stands all the same.
                drop(answer.send(outcome));
            })
        });
        self.queue.try_send(job).map_err(|_| Problem::overloaded())?;
        answered.await.map_err(|error| Problem::internal(&error))?
    }
}

fn drain(mut conn: AnyConnection, clock: &Clock, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        commit_group(&mut conn, clock, first, &mut jobs);
    }
}

fn commit_group(conn: &mut AnyConnection, clock: &Clock, first: Job, jobs: &mut mpsc::Receiver<Job>) {
    let mut answers = Vec::with_capacity(GROUP);
    let begun = conn.batch_execute("BEGIN IMMEDIATE");
    answers.push(first(conn, clock));
    while begun.is_ok() && answers.len() < GROUP {
        match jobs.try_recv() {
            Ok(job) => answers.push(job(conn, clock)),
            Err(_) => break,
        }
    }
    let committed = begun.and_then(|()| conn.batch_execute("COMMIT"));
    if let Err(error) = &committed {
        tracing::error!(%error, changes = answers.len(), "the group could not be committed");
        // After a full disk SQLite may have rolled back by itself; then there is nothing left to take back.
        drop(conn.batch_execute("ROLLBACK"));
    }
    metrics::histogram!("imfleet_commit_group_size").record(u32::try_from(answers.len()).unwrap_or(u32::MAX));
    for answer in answers {
        answer(committed.as_ref().copied().map_err(Problem::not_committed));
    }
}

fn in_savepoint<T>(
    conn: &mut AnyConnection,
    change: impl FnOnce(&mut AnyConnection) -> Result<T, Problem>,
) -> Result<T, Problem> {
    conn.batch_execute("SAVEPOINT change")?;
    let outcome = change(conn);
    if outcome.is_err() {
        conn.batch_execute("ROLLBACK TO SAVEPOINT change")?;
    }
    conn.batch_execute("RELEASE SAVEPOINT change")?;
    outcome
}
