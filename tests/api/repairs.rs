//! Repairs: who may, what must fit, recalls, take-overs, silence, and the look-up that nobody can guess through.

use chrono::Duration;
use imfleet::domain::role::Role::EcologyBureau;
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, case_path, codes, double_idle},
};

fn failed_case(world: &World) -> (Story<'_>, Value) {
    let story = Story::of(world);
    story.test(&car(), "first", "T-1", &double_idle(0.9));
    let case = story.find_case(&car()).expect(200);
    (story, case)
}

on_both_engines! {
    fn a_record_that_does_not_fit_the_failing_test_is_refused_with_everything_that_is_wrong(world: &World) {
        let (story, case) = failed_case(world);
        let at = case_path(&case);
        let sound = story.record(&case, "S-1");
        world.post(&story.shop, &format!("{at}/repairs"), &sound).problem(409, "wrong-state");
        world.post(&story.shop, &format!("{at}/claims"), &json!({})).expect(200);

        let mut wrong = sound.clone();
        wrong["report_number"] = json!("61050220260000");
        wrong["received_on"] = json!("2026-08-21");
        wrong["settled_on"] = json!("2026-08-20");
        wrong["mileage_km"] = json!(76_959);
        wrong["items"] = json!([]);
        let problem = world.post(&story.shop, &format!("{at}/repairs"), &wrong).problem(422, "invalid");
        assert_eq!(codes(&problem), ["other_report", "received_before_test", "settled_before_received", "mileage_behind", "no_items"]);

        let first = world.post(&story.shop, &format!("{at}/repairs"), &sound);
        let again = world.post(&story.shop, &format!("{at}/repairs"), &sound);
        assert_eq!((first.status, &first.body), (again.status, &again.body));
        assert_eq!(again.header("Idempotency-Replayed"), "true");
        let mut other = sound;
        other["findings"] = json!("点火系统故障");
        world.post(&story.shop, &format!("{at}/repairs"), &other).problem(409, "already-exists");
    }

    fn a_recalled_repair_opens_no_gate(world: &World) {
        let (story, case) = failed_case(world);
        let repair = story.repair(&car(), "S-1");
        let recall = format!("{}/repairs/{}/recalls", case_path(&case), repair["repair_id"].as_str().unwrap());
        world.post(&story.shop, &recall, &json!({ "reason": "结算清单录入有误" })).expect(200);
        assert_eq!(story.find_case(&car()).expect(200)["state"], "repairing");
        let refused = story.accept(&car(), "retest", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["repair_recalled"]);
        world.post(&story.shop, &recall, &json!({ "reason": "结算清单录入有误" })).problem(409, "wrong-state");
    }

    fn a_repair_recalled_after_the_acceptance_closes_nothing(world: &World) {
        let (story, case) = failed_case(world);
        let repair = story.repair(&car(), "S-1");
        let accepted = story.accept(&car(), "retest", "double_idle").expect(201);
        let recall = format!("{}/repairs/{}/recalls", case_path(&case), repair["repair_id"].as_str().unwrap());
        world.post(&story.shop, &recall, &json!({ "reason": "结算清单录入有误" })).expect(200);
        world.wait(Duration::minutes(4));
        let result = story.result("T-2", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.2));
        let passed = world.post(&story.station, "/v1/inspections", &result).expect(201);
        assert_eq!((&passed["verdict"], &passed["effect"]["effect"]), (&json!("pass"), &json!("awaits_confirmation")));
        assert_eq!(story.find_case(&car()).expect(200)["state"], "repairing");
    }

    fn another_shop_takes_over_by_the_report_number_and_a_silent_claim_lapses(world: &World) {
        let (story, case) = failed_case(world);
        let at = case_path(&case);
        world.post(&story.shop, &format!("{at}/claims"), &json!({})).expect(200);
        let other = world.another_shop();
        world.post(&other, &format!("{at}/claims"), &json!({})).problem(409, "wrong-state");
        world.get(&other, &at).problem(404, "not-found");
        world.post(&other, &format!("{at}/take-overs"), &json!({ "report_number": "1" })).problem(404, "not-found");
        world.post(&other, &format!("{at}/take-overs"), &json!({ "report_number": case["report_number"] })).expect(200);
        world.post(&story.shop, &format!("{at}/hand-backs"), &json!({})).problem(409, "wrong-state");
        world.get(&other, &at).expect(200);

        world.wait(Duration::days(7));
        world.tick();
        let bureau = world.machine(EcologyBureau);
        assert_eq!(world.get(&bureau, &at).expect(200)["state"], "failed");
    }

    fn failed_look_ups_lock_the_plate_for_a_while(world: &World) {
        let (story, _) = failed_case(world);
        let mut wrong = car();
        wrong["vin"] = json!("LSVAA4182E2999999");
        for _ in 0..5 {
            story.find_case(&wrong).problem(404, "not-found");
        }
        let locked = story.find_case(&car());
        let seconds: u64 = locked.header("Retry-After").parse().unwrap();
        assert!((1..=3600).contains(&seconds));
        locked.problem(429, "too-many-requests");
        world.wait(Duration::hours(2));
        Story::of(world).find_case(&car()).expect(200);
    }

    fn cases_are_listed_page_by_page(world: &World) {
        let (story, case) = failed_case(world);
        let bureau = world.machine(EcologyBureau);
        let list = world.get(&bureau, "/v1/cases?limit=1").expect(200);
        assert_eq!(list["items"][0]["case_id"], case["case_id"]);
        assert_eq!(list["next"], json!(null));
        assert_eq!(world.get(&bureau, "/v1/cases?overdue=true").expect(200)["items"], json!([]));
        assert_eq!(world.get(&story.shop, "/v1/cases").expect(200)["items"], json!([]));
        world.get(&bureau, "/v1/cases?limit=0").problem(422, "invalid");
        world.get(&bureau, "/v1/cases?cursor=xyz").problem(422, "invalid");
        world.get(&bureau, "/v1/cases?state=lost").must_be_problem();
    }
}
