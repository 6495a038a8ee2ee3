//! A case past its deadline puts the vehicle on the blacklist; a passing retest, a ruling or a decision takes it off.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, case_path, double_idle},
};

on_both_engines! {
    fn an_overdue_case_lists_the_vehicle_and_a_pass_lifts_it(world: &World) {
        let story = Story::of(world);
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));

        world.wait(Duration::days(30));
        world.tick();
        assert_eq!(listings(world, &failed)["items"], json!([]), "the deadline's last day is not over");

        world.wait(Duration::days(1));
        world.tick();
        world.tick();
        let listed = listings(world, &failed);
        assert_eq!((&listed["listed"], listed["items"].as_array().unwrap().len()), (&json!(true), 1));
        assert_eq!(listed["items"][0]["reason"], "overdue_case");
        assert!(listed["items"][0]["way_off"]["zh"].as_str().unwrap().contains("复检"));

        let story = Story::of(world);
        story.repair(&car(), "S-1");
        story.test(&car(), "retest", "T-2", &double_idle(0.4));
        let cleared = listings(world, &failed);
        assert_eq!((&cleared["listed"], &cleared["items"][0]["lift"]["by"]), (&json!(false), &json!("pass")));
    }

    fn a_ruling_ends_the_case_and_lifts_its_listing(world: &World) {
        let story = Story::of(world);
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let case = story.find_case(&car()).expect(200);
        world.wait(Duration::days(31));
        world.tick();

        let bureau = world.machine(EcologyBureau);
        let ruling = json!({ "ruling": "scrapped", "reason": "已由回收企业拆解" });
        let path = format!("{}/rulings", case_path(&case));
        let closed = world.post(&bureau, &path, &ruling).expect(200);
        assert_eq!((&closed["state"], &closed["closure"]["ruling"]), (&json!("closed"), &json!("scrapped")));
        world.post(&bureau, &path, &ruling).problem(409, "wrong-state");
        assert_eq!(listings(world, &failed)["items"][0]["lift"]["by"], "ruling");
    }

    fn a_decision_lists_from_its_instant_on_and_is_lifted_with_a_reason(world: &World) {
        let story = Story::of(world);
        let passed = story.test(&car(), "first", "T-1", &double_idle(0.3));
        let bureau = world.machine(EcologyBureau);
        let path = format!("/v1/vehicles/{}/listings", passed["vehicle_id"].as_str().unwrap());
        let later = world.clock.now().plus(Duration::hours(1)).to_string();
        let listing = world.post(&bureau, &path, &json!({ "basis": "路检路查排放超标", "effective_at": later })).expect(201);
        assert_eq!(listing["in_effect"], false);
        assert_eq!(listings(world, &passed)["listed"], false);
        world.wait(Duration::hours(1));
        assert_eq!(listings(world, &passed)["listed"], true);

        let bureau = world.machine(EcologyBureau);
        let lift = format!("{path}/{}/lifts", listing["listing_id"].as_str().unwrap());
        world.post(&bureau, &lift, &json!({ "reason": "申诉成立" })).expect(200);
        world.post(&bureau, &lift, &json!({ "reason": "申诉成立" })).problem(409, "wrong-state");
        assert_eq!(listings(world, &passed)["items"].as_array().unwrap().len(), 1);
    }
}

fn listings(world: &World, inspection: &Value) -> Value {
    let path = format!("/v1/vehicles/{}/listings", inspection["vehicle_id"].as_str().unwrap());
    world.get(&world.machine(TrafficPolice), &path).expect(200)
}
