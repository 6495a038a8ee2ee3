//! Judging one test by each method, from readings to verdict with reasons.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use imfleet::domain::{
    lawbook::Lawbook,
    quantity::Amount,
    standard::{LimitClass, Method, Readings, TestFuel, TestSubject},
    time::Day,
    verdict::{Evidence, Law, judge},
};
use serde_json::{Value, json};

const SPAN: Duration = Duration::from_millis(300);
const TARGET_US: f64 = 5.0;

fn main() {
    let lawbook = Lawbook::delivered();
    let day: Day = "2026-08-22".parse().unwrap();
    for readings in readings() {
        let readings: Readings = serde_json::from_value(readings).unwrap();
        let micros = time(&lawbook, day, &readings);
        let word = if micros < TARGET_US { "reached" } else { "MISSED" };
        let name = format!("judging {}", readings.method());
        println!("{name:<58} {micros:>7.2} µs  target {TARGET_US} µs: {word}");
    }
}

/// Microseconds for one test, the law of its day looked up each time as the service does.
fn time(lawbook: &Lawbook, day: Day, readings: &Readings) -> f64 {
    let fuel = [TestFuel::Petrol, TestFuel::Diesel].into_iter().find(|fuel| readings.method().fits(*fuel)).unwrap();
    let subject = TestSubject { rated_power: Some(Amount::whole(100)), ..TestSubject::of(fuel) };
    let evidence = Evidence { readings: Some(readings), ..Evidence::default() };
    let (began, mut tests) = (Instant::now(), 0_u32);
    while began.elapsed() < SPAN {
        for _ in 0..100 {
            let obd = lawbook.obd_cut_offs(day);
            let fast_pass_percent = lawbook.fast_pass_percent(day);
            let law = Law { book: &lawbook.limits, day, class: LimitClass::A, obd: &obd, fast_pass_percent };
            black_box(judge(&law, black_box(&subject), black_box(&evidence)).unwrap());
        }
        tests += 100;
    }
    began.elapsed().as_secs_f64() * 1e6 / f64::from(tests)
}

fn readings() -> [Value; 7] {
    let asm = json!({ "co_percent": 0.31, "hc_ppm": 61, "no_ppm": 410 });
    [
        json!({
            "method": Method::DoubleIdle, "idle": { "co_percent": 0.41, "hc_ppm": 64 },
            "high_idle": { "co_percent": 0.21, "hc_ppm": 38, "lambda": 1.01 },
        }),
        json!({ "method": Method::Asm, "asm5025": asm, "asm2540": asm }),
        json!({ "method": Method::ShortTransient, "co_g_per_km": 2.1, "hc_g_per_km": 0.4, "nox_g_per_km": 0.5 }),
        json!({ "method": Method::Transient, "co_g_per_km": 1.1, "hc_nox_g_per_km": 0.3 }),
        json!({ "method": Method::FreeAcceleration, "k1_per_m": 0.71, "k2_per_m": 0.74, "k3_per_m": 0.69 }),
        json!({
            "method": Method::LugDown, "k100_per_m": 0.91, "k80_per_m": 0.86, "nox80_ppm": 820,
            "max_wheel_power_kw": 61.5,
        }),
        json!({ "method": Method::Ringelmann, "grade": 0 }),
    ]
}
