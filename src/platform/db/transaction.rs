//! One transaction: the connection, the time and the caller of a change, and the journal rows it records.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::connection::{Connection, SimpleConnection, TransactionManager};
use uuid::Uuid;

use super::AnyConnection;
use crate::{
    domain::{event::Event, id::Id, time::Instant},
    platform::{
        clock::Clock,
        journal::{self, Actor, Entry},
        problem::Problem,
    },
};

/// A transaction under way.
pub struct Tx<'a> {
    conn: &'a mut AnyConnection,
    clock: &'a Clock,
    actor: &'a Actor,
    operation: &'static str,
    at: Instant,
    entries: Vec<Entry>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(
        conn: &'a mut AnyConnection,
        clock: &'a Clock,
        operation: &'static str,
        actor: &'a Actor,
    ) -> Self {
        Self { at: clock.now(), conn, clock, actor, operation, entries: Vec::new() }
    }

    /// The connection, for stores.
    pub const fn conn(&mut self) -> &mut AnyConnection {
        self.conn
    }

    /// When the change happens: the same instant in all of its rows.
    #[must_use]
    pub const fn at(&self) -> Instant {
        self.at
    }

    /// Who makes the change.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        self.actor
    }

    /// A new identifier.
    #[must_use]
    pub fn mint<Noun>(&self) -> Id<Noun> {
        self.clock.mint(self.at)
    }

    /// Records what happened to a subject (a vehicle, else an organisation or client). The row is written with
    /// the change or not at all.
    pub fn record(&mut self, subject: impl Into<Subject>, event: Event) {
        let id = self.mint();
        self.entries.push(Entry { id, subject: subject.into().0, event });
    }

    /// Runs a step that may fail and takes back just that step when it does.
    ///
    /// # Errors
    /// What the step answers.
    pub fn attempt<T, E>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        let recorded = self.entries.len();
        self.conn.batch_execute("SAVEPOINT attempt")?;
        let outcome = step(self);
        if outcome.is_err() {
            self.entries.truncate(recorded);
            self.conn.batch_execute("ROLLBACK TO SAVEPOINT attempt")?;
        }
        self.conn.batch_execute("RELEASE SAVEPOINT attempt")?;
        outcome
    }

    /// Writes what was recorded.
    fn finish(self) -> Result<(), Problem> {
        journal::write(self.conn, self.operation, self.actor, self.at, self.entries)?;
        Ok(())
    }
}

/// What a journal row is about.
pub struct Subject(Uuid);

impl<Noun> From<Id<Noun>> for Subject {
    fn from(id: Id<Noun>) -> Self {
        Self(id.uuid())
    }
}

/// Runs a change on a connection that is already inside a transaction or a savepoint; a panic is a problem.
pub(super) fn run<T>(
    conn: &mut AnyConnection,
    clock: &Clock,
    operation: &'static str,
    actor: &Actor,
    change: &impl Fn(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let guarded = AssertUnwindSafe(|| {
        let mut tx = Tx::new(conn, clock, operation, actor);
        let value = change(&mut tx)?;
        tx.finish()?;
        Ok(value)
    });
    catch_unwind(guarded).unwrap_or_else(|_| Err(Problem::panicked(operation)))
}

/// Runs a change in a transaction of its own.
pub(super) fn run_alone<T>(
    conn: &mut AnyConnection,
    clock: &Clock,
    operation: &'static str,
    actor: &Actor,
    change: &impl Fn(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    type Manager = <AnyConnection as Connection>::TransactionManager;
    Manager::begin_transaction(conn)?;
    match run(conn, clock, operation, actor, change) {
        Ok(value) => Manager::commit_transaction(conn).map(|()| value).map_err(Problem::from),
        Err(problem) => {
            if let Err(error) = Manager::rollback_transaction(conn) {
                tracing::warn!(operation, %error, "rollback failed");
            }
            Err(problem)
        }
    }
}
