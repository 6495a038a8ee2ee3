//! The two doors to the database, one code for both engines.
//!
//! `read` runs a closure on a pooled connection; `write` runs a closure in a transaction, together with its
//! journal rows. Both closures are synchronous, so that no await can sneak into a transaction.

mod any;
mod columns;
mod connect;
mod group_commit;
mod migrate;
pub mod placement;
mod published;
mod transaction;
mod words;

use std::{sync::Arc, time::Duration};

use actix_web::web;
use diesel::r2d2::{Pool, PooledConnection};

pub use any::{AnyConnection, MultiBackend, MultiRawValue};
pub(crate) use any::{insert_rows, load_each, on_db};
pub use columns::{Json, SqlInstant, SqlJson, SqlUuid};
pub use connect::DatabaseUrl;
pub use migrate::{is_empty, migrate, pending_migrations};
pub use transaction::Tx;

use self::{connect::Manager, group_commit::Writer, published::Published};
use super::{clock::Clock, journal::Actor, problem::Problem};

/// Both doors; cheap to clone.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Manager>,
    writers: Writers,
    clock: Clock,
    published: Arc<Published>,
}

#[derive(Clone)]
enum Writers {
    /// SQLite: one thread that commits many changes together.
    Grouped(Arc<Writer>),
    /// PostgreSQL: a transaction of its own for each change.
    Pooled(Pool<Manager>),
}

const POSTGRES_CONNECTIONS: u32 = 16;
const SQLITE_READERS: u32 = 4;
const CONNECTION_WAIT: Duration = Duration::from_secs(5);
const ATTEMPTS: u32 = 5;

impl Db {
    /// Opens both doors to a migrated database.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub fn open(url: &DatabaseUrl, clock: Clock) -> Result<Self, Problem> {
        let published = Arc::new(Published::default());
        let sqlite = matches!(url, DatabaseUrl::Sqlite(_));
        let readers = Pool::builder()
            .max_size(if sqlite { SQLITE_READERS } else { POSTGRES_CONNECTIONS })
            .min_idle(Some(1))
            .connection_timeout(CONNECTION_WAIT)
            .build(Manager::reader(url.clone()))
            .map_err(|error| Problem::internal(&error))?;
        let writers = if sqlite {
            Writers::Grouped(Arc::new(Writer::start(
                connect::open_writer(url)?,
                clock.clone(),
                Arc::clone(&published),
            )?))
        } else {
            Writers::Pooled(readers.clone())
        };
        Ok(Self { readers, writers, clock, published })
    }

    /// Reads on a pooled connection.
    ///
    /// # Errors
    /// What the closure answers, or that no connection was free.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut AnyConnection) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let readers = self.readers.clone();
        blocking(move || look(&mut *connection(&readers)?)).await
    }

    /// Reads several things as of one moment: what is committed in between is not seen.
    ///
    /// # Errors
    /// What the closure answers, or that no connection was free.
    pub async fn read_snapshot<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut AnyConnection) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.read(|conn| transaction::snapshot(conn, look)).await
    }

    /// Changes the database in one transaction that also holds the journal rows of the change. The closure may
    /// run again after a conflict, so it changes nothing but the database.
    ///
    /// # Errors
    /// What the closure answers, or that the change could not be committed.
    pub async fn write<T: Send + 'static>(
        &self,
        operation: &'static str,
        actor: Actor,
        change: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        match &self.writers {
            Writers::Grouped(writer) => writer.submit(operation, actor, change).await,
            Writers::Pooled(pool) => {
                let (pool, clock) = (pool.clone(), self.clock.clone());
                let (value, drawn) =
                    blocking(move || write_with_retries(&pool, &clock, operation, &actor, change)).await?;
                self.published.reach(drawn);
                Ok(value)
            }
        }
    }

    /// The last number of the feed that this process has committed. Whoever answers from memory and stands before it
    /// reads on first, so that a change is visible as soon as its own answer.
    #[must_use]
    pub fn published(&self) -> i64 {
        self.published.last()
    }

    /// The clock by which changes are dated.
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }
}

fn write_with_retries<T>(
    pool: &Pool<Manager>,
    clock: &Clock,
    operation: &'static str,
    actor: &Actor,
    change: impl Fn(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<(T, Option<i64>), Problem> {
    let mut conn = connection(pool)?;
    let mut attempt = 1;
    loop {
        match transaction::run_alone(&mut conn, clock, operation, actor, &change) {
            Err(problem) if problem.is_conflict_of_transactions() && attempt < ATTEMPTS => {
                tracing::debug!(operation, attempt, "transaction conflict, running again");
                std::thread::sleep(Duration::from_millis(5 << attempt));
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

fn connection(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>, Problem> {
    pool.get().map_err(|error| Problem::unavailable(&error))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work).await.map_err(|error| Problem::internal(&error))?
}
