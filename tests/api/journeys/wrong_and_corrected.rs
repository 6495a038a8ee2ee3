//! Tests that were wrong: voided, corrected, sent without an acceptance, sent twice.

use imfleet::domain::role::Role::{EcologyBureau, InspectionStation};
use serde_json::json;

use crate::{
    harness::World,
    story::{Story, car, double_idle, inspection_path},
};

const REASON: &str = "分析仪当日校准失效";

on_both_engines! {
    fn a_voided_failing_test_ends_the_case_it_opened_and_stays_visible(world: &World) {
        let (story, bureau) = (Story::of(world), world.machine(EcologyBureau));
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let at = inspection_path(&failed);

        let voided = world.post(&bureau, &format!("{at}/voids"), &json!({ "reason": REASON })).expect(200);
        assert_eq!(voided["superseded"]["reason"], REASON);
        story.find_case(&car()).problem(404, "not-found");
        world.post(&bureau, &format!("{at}/voids"), &json!({ "reason": REASON })).problem(409, "wrong-state");
        assert_eq!(world.get(&bureau, &at).expect(200)["items"][0]["sent"], 0.9);
        story.accept(&car(), "first", "double_idle").expect(201);
    }

    fn a_voided_passing_retest_opens_the_case_again(world: &World) {
        let (story, bureau) = (Story::of(world), world.machine(EcologyBureau));
        story.test(&car(), "first", "T-1", &double_idle(0.9));
        story.repair(&car(), "S-1");
        let passed = story.test(&car(), "retest", "T-2", &double_idle(0.2));
        story.find_case(&car()).problem(404, "not-found");
        world.post(&bureau, &format!("{}/voids", inspection_path(&passed)), &json!({ "reason": REASON })).expect(200);
        assert_eq!(story.find_case(&car()).expect(200)["state"], "failed");
    }

    fn a_correction_takes_the_tests_place_and_acts_on_the_case(world: &World) {
        let (story, bureau) = (Story::of(world), world.machine(EcologyBureau));
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let path = format!("{}/corrections", inspection_path(&failed));

        let corrected =
            world.post(&bureau, &path, &json!({ "reason": REASON, "readings": double_idle(0.09) })).expect(201);
        assert_eq!((&corrected["verdict"], &corrected["superseded"]), (&json!("pass"), &json!(null)));
        assert_ne!(corrected["report_number"], failed["report_number"]);
        story.find_case(&car()).problem(404, "not-found");
        let first = world.get(&bureau, &inspection_path(&failed)).expect(200);
        assert_eq!(first["superseded"]["by"], corrected["inspection_id"]);
        assert_eq!(first["items"][0]["sent"], 0.9);
    }

    fn a_test_without_an_acceptance_is_kept_but_closes_nothing_until_it_is_confirmed(world: &World) {
        let (story, bureau) = (Story::of(world), world.machine(EcologyBureau));
        story.test(&car(), "first", "T-1", &double_idle(0.9));
        let mut backlog = story.result("T-2", "", &double_idle(0.3));
        backlog.as_object_mut().unwrap().remove("acceptance_number");
        world.post(&story.station, "/v1/inspections", &backlog).problem(422, "invalid");
        for (field, value) in [("vehicle", car()), ("kind", json!("periodic")), ("nature", json!("retest"))] {
            backlog[field] = value;
        }
        let kept = world.post(&story.station, "/v1/inspections", &backlog).expect(201);
        assert_eq!((&kept["no_acceptance"], &kept["verdict"]), (&json!(true), &json!("pass")));
        assert_eq!(kept["effect"]["effect"], "awaits_confirmation");
        assert_eq!(story.find_case(&car()).expect(200)["state"], "failed");

        let confirm = format!("{}/confirmations", inspection_path(&kept));
        let confirmed = world.post(&bureau, &confirm, &json!({ "reason": "网络中断，现场核实" })).expect(200);
        assert_eq!(confirmed["effect"]["effect"], "case_closed");
        story.find_case(&car()).problem(404, "not-found");
        world.post(&bureau, &confirm, &json!({ "reason": "网络中断，现场核实" })).problem(409, "wrong-state");
    }

    fn the_same_result_again_gets_the_first_answer_and_other_readings_are_refused_and_noted(world: &World) {
        let story = Story::of(world);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        let result = story.result("T-1", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.61));
        let first = world.post(&story.station, "/v1/inspections", &result);
        let again = world.post(&story.station, "/v1/inspections", &result);
        assert_eq!((first.status, again.status), (201, 201));
        assert_eq!(first.body, again.body);
        assert_eq!(again.header("Idempotency-Replayed"), "true");

        let lower = story.result("T-1", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.2));
        let refused = world.post(&story.station, "/v1/inspections", &lower).problem(409, "inspection-already-recorded");
        assert_eq!(refused["first"], inspection_path(&first.body));
        let findings = format!("/v1/vehicles/{}/findings", first.body["vehicle_id"].as_str().unwrap());
        let found = world.get(&world.machine(EcologyBureau), &findings).expect(200);
        assert_eq!(found["items"][0]["finding"], "reposted_lower");
        let list = world.get(&world.machine(InspectionStation), "/v1/inspections").expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
    }
}
