//! A database of its own for each test, gone when the test ends.

use std::{fs, path::PathBuf};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use imfleet::platform::db::DatabaseUrl;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A database of the server that `IMFLEET_TEST_POSTGRES` names.
    Postgres,
}

/// A database and a folder of one test.
pub struct Database {
    /// Where it is.
    pub url: DatabaseUrl,
    /// For keys and the like.
    pub folder: PathBuf,
    server: Option<(String, String)>,
}

impl Database {
    /// Makes an empty one.
    pub fn create(engine: Engine) -> Self {
        let name = format!("imfleet_{:016x}", rand::random::<u64>());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(&name);
        fs::create_dir_all(&folder).unwrap();
        match engine {
            Engine::Sqlite => Self { url: DatabaseUrl::Sqlite(folder.join("db.sqlite")), folder, server: None },
            Engine::Postgres => {
                let server = postgres_server();
                let made = format!(
                    "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' \
                     LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
                );
                PgConnection::establish(&server).unwrap().batch_execute(&made).unwrap();
                let (home, _) = server.rsplit_once('/').unwrap();
                Self { url: DatabaseUrl::Postgres(format!("{home}/{name}")), folder, server: Some((server, name)) }
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            let drop_it = format!("DROP DATABASE {name} WITH (FORCE)");
            PgConnection::establish(server).unwrap().batch_execute(&drop_it).unwrap();
        }
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

#[expect(clippy::disallowed_methods, reason = "the address of the test server is no setting of the service")]
fn postgres_server() -> String {
    std::env::var("IMFLEET_TEST_POSTGRES").expect(
        "IMFLEET_TEST_POSTGRES names no server: run `scripts/postgres.sh cargo nextest run --test api`, which starts one",
    )
}
