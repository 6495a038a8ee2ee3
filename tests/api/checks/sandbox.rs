//! Sandbox clients: magic plates provoke every answer, and nothing else is theirs.

use imfleet::domain::{
    listing::ListingReason,
    role::Role::{EcologyBureau, RepairShop, TrafficPolice},
    words::Word,
};
use serde_json::{Value, json};

use super::register;
use crate::harness::World;

/// A token of a new client of the role's organisation that sees the sandbox alone.
fn player(world: &World, role: imfleet::domain::role::Role) -> (String, Value) {
    let path = format!("/v1/organisations/{}/clients", world.organisation(role));
    let made = world.post(&world.manager(role), &path, &json!({ "name": "trial", "sandbox": true })).expect(201);
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        made["client_id"].as_str().unwrap(),
        made["client_secret"].as_str().unwrap()
    );
    (world.token(&form).expect(200)["access_token"].as_str().unwrap().to_owned(), made)
}

fn ask(plate: &str) -> Value {
    json!({ "checks": [{ "plate": plate, "plate_kind": "small_car" }] })
}

on_both_engines! {
    fn magic_plates_provoke_every_answer(world: &World) {
        let (player, _) = player(world, TrafficPolice);
        let check = |plate: &str| world.post(&player, "/v1/checks", &ask(plate));
        for (number, reason) in (1..).zip(ListingReason::ALL) {
            let answer = check(&format!("陕E·IO{number:03}")).expect(200);
            assert_eq!((&answer["sandbox"], &answer["items"][0]["status"]), (&json!(true), &json!("listed")));
            assert_eq!(answer["items"][0]["vehicles"][0]["reasons"][0]["reason"], reason.word());
        }
        for (plate, status, ambiguous) in [
            ("陕E·IO099", "listed", false), ("陕E·IO200", "not_listed", false), ("陕E·IO300", "listed", true),
            ("陕E·IO404", "unknown", false), ("陕E·IO422", "unknown", false),
        ] {
            let answer = check(plate).expect(200);
            let item = &answer["items"][0];
            assert_eq!((&answer["sandbox"], &item["status"], &item["ambiguous"]), (&json!(true), &json!(status), &json!(ambiguous)), "{plate}");
        }
        assert_eq!(check("陕E·IO207").expect(200)["audit"], "degraded");
        check("陕E·IO429").problem(429, "too-many-requests");
        check("陕E·IO503").problem(503, "unavailable");
        let mut owner = ask("陕E·IO001");
        for (member, value) in [("with_owner", json!(true)), ("purpose", json!("penalty")), ("case_number", json!("X-1"))] {
            owner[member] = value;
        }
        assert_eq!(world.post(&player, "/v1/checks", &owner).expect(200)["items"][0]["vehicles"][0]["owner"]["name"], "沙***");
    }

    fn a_sandbox_client_sees_no_real_vehicle_and_has_no_other_right(world: &World) {
        let vehicle = register(world, "陕E·C0001", "small_car", "LZZ5ELND6KN123456");
        let (player, _) = player(world, TrafficPolice);
        let answer = world.post(&player, "/v1/checks", &ask("陕E·C0001")).expect(200);
        assert_eq!((&answer["sandbox"], &answer["items"][0]["status"]), (&json!(true), &json!("unknown")));
        world.get(&player, &format!("/v1/vehicles/{vehicle}")).problem(403, "forbidden");
        world.get(&player, "/v1/settings").problem(403, "forbidden");
    }

    fn a_live_client_that_sends_a_magic_plate_is_told_so(world: &World) {
        let body = json!({ "checks": [{ "plate": "陕E·C0001" }, { "plate": "陕E·IO001" }] });
        let problem = world.post(&world.manager(TrafficPolice), "/v1/checks", &body).problem(422, "invalid");
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/checks/1/plate"), &json!("sandbox_plate")));
    }

    fn the_secret_of_a_sandbox_client_opens_no_foreign_door(world: &World) {
        let (_, made) = player(world, RepairShop);
        let body = json!({ "companycode": "001", "companypassword": made["client_secret"] });
        let answer = world.post("", "/v1/adapters/jtt1132/tokens", &body);
        assert_ne!(answer.body["code"], "1", "{}", answer.text);
        let list = world.get(&world.manager(RepairShop), &format!("/v1/organisations/{}/clients", world.organisation(RepairShop)));
        let sandboxes = list.expect(200)["items"].as_array().unwrap().iter().filter(|client| client["sandbox"] == true).count();
        assert_eq!(sandboxes, 1);
        world.get(&world.manager(EcologyBureau), "/v1/check-findings").expect(200);
    }
}
