//! The 90 % rule for a year among many vehicles with twenty years of movements: how long a standing takes from the
//! rollups, from the entries as they were known on an earlier day, and from the raw rows.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

mod common;

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
use rusqlite::{Connection, params};

const TRADES: [&str; 8] =
    ["bus", "taxi", "ride_hailing", "logistics", "refuse", "light_sanitation", "postal", "freight"];
const ENERGIES: [&str; 4] = ["bev", "bev", "phev", "ice"];
const ROUNDS: u32 = 20;

#[actix_web::main]
async fn main() {
    let mut standings = Vec::new();
    for vehicles in [500_000_u64, 2_000_000] {
        standings.push(measure(vehicles).await);
    }
    let growth = standings[1] / standings[0];
    println!("growth from 0.5 M to 2 M {growth:>39.2} ×   target 1.3: {}", word(growth <= 1.3));
}

async fn measure(vehicles: u64) -> f64 {
    let folder = Folder::make();
    let file = folder.0.join("fleet.sqlite");
    let state = city::open(&DatabaseUrl::Sqlite(file.clone()), &folder).await;
    let conn = Connection::open(&file).unwrap();
    fill(&conn, vehicles);
    let known = ask(&state, None).await;
    let earlier = ask(&state, "2026-06-30".parse().ok()).await;
    let raw = raw(&conn);
    let millions = vehicles as f64 / 1e6;
    println!(
        "{millions:.1} M vehicles: T4 of 2026 from the rollups {known:>20.2} ms   target 5: {}",
        word(known < 5.0)
    );
    println!(
        "{millions:.1} M vehicles: as known on an earlier day {earlier:>21.0} ms   target 2000: {}",
        word(earlier < 2_000.0)
    );
    println!("{millions:.1} M vehicles: from the raw rows {raw:>30.0} ms");
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

/// Each vehicle comes on a day of twenty years and works in a trade; a third of them has left since.
fn fill(conn: &Connection, vehicles: u64) {
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN").unwrap();
    let known = "2026-01-01T00:00:00.000000Z";
    let first: Day = "2006-11-24".parse().unwrap();
    {
        let mut moves =
            conn.prepare("INSERT INTO movements VALUES (?1,?2,?3,?4,?5,NULL,?6,NULL,NULL,NULL,NULL)").unwrap();
        let mut joins = conn
            .prepare("INSERT INTO memberships VALUES (?1,?2,?3,NULL,NULL,?4,?5,NULL,?6,NULL,NULL,NULL,NULL)")
            .unwrap();
        let entry = "INSERT INTO fleet_entries VALUES (?1,?2,?3,?4,?5,'registered',?6,?7,NULL,?8,'not_a_truck','other',?9,?10,?11,NULL)";
        let mut entries = conn.prepare(entry).unwrap();
        for number in 0..vehicles {
            let id = uuid::Uuid::from_u128(u128::from(number) << 64 | 0x7000_8000_0000_0000).to_string();
            let other = uuid::Uuid::from_u128(u128::from(number) << 64 | 0x7000_8000_0000_0001).to_string();
            let day = first + chrono::Days::new(number.wrapping_mul(2_654_435_761) % 7_300);
            let left = number.is_multiple_of(3).then(|| day + chrono::Days::new(4_000));
            let left = left.filter(|left| *left < first + chrono::Days::new(7_300));
            let area = format!(
                "6105{:02}",
                [2, 3, 22, 23, 24, 25, 26, 27, 28, 81, 82][usize::try_from(number % 11).unwrap()]
            );
            let trade = TRADES[usize::try_from(number / 11 % 8).unwrap()];
            let energy = ENERGIES[usize::try_from(number / 88 % 4).unwrap()];
            let stage = if energy == "ice" { "china_6" } else { "electric" };
            moves.execute(params![id, id, "registered", day.to_string(), area, known]).unwrap();
            if let Some(left) = left {
                moves.execute(params![id, other, "scrapped", left.to_string(), area, known]).unwrap();
            }
            joins.execute(params![id, id, trade, area, day.to_string(), known]).unwrap();
            let none: Option<String> = None;
            entries
                .execute(params![id, id, "additions", day.to_string(), none, none, area, trade, stage, energy, known])
                .unwrap();
            let way_out = left.map(|_| "scrapped");
            let until = left.map(|left| left.to_string());
            entries
                .execute(params![
                    id,
                    other,
                    "stock",
                    day.to_string(),
                    until,
                    way_out,
                    area,
                    trade,
                    stage,
                    energy,
                    known
                ])
                .unwrap();
        }
    }
    for (grain, length, area, which) in [
        ("year", 4, "area", "1 = 1"),
        ("month", 7, "area", "1 = 1"),
        ("city_month", 7, "'610500'", "area <> '610581'"),
    ] {
        let drives =
            ["bev", "fcev", "phev", "erev", "hybrid", "ice", "unknown"].map(|kind| format!("SUM(energy = '{kind}')"));
        let fold = format!(
            "INSERT INTO addition_rollups SELECT '{grain}', substr(held_from, 1, {length}), {area}, trades, way_in, {}
             FROM fleet_entries WHERE book = 'additions' AND {which} GROUP BY 2, 3, 4, 5",
            drives.join(", ")
        );
        conn.execute_batch(&fold).unwrap();
    }
    conn.execute_batch("COMMIT; ANALYZE").unwrap();
}

/// The same whole and areas from movements, memberships and the drives of the entries.
fn raw(conn: &Connection) -> f64 {
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
    began.elapsed().as_secs_f64() * 1e3
}
