//! Findings: told by the test itself, told by the night, told to those who supervise, and published without thresholds.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, InspectionStation, MarketRegulator, TrafficPolice};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, double_idle, lug_down, truck},
};

/// A result of the car whose record has this CO at idle, disturbed by a pattern of its own.
fn with_record(story: &Story<'_>, vehicle: &Value, number: &str, reported: f64, own_permille: i32) -> Value {
    let accepted = story.accept(vehicle, "first", "double_idle").expect(201);
    let mut result = story.result(number, accepted["acceptance_number"].as_str().unwrap(), &double_idle(reported));
    let samples: Vec<f64> = (0..180).map(|at| f64::from(own_permille + at * 37 % 41 - 20) / 1_000.0).collect();
    result["trace"] =
        json!({ "channels": { "co_percent": samples }, "phases": [{ "phase": "idle", "from": 101, "to": 141 }] });
    result
}

fn another_car() -> Value {
    let mut other = car();
    (other["plate"], other["vin"]) = (json!("陕E·T0009"), json!("LSVAA4182E2184850"));
    other
}

fn kinds(found: &Value) -> Vec<&str> {
    found["items"].as_array().unwrap().iter().map(|item| item["finding"].as_str().unwrap()).collect()
}

on_both_engines! {
    fn a_reading_that_is_the_records_mean_divided_is_found_by_the_test_itself_and_told_to_those_who_supervise(world: &World) {
        let story = Story::of(world);
        let recorded = world.post(&story.station, "/v1/inspections", &with_record(&story, &car(), "T-1", 0.45, 900)).expect(201);
        assert_eq!(recorded["verdict"], "pass");
        let bureau = world.machine(EcologyBureau);
        let path = "/v1/findings?kind=reading_divided";
        let found = world.get(&bureau, path).expect(200);
        assert_eq!(kinds(&found), ["reading_divided"]);
        let item = &found["items"][0];
        assert_eq!((&item["inspection_id"], &item["numerator"], &item["denominator"]), (&recorded["inspection_id"], &json!(1), &json!(1)));
        assert_eq!((&item["facts"]["readings"][0]["item"], &item["facts"]["readings"][0]["by"]), (&json!("idle_co"), &json!(2)));
        let of_vehicle = format!("/v1/vehicles/{}/findings", recorded["vehicle_id"].as_str().unwrap());
        assert!(kinds(&world.get(&bureau, &of_vehicle).expect(200)).contains(&"reading_divided"));
        let station = item["organisation_id"].as_str().unwrap();
        let day = world.clock.now().local_day();
        let narrowed = format!("/v1/findings?kind=reading_divided&station={station}&day={day}&state=noted");
        assert_eq!(kinds(&world.get(&world.machine(MarketRegulator), &narrowed).expect(200)).len(), 1);
        let other_day = format!("/v1/findings?day={}", day.pred_opt().unwrap());
        assert_eq!(world.get(&bureau, &other_day).expect(200)["items"], json!([]));
        assert_eq!(world.get(&story.station, "/v1/findings").expect(200)["items"], json!([]), "nobody asked it yet");
        world.get(&world.machine(TrafficPolice), "/v1/findings").problem(403, "forbidden");
        world.get(&bureau, "/v1/findings?kind=rumour").problem(400, "unreadable");
    }

    fn a_copied_record_is_found_and_so_is_one_that_does_not_add_up(world: &World) {
        let story = Story::of(world);
        world.post(&story.station, "/v1/inspections", &with_record(&story, &car(), "T-1", 0.3, 300)).expect(201);
        let mut copied = with_record(&story, &another_car(), "T-2", 0.3, 300);
        copied["trace"]["said_seconds"] = json!(200);
        let recorded = world.post(&story.station, "/v1/inspections", &copied).expect(201);
        let path = format!("/v1/vehicles/{}/findings", recorded["vehicle_id"].as_str().unwrap());
        let found = world.get(&world.machine(EcologyBureau), &path).expect(200);
        let mut told = kinds(&found);
        told.sort_unstable();
        assert_eq!(told, ["trace_broken", "trace_repeated"], "{found}");
        let item = found["items"].as_array().unwrap().iter().find(|item| item["finding"] == "trace_broken").unwrap();
        assert_eq!(item["facts"]["oddities"], json!(["shorter_than_said"]));
    }

    fn a_record_that_cannot_be_understood_is_refused_by_name(world: &World) {
        let story = Story::of(world);
        let sound = with_record(&story, &car(), "T-1", 0.3, 300);
        for (trace, pointer, code) in [
            (json!({ "channels": { "co_ppm": [3000] } }), "/trace/channels/co_ppm", "other_unit"),
            (json!({ "channels": { "k_per_m": [0.3] } }), "/trace/channels/k_per_m", "other_method"),
            (json!({ "channels": { "co_percent": [0.3] }, "phases": [{ "phase": "idle", "from": 1, "to": 9 }] }), "/trace/phases/0", "phase_outside"),
            (json!({ "channels": { "co_percent": [0.3] }, "seconds": [1, 2] }), "/trace", "trace_length"),
        ] {
            let mut wrong = sound.clone();
            wrong["trace"] = trace;
            let problem = world.post(&story.station, "/v1/inspections", &wrong).problem(422, "invalid");
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some(pointer), Some(code)), "{problem}");
        }
        world.post(&story.station, "/v1/inspections", &sound).expect(201);
    }

    fn the_night_finds_tests_at_the_same_time_once(world: &World) {
        let story = Story::of(world);
        let first = story.accept(&car(), "first", "double_idle").expect(201);
        let second = story.accept(&truck(), "first", "lug_down").expect(201);
        let number = |accepted: &Value| accepted["acceptance_number"].as_str().unwrap().to_owned();
        world.post(&story.station, "/v1/inspections", &story.result("T-1", &number(&first), &double_idle(0.3))).expect(201);
        world.post(&story.station, "/v1/inspections", &story.result("T-2", &number(&second), &lug_down(0.9))).expect(201);
        let path = "/v1/findings?kind=tests_overlap";
        world.tick();
        assert_eq!(world.get(&world.machine(EcologyBureau), path).expect(200)["items"], json!([]), "the day is not over");
        world.wait(Duration::days(1));
        world.tick();
        world.tick();
        let found = world.get(&world.machine(EcologyBureau), path).expect(200);
        assert_eq!(kinds(&found), ["tests_overlap"]);
        assert_eq!((&found["items"][0]["numerator"], &found["items"][0]["facts"]["of"]), (&json!(180), &json!("line")));
        world.wait(Duration::days(1));
        world.tick();
        assert_eq!(kinds(&world.get(&world.machine(EcologyBureau), path).expect(200)).len(), 1);
    }

    fn formulas_are_published_and_thresholds_of_tampering_are_not(world: &World) {
        let station = world.machine(InspectionStation);
        let kinds = world.get(&station, "/v1/finding-kinds").expect(200);
        let of = |kind: &str| {
            let items = kinds["items"].as_array().unwrap();
            items.iter().find(|item| item["finding"] == kind).unwrap_or_else(|| panic!("{kind} in {kinds}")).clone()
        };
        assert_eq!((&of("reading_divided")["tampering"], &of("reading_divided")["thresholds"]), (&json!(true), &json!([])));
        assert_eq!(of("plates_of_one_vin")["thresholds"], json!([{ "key": "finding_plates_of_vin", "value": "2" }]));
        assert!(!of("trace_alike")["formula"]["zh"].as_str().unwrap().is_empty());
        let keys = |token: &str| -> Vec<String> {
            let settings = world.get(token, "/v1/settings").expect(200);
            settings["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect()
        };
        let withheld = "finding_quotient_tolerance_permille".to_owned();
        assert!(!keys(&station).contains(&withheld));
        assert!(keys(&station).contains(&"finding_plates_of_vin".to_owned()));
        assert!(keys(&world.machine(EcologyBureau)).contains(&withheld));
    }
}
