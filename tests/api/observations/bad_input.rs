//! What cannot be told of an observation, alone and in a batch.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use super::{observe, photo, register, seen, told};
use crate::{
    harness::World,
    story::{codes, truck},
};

fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

on_both_engines! {
    fn facts_that_do_not_hold_are_refused_with_their_pointers(world: &World) {
        for (path, vehicle, facts, pointer) in [
            ("remote-sensing", seen(), json!({ "opacity_percent": 100.5 }), "/facts/opacity_percent"),
            ("remote-sensing", seen(), json!({ "opacity": 31 }), "/facts/?"),
            ("remote-sensing", seen(), json!({ "opacity_percent": "31" }), "/facts/opacity_percent"),
            ("roadside", seen(), json!({ "k_per_m": -1 }), "/facts/k_per_m"),
            ("premises", seen(), json!({ "keeper": "物流园", "check": { "ringelmann_grade": 6 } }), "/facts/check/ringelmann_grade"),
            ("smoke", seen(), json!({ "ringelmann_grade": 2, "photo": { "reference": "a", "sha256": "F".repeat(64) } }), "/facts/photo/sha256"),
            ("remote-obd", seen(), json!({ "minutes": -5 }), "/facts/minutes"),
            ("tampering", seen(), json!({ "component": "horn", "state": "removed", "findings": "无" }), "/facts/component"),
            ("remote-sensing", json!({ "plate": "TEST" }), json!({ "opacity_percent": 31 }), "/vehicle/plate"),
            ("remote-sensing", json!({ "plate": "陕E/12345" }), json!({ "opacity_percent": 31 }), "/vehicle/plate"),
            ("remote-sensing", json!({ "plate": "" }), json!({ "opacity_percent": 31 }), "/vehicle/plate"),
            ("remote-sensing", json!({ "plate": "陕E12345", "fuel": "?" }), json!({ "opacity_percent": 31 }), "/vehicle/fuel"),
            ("remote-sensing", json!({ "plate": "陕E12345", "plate_colour": "purple" }), json!({ "opacity_percent": 31 }), "/vehicle/plate_colour"),
        ] {
            let problem = observe(world, path, "1", &vehicle, &facts).problem(422, "invalid");
            let found = pointers(&problem);
            assert!(found.iter().any(|found| *found == pointer || pointer.ends_with('?')), "{path} {facts}: {found:?}");
        }
        let police = world.machine(TrafficPolice);
        assert_eq!(world.post(&police, "/v1/vehicles/look-ups", &json!({ "plate": "陕E12345", "plate_kind": "other" })).status, 404);
    }

    fn an_observation_of_tomorrow_is_refused(world: &World) {
        let bureau = world.machine(EcologyBureau);
        let post = |minutes: i64| {
            let at = world.clock.now().plus(Duration::minutes(minutes));
            world.post(&bureau, "/v1/observations/roadside", &told("1", at, &seen(), &json!({ "k_per_m": 0.5 })))
        };
        let problem = post(6).problem(422, "invalid");
        assert_eq!((pointers(&problem), codes(&problem)), (vec!["/observed_at"], vec!["in_the_future"]));
        post(5).expect(201);
    }

    fn the_same_again_gets_the_first_answer_and_other_facts_are_refused(world: &World) {
        register(world);
        let first = observe(world, "roadside", "1", &seen(), &json!({ "k_per_m": 1.63 }));
        let again = observe(world, "roadside", "1", &seen(), &json!({ "k_per_m": 1.63 }));
        assert_eq!((first.status, &first.body), (again.status, &again.body));
        assert_eq!(again.header("Idempotency-Replayed"), "true");
        let other = observe(world, "roadside", "1", &seen(), &json!({ "k_per_m": 0.4 })).problem(409, "observation-already-recorded");
        let (vehicle, id) = (first.body["vehicle_id"].as_str().unwrap(), first.body["observation_id"].as_str().unwrap());
        assert_eq!(other["first"], format!("/v1/vehicles/{vehicle}/observations/{id}"));
        let list = world.get(&world.machine(EcologyBureau), &format!("/v1/vehicles/{vehicle}/observations")).expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }

    fn each_of_a_batch_is_answered_by_itself(world: &World) {
        register(world);
        let now = world.clock.now();
        let sensed = |number: &str, percent: f64| told(number, now, &seen(), &json!({ "kind": "remote_sensing", "opacity_percent": percent }));
        let mut malformed = sensed("7", 40.0);
        malformed["vehicle"]["plate"] = json!("N/A");
        let batch = json!({ "observations": [
            sensed("1", 40.0), sensed("1", 40.0), sensed("1", 41.0), sensed("2", 42.0), malformed,
            told("8", now, &seen(), &json!({ "kind": "crystal_ball" })), json!("nothing"),
            told("9", now.plus(Duration::days(1)), &seen(), &json!({ "kind": "roadside", "k_per_m": 0.4 })),
            told("10", now, &seen(), &json!({ "kind": "smoke", "ringelmann_grade": 3, "photo": photo() })),
        ] });
        let bureau = world.machine(EcologyBureau);
        let answer = world.post(&bureau, "/v1/observations/batches", &batch).expect(200);
        let results = answer["results"].as_array().unwrap();
        let statuses: Vec<_> = results.iter().map(|result| result["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [201, 200, 409, 201, 422, 422, 422, 422, 201]);
        assert_eq!(results[3]["observation"]["effect"]["effect"], "case_opened", "the second of the batch completes the chain");
        let problem = &results[4]["problem"];
        assert_eq!((pointers(problem), &problem["instance"]), (vec!["/vehicle/plate"], &json!("/observations/4")));
        let again = world.post(&bureau, "/v1/observations/batches", &batch).expect(200);
        let statuses: Vec<_> = again["results"].as_array().unwrap().iter().map(|result| result["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [200, 200, 409, 200, 422, 422, 422, 422, 200]);

        let many = json!({ "observations": vec![json!({}); 201] });
        world.post(&bureau, "/v1/observations/batches", &many).problem(422, "invalid");
        world.post(&bureau, "/v1/observations/batches", &json!({ "observations": [] })).problem(422, "invalid");
    }

    fn a_plate_that_several_vehicles_bear_needs_its_kind(world: &World) {
        register(world);
        let mut other = truck();
        (other["plate_kind"], other["vin"]) = (json!("motorcycle"), json!("LZZ5ELND6KN654321"));
        world.post(&world.machine(EcologyBureau), "/v1/vehicles", &other).expect(201);
        let facts = json!({ "k_per_m": 0.4 });
        let problem = observe(world, "roadside", "1", &seen(), &facts).problem(422, "invalid");
        assert_eq!((pointers(&problem), codes(&problem)), (vec!["/vehicle/plate_kind"], vec!["ambiguous"]));
        let told = json!({ "plate": truck()["plate"], "plate_kind": "large_car" });
        observe(world, "roadside", "1", &told, &facts).expect(201);
    }
}
