//! The passes that a gate keeps until the city has them.

use std::{fs, io::Write};

use imfleet::{
    domain::role::Role::EnterpriseGate,
    gate::{Gate, Passes},
};
use serde_json::{Value, json};

use super::Barrier;
use crate::harness::{Engine, Reaction, Receiver, World};

on_both_engines! {
    fn the_city_keeps_what_a_gate_kept_and_refuses_what_does_not_hold(world: &World) {
        let barrier = Barrier::of(world);
        let pass = |number: &str| json!({
            "entrance": "1", "pass_number": number, "direction": "in", "passed_at": world.clock.now(),
            "admission": "allowed", "plate": "陕E00001", "plate_kind": "large_car",
        });
        let mut passes = Passes::open(&barrier.folder).unwrap();
        for number in ["P-1", "P-2"] {
            passes.keep(&pass(number)).unwrap();
        }
        passes.keep(&json!({ "entrance": "1" })).unwrap();
        passes.keep(&pass("P-3")).unwrap();
        let gate = Gate::open(barrier.folder.clone(), barrier.line(&world.url()), world.clock.clone()).unwrap();
        world.wait_for(gate.work()).unwrap();
        assert_eq!(passes.waiting().unwrap(), 0);
        let kept = world.get(&world.manager(EnterpriseGate), "/v1/gate-passes").expect(200);
        let numbers: Vec<_> = kept["items"].as_array().unwrap().iter().map(|pass| &pass["pass_number"]).collect();
        assert_eq!(numbers, ["P-1", "P-2", "P-3"]);
        let aside = fs::read_to_string(barrier.path.join("passes.refused.ndjson")).unwrap();
        let aside: Value = serde_json::from_str(&aside).unwrap();
        assert_eq!((&aside["pass"], &aside["result"]["status"]), (&json!({ "entrance": "1" }), &json!(422)));
    }
}

#[test]
fn passes_wait_for_the_line_and_are_told_in_order() {
    let world = &World::start(Engine::Sqlite);
    let (barrier, city) = (Barrier::of(world), Receiver::start(Reaction::Status(503)));
    let mut passes = Passes::open(&barrier.folder).unwrap();
    for number in 0..250 {
        passes.keep(&json!({ "number": number })).unwrap();
    }
    // The process was killed in the middle of a line, which it had not answered.
    fs::OpenOptions::new()
        .append(true)
        .open(barrier.path.join("passes.ndjson"))
        .unwrap()
        .write_all(b"{\"num")
        .unwrap();
    drop(passes);
    let mut passes = Passes::open(&barrier.folder).unwrap();
    passes.keep(&json!({ "number": 250 })).unwrap();
    assert_eq!(passes.waiting().unwrap(), 251);
    drop(passes);
    let gate = Gate::open(barrier.folder.clone(), barrier.line(&city.url("")), world.clock.clone()).unwrap();
    assert!(world.wait_for(gate.work()).is_err(), "the line is down");
    city.react(Reaction::Status(201));
    drop(world.wait_for(gate.work()));
    let told: Vec<Value> =
        city.got("/v1/gate-passes").iter().skip(1).flat_map(|batch| items(&batch.json())).collect();
    assert_eq!(told, (0..=250).map(|number| json!({ "number": number })).collect::<Vec<_>>());
    assert_eq!(Passes::open(&barrier.folder).unwrap().waiting().unwrap(), 0);
}

#[test]
fn a_pass_that_the_city_refuses_is_put_aside_and_blocks_no_other() {
    let world = &World::start(Engine::Sqlite);
    let (barrier, city) = (Barrier::of(world), Receiver::start(Reaction::Status(422)));
    let mut passes = Passes::open(&barrier.folder).unwrap();
    passes.keep(&json!({ "number": 1 })).unwrap();
    passes.keep(&json!({ "number": 2 })).unwrap();
    let gate = Gate::open(barrier.folder.clone(), barrier.line(&city.url("")), world.clock.clone()).unwrap();
    drop(world.wait_for(gate.work()));
    assert_eq!(passes.waiting().unwrap(), 0);
    let aside = fs::read_to_string(barrier.path.join("passes.refused.ndjson")).unwrap();
    assert_eq!(aside.lines().count(), 2);
}

fn items(batch: &Value) -> Vec<Value> {
    batch["passes"].as_array().unwrap().clone()
}
