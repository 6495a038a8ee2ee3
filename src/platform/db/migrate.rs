//! Bringing a database to the present shape; each engine has its own folder of the same steps.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConnection, DatabaseUrl};
use crate::platform::problem::Problem;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs the steps that the database has not yet seen and tells their number.
///
/// # Errors
/// The database cannot be opened, or a step fails.
pub fn migrate(url: &DatabaseUrl) -> Result<usize, Problem> {
    let mut conn = url.connect().map_err(|error| Problem::internal(&error))?;
    let steps = steps(&conn);
    conn.run_pending_migrations(steps).map(|run| run.len()).map_err(|error| Problem::internal(&error))
}

/// Whether the database lacks a step.
///
/// # Errors
/// The database cannot tell.
pub fn pending_migrations(conn: &mut AnyConnection) -> Result<bool, Problem> {
    let steps = steps(conn);
    conn.has_pending_migration(steps).map_err(|error| Problem::internal(&error))
}

const fn steps(conn: &AnyConnection) -> EmbeddedMigrations {
    match conn {
        AnyConnection::Postgres(_) => POSTGRES,
        AnyConnection::Sqlite(_) => SQLITE,
    }
}
