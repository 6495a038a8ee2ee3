//! Passes of gates: answered one by one, kept once, and reviewed after an order.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, EnterpriseGate, TrafficPolice};
use serde_json::{Value, json};

use crate::{
    harness::World,
    zones::{order, truck},
};

fn pass(number: &str, plate: &str, admission: &str) -> Value {
    json!({
        "entrance": "1", "barrier": "1-1", "pass_number": number, "direction": "in",
        "passed_at": "2026-08-22T10:00:00+08:00", "admission": admission, "plate": plate, "plate_kind": "large_car",
        "cargo": { "name": "石灰石", "mass_t": 31.25 }
    })
}

fn send(world: &World, passes: &Value) -> Vec<Value> {
    let answer =
        world.post(&world.machine(EnterpriseGate), "/v1/gate-passes", &json!({ "passes": passes })).expect(200);
    answer["results"].as_array().unwrap().clone()
}

fn statuses(results: &[Value]) -> Vec<i64> {
    results.iter().map(|result| result["status"].as_i64().unwrap()).collect()
}

fn register_gate(world: &World, entrance: &str) {
    let told = json!({
        "name": "门禁", "kind": "enterprise_gate", "area": "610502", "reason": "登记", "rules": [],
        "gate": { "organisation_id": world.organisation(EnterpriseGate), "entrance": entrance }
    });
    world.post(&world.manager(EcologyBureau), "/v1/zones", &told).expect(201);
}

on_both_engines! {
    fn every_pass_of_a_batch_is_answered_by_itself_and_kept_once(world: &World) {
        register_gate(world, "1");
        let sound = pass("P-1", "陕E00001", "allowed");
        let with = |member: &str, value: Value| {
            let mut bad = pass("P-9", "陕E00001", "allowed");
            bad[member] = value;
            bad
        };
        let mut other = sound.clone();
        other["plate"] = json!("陕E00002");
        let results = send(world, &json!([
            sound, sound, other, with("direction", json!("up")), with("passed_at", json!("2026-08-22T10:06:00+08:00")),
            with("photo_sha256", json!("zz")), with("plate", json!("无牌")), with("cargo", json!({ "name": "煤", "mass_t": -1 })),
            with("fuel", json!("?")), pass("P-2", "陕E00001", "refused"), 7
        ]));
        assert_eq!(statuses(&results), [201, 200, 409, 422, 422, 422, 422, 422, 422, 201, 422]);
        let pointers: Vec<_> = results[3..9].iter().map(|result| result["problem"]["errors"][0]["pointer"].clone()).collect();
        assert_eq!(pointers, ["/direction", "/passed_at", "/photo_sha256", "/plate", "/cargo", "/fuel"]);
        assert_eq!(statuses(&send(world, &json!([sound, pass("P-3", "陕E00001", "allowed")]))), [200, 201]);

        let gate = world.machine(EnterpriseGate);
        let first = world.get(&gate, "/v1/gate-passes?limit=2").expect(200);
        let next = format!("/v1/gate-passes?limit=2&cursor={}", first["next"].as_str().unwrap());
        let rest = world.get(&gate, &next).expect(200);
        let numbers = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|item| item["pass_number"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((numbers(&first), numbers(&rest)), (vec!["P-1".into(), "P-2".into()], vec!["P-3".to_owned()]));
    }

    fn a_batch_has_one_to_five_hundred_passes(world: &World) {
        let gate = world.machine(EnterpriseGate);
        let many: Vec<Value> = (0..501).map(|number| pass(&number.to_string(), "陕E00001", "allowed")).collect();
        for passes in [json!([]), json!(many)] {
            let problem = world.post(&gate, "/v1/gate-passes", &json!({ "passes": passes })).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], "/passes");
        }
        let most = json!(many[..500]);
        assert!(statuses(&send(world, &most)).iter().all(|status| *status == 201));
    }

    fn the_ledger_tells_the_stage_that_the_registry_does_not_know_and_the_registry_counts_more(world: &World) {
        let mut told = json!({
            "name": "门禁", "kind": "enterprise_gate", "area": "610502", "reason": "登记",
            "gate": { "organisation_id": world.organisation(EnterpriseGate), "entrance": "1" }
        });
        told["rules"] = json!([{
            "id": "stage", "title": "国四及以下禁入", "effect": "deny", "who": { "stages": ["china_3", "china_4"] },
            "when": { "from": "2026-01-01" }, "basis": "企业规定", "confidence": "to_be_checked"
        }]);
        world.post(&world.manager(EcologyBureau), "/v1/zones", &told).expect(201);
        truck(world, "陕E00003", "china_3");
        let with_stage = |number: &str, plate: &str, stage: &str| {
            let mut pass = pass(number, plate, "allowed");
            pass["stage"] = json!(stage);
            pass
        };
        let results = send(world, &json!([
            pass("P-1", "陕E99999", "allowed"), with_stage("P-2", "陕E99999", "china_6"),
            with_stage("P-3", "陕E99999", "china_4"), with_stage("P-4", "陕E00003", "china_6"),
        ]));
        let outcomes: Vec<_> = results.iter().map(|result| result["pass"]["outcome"].clone()).collect();
        assert_eq!(outcomes, ["unknown", "allow", "deny", "deny"]);
    }

    fn the_review_of_an_order_tells_refused_forbidden_and_silent(world: &World) {
        for entrance in ["1", "2"] {
            register_gate(world, entrance);
        }
        truck(world, "陕E00004", "china_4");
        truck(world, "陕E00006", "china_6");
        let bureau = world.manager(EcologyBureau);
        let told = order("2026-08-22T10:00:00+08:00", "2026-08-22T10:10:00+08:00");
        let issued = world.post(&bureau, "/v1/orders", &told).expect(201);
        let path = format!("/v1/orders/{}/review", issued["order_id"].as_str().unwrap());
        let silent = world.get(&bureau, &path).expect(200);
        assert_eq!((&silent["silent_gates"], &silent["forbidden_passed"]), (&json!(2), &json!(0)));

        let at = |number: &str, plate: &str, admission: &str, at: &str| {
            let mut pass = pass(number, plate, admission);
            pass["passed_at"] = json!(at);
            pass
        };
        let (start, before) = ("2026-08-22T10:00:00+08:00", "2026-08-22T09:59:59.999999+08:00");
        let mut unregistered = at("P-6", "陕E00004", "allowed", start);
        unregistered["entrance"] = json!("9");
        send(world, &json!([
            at("P-1", "陕E00004", "allowed", start), at("P-2", "陕E00004", "refused", start),
            at("P-3", "陕E00004", "allowed", before), at("P-4", "陕E00006", "allowed", start),
            at("P-5", "陕E99999", "allowed", start), unregistered,
        ]));
        world.wait(Duration::minutes(10));
        send(world, &json!([at("P-7", "陕E00004", "allowed", "2026-08-22T10:10:00+08:00")]));

        let review = world.get(&world.manager(TrafficPolice), &path).expect(200);
        let sums = (&review["refused"], &review["forbidden_passed"], &review["silent_gates"]);
        assert_eq!(sums, (&json!(1), &json!(2), &json!(1)));
        let gate = |entrance: &str| {
            let gates = review["gates"].as_array().unwrap();
            gates.iter().find(|gate| gate["entrance"] == entrance).unwrap().clone()
        };
        let first = gate("1");
        assert_eq!((&first["passes"], &first["refused"], &first["undecided_passed"]), (&json!(4), &json!(1), &json!(1)));
        assert_eq!((&first["forbidden_refused"], &first["forbidden_passed"]), (&json!(1), &json!(1)));
        assert_eq!((&gate("2")["silent"], &gate("2")["passes"]), (&json!(true), &json!(0)));
        assert_eq!((&gate("9")["registered"], &gate("9")["forbidden_passed"]), (&json!(false), &json!(1)));
        world.get(&bureau, "/v1/orders/0198d000-0000-7000-8000-00000000ffff/review").problem(404, "not-found");
    }

    fn passes_are_forgotten_when_their_time_has_passed(world: &World) {
        register_gate(world, "1");
        send(world, &json!([pass("P-1", "陕E00001", "allowed")]));
        let count = || {
            let token = world.member(EnterpriseGate);
            world.get(&token, "/v1/gate-passes").expect(200)["items"].as_array().unwrap().len()
        };
        world.wait(Duration::days(731));
        world.tick();
        assert_eq!(count(), 1);
        world.wait(Duration::seconds(1));
        world.tick();
        assert_eq!(count(), 0);
    }
}
