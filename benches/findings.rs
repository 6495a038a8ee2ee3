//! Findings: what one test costs in its own transaction, with a per-second record and without, and the nightly sweep over a
//! backlog of many tests at two sizes. Give a number to sweep that many tests alone.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

mod common;

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Days;
use common::city::{self, Folder};
use imfleet::{
    domain::{
        lawbook::Lawbook,
        settings::Settings,
        supervision::{Rules, TestFacts, Trace, of_test},
        time::Day,
    },
    features::findings::sweep,
    platform::db::DatabaseUrl,
};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

const SPAN: Duration = Duration::from_millis(500);
const STATIONS: u64 = 40;
const DAYS: u64 = 90;

#[actix_web::main]
async fn main() {
    let told: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    one_test();
    let sizes = if told.is_empty() { vec![50_000, 200_000] } else { told };
    let mut spans = Vec::new();
    for tests in &sizes {
        spans.push(night(*tests).await);
    }
    if let ([small, .., large], [fast, .., slow]) = (&sizes[..], &spans[..]) {
        let growth = (slow / fast) / (*large as f64 / *small as f64);
        println!("sweep, cost of a test at the larger size {growth:>20.2} ×   target 1.3: {}", word(growth <= 1.3));
    }
}

const fn word(reached: bool) -> &'static str {
    if reached { "reached" } else { "MISSED" }
}

/// The findings of one test: by its facts, and with a record of 200 seconds that is checked, printed and sketched.
fn one_test() {
    let settings = Settings::delivered();
    let rules = Rules { settings: &settings, day: "2026-11-24".parse().unwrap() };
    let facts: TestFacts = serde_json::from_value(facts(7, None)).unwrap();
    let plain = time(|| black_box(of_test(black_box(&facts), &rules)).len());
    println!("findings of one test, no record {plain:>29.2} µs   target 50: {}", word(plain < 50.0));
    let trace: Trace = serde_json::from_value(record()).unwrap();
    let with = time(|| {
        let mut facts = facts.clone();
        assert!(trace.check(facts.method).is_empty());
        facts.trace = Some(black_box(&trace).facts());
        black_box(of_test(&facts, &rules)).len()
    });
    println!("findings of one test, 200 seconds {with:>27.2} µs   target 1000: {}", word(with < 1_000.0));
}

fn time(mut work: impl FnMut() -> usize) -> f64 {
    let (began, mut rounds) = (Instant::now(), 0_u32);
    while began.elapsed() < SPAN {
        for _ in 0..20 {
            black_box(work());
        }
        rounds += 20;
    }
    began.elapsed().as_secs_f64() * 1e6 / f64::from(rounds)
}

/// Seconds for the sweep over a backlog of ninety days, a tenth of whose tests have a record.
async fn night(tests: u64) -> f64 {
    let folder = Folder::make();
    let file = folder.0.join("findings.sqlite");
    let state = city::open(&DatabaseUrl::Sqlite(file.clone()), &folder).await;
    fill(&Connection::open(&file).unwrap(), tests);
    let began = Instant::now();
    let today: Day = "2026-11-24".parse().unwrap();
    sweep(&state.db, Arc::new(Lawbook::delivered()), today).await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let target = 60.0 * tests as f64 / 200_000.0;
    println!("sweep over {tests} tests {seconds:>34.2} s    target {target:.0}: {}", word(seconds < target));
    seconds
}

fn fill(conn: &Connection, tests: u64) {
    conn.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN").unwrap();
    let first: Day = "2026-08-26".parse().unwrap();
    let trace: Trace = serde_json::from_value(record()).unwrap();
    let shape = trace.facts();
    {
        let mut insert =
            conn.prepare("INSERT INTO supervision_facts VALUES (?1, ?2, ?3, NULL, NULL, NULL, ?4)").unwrap();
        for number in 0..tests {
            let sketch = number.is_multiple_of(10).then(|| {
                let words: Vec<u64> = (1..=4).map(|word| mix(number * 4 + word)).collect();
                json!({ "samples": shape.samples, "print": mix(number).to_string(), "sketch": words })
            });
            let mut facts = facts(number, sketch.as_ref());
            facts["of"] = json!("test");
            let day = first + Days::new(number * DAYS / tests);
            insert
                .execute(params![
                    facts["vehicle"].as_str(),
                    facts["inspection"].as_str(),
                    day.to_string(),
                    facts.to_string()
                ])
                .unwrap();
        }
    }
    conn.execute_batch("COMMIT; ANALYZE").unwrap();
}

fn facts(number: u64, trace: Option<&Value>) -> Value {
    let id = |kind: u64, number: u64| Uuid::from_u128(u128::from(mix(number)) << 64 | u128::from(kind)).to_string();
    let (station, model) = (number % STATIONS, mix(number) % 300);
    let minute = 8 * 60 + number / STATIONS % 60 * 9;
    let at = |minute: u64| format!("2026-09-01T{:02}:{:02}:00+08:00", minute / 60, minute % 60);
    let failed = mix(number + 1).is_multiple_of(8);
    let verdict = if failed { "fail" } else { "pass" };
    json!({
        "vehicle": id(1, number), "inspection": id(2, number), "station": id(3, station),
        "line": id(4, station * 2 + number % 2), "kind": "periodic", "nature": "first", "method": "double_idle",
        "permission": "regular", "reasoned": false, "verdict": verdict, "station_verdict": verdict,
        "started_at": at(minute), "ended_at": at(minute + 6), "recorded_at": at(minute + 7),
        "driver": format!("{:016x}", mix(station * 3 + number % 3)), "fuel": "petrol",
        "similar": format!("petrol/light/china_{}/{}", 3 + model % 4, model % 3),
        "family": { "maker": format!("M{}", model / 10), "model": format!("T{model}"), "engine": format!("E{}", model / 2) },
        "rated_power": 80 + model % 90, "software": [format!("CAL{model}V{}/{:08X}", number % 3, model * 3 + number % 3)],
        "software_blank": false, "ecu_vin_differs": false,
        "readings": [
            { "item": "idle_co", "value": (mix(number + 2) % 60) as f64 / 100.0, "limit": 0.6 },
            { "item": "idle_hc", "value": mix(number + 3) % 80, "limit": 80 },
            { "item": "high_idle_co", "value": (mix(number + 4) % 30) as f64 / 100.0, "limit": 0.3 },
            { "item": "high_idle_hc", "value": mix(number + 5) % 50, "limit": 50 },
        ],
        "vin": format!("{:016x}", mix(number)), "plate": format!("{:016x}", mix(number + 9)),
        "trace": trace, "calibrated": true, "repaired": false,
    })
}

fn record() -> Value {
    let samples = |salt: u64| -> Vec<f64> { (0..200).map(|at| (400 + mix(at + salt) % 90) as f64 / 1e3).collect() };
    json!({
        "channels": { "co_percent": samples(1), "hc_ppm": samples(1_000), "rpm": samples(2_000) },
        "said_seconds": 200,
        "phases": [{ "phase": "high_idle", "from": 61, "to": 90 }, { "phase": "idle", "from": 151, "to": 180 }],
    })
}

const fn mix(number: u64) -> u64 {
    let mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}
