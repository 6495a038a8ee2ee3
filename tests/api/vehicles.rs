//! Vehicles: who they are, whose they are, and plates that move.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, double_idle},
};

fn find(world: &World, identity: &Value) -> crate::harness::Reply {
    world.post(&world.machine(TrafficPolice), "/v1/vehicles/look-ups", identity)
}

on_both_engines! {
    fn an_owner_is_shown_masked_and_never_to_a_station(world: &World) {
        let mut told = car();
        told["owner"] = json!({ "name": "某某某", "phone": "13800001234" });
        let registered = world.post(&world.machine(TrafficPolice), "/v1/vehicles", &told).expect(201);
        assert_eq!(registered["owner"], json!({ "name": "某**", "phone": "138****1234" }));
        assert_eq!(find(world, &json!({ "vin": car()["vin"] })).expect(200)["owner"], registered["owner"]);
        let accepted = Story::of(world).accept(&told, "first", "double_idle").expect(201);
        assert_eq!(accepted["vehicle"]["vehicle_id"], registered["vehicle_id"]);
        assert!(accepted["vehicle"]["owner"].is_null());
    }

    fn a_plate_is_found_however_it_is_written_and_moves_with_its_day(world: &World) {
        let police = world.machine(TrafficPolice);
        let first = world.post(&police, "/v1/vehicles", &car()).expect(201);
        let mut other = car();
        other["vin"] = json!("LFV3A23C5J3000001");
        other.as_object_mut().unwrap().remove("plate");
        let second = world.post(&police, "/v1/vehicles", &other).expect(201);
        assert!(second["flags"].as_array().unwrap().contains(&json!("no_plate")));
        for written in ["陕E·T0001", "陕et0001", "陕Ｅ-Ｔ０００１"] {
            let found = find(world, &json!({ "plate": written, "plate_kind": "small_car" })).expect(200);
            assert_eq!(found["vehicle_id"], first["vehicle_id"], "{written}");
        }
        find(world, &json!({ "plate": "陕ET0001", "plate_kind": "large_car" })).problem(404, "not-found");
        find(world, &json!({ "plate": "陕ET0001" })).problem(422, "invalid");

        let path = format!("/v1/vehicles/{}/plates", second["vehicle_id"].as_str().unwrap());
        let plate = json!({ "plate": "陕E·T0001", "plate_kind": "small_car", "bound_on": "2026-08-22" });
        world.post(&police, &path, &plate).expect(200);
        let found = find(world, &json!({ "plate": "陕E·T0001", "plate_kind": "small_car" })).expect(200);
        assert_eq!(found["vehicle_id"], second["vehicle_id"]);
        let former = find(world, &json!({ "vin": car()["vin"] })).expect(200);
        assert!(former["plate"].is_null());
    }

    fn an_odd_identity_is_flagged_and_loses_no_test(world: &World) {
        let story = Story::of(world);
        for (number, vin, flag) in [("T-1", "LFV3A23C8J3000001", "vin_check_digit"), ("T-2", "LFV3A23C8J300000", "vin_malformed")] {
            let mut odd = car();
            odd["vin"] = json!(vin);
            odd.as_object_mut().unwrap().remove("plate");
            let recorded = story.test(&odd, "first", number, &double_idle(0.4));
            let path = format!("/v1/vehicles/{}", recorded["vehicle_id"].as_str().unwrap());
            let flags = world.get(&world.machine(EcologyBureau), &path).expect(200)["flags"].clone();
            assert!(flags.as_array().unwrap().contains(&json!(flag)), "{flags}");
            assert!(flags.as_array().unwrap().contains(&json!("no_plate")));
        }
    }

    fn a_known_plate_on_another_car_makes_a_vehicle_of_its_own(world: &World) {
        let story = Story::of(world);
        let first = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let mut other = car();
        other["vin"] = json!("LFV3A23C5J3000001");
        let accepted = story.accept(&other, "first", "double_idle").expect(201);
        assert_ne!(accepted["vehicle"]["vehicle_id"], first["vehicle_id"]);
        assert_eq!(accepted["flags"], json!(["plate_differs"]));
    }

    fn better_data_replace_what_was_known_with_a_reason(world: &World) {
        let police = world.machine(TrafficPolice);
        let known = world.post(&police, "/v1/vehicles", &car()).expect(201);
        world.post(&police, "/v1/vehicles", &car()).problem(409, "already-exists");
        let path = format!("/v1/vehicles/{}/corrections", known["vehicle_id"].as_str().unwrap());
        let told = json!({ "reason": "按随车清单", "vehicle": { "stage": "china_4", "stage_source": "vehicle_list" } });
        let corrected = world.post(&world.machine(EcologyBureau), &path, &told).expect(200);
        assert_eq!((&corrected["stage"], &corrected["vin"]), (&json!("china_4"), &known["vin"]));
        world.post(&police, &path, &told).problem(403, "forbidden");
    }
}
