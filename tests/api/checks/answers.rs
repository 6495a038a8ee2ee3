//! What a check answers.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, EnterpriseGate, TrafficPolice, TransportBureau};
use serde_json::{Value, json};

use super::{blacklist, lift, plate, register};
use crate::harness::World;

const VIN: &str = "LZZ5ELND6KN123456";

fn check(world: &World, body: &Value) -> Value {
    world.post(&world.manager(TrafficPolice), "/v1/checks", body).expect(200)
}

fn status(world: &World, body: &Value) -> String {
    check(world, body)["items"][0]["status"].as_str().unwrap().to_owned()
}

on_both_engines! {
    fn a_listing_and_its_lift_are_visible_to_the_next_check(world: &World) {
        let vehicle = register(world, "陕E·C0001", "large_car", VIN);
        let by_plate = plate("陕ｅ-c0001", "large_car");
        assert_eq!(status(world, &by_plate), "not_listed");
        let listing = blacklist(world, &vehicle);
        let answer = check(world, &by_plate);
        let item = &answer["items"][0];
        assert_eq!((&item["status"], &item["ambiguous"]), (&json!("listed"), &json!(false)));
        let reason = &item["vehicles"][0]["reasons"][0];
        assert_eq!(reason["reason"], "decision");
        assert_eq!(reason["way_off"]["en"], "a decision by the ecology bureau");
        assert!(reason["meaning"]["zh"].is_string() && reason["meaning"]["en"].is_string());
        assert_eq!(item["vehicles"][0]["vehicle_id"], json!(vehicle));
        assert!(answer["sequence"].as_i64().unwrap() >= 2 && answer["age_ms"] == 0, "{answer}");
        assert_eq!((&answer["audit"], &answer["sandbox"]), (&json!("written"), &json!(false)));
        assert_eq!(status(world, &json!({ "checks": [{ "vin": VIN }] })), "listed");
        lift(world, &listing);
        assert_eq!(status(world, &by_plate), "not_listed");
    }

    fn a_vehicle_that_is_not_known_is_unknown_and_never_clean(world: &World) {
        register(world, "陕E·C0001", "large_car", VIN);
        for unknown in [plate("陕E·C0009", "large_car"), plate("陕E·C0001", "small_car"), plate("陕E·C000", "large_car")] {
            let answer = check(world, &unknown);
            assert_eq!((&answer["items"][0]["status"], &answer["items"][0]["vehicles"]), (&json!("unknown"), &json!([])));
            assert!(answer["items"][0]["meaning"]["en"].as_str().unwrap().contains("no clean bill"));
        }
    }

    fn a_camera_that_knows_the_colour_alone_gets_every_vehicle_it_may_be(world: &World) {
        register(world, "陕E·C0001", "small_car", "LSVAA4182E2184847");
        let truck = register(world, "陕E·C0001", "large_car", VIN);
        register(world, "陕E·C0001", "moped", "LFV3A23C5J3000001");
        blacklist(world, &truck);
        let kinds = |question: Value| {
            let item = check(world, &json!({ "checks": [question] }))["items"][0].clone();
            let kinds: Vec<_> =
                item["vehicles"].as_array().unwrap().iter().map(|it| it["plate_kind"].as_str().unwrap().to_owned()).collect();
            (item["status"].as_str().unwrap().to_owned(), item["ambiguous"].as_bool().unwrap(), kinds)
        };
        let (status, ambiguous, found) = kinds(json!({ "plate": "陕EC0001" }));
        assert_eq!((status.as_str(), ambiguous, found.len(), found[0].as_str()), ("listed", true, 3, "large_car"));
        let (status, ambiguous, found) = kinds(json!({ "plate": "陕EC0001", "plate_colour": "blue" }));
        assert_eq!((status.as_str(), ambiguous, found.len()), ("not_listed", true, 2));
        let (status, ambiguous, found) = kinds(json!({ "plate": "陕EC0001", "plate_colour": "yellow" }));
        assert_eq!((status.as_str(), ambiguous, found.as_slice()), ("listed", true, ["large_car".to_owned()].as_slice()));
        let (status, ambiguous, found) = kinds(json!({ "plate": "陕EC0001", "plate_kind": "moped" }));
        assert_eq!((status.as_str(), ambiguous, found.len()), ("not_listed", false, 1));
        let (status, ambiguous, found) = kinds(json!({ "plate": "陕EC0001", "plate_kind": "moped", "vin": VIN }));
        assert_eq!((status.as_str(), ambiguous, found.len()), ("listed", true, 2));
    }

    fn a_plate_that_moves_is_answered_with_its_new_vehicle(world: &World) {
        let (old, new) = (register(world, "陕E·C0001", "large_car", VIN), register(world, "陕E·C0002", "large_car", "LSVAA4182E2184847"));
        blacklist(world, &old);
        let moved = json!({ "plate": "陕E·C0001", "plate_kind": "large_car", "bound_on": "2026-08-22" });
        world.post(&world.manager(EcologyBureau), &format!("/v1/vehicles/{new}/plates"), &moved).expect(200);
        assert_eq!(status(world, &plate("陕E·C0001", "large_car")), "not_listed");
        assert_eq!(status(world, &plate("陕E·C0002", "large_car")), "unknown");
        assert_eq!(status(world, &json!({ "checks": [{ "vin": VIN }] })), "listed");
    }

    fn a_listing_bars_from_its_first_instant_on(world: &World) {
        let vehicle = register(world, "陕E·C0001", "large_car", VIN);
        let later = json!({ "basis": "路检超标", "effective_at": "2026-08-22T10:05:00+08:00" });
        let path = format!("/v1/vehicles/{vehicle}/listings");
        world.post(&world.manager(EcologyBureau), &path, &later).expect(201);
        assert_eq!(status(world, &plate("陕E·C0001", "large_car")), "not_listed");
        world.wait(Duration::minutes(5));
        assert_eq!(status(world, &plate("陕E·C0001", "large_car")), "listed");
    }

    fn what_cannot_be_read_is_answered_by_item(world: &World) {
        register(world, "陕E·C0001", "large_car", VIN);
        let body = json!({ "checks": [
            { "plate": "陕E*C0001" }, { "plate": "陕E·C0001", "plate_kind": "large_car" }, {}, { "vin": "LZZ5*" },
            { "plate": "x".repeat(300) },
        ]});
        let items = check(world, &body)["items"].clone();
        let faults: Vec<_> = items.as_array().unwrap().iter().map(|item| item["fault"]["code"].as_str()).collect();
        assert_eq!(faults, [Some("unreadable"), None, Some("missing"), Some("unreadable"), Some("unreadable")]);
        assert_eq!((&items[0]["status"], &items[1]["status"]), (&json!("unknown"), &json!("not_listed")));
    }

    fn a_batch_beyond_the_limit_or_without_a_question_is_refused(world: &World) {
        let police = world.manager(TrafficPolice);
        for count in [0, 1_001] {
            let body = json!({ "checks": vec![json!({ "plate": "陕E·C0001" }); count] });
            let problem = world.post(&police, "/v1/checks", &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], "/checks");
        }
        let most = json!({ "checks": vec![json!({ "plate": "陕E·C0001" }); 1_000] });
        assert_eq!(check(world, &most)["items"].as_array().unwrap().len(), 1_000);
        let unknown_field = json!({ "checks": [{ "plate": "陕E·C0001", "color": "blue" }] });
        world.post(&police, "/v1/checks", &unknown_field).problem(422, "invalid");
    }

    fn owners_are_told_to_the_police_who_say_why(world: &World) {
        register(world, "陕E·C0001", "large_car", VIN);
        let mut body = plate("陕E·C0001", "large_car");
        body["with_owner"] = json!(true);
        for role in [EnterpriseGate, EcologyBureau, TransportBureau] {
            world.post(&world.manager(role), "/v1/checks", &body).problem(403, "forbidden");
        }
        let problem = world.post(&world.manager(TrafficPolice), "/v1/checks", &body).problem(422, "invalid");
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][1]["pointer"]), (&json!("/purpose"), &json!("/case_number")));
        body["purpose"] = json!("investigation");
        body["case_number"] = json!("渭公交2026-0815");
        let answer = check(world, &body);
        assert_eq!(answer["items"][0]["vehicles"][0]["owner"], json!({ "name": "某**", "phone": "138****5678" }));
    }

    fn a_gate_learns_the_status_and_no_more(world: &World) {
        register(world, "陕E·C0001", "large_car", VIN);
        let answer = world.post(&world.manager(EnterpriseGate), "/v1/checks", &plate("陕E·C0001", "large_car")).expect(200);
        let vehicle = &answer["items"][0]["vehicles"][0];
        assert_eq!(vehicle.as_object().unwrap().keys().collect::<Vec<_>>(), ["plate_kind", "reasons", "status"]);
    }

    fn a_remembered_token_still_expires(world: &World) {
        let police = world.manager(TrafficPolice);
        for _ in 0..2 {
            world.post(&police, "/v1/checks", &plate("陕E·C0001", "large_car")).expect(200);
        }
        assert_eq!(world.state().verified.len(), 1);
        world.wait(Duration::minutes(16));
        world.post(&police, "/v1/checks", &plate("陕E·C0001", "large_car")).problem(401, "unauthenticated");
    }

    fn the_service_is_ready_when_the_blacklist_has_been_read(world: &World) {
        let unread = world.another_process();
        assert!(!unread.blacklist.is_loaded());
        world.wait_for(imfleet::features::follow(&unread)).unwrap();
        assert!(unread.blacklist.is_loaded());
        // A check waits for the first reading.
        check(world, &plate("陕E·C0001", "large_car"));
        assert_eq!(world.get("", "/health/ready").status, 200);
    }
}
