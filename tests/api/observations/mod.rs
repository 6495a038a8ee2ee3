//! Observations over the API: what devices, officers and citizens tell, and what follows.

mod bad_input;
mod listing;
mod reviews;
mod sweeps;
mod tips;

use chrono::Duration;
use imfleet::domain::{
    role::Role::{self, EcologyBureau},
    time::Instant,
};
use serde_json::{Value, json};

use crate::{
    harness::{Reply, World},
    story::truck,
};

/// A picture.
pub fn photo() -> Value {
    json!({ "reference": "cam-1/0001.jpg", "sha256": "0".repeat(64) })
}

/// What a device tells at an instant of a vehicle that it knows by plate and colour.
pub fn told(number: &str, at: Instant, vehicle: &Value, facts: &Value) -> Value {
    json!({
        "device": "D-1", "device_number": number, "observed_at": at.to_string(), "vehicle": vehicle, "facts": facts,
    })
}

/// The truck as a device knows it.
pub fn seen() -> Value {
    json!({ "plate": truck()["plate"], "plate_colour": "yellow" })
}

/// The bureau's device tells of something that it has seen just now.
pub fn observe(world: &World, path: &str, number: &str, vehicle: &Value, facts: &Value) -> Reply {
    let bureau = world.machine(EcologyBureau);
    world.post(&bureau, &format!("/v1/observations/{path}"), &told(number, world.clock.now(), vehicle, facts))
}

/// Registers the truck.
pub fn register(world: &World) -> Value {
    world.post(&world.machine(EcologyBureau), "/v1/vehicles", &truck()).expect(201)
}

/// The vehicle's listings as the bureau reads them.
pub fn listings(world: &World, vehicle: &Value) -> Value {
    let id = vehicle["vehicle_id"].as_str().unwrap();
    world.get(&world.machine(Role::TrafficPolice), &format!("/v1/vehicles/{id}/listings")).expect(200)
}

/// The reasons of the standing listings, the oldest first.
pub fn standing(world: &World, vehicle: &Value) -> Vec<String> {
    let listings = listings(world, vehicle);
    let standing = listings["items"].as_array().unwrap().iter().rev().filter(|item| item["lift"].is_null());
    standing.map(|item| item["reason"].as_str().unwrap().to_owned()).collect()
}

/// Amends a setting from the first day of the year on.
pub fn amend(world: &World, key: &str, value: &str) {
    let told = json!({
        "value": value, "effective_from": "2026-01-01", "source": "test", "reason": "for this story",
    });
    world.post(&world.machine(EcologyBureau), &format!("/v1/settings/{key}/values"), &told).expect(201);
    world.refresh(world.state());
}

/// The clock goes on by some days.
pub fn days(world: &World, days: i64) {
    world.wait(Duration::days(days));
}
