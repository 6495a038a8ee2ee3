//! Intake over HTTP: the real binary on one core, 64 connections from this process on another; singles and batches
//! of 100, on SQLite and, where `IMFLEET_TEST_POSTGRES` names a server, on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

#[path = "common/mod.rs"]
mod common;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use actix_web::rt::System;
use common::{City, Figure, city::Folder, door::record, in_flight, ratio};
use diesel::{Connection, PgConnection, connection::SimpleConnection};
use imfleet::platform::db::DatabaseUrl;
use reqwest::Client;
use serde_json::{Value, json};

const CONNECTIONS: usize = 64;
const BATCH: usize = 100;
const SINGLES: usize = 10_000;
const BATCHED: usize = 24_000;
/// The core of the server; scripts/bench.sh keeps this process on core 0.
const SERVER_CORE: &str = "1";

fn main() {
    let folder = Folder::make();
    let sqlite = DatabaseUrl::Sqlite(folder.0.join("http.sqlite"));
    let (singles, _) = System::new().block_on(measure("SQLite", &sqlite, &folder));
    let door = System::new().block_on(measure_door(&folder)).show("the write door alone, SQLite, 64 in flight");
    ratio("SQLite, HTTP singles / write door", &singles, &door, 0.6);
    if let Some(server) = postgres_server() {
        let (singles, batches) = System::new().block_on(measure("PostgreSQL", &database_of(&server), &folder));
        ratio("PostgreSQL, batches / singles", &batches, &singles, 4.0);
    }
}

/// The rates of singles and of batches.
async fn measure(engine: &str, database: &DatabaseUrl, folder: &Folder) -> (Figure, Figure) {
    let mut city = City::found(database, folder, SINGLES + BATCHED).await;
    let token = city.token();
    let batches = city.results.split_off(SINGLES);
    let batches = batches.chunks(BATCH).map(|results| json!({ "inspections": results }).to_string()).collect();
    let singles = city.results.iter().map(Value::to_string).collect();
    drop(city);

    let server = Server::start(database, folder);
    let post = |path: &str, status: u16| {
        let (client, url, token) = (Client::new(), format!("http://{}{path}", server.address), token.clone());
        async move |body: String| {
            let request = client.post(&url).bearer_auth(&token).header("Content-Type", "application/json");
            let response = request.body(body).send().await.unwrap();
            assert_eq!(response.status().as_u16(), status);
            response.bytes().await.unwrap();
        }
    };
    let singles = in_flight(CONNECTIONS, singles, 1, post("/v1/inspections", 201)).await;
    let batches = in_flight(CONNECTIONS, batches, BATCH, post("/v1/inspections/batches", 200)).await;
    (
        singles.show(&format!("HTTP on {engine}, singles over {CONNECTIONS} connections")),
        batches.show(&format!("HTTP on {engine}, batches of {BATCH}")),
    )
}

/// What the door does in this process, without HTTP.
async fn measure_door(folder: &Folder) -> Figure {
    let database = DatabaseUrl::Sqlite(folder.0.join("door.sqlite"));
    let city = City::found(&database, folder, BATCHED).await;
    record(&city, folder, &database, CONNECTIONS).await
}

/// The service in a process of its own, until this is dropped.
struct Server {
    address: String,
    process: Child,
}

impl Server {
    fn start(database: &DatabaseUrl, folder: &Folder) -> Self {
        let url = match database {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let mut process = Command::new("taskset")
            .args(["-c", SERVER_CORE, env!("CARGO_BIN_EXE_imfleet"), "serve", "--bind", "127.0.0.1:0"])
            .args(["--workers", "1", "--database-url", &url, "--keys"])
            .arg(folder.0.join("keys"))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
        let serving =
            log.find_map(|line| serde_json::from_str::<Value>(&line).ok()?["address"].as_str().map(str::to_owned));
        let told = log.filter(|line| !line.contains(r#""level":"INFO""#));
        std::thread::spawn(move || told.for_each(|line| eprintln!("{line}")));
        Self { address: serving.unwrap(), process }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[expect(clippy::disallowed_methods, reason = "the address of the bench's server is no setting of the service")]
fn postgres_server() -> Option<String> {
    std::env::var("IMFLEET_TEST_POSTGRES").ok()
}

/// A new database of the server, which goes with it.
fn database_of(server: &str) -> DatabaseUrl {
    let name = format!("bench_{:016x}", rand::random::<u64>());
    let make = format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'");
    PgConnection::establish(server).unwrap().batch_execute(&make).unwrap();
    let (home, _) = server.rsplit_once('/').unwrap();
    DatabaseUrl::Postgres(format!("{home}/{name}"))
}
