//! Results of every shape: batches, traces, wrong values, other people's, two at once.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, InspectionStation, RepairShop};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, codes, double_idle, inspection_path, lug_down, truck},
};

/// A result that fits an acceptance of a car.
fn sound(story: &Story<'_>, number: &str) -> Value {
    let accepted = story.accept(&car(), "first", "double_idle").expect(201);
    story.result(number, accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.4))
}

on_both_engines! {
    fn each_wrong_value_is_pointed_at_and_nothing_is_stored(world: &World) {
        let story = Story::of(world);
        let result = sound(&story, "T-1");
        let later = world.clock.now().plus(Duration::minutes(6)).to_string();
        for (pointer, value, fault, code) in [
            ("/readings/idle/co_percent", json!("0.4"), "/readings", "shape"),
            ("/readings/idle/co_percent", json!(-0.1), "/readings/idle/co_percent", "implausible"),
            ("/readings/idle/co_percent", json!(null), "/readings/idle/co_percent", "missing"),
            ("/readings/idle/co_percent", json!(0.123_456_7), "/readings", "shape"),
            ("/readings/high_idle/lambda", json!(0), "/readings/high_idle/lambda", "implausible"),
            ("/readings/method", json!("asm"), "/readings", "shape"),
            ("/readings", lug_down(1.0), "/readings/method", "method_not_accepted"),
            ("/readings", json!(null), "/readings", "missing"),
            ("/ended_at", json!(later), "/ended_at", "in_the_future"),
            ("/started_at", json!(later), "", "time_span"),
            ("/line_code", json!("09"), "/line_code", "unknown_line"),
            ("/acceptance_number", json!("none"), "/acceptance_number", "unknown_acceptance"),
            ("/odometer_km", json!(-1), "/odometer_km", "range"),
            ("/station_number", json!(""), "/station_number", "length"),
        ] {
            let mut wrong = result.clone();
            *wrong.pointer_mut(pointer).unwrap() = value.clone();
            let problem = world.post(&story.station, "/v1/inspections", &wrong).problem(422, "invalid");
            let error = &problem["errors"][0];
            assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some(fault), Some(code)), "{pointer} {value}: {problem}");
        }
        let mut unknown = result.clone();
        unknown["readings"]["idle"]["co_ppm"] = json!(3);
        world.post(&story.station, "/v1/inspections", &unknown).problem(422, "invalid");
        let huge = result.to_string().replace("0.4", "1e400");
        let request = world.request(reqwest::Method::POST, "/v1/inspections").bearer_auth(&story.station);
        let reply = world.send(request.header("Content-Type", "application/json").body(huge));
        assert!([400, 422].contains(&reply.status), "{}", reply.text);
        assert_eq!(world.get(&story.station, "/v1/inspections").expect(200)["items"], json!([]));
        world.post(&story.station, "/v1/inspections", &result).expect(201);
    }

    fn a_batch_answers_each_by_itself_in_order(world: &World) {
        let story = Story::of(world);
        let first = sound(&story, "T-1");
        let accepted = story.accept(&truck(), "first", "lug_down").expect(201);
        let second = story.result("T-2", accepted["acceptance_number"].as_str().unwrap(), &lug_down(1.5));
        let mut wrong = first.clone();
        wrong["station_number"] = json!("T-3");
        wrong["odometer_km"] = json!("far");
        let batch = json!({ "inspections": [first, wrong, second, first] });

        let results = world.post(&story.station, "/v1/inspections/batches", &batch).expect(200)["results"].clone();
        let statuses: Vec<_> = results.as_array().unwrap().iter().map(|result| result["status"].as_u64().unwrap()).collect();
        assert_eq!(statuses, [201, 422, 201, 200]);
        assert_eq!(results[1]["problem"]["errors"][0]["pointer"], "/odometer_km");
        assert_eq!(results[0]["inspection"], results[3]["inspection"]);
        assert_eq!(results[2]["inspection"]["effect"]["effect"], "case_opened");
        assert_eq!(world.get(&story.station, "/v1/inspections").expect(200)["items"].as_array().unwrap().len(), 2);

        let again = world.post(&story.station, "/v1/inspections/batches", &batch).expect(200)["results"].clone();
        assert_eq!(again[0]["inspection"], results[0]["inspection"]);
        assert_eq!(again[2]["inspection"], results[2]["inspection"]);
        let too_many: Vec<Value> = (0..501).map(|_| json!({})).collect();
        world.post(&story.station, "/v1/inspections/batches", &json!({ "inspections": too_many })).problem(422, "invalid");
    }

    fn a_trial_run_within_a_batch_hides_no_case_from_the_results_after_it(world: &World) {
        let story = Story::of(world);
        let of_kind = |number: &str, kind: &str| {
            let mut result = story.result(number, "", &double_idle(0.9));
            result.as_object_mut().unwrap().remove("acceptance_number");
            for (field, value) in [("vehicle", car()), ("kind", json!(kind)), ("nature", json!("first"))] {
                result[field] = value;
            }
            result
        };
        let batch = json!({ "inspections": [of_kind("T-1", "periodic"), of_kind("T-2", "trial"), of_kind("T-3", "periodic")] });
        let results = world.post(&story.station, "/v1/inspections/batches", &batch).expect(200)["results"].clone();
        let effect = |index: usize| results[index]["inspection"]["effect"].clone();
        assert_eq!(effect(0)["effect"], "case_opened", "{results}");
        assert_eq!(effect(1)["effect"], "none");
        assert_eq!((&effect(2)["effect"], &effect(2)["case_id"]), (&json!("case_failed_again"), &effect(0)["case_id"]));
    }

    fn two_identical_requests_at_once_make_one_record(world: &World) {
        let story = Story::of(world);
        let result = sound(&story, "T-1");
        let replies: Vec<_> = std::thread::scope(|scope| {
            let post = || world.post(&story.station, "/v1/inspections", &result);
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(post)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        for reply in &replies {
            assert_eq!((reply.status, &reply.body), (201, &replies[0].body), "{}", reply.text);
        }
        let fresh = replies.iter().filter(|reply| reply.header("Idempotency-Replayed").is_empty()).count();
        assert_eq!(fresh, 1);
        assert_eq!(world.get(&story.station, "/v1/inspections").expect(200)["items"].as_array().unwrap().len(), 1);
    }

    fn two_failing_tests_at_once_open_one_case(world: &World) {
        let story = Story::of(world);
        let results: Vec<Value> = (0..6)
            .map(|number| {
                let mut result = story.result(&format!("T-{number}"), "", &double_idle(0.9));
                result.as_object_mut().unwrap().remove("acceptance_number");
                for (field, value) in [("vehicle", car()), ("kind", json!("periodic")), ("nature", json!("first"))] {
                    result[field] = value;
                }
                result
            })
            .collect();
        let replies: Vec<Value> = std::thread::scope(|scope| {
            let post = |result| world.post(&story.station, "/v1/inspections", result).expect(201);
            let threads: Vec<_> = results.iter().map(|result| scope.spawn(move || post(result))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let opened = replies.iter().filter(|reply| reply["effect"]["effect"] == "case_opened").count();
        assert_eq!(opened, 1, "{replies:?}");
        assert!(replies.iter().all(|reply| reply["effect"]["case_id"] == replies[0]["effect"]["case_id"]));
        assert_eq!(story.find_case(&car()).expect(200)["round"], 6);
    }

    fn a_station_whose_clock_runs_ahead_cannot_slip_past_the_case(world: &World) {
        let story = Story::of(world);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        let mut ahead = story.result("T-1", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.9));
        ahead["ended_at"] = json!(world.clock.now().plus(Duration::minutes(4)).to_string());
        assert_eq!(world.post(&story.station, "/v1/inspections", &ahead).expect(201)["effect"]["effect"], "case_opened");
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["nature_must_be_retest", "repair_missing"]);
    }

    fn what_the_station_judged_otherwise_is_a_finding_and_the_services_verdict_stands(world: &World) {
        let story = Story::of(world);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        let mut result = story.result("T-1", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.9));
        result["station_verdict"] = json!("pass");
        let recorded = world.post(&story.station, "/v1/inspections", &result).expect(201);
        assert_eq!((&recorded["verdict"], &recorded["station_verdict"]), (&json!("fail"), &json!("pass")));
        let path = format!("/v1/vehicles/{}/findings", recorded["vehicle_id"].as_str().unwrap());
        let found = world.get(&world.machine(EcologyBureau), &path).expect(200);
        assert_eq!(found["items"][0]["finding"], "verdict_differs");
        world.get(&story.station, &path).problem(403, "forbidden");
    }

    fn a_trace_is_kept_with_its_hash_and_read_back(world: &World) {
        let story = Story::of(world);
        let mut result = sound(&story, "T-1");
        result["trace"] = json!({ "channels": { "co_percent": [0.41, 0.4, 0.39], "rpm": [850, 860] } });
        world.post(&story.station, "/v1/inspections", &result).problem(422, "invalid");
        result["trace"] = json!({ "channels": { "co_percent": [0.41, 0.4, 0.39], "rpm": [850, 860, 855] } });
        let recorded = world.post(&story.station, "/v1/inspections", &result).expect(201);
        let trace = world.get(&story.station, &format!("{}/trace", inspection_path(&recorded))).expect(200);
        assert_eq!(trace["trace"], result["trace"]);
        assert_eq!(trace["sha256"].as_str().unwrap().len(), 43);
    }

    fn a_test_is_read_by_its_station_and_the_offices_and_by_nobody_else(world: &World) {
        let story = Story::of(world);
        let recorded = story.test(&car(), "first", "T-1", &double_idle(0.5));
        let path = inspection_path(&recorded);
        assert_eq!(world.get(&story.station, &path).expect(200), recorded);
        assert_eq!(world.get(&world.machine(EcologyBureau), &path).expect(200), recorded);
        world.get(&story.shop, &path).problem(403, "forbidden");
        let stranger = world.another_station();
        world.get(&stranger, &path).problem(404, "not-found");
        assert_eq!(world.get(&stranger, "/v1/inspections").expect(200)["items"], json!([]));
    }

    fn an_old_test_is_judged_again_by_the_law_of_its_own_day(world: &World) {
        let story = Story::of(world);
        let recorded = story.test(&car(), "first", "T-1", &double_idle(0.5));
        let again = world.get(&world.machine(EcologyBureau), &format!("{}/rejudgement", inspection_path(&recorded))).expect(200);
        assert_eq!((&again["verdict"], &again["items"]), (&recorded["verdict"], &recorded["items"]));
    }

    fn readings_are_judged_without_a_vehicle_and_without_being_stored(world: &World) {
        let shop = world.machine(RepairShop);
        let told = json!({ "subject": { "fuel_under_test": "petrol" }, "readings": double_idle(0.61) });
        let judged = world.post(&shop, "/v1/inspections/judgements", &told).expect(200);
        assert_eq!((&judged["verdict"], &judged["limit_class"]), (&json!("fail"), &json!("a")));
        let told = json!({ "subject": { "fuel_under_test": "diesel" }, "readings": lug_down(1.0) });
        let refused = world.post(&shop, "/v1/inspections/judgements", &told).problem(422, "invalid");
        assert_eq!(codes(&refused), ["rated_power_missing"]);
        assert_eq!(world.get(&world.machine(InspectionStation), "/v1/inspections").expect(200)["items"], json!([]));
    }

    fn an_acceptance_without_a_result_lapses_and_its_result_closes_nothing(world: &World) {
        let story = Story::of(world);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["already_accepted"]);
        world.wait(Duration::hours(24));
        world.tick();
        let story = Story::of(world);
        let number = accepted["acceptance_number"].as_str().unwrap();
        let late = world.post(&story.station, "/v1/inspections", &story.result("T-1", number, &double_idle(0.4))).expect(201);
        assert_eq!(late["no_acceptance"], true);
        story.accept(&car(), "first", "double_idle").expect(201);
    }

    fn a_weaker_method_needs_its_reason_and_a_wrong_one_is_refused(world: &World) {
        let story = Story::of(world);
        assert_eq!(codes(&story.accept(&truck(), "first", "free_acceleration").problem(409, "acceptance-refused")), ["reason_missing"]);
        assert_eq!(codes(&story.accept(&truck(), "first", "double_idle").problem(409, "acceptance-refused")), ["method_not_allowed"]);
        let body = json!({
            "line_code": "01", "kind": "periodic", "nature": "first", "method": "free_acceleration",
            "method_reason": "紧密型多驱动轴", "vehicle": truck(),
        });
        world.post(&story.station, "/v1/acceptances", &body).expect(201);
    }
}
