//! Opening connections: the URL picks the engine, and every connection gets the same settings.

use std::{path::PathBuf, str::FromStr};

use diesel::{
    Connection, ConnectionError, ConnectionResult, PgConnection, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{self, R2D2Connection},
};

use super::AnyConnection;
use crate::platform::problem::Problem;

/// `sqlite:PATH` (or a bare path) or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the URL may hold a password and is never shown.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(text.strip_prefix("sqlite:").unwrap_or(text).into())
        })
    }
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

impl DatabaseUrl {
    /// A connection that leaves as it is what may belong to somebody else; none when there is no file.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub fn peek(&self) -> ConnectionResult<Option<AnyConnection>> {
        match self {
            Self::Sqlite(path) if !path.exists() => Ok(None),
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                // Another process may be closing the file; the wait is of the connection and changes nothing in it.
                conn.batch_execute("PRAGMA busy_timeout = 5000")
                    .map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Some(AnyConnection::Sqlite(conn)))
            }
            Self::Postgres(_) => self.connect().map(Some),
        }
    }

    /// One connection with the engine's settings.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub fn connect(&self) -> ConnectionResult<AnyConnection> {
        match self {
            Self::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
                conn.batch_execute(SQLITE_SETTINGS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Sqlite(conn))
            }
            Self::Postgres(url) => {
                let mut conn = PgConnection::establish(url)?;
                conn.batch_execute(POSTGRES_SETTINGS).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(AnyConnection::Postgres(conn))
            }
        }
    }
}

const SQLITE_SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                               PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536;";
const POSTGRES_SETTINGS: &str =
    "SET timezone = 'UTC'; SET statement_timeout = '15s'; SET lock_timeout = '5s'; SET client_encoding = 'UTF8'";

pub(super) fn open_writer(url: &DatabaseUrl) -> Result<AnyConnection, Problem> {
    url.connect().map_err(|error| Problem::internal(&error))
}

/// Makes pooled connections.
pub(super) struct Manager {
    url: DatabaseUrl,
}

impl Manager {
    pub(super) const fn reader(url: DatabaseUrl) -> Self {
        Self { url }
    }
}

impl r2d2::ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<AnyConnection, Self::Error> {
        let mut conn = self.url.connect().map_err(r2d2::Error::ConnectionError)?;
        if matches!(conn, AnyConnection::Sqlite(_)) {
            conn.batch_execute("PRAGMA query_only = ON").map_err(r2d2::Error::QueryError)?;
        }
        Ok(conn)
    }

    fn is_valid(&self, conn: &mut AnyConnection) -> Result<(), Self::Error> {
        conn.ping().map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut AnyConnection) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}
