//! The connection that may be either engine.
#![expect(missing_docs, reason = "diesel's derive makes public items without a word")]

use diesel::{PgConnection, SqliteConnection};

/// A connection to either engine; ordinary queries are plain diesel on it.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Runs one body on the connection of the engine at hand: for upserts, multi-row inserts and hot statements.
macro_rules! on_db {
    ($conn:expr, |$engine:ident| $body:expr) => {
        match $conn {
            $crate::platform::db::AnyConnection::Postgres($engine) => $body,
            $crate::platform::db::AnyConnection::Sqlite($engine) => $body,
        }
    };
}
pub(crate) use on_db;
