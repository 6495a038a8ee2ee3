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

/// Inserts rows and counts them. One after another, since the statement of one row is prepared once and kept; on
/// PostgreSQL, where round trips cost more, many by one statement.
macro_rules! insert_rows {
    ($conn:expr, $table:expr, $rows:expr $(, $step:ident)*) => {
        match $conn {
            $crate::platform::db::AnyConnection::Postgres(pg) if $rows.len() > 1 => {
                diesel::RunQueryDsl::execute(diesel::insert_into($table).values($rows)$(.$step())*, pg)
            }
            conn => $rows
                .iter()
                .map(|row| {
                    let insert = diesel::insert_into($table).values(row)$(.$step())*;
                    $crate::platform::db::on_db!(&mut *conn, |engine| diesel::RunQueryDsl::execute(insert, engine))
                })
                .sum::<diesel::QueryResult<usize>>(),
        }
    };
}
pub(crate) use insert_rows;

/// Loads what a query finds for some keys. Key by key, since such a statement is prepared once and kept; on
/// PostgreSQL, where round trips cost more, by one statement.
macro_rules! load_each {
    ($conn:expr, $query:expr, $column:expr, $keys:expr) => {
        match $conn {
            $crate::platform::db::AnyConnection::Postgres(pg) => {
                diesel::RunQueryDsl::load(diesel::QueryDsl::filter($query, $column.eq_any($keys)), pg)
            }
            $crate::platform::db::AnyConnection::Sqlite(sqlite) => {
                let found = $keys
                    .iter()
                    .map(|key| diesel::RunQueryDsl::load(diesel::QueryDsl::filter($query, $column.eq(*key)), sqlite));
                let found = found.collect::<diesel::QueryResult<Vec<Vec<_>>>>();
                found.map(|found| found.into_iter().flatten().collect::<Vec<_>>())
            }
        }
    };
}
pub(crate) use load_each;
