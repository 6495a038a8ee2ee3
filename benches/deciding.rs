//! Deciding whether a vehicle may enter a zone of 200 rules, while an emergency order is in force.
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

use chrono::{DateTime, Utc};
use imfleet::domain::{
    id::Id,
    listing::ListingReason,
    time,
    vehicle::plate::{Plate, PlateKind},
    zone::{Control, Controls, Place, Point, Subject, Zone, decide, delivered},
};
use serde_json::{Value, json};
use uuid::Uuid;

const SPAN: Duration = Duration::from_secs(2);
const RULES: usize = 200;
const TARGET_PER_S: f64 = 50_000.0;

fn main() {
    let at: DateTime<Utc> = "2026-08-21T12:00:00+08:00".parse().unwrap();
    let controls = controls();
    let zone: Id<Zone> = Uuid::from_u128(1).into();
    let inside = Place::Point(Point::e7(1_095_050_000, 345_050_000));
    for (name, subject) in subjects() {
        for (how, place) in [("zone", Place::Zone(zone)), ("point", inside)] {
            let rate = time(&controls, &subject, place, at.into());
            let word = if rate >= TARGET_PER_S { "reached" } else { "MISSED" };
            let name = format!("deciding with {RULES} rules, by {how}, {name}");
            println!("{name:<58} {rate:>9.0} /s  target {TARGET_PER_S}/s: {word}");
        }
    }
}

/// Decisions in a second on one core.
fn time(controls: &Controls, subject: &Subject, place: Place, at: time::Instant) -> f64 {
    let (began, mut decisions) = (Instant::now(), 0_u32);
    while began.elapsed() < SPAN {
        for _ in 0..1_000 {
            black_box(decide(black_box(subject), place, controls, at));
        }
        decisions += 1_000;
    }
    f64::from(decisions) / began.elapsed().as_secs_f64()
}

fn subjects() -> [(&'static str, Subject); 3] {
    let truck = |stage: &str| {
        let facts = json!({
            "plate": ["陕E12345", PlateKind::LargeCar], "vehicle_type": "H11", "use_nature": "freight",
            "stage": stage, "fuel": "B", "energy": "ice", "gvm_kg": 25_000, "listed": []
        });
        serde_json::from_value::<Subject>(facts).unwrap()
    };
    let listed = Subject { listed: Some(vec![ListingReason::Roadside]), ..truck("china_3") };
    let unknown = Subject::of_plate(Plate::read("陕E54321").unwrap(), PlateKind::LargeCar);
    [("a clean truck", truck("china_6")), ("a listed truck", listed), ("an unknown truck", unknown)]
}

/// One zone with all the rules, each with hours, weekdays and conditions of its own, and an order.
fn controls() -> Controls {
    let rules: Vec<Value> = (0..RULES).map(rule).collect();
    let zone = json!({
        "control": "zone", "id": Uuid::from_u128(1), "version": 1, "name": "主城区", "kind": "main_urban", "area": "610502",
        "gate": null, "polygon": polygon(), "exempts": ["police", "fire"], "rules": rules,
        "effective_from": "2026-01-01T00:00:00Z", "withdrawn": false
    });
    let order = json!({
        "control": "order", "id": Uuid::from_u128(2), "level": "orange", "response": "ii", "measures": ["measure_3"],
        "area": "610500", "zone_kinds": [], "enterprises": [], "starts_at": "2026-08-20T00:00:00Z", "ends_at": null,
        "basis": "预警", "ordered_by": "市政府"
    });
    let sent = [zone, order].map(|control| serde_json::from_value::<Control>(control).unwrap());
    Controls::new(delivered().chain(sent))
}

fn rule(number: usize) -> Value {
    let groups =
        [json!(["heavy_truck"]), json!(["medium_truck", "light_truck"]), json!(["dump_truck"]), json!(["bus"])];
    let stages = [json!(["china_0", "china_1"]), json!(["china_0", "china_1", "china_2", "china_3"])];
    let who = match number % 10 {
        0 => json!({ "listed": true, "groups": groups[number % 4] }),
        1 => json!({ "origin": "out_of_town", "groups": ["truck"] }),
        2 => json!({ "min_gvm_kg": 30_000 }),
        3 => json!({ "plate_kinds": ["low_speed", "motorcycle"] }),
        _ => json!({ "groups": groups[number % 4], "fuels": ["diesel"], "stages": stages[number % 2] }),
    };
    json!({
        "id": format!("r{number}"), "title": format!("规则 {number}"), "effect": "deny", "who": who,
        "when": {
            "from": "2026-01-01", "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "hours": [{ "from": "07:00", "to": "20:00" }, { "from": "22:00", "to": "05:00" }], "holidays": "except"
        },
        "basis": "通告", "confidence": "to_be_checked"
    })
}

/// A ring of 400 corners around the point that is asked.
fn polygon() -> Value {
    let side = |from: (i64, i64), step: (i64, i64)| {
        (0..100).map(move |at| [from.0 + step.0 * at, from.1 + step.1 * at]).collect::<Vec<_>>()
    };
    let mut ring = side((1_095_000, 345_000), (1, 0));
    ring.extend(side((1_095_100, 345_000), (0, 1)));
    ring.extend(side((1_095_100, 345_100), (-1, 0)));
    ring.extend(side((1_095_000, 345_100), (0, -1)));
    ring.push(ring[0]);
    let degrees = |[x, y]: [i64; 2]| json!([x as f64 / 10_000.0, y as f64 / 10_000.0]);
    json!({ "type": "Polygon", "coordinates": [ring.into_iter().map(degrees).collect::<Vec<_>>()] })
}
