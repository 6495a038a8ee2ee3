//! Checks: what is answered, to whom, how often, and what stays of it.

mod allowances;
mod answers;
mod full_disk;
mod killed;
mod log;
mod sandbox;
mod two_processes;

use std::{fs, path::Path};

use imfleet::domain::role::Role::EcologyBureau;
use serde_json::{Value, json};

use crate::harness::World;

/// Registers a vehicle and gives its id.
fn register(world: &World, plate: &str, kind: &str, vin: &str) -> String {
    let body = json!({
        "plate": plate, "plate_kind": kind, "vin": vin, "vehicle_type": "H11", "use_nature": "freight", "fuel": "B",
        "registered_on": "2012-03-02", "owner": { "name": "某某某", "phone": "13812345678" },
    });
    let made = world.post(&world.manager(EcologyBureau), "/v1/vehicles", &body).expect(201);
    made["vehicle_id"].as_str().unwrap().to_owned()
}

/// Puts a vehicle on the blacklist and gives the address of the listing.
fn blacklist(world: &World, vehicle: &str) -> String {
    let path = format!("/v1/vehicles/{vehicle}/listings");
    let made = world.post(&world.manager(EcologyBureau), &path, &json!({ "basis": "路检超标" })).expect(201);
    format!("{path}/{}", made["listing_id"].as_str().unwrap())
}

fn lift(world: &World, listing: &str) {
    let lifts = format!("{listing}/lifts");
    world.post(&world.manager(EcologyBureau), &lifts, &json!({ "reason": "复测合格" })).expect(200);
}

/// One question.
fn plate(plate: &str, kind: &str) -> Value {
    json!({ "checks": [{ "plate": plate, "plate_kind": kind }] })
}

/// The lines of the open and closed segments.
fn lines(folder: &Path) -> Vec<Value> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let texts = entries.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    texts.flat_map(|text| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()).collect()
}
