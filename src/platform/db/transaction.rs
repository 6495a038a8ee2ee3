//! One transaction: the connection, the time and the caller of a change, and the journal rows it records.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use diesel::connection::{Connection, SimpleConnection, TransactionManager};
use uuid::Uuid;

use super::AnyConnection;
use crate::{
    domain::{
        change::Changed,
        course::{Doer, Moment},
        event::Event,
        id::Id,
        time::Instant,
    },
    platform::{
        clock::Clock,
        feed,
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
    published: BTreeSet<(Uuid, Changed)>,
}

impl<'a> Tx<'a> {
    pub(super) fn new(
        conn: &'a mut AnyConnection,
        clock: &'a Clock,
        operation: &'static str,
        actor: &'a Actor,
    ) -> Self {
        Self { at: clock.now(), conn, clock, actor, operation, entries: Vec::new(), published: BTreeSet::new() }
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

    /// When the change happens and who makes it, as the courses of procedures keep it.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        let Actor { id, organisation, role, .. } = self.actor;
        Moment { at: self.at, by: Doer { role: *role, organisation_id: *organisation, id: *id } }
    }

    /// A new identifier.
    #[must_use]
    pub fn mint<Noun>(&self) -> Id<Noun> {
        self.clock.mint(self.at)
    }

    /// Records what happened to a subject (a vehicle, else an organisation or client). The row is written with
    /// the change or not at all.
    pub fn record(&mut self, subject: impl Into<Subject>, event: Event) {
        self.entries.push(Entry { subject: subject.into().0, event });
    }

    /// Lets the copies of the register (indexes, gates, subscribers) know that a subject changed.
    pub fn publish(&mut self, subject: impl Into<Subject>, changed: Changed) {
        self.published.insert((subject.into().0, changed));
    }

    /// Runs a step that may fail and takes back just that step when it does.
    ///
    /// # Errors
    /// What the step answers.
    pub fn attempt<T, E>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E>
    where
        E: From<diesel::result::Error>,
    {
        let (recorded, published) = (self.entries.len(), self.published.clone());
        self.conn.batch_execute("SAVEPOINT attempt")?;
        let outcome = step(self);
        if outcome.is_err() {
            self.entries.truncate(recorded);
            self.published = published;
            self.conn.batch_execute("ROLLBACK TO SAVEPOINT attempt")?;
        }
        self.conn.batch_execute("RELEASE SAVEPOINT attempt")?;
        outcome
    }

    /// Runs a step, tells what came of it, and takes it back all the same: what a change would do.
    ///
    /// # Errors
    /// What the step answers.
    pub fn preview<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, Problem>) -> Result<T, Problem> {
        let (recorded, published) = (self.entries.len(), self.published.clone());
        self.conn.batch_execute("SAVEPOINT preview")?;
        let outcome = step(self);
        self.entries.truncate(recorded);
        self.published = published;
        self.conn.batch_execute("ROLLBACK TO SAVEPOINT preview")?;
        self.conn.batch_execute("RELEASE SAVEPOINT preview")?;
        outcome
    }

    /// Writes what was recorded and published; gives the last number of the feed that it drew.
    fn finish(self) -> Result<Option<i64>, Problem> {
        journal::write(self.conn, self.clock, self.operation, self.actor, self.at, self.entries)?;
        Ok(feed::write(self.conn, self.at, &self.published)?)
    }
}

/// What a journal row is about.
pub struct Subject(Uuid);

impl<Noun> From<Id<Noun>> for Subject {
    fn from(id: Id<Noun>) -> Self {
        Self(id.uuid())
    }
}

/// Runs a change on a connection that is already inside a transaction or a savepoint, and gives the last number of the
/// feed that it drew; a panic is a problem.
pub(super) fn run<T>(
    conn: &mut AnyConnection,
    clock: &Clock,
    operation: &'static str,
    actor: &Actor,
    change: &impl Fn(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<(T, Option<i64>), Problem> {
    let guarded = AssertUnwindSafe(|| {
        let mut tx = Tx::new(conn, clock, operation, actor);
        let value = change(&mut tx)?;
        let drawn = tx.finish()?;
        Ok((value, drawn))
    });
    catch_unwind(guarded).unwrap_or_else(|_| Err(Problem::panicked(operation)))
}

/// Looks at one state of the database.
pub(super) fn at_once<T>(
    conn: &mut AnyConnection,
    look: impl FnOnce(&mut AnyConnection) -> Result<T, Problem>,
) -> Result<T, Problem> {
    conn.batch_execute(match conn {
        AnyConnection::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        AnyConnection::Sqlite(_) => "BEGIN",
    })?;
    let outcome = look(conn);
    conn.batch_execute("ROLLBACK")?;
    outcome
}

/// Runs a change in a transaction of its own.
pub(super) fn run_alone<T>(
    conn: &mut AnyConnection,
    clock: &Clock,
    operation: &'static str,
    actor: &Actor,
    change: &impl Fn(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<(T, Option<i64>), Problem> {
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
