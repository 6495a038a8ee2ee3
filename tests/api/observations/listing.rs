//! From an exceedance to the list and off it again.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use super::{amend, days, listings, observe, register, seen, standing};
use crate::{
    harness::World,
    story::{Story, lug_down, truck},
};

fn opacity(percent: f64) -> Value {
    json!({ "opacity_percent": percent, "no_ppm": 700, "weather": { "wind_m_per_s": 1.5 }, "vsp_kw_per_t": 8 })
}

fn k(per_m: f64) -> Value {
    json!({ "k_per_m": per_m, "officers": ["610500123"] })
}

on_both_engines! {
    fn remote_sensing_lists_at_the_second_exceedance_and_a_passing_retest_lifts(world: &World) {
        let vehicle = register(world);
        let first = observe(world, "remote-sensing", "1", &seen(), &opacity(42.5)).expect(201);
        assert_eq!((&first["result"], &first["effect"]["effect"]), (&json!("over_limit"), &json!("suspicion")));
        assert_eq!(first["vehicle_id"], vehicle["vehicle_id"]);
        assert_eq!(standing(world, &vehicle), [""; 0]);

        days(world, 10);
        let second = observe(world, "remote-sensing", "2", &seen(), &opacity(38.0)).expect(201);
        assert_eq!(second["effect"]["effect"], "case_opened");
        let listed = listings(world, &vehicle);
        assert_eq!((&listed["listed"], &listed["items"][0]["listing_id"]), (&json!(true), &second["listing_ids"][0]));
        let listing = &listed["items"][0];
        assert_eq!((&listing["reason"], &listing["rule"]), (&json!("remote_sensing"), &json!("remote_sensing_lists")));
        assert_eq!((listing["evidence"].as_array().unwrap().len(), &listing["expires_on"]), (2, &json!("2027-03-01")));

        let third = observe(world, "remote-sensing", "3", &seen(), &opacity(50.0)).expect(201);
        assert_eq!(third["effect"]["effect"], "case_joined");
        let listed = listings(world, &vehicle);
        assert_eq!((listed["items"].as_array().unwrap().len(), listed["items"][0]["evidence"].as_array().unwrap().len()), (1, 3));

        let story = Story::of(world);
        let case = story.find_case(&truck()).expect(200);
        assert_eq!((&case["cause"], &case["report_number"]), (&json!("remote_sensing"), &third["number"]));
        assert_eq!((&case["failing_inspection_id"], &case["failing_observation_id"]), (&json!(null), &third["observation_id"]));
        story.accept(&truck(), "retest", "lug_down").problem(409, "acceptance-refused");
        story.repair(&truck(), "S-1");
        story.test(&truck(), "retest", "T-1", &lug_down(0.6));
        let cleared = listings(world, &vehicle);
        assert_eq!((&cleared["listed"], &cleared["items"][0]["lift"]["by"]), (&json!(false), &json!("pass")));

        world.wait(chrono::Duration::minutes(1));
        let later = observe(world, "remote-sensing", "4", &seen(), &opacity(44.0)).expect(201);
        assert_eq!(later["effect"]["effect"], "suspicion", "what was seen before the retest is settled");
    }

    fn a_passing_remeasurement_after_the_repair_lifts(world: &World) {
        let vehicle = register(world);
        let failed = observe(world, "roadside", "1", &seen(), &k(1.63)).expect(201);
        assert_eq!(failed["effect"]["effect"], "case_opened");
        assert_eq!(standing(world, &vehicle), ["roadside"]);

        let early = observe(world, "roadside", "2", &seen(), &k(0.4)).expect(201);
        assert_eq!((&early["result"], &early["effect"]["effect"]), (&json!("pass"), &json!("none")));
        Story::of(world).repair(&truck(), "S-1");
        let other = observe(world, "premises", "3", &seen(), &json!({ "keeper": "物流园", "check": k(0.4) })).expect(201);
        assert_eq!(other["effect"]["effect"], "none", "another kind of measurement clears nothing");
        let passed = observe(world, "roadside", "4", &seen(), &k(0.4)).expect(201);
        assert_eq!(passed["effect"]["effect"], "case_closed");
        assert_eq!(listings(world, &vehicle)["items"][0]["lift"]["by"], "remeasurement");
        let at = format!("/v1/vehicles/{}/cases/{}", vehicle["vehicle_id"].as_str().unwrap(), passed["effect"]["case_id"].as_str().unwrap());
        let case = world.get(&world.machine(EcologyBureau), &at).expect(200);
        assert_eq!((&case["state"], &case["closure"]["observation_id"]), (&json!("closed"), &passed["observation_id"]));
        let history = world.get(&world.machine(EcologyBureau), &format!("{at}/history")).expect(200);
        let events: Vec<_> = history["entries"].as_array().unwrap().iter().map(|entry| entry["event"].as_str().unwrap().to_owned()).collect();
        assert_eq!(events, [
            "case_opened_by_observation", "vehicle_listed", "case_looked_up", "repair_started", "repair_recorded", "repair_completed",
            "remeasurement_passed", "case_closed", "listing_lifted",
        ].iter().filter(|event| **event != "case_looked_up").copied().collect::<Vec<_>>());
    }

    fn of_two_reasons_one_is_lifted_and_the_vehicle_is_still_listed(world: &World) {
        let vehicle = register(world);
        observe(world, "roadside", "1", &seen(), &k(1.63)).expect(201);
        let joined = observe(world, "premises", "2", &seen(), &json!({ "keeper": "物流园", "check": k(1.9) })).expect(201);
        assert_eq!(joined["effect"]["effect"], "case_joined");
        assert_eq!(standing(world, &vehicle), ["roadside", "premises"]);

        Story::of(world).repair(&truck(), "S-1");
        let cleared = observe(world, "roadside", "3", &seen(), &k(0.4)).expect(201);
        assert_eq!(cleared["effect"]["effect"], "cause_cleared");
        assert_eq!((standing(world, &vehicle), &listings(world, &vehicle)["listed"]), (vec!["premises".to_owned()], &json!(true)));

        Story::of(world).test(&truck(), "retest", "T-1", &lug_down(0.6));
        assert_eq!(listings(world, &vehicle)["listed"], false);
    }

    fn a_decision_stays_when_a_retest_clears_the_exceedance(world: &World) {
        let vehicle = register(world);
        observe(world, "tampering", "1", &seen(), &json!({ "component": "dpf", "state": "removed", "findings": "载体被掏空" })).expect(201);
        let path = format!("/v1/vehicles/{}/listings", vehicle["vehicle_id"].as_str().unwrap());
        world.post(&world.machine(EcologyBureau), &path, &json!({ "basis": "多部门联合惩戒决定" })).expect(201);
        Story::of(world).repair(&truck(), "S-1");
        Story::of(world).test(&truck(), "retest", "T-1", &lug_down(0.6));
        assert_eq!((standing(world, &vehicle), &listings(world, &vehicle)["listed"]), (vec!["decision".to_owned()], &json!(true)));
    }

    fn three_failed_samplings_of_a_cycle_list_and_only_a_retest_lifts_that(world: &World) {
        let vehicle = register(world);
        for number in ["1", "2", "3"] {
            assert_eq!(standing(world, &vehicle).iter().filter(|reason| *reason == "repeated_sampling").count(), 0);
            observe(world, "roadside", number, &seen(), &k(1.63)).expect(201);
            world.wait(chrono::Duration::minutes(1));
        }
        assert_eq!(standing(world, &vehicle), ["roadside", "repeated_sampling"]);
        Story::of(world).repair(&truck(), "S-1");
        let passed = observe(world, "roadside", "4", &seen(), &k(0.4)).expect(201);
        assert_eq!(passed["effect"]["effect"], "cause_cleared");
        assert_eq!(standing(world, &vehicle), ["repeated_sampling"]);
        Story::of(world).test(&truck(), "retest", "T-1", &lug_down(0.6));
        assert_eq!(standing(world, &vehicle), [""; 0]);
    }

    fn a_rule_that_is_off_opens_the_case_and_does_not_list(world: &World) {
        let vehicle = register(world);
        amend(world, "roadside_lists", "off");
        let failed = observe(world, "roadside", "1", &seen(), &k(1.63)).expect(201);
        assert_eq!((&failed["effect"]["effect"], &failed["listing_ids"]), (&json!("case_opened"), &json!([])));
        assert_eq!(standing(world, &vehicle), [""; 0]);
    }

    fn what_is_not_judged_lists_nobody(world: &World) {
        let vehicle = register(world);
        for number in ["1", "2"] {
            let no = observe(world, "remote-sensing", number, &seen(), &json!({ "no_ppm": 2400 })).expect(201);
            assert_eq!((&no["result"], &no["effect"]["effect"]), (&json!("over_limit"), &json!("suspicion")));
        }
        for (number, plate, colour, fuel, why) in [
            ("3", "陕E·P0001", "blue", "A", "no_limit_for_fuel"),
            ("4", "陕E·P0001", "blue", "A", "no_limit_for_fuel"),
            ("5", "陕AD12345", "nev_green", "B", "green_plate"),
            ("6", "豫M·Z0001", "yellow", "Z", "fuel_unknown"),
        ] {
            let vehicle = json!({ "plate": plate, "plate_colour": colour, "fuel": fuel });
            let seen = observe(world, "remote-sensing", number, &vehicle, &opacity(80.0)).expect(201);
            assert_eq!((&seen["result"], &seen["why"], &seen["effect"]["effect"]), (&json!("not_judged"), &json!(why), &json!("none")));
            assert_eq!(standing(world, &seen), [""; 0]);
        }
        assert_eq!(standing(world, &vehicle), [""; 0]);
    }

    fn a_vehicle_from_elsewhere_is_listed_alike_and_flagged_until_it_is_described(world: &World) {
        let stranger = json!({ "plate": "晋Ｍ·12345", "plate_colour": "yellow" });
        let obd = json!({ "minutes": 45, "nox_ppm": 830 });
        let unknown = observe(world, "remote-obd", "1", &stranger, &obd).expect(201);
        assert_eq!((&unknown["result"], &unknown["why"]), (&json!("not_judged"), &json!("fuel_unknown")));
        let read = |seen: &Value| {
            let path = format!("/v1/vehicles/{}", seen["vehicle_id"].as_str().unwrap());
            world.get(&world.machine(TrafficPolice), &path).expect(200)
        };
        let vehicle = read(&unknown);
        assert_eq!((&vehicle["plate"], &vehicle["plate_kind"], &vehicle["area"]), (&json!("晋M12345"), &json!("large_car"), &json!("140000")));
        assert!(vehicle["flags"].as_array().unwrap().contains(&json!("only_sighted")));

        let told = json!({ "plate": "晋M12345", "plate_colour": "yellow", "vehicle_type": "H11", "fuel": "B", "use_nature": "freight" });
        let listed = observe(world, "remote-obd", "2", &told, &obd).expect(201);
        assert_eq!((&listed["vehicle_id"], &listed["effect"]["effect"]), (&unknown["vehicle_id"], &json!("case_opened")));
        assert_eq!(standing(world, &listed), ["remote_monitoring"]);
        let vehicle = read(&listed);
        assert_eq!((&vehicle["vehicle_type"], &vehicle["fuel"]), (&json!("H11"), &json!("B")));
        assert!(!vehicle["flags"].as_array().unwrap().contains(&json!("only_sighted")));
    }

    fn what_was_observed_of_a_vehicle_is_listed_page_by_page(world: &World) {
        let vehicle = register(world);
        for number in ["1", "2", "3"] {
            observe(world, "remote-sensing", number, &seen(), &opacity(10.0)).expect(201);
        }
        let path = format!("/v1/vehicles/{}/observations", vehicle["vehicle_id"].as_str().unwrap());
        let police = world.machine(TrafficPolice);
        let page = world.get(&police, &format!("{path}?limit=2")).expect(200);
        let numbers = |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["device_number"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(numbers(&page), ["3", "2"]);
        let rest = world.get(&police, &format!("{path}?cursor={}", page["next"].as_str().unwrap())).expect(200);
        assert_eq!(numbers(&rest), ["1"]);
        let one = world.get(&police, &format!("{path}/{}", rest["items"][0]["observation_id"].as_str().unwrap())).expect(200);
        assert_eq!((&one["device_number"], &one["facts"]["opacity_percent"]), (&json!("1"), &json!(10)));
        world.get(&police, &format!("{path}/{}", vehicle["vehicle_id"].as_str().unwrap())).problem(404, "not-found");
    }
}
