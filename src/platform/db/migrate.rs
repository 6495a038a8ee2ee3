//! Bringing a database to the present shape; each engine has its own folder of the same steps.

use diesel::{
    QueryResult, QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConnection, DatabaseUrl, placement};
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
    let run = conn.run_pending_migrations(steps).map(|run| run.len()).map_err(|error| Problem::internal(&error))?;
    place(&mut conn)?;
    Ok(run)
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Spreads the tables that are not spread yet, where PostgreSQL carries Citus.
fn place(conn: &mut AnyConnection) -> Result<(), Problem> {
    let AnyConnection::Postgres(conn) = conn else { return Ok(()) };
    let citus = sql_query("SELECT extname::text AS name FROM pg_extension WHERE extname = 'citus'");
    if citus.load::<Name>(conn)?.is_empty() {
        return Ok(());
    }
    let placed = sql_query("SELECT table_name::text AS name FROM citus_tables").load::<Name>(conn)?;
    for (table, statement) in placement::statements() {
        if !placed.iter().any(|known| known.name == table) {
            sql_query(statement).execute(conn)?;
        }
    }
    Ok(())
}

/// Whether the database lacks a step.
///
/// # Errors
/// The database cannot tell.
pub fn pending_migrations(conn: &mut AnyConnection) -> Result<bool, Problem> {
    let steps = steps(conn);
    conn.has_pending_migration(steps).map_err(|error| Problem::internal(&error))
}

/// Whether a database holds no table at all.
///
/// # Errors
/// The database cannot tell: it may not be one.
pub fn is_empty(conn: &mut AnyConnection) -> QueryResult<bool> {
    let tables = match conn {
        AnyConnection::Postgres(_) => {
            "SELECT count(*) AS count FROM information_schema.tables WHERE table_schema = 'public'"
        }
        AnyConnection::Sqlite(_) => "SELECT count(*) AS count FROM sqlite_master",
    };
    let counted: Counted = match conn {
        AnyConnection::Postgres(engine) => sql_query(tables).get_result(engine)?,
        AnyConnection::Sqlite(engine) => sql_query(tables).get_result(engine)?,
    };
    Ok(counted.count == 0)
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

const fn steps(conn: &AnyConnection) -> EmbeddedMigrations {
    match conn {
        AnyConnection::Postgres(_) => POSTGRES,
        AnyConnection::Sqlite(_) => SQLITE,
    }
}
