//! Checks over HTTP: the real binary on one core, a generator on another; a million vehicles known, 200,000 listed.
//!
//! Rates are taken by turns, so that what slows the machine slows all of them; latencies at a fixed rate, each counted
//! from the instant at which its request was due. `full` takes the latencies for three times 60 s.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

#[path = "../common/city.rs"]
#[allow(dead_code, reason = "the bench has a register of its own")]
mod city;

mod constant;
mod generator;
mod memory;
mod register;
mod server;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use city::Folder;
use generator::{Latencies, Load, median};
use imfleet::platform::db::DatabaseUrl;
use rand::RngExt;
use serde_json::json;
use server::Server;

/// Vehicles of the register; every fifth is listed.
const VEHICLES: usize = 1_000_000;
const BATCH: usize = 500;
const CONNECTIONS: usize = 32;
const TURNS: usize = 3;
const TURN: Duration = Duration::from_secs(3);
/// The share of the highest rate at which latencies are taken.
const SHARE: f64 = 0.7;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if words.iter().any(|word| word == "constant") {
        return constant::serve();
    }
    let full = words.iter().any(|word| word == "full");
    let (span, rounds) = if full { (Duration::from_mins(1), 3) } else { (Duration::from_secs(6), 1) };

    memory::measure(VEHICLES);
    let folder = Folder::make();
    let database = DatabaseUrl::Sqlite(folder.0.join("checks.sqlite"));
    let token = register::found(&database, &folder, VEHICLES);

    let began = Instant::now();
    let server = Server::service(&database, &folder);
    server.wait_until_ready();
    show_time("ready after its start", began.elapsed(), Duration::from_secs(3));
    let bare = Server::constant();

    let singles = Load { address: server.address, requests: singles(&token), connections: CONNECTIONS };
    let batches = Load { address: server.address, requests: batches(&token), connections: 4 };
    let live = Load { address: server.address, requests: vec![get("/health/live")], connections: CONNECTIONS };
    let constant_load = Load { address: bare.address, requests: vec![get("/")], connections: CONNECTIONS };
    let mut rates = [const { Vec::new() }; 4];
    let mut answers = 0;
    for _ in 0..TURNS {
        for (load, rates) in [&singles, &live, &constant_load, &batches].into_iter().zip(&mut rates) {
            rates.push(load.as_fast_as_possible(TURN));
        }
        answers += last(&rates[0]).answered + last(&rates[3]).answered * BATCH;
    }
    let [single, live, constant, batch] = rates.map(|rates| median(rates.iter().map(|run| run.rate)));
    println!("{:<58} {single:>7.0}/s", "checks of one plate, logged, token remembered");
    println!("{:<58} {live:>7.0}/s", "a constant of the same server with its middleware");
    println!("{:<58} {constant:>7.0}/s", "the same constant without any middleware");
    println!("{:<58} {:>7.0}/s", "batches of 500, plates", batch * BATCH as f64);
    show_ratio("one plate / constant with middleware", single / live, 0.7);
    show_ratio("one plate / constant without", single / constant, 0.5);

    for _ in 0..rounds {
        show_latency(
            "the constant without any, for comparison",
            &constant_load.at_rate(constant * SHARE, span),
            Duration::from_millis(2),
        );
        let run = singles.at_rate(single * SHARE, span);
        answers += run.len();
        show_latency("one plate at 70 % of the highest rate", &run, Duration::from_millis(2));
        let run = batches.at_rate(batch * SHARE, span);
        answers += run.len() * BATCH;
        show_latency("batch of 500 at 70 % of the highest rate", &run, Duration::from_millis(20));
    }
    let lines = lines(&folder.0.join("checks"));
    println!("{:<58} {lines:>9}     answers {answers}: {}", "lines of the check log", word(lines == answers));
}

fn last(runs: &[generator::Run]) -> &generator::Run {
    runs.last().unwrap()
}

fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n\r\n").into_bytes()
}

fn post(token: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /v1/checks HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Plates of the register in no order; one in ten is of no vehicle.
fn question() -> serde_json::Value {
    let index = rand::rng().random_range(0..VEHICLES + VEHICLES / 10);
    json!({ "plate": register::plate(index), "plate_kind": "large_car" })
}

fn singles(token: &str) -> Vec<Vec<u8>> {
    (0..20_000).map(|_| post(token, &json!({ "checks": [question()], "place": "K-3" }).to_string())).collect()
}

fn batches(token: &str) -> Vec<Vec<u8>> {
    let batch = || json!({ "checks": (0..BATCH).map(|_| question()).collect::<Vec<_>>(), "place": "K-3" });
    (0..200).map(|_| post(token, &batch().to_string())).collect()
}

fn lines(folder: &Path) -> usize {
    let segments = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    segments.map(|bytes| bytes.split(|byte| *byte == b'\n').count() - 1).sum()
}

fn show_ratio(name: &str, ratio: f64, target: f64) {
    println!("{name:<58} {ratio:>7.2}     target {target:.1}: {}", word(ratio >= target));
}

fn show_time(name: &str, took: Duration, target: Duration) {
    println!("{name:<58} {:>7.2} s   target {target:?}: {}", took.as_secs_f64(), word(took < target));
}

fn show_latency(name: &str, run: &Latencies, target: Duration) {
    let (p50, p99, worst) = (run.percentile(50), run.percentile(99), run.percentile(100));
    let word = word(p99 < target);
    println!(
        "{name:<58} {:>7.0}/s   p50 {p50:?} p99 {p99:?} worst {worst:?}   target {target:?}: {word}",
        run.rate()
    );
}

fn word(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}
