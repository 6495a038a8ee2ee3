//! The main job: a failed test is repaired, retested and closed, and its history reads from end to end.

use imfleet::domain::role::Role::EcologyBureau;
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, case_path, codes, double_idle, lug_down, truck},
};

on_both_engines! {
    fn a_failed_car_is_repaired_retested_and_closed(world: &World) {
        let story = Story::of(world);

        // The test fails, and the verdict is explained.
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.61));
        assert_eq!(failed["verdict"], "fail");
        let co = &failed["items"][0];
        assert_eq!((&co["item"], &co["outcome"], &co["margin"]), (&json!("idle_co"), &json!("fail"), &json!(-0.01)));
        assert!(co["explanation"]["zh"].as_str().unwrap().contains("0.61"));
        assert_eq!(failed["effect"]["effect"], "case_opened");
        assert_eq!(failed["effect"]["deadline_on"], "2026-09-21");
        let report = failed["report_number"].as_str().unwrap();
        assert!(report.starts_with("6105022026") && report.len() <= 32);

        // The owner gets the repair notice: failing items, deadline, every shop.
        let notice = world.get(&story.station, failed["repair_notice"].as_str().unwrap()).expect(200);
        assert_eq!(notice["failing_items"].as_array().unwrap().len(), 1);
        assert_eq!(notice["repair_shops"].as_array().unwrap().len(), 1);

        // No retest without a repair.
        let refused = story.accept(&car(), "retest", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["repair_missing"]);
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["nature_must_be_retest", "repair_missing"]);

        // The shop repairs and closes out; the retest passes and closes the case.
        let repaired = story.repair(&car(), "S-1");
        assert_eq!((&repaired["state"], &repaired["record"]["report_number"]), (&json!("completed"), &json!(report)));
        let passed = story.test(&car(), "retest", "T-2", &double_idle(0.60));
        assert_eq!((&passed["verdict"], &passed["effect"]["effect"]), (&json!("pass"), &json!("case_closed")));

        // The history reads from end to end.
        let bureau = world.machine(EcologyBureau);
        let path = format!("/v1/vehicles/{}/cases/{}/history", failed["vehicle_id"].as_str().unwrap(), failed["effect"]["case_id"].as_str().unwrap());
        let history = world.get(&bureau, &path).expect(200);
        assert_eq!(history["case"]["state"], "closed");
        assert_eq!(world.get(&story.shop, &path).expect(200), history, "a shop that took part reads it too");
        world.get(&world.another_shop(), &path).problem(404, "not-found");
        assert_eq!(events(&history), [
            "case_opened", "repair_notice_issued", "repair_started", "repair_recorded", "repair_completed",
            "retest_passed", "case_closed",
        ]);
    }

    fn a_truck_that_fails_twice_has_two_rounds_in_one_case(world: &World) {
        let story = Story::of(world);
        let first = story.test(&truck(), "first", "T-1", &lug_down(1.3));
        story.repair(&truck(), "S-1");
        let second = story.test(&truck(), "retest", "T-2", &lug_down(1.25));
        assert_eq!(second["effect"]["effect"], "case_failed_again");
        assert_eq!(first["effect"]["case_id"], second["effect"]["case_id"]);

        let case = story.find_case(&truck()).expect(200);
        assert_eq!((&case["round"], &case["report_number"]), (&json!(2), &second["report_number"]));
        story.accept(&truck(), "retest", "lug_down").problem(409, "acceptance-refused");
        story.repair(&truck(), "S-2");
        let passed = story.test(&truck(), "multiple", "T-3", &lug_down(1.2));
        assert_eq!(passed["effect"]["effect"], "case_closed");
    }

    fn a_vehicle_that_passes_has_no_case(world: &World) {
        let story = Story::of(world);
        let passed = story.test(&car(), "first", "T-1", &double_idle(0.6));
        assert_eq!((&passed["verdict"], &passed["effect"]["effect"]), (&json!("pass"), &json!("none")));
        story.find_case(&car()).problem(404, "not-found");
        world.get(&story.station, &format!("{}/repair-notice", crate::story::inspection_path(&passed))).problem(404, "not-found");
    }

    fn the_bureau_can_exempt_a_retest_from_the_repair_once(world: &World) {
        let (story, bureau) = (Story::of(world), world.machine(EcologyBureau));
        story.test(&car(), "first", "T-1", &double_idle(0.7));
        let case = story.find_case(&car()).expect(200);
        let exemption = format!("{}/exemptions", case_path(&case));
        world.post(&bureau, &exemption, &json!({ "reason": "仪器故障导致误判" })).expect(201);
        let accepted = story.accept(&car(), "retest", "double_idle").expect(201);
        assert_eq!(accepted["ground"], "exemption");
        world.wait(chrono::Duration::minutes(4));
        let result = story.result("T-2", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.5));
        let passed = world.post(&story.station, "/v1/inspections", &result).expect(201);
        assert_eq!(passed["effect"]["effect"], "case_closed");
    }
}

fn events(history: &Value) -> Vec<&str> {
    history["entries"].as_array().unwrap().iter().map(|entry| entry["event"].as_str().unwrap()).collect()
}
