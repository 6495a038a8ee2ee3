//! What follows from time alone: overdue inspections, and evidence that has left its window.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::json;

use super::{amend, days, listings, observe, register, seen, standing};
use crate::{
    harness::World,
    story::{Story, lug_down, truck},
};

on_both_engines! {
    fn an_overdue_inspection_lists_and_a_passing_one_lifts(world: &World) {
        let vehicle = register(world);
        world.tick();
        assert_eq!(standing(world, &vehicle), [""; 0], "due days before the register's history accuse nobody");
        let mut stranger = truck();
        (stranger["plate"], stranger["vin"], stranger["area"]) = (json!("晋M·12345"), json!("LZZ5ELND6KN654321"), json!("140800"));
        let stranger = world.post(&world.machine(EcologyBureau), "/v1/vehicles", &stranger).expect(201);

        amend(world, "overdue_inspection_counts_from", "2026-01-01");
        world.tick();
        world.tick();
        let listed = listings(world, &vehicle);
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["rule"]), (1, &json!("overdue_inspection_lists")));
        assert!(listed["items"][0]["basis"].as_str().unwrap().contains("2026-03-31"));
        assert_eq!(standing(world, &stranger), [""; 0], "it is inspected elsewhere");

        Story::of(world).test(&truck(), "first", "T-1", &lug_down(0.6));
        let cleared = listings(world, &vehicle);
        assert_eq!((&cleared["listed"], &cleared["items"][0]["lift"]["by"]), (&json!(false), &json!("pass")));
        world.tick();
        assert_eq!(standing(world, &vehicle), [""; 0]);
    }

    fn a_failing_inspection_lifts_nothing(world: &World) {
        let vehicle = register(world);
        amend(world, "overdue_inspection_counts_from", "2026-01-01");
        world.tick();
        Story::of(world).test(&truck(), "first", "T-1", &lug_down(2.1));
        assert_eq!(standing(world, &vehicle), ["overdue_inspection"]);
    }

    fn evidence_of_remote_sensing_expires_after_its_window_and_its_case_with_it(world: &World) {
        let vehicle = register(world);
        let smoke = json!({ "opacity_percent": 55 });
        observe(world, "remote-sensing", "1", &seen(), &smoke).expect(201);
        days(world, 10);
        let second = observe(world, "remote-sensing", "2", &seen(), &smoke).expect(201);
        days(world, 181);
        world.tick();
        assert_eq!(standing(world, &vehicle), ["remote_sensing"], "2027-03-01 is the last day");
        let changes = world.get(&world.machine(TrafficPolice), "/v1/listings/changes?after=0").expect(200);
        let told = changes["items"].as_array().unwrap().iter().find(|item| !item["entries"][0].is_null()).unwrap();
        assert_eq!(told["entries"][0]["effective_until"], "2027-03-01T16:00:00Z", "24:00 in Shanghai");
        days(world, 1);
        world.tick();
        assert_eq!(listings(world, &vehicle)["items"][0]["lift"]["by"], "expiry");
        let at = format!("/v1/vehicles/{}/cases/{}", vehicle["vehicle_id"].as_str().unwrap(), second["effect"]["case_id"].as_str().unwrap());
        let case = world.get(&world.machine(EcologyBureau), &at).expect(200);
        assert_eq!((&case["state"], &case["closure"]["ruling"]), (&json!("closed"), &json!("evidence_expired")));
    }

    fn a_case_that_stands_on_more_outlives_the_evidence_of_remote_sensing(world: &World) {
        let vehicle = register(world);
        let smoke = json!({ "opacity_percent": 55 });
        observe(world, "remote-sensing", "1", &seen(), &smoke).expect(201);
        observe(world, "remote-sensing", "2", &seen(), &smoke).expect(201);
        observe(world, "roadside", "3", &seen(), &json!({ "k_per_m": 1.8 })).expect(201);
        days(world, 200);
        world.tick();
        assert_eq!(standing(world, &vehicle), ["roadside"]);
        assert_eq!(Story::of(world).find_case(&truck()).expect(200)["state"], "failed");
    }
}
