//! The 90 % rule for a year among many vehicles with twenty years of movements: how long a standing takes from the
//! rollups, from the entries as they were known on an earlier day, from the raw rows, and by `DuckDB` from a copy of them.
//! `cargo bench --bench fleet -- 5000 20000` takes other sizes.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

#[path = "../common/mod.rs"]
mod common;
mod duckdb;
mod making;

use std::time::Instant;

use common::city::{self, Folder};
use imfleet::{
    domain::{
        role::{Position, Role},
        time::Day,
    },
    features::targets::standing_of_year,
    platform::{auth::Caller, db::DatabaseUrl, state::State},
};
use rusqlite::Connection;

const SIZES: [u64; 2] = [500_000, 2_000_000];
const ROUNDS: u32 = 20;

#[actix_web::main]
async fn main() {
    let told: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = <[u64; 2]>::try_from(told).unwrap_or(SIZES);
    let mut standings = Vec::new();
    for vehicles in sizes {
        standings.push(measure(vehicles).await);
    }
    let growth = standings[1] / standings[0];
    println!("growth from {} to {} {growth:>34.2} ×   target 1.3: {}", sizes[0], sizes[1], word(growth <= 1.3));
}

async fn measure(vehicles: u64) -> f64 {
    let folder = Folder::make();
    let file = folder.0.join("fleet.sqlite");
    let began = Instant::now();
    making::make(&file, vehicles);
    let made = began.elapsed().as_secs_f64();
    let state = city::open(&DatabaseUrl::Sqlite(file.clone()), &folder).await;
    let conn = Connection::open(&file).unwrap();
    let known = ask(&state, None).await;
    let earlier = ask(&state, "2026-06-30".parse().ok()).await;
    let (raw, counted) = raw(&conn);
    let m = vehicles as f64 / 1e6;
    println!("{m:.1} M vehicles: made in {made:>38.0} s");
    println!("{m:.1} M vehicles: T4 of 2026 from the rollups {known:>20.2} ms   target 5: {}", word(known < 5.0));
    println!(
        "{m:.1} M vehicles: as known on an earlier day {earlier:>21.0} ms   target 2000: {}",
        word(earlier < 2_000.0)
    );
    println!("{m:.1} M vehicles: from the raw rows {raw:>30.0} ms");
    match duckdb::ask(&file, &folder.0, counted) {
        Ok((as_they_come, in_order)) => {
            println!("{m:.1} M vehicles: DuckDB, 2 threads, rows as they come {as_they_come:>10.1} ms");
            println!("{m:.1} M vehicles: DuckDB, 2 threads, in order of date {in_order:>11.1} ms");
            let share = known / as_they_come.min(in_order);
            println!("{m:.1} M vehicles: rollups : DuckDB {share:>31.2} ×   target 0.5: {}", word(share <= 0.5));
        }
        Err(why) => println!("{m:.1} M vehicles: DuckDB was not asked: {why}"),
    }
    known
}

const fn word(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}

/// Milliseconds for one standing through the read door, the median of some.
async fn ask(state: &State, as_known: Option<Day>) -> f64 {
    let now = state.clock.now();
    let mut spans = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let look = move |conn: &mut _| standing_of_year(conn, (&bureau(), now), "T4", (None, as_known));
        assert!(state.db.read_at_once(look).await.unwrap() > 0);
        spans.push(began.elapsed().as_secs_f64() * 1e3);
    }
    spans.sort_by(f64::total_cmp);
    spans[spans.len() / 2]
}

fn bureau() -> Caller {
    Caller {
        id: uuid::Uuid::nil(),
        organisation: uuid::Uuid::nil(),
        role: Role::EcologyBureau,
        position: Position::Member,
        lines: Vec::new(),
        trace_id: None,
        sandbox: false,
    }
}

/// The same whole and areas from movements, memberships and the drives of the entries: milliseconds, and what it counts.
fn raw(conn: &Connection) -> (f64, i64) {
    let query = "SELECT m.area, s.trade, e.energy, COUNT(*) FROM movements m
                 JOIN memberships s ON s.vehicle_id = m.vehicle_id AND s.held_from <= m.held_on AND s.superseded_at IS NULL
                 JOIN fleet_entries e ON e.vehicle_id = m.vehicle_id AND e.book = 'stock' AND e.known_until IS NULL
                 WHERE m.kind IN ('registered', 'renewed', 'transferred_in') AND m.superseded_at IS NULL
                   AND m.held_on BETWEEN '2026-01-01' AND '2026-12-31'
                 GROUP BY 1, 2, 3";
    let began = Instant::now();
    let mut statement = conn.prepare(query).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, i64>(3)).unwrap().map(Result::unwrap).sum::<i64>();
    assert!(rows > 0);
    (began.elapsed().as_secs_f64() * 1e3, rows)
}
