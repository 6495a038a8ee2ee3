//! Public tips: anybody tells, a person decides, and who told stays apart.

use chrono::Duration;
use imfleet::domain::role::{Position, Role::EcologyBureau};
use imfleet::platform::auth::{Claims, Purpose};
use reqwest::Method;
use serde_json::{Value, json};

use super::{photo, register, standing};
use crate::{
    harness::{Reply, World},
    story::truck,
};

const TIPS: &str = "/v1/observations/tips";

fn tip(world: &World) -> Value {
    json!({
        "plate": truck()["plate"], "plate_colour": "yellow", "place": { "name": "渭清路口" },
        "seen_at": world.clock.now().minus(Duration::minutes(5)).to_string(), "description": "起步时冒黑烟", "photo": photo(),
        "reporter": { "name": "某甲", "phone": "13800000000" },
    })
}

fn file(world: &World, body: &Value) -> Reply {
    world.send(world.request(Method::POST, TIPS).json(body))
}

fn status(world: &World, receipt: &Value) -> Reply {
    world.send(world.request(Method::POST, &format!("{TIPS}/status")).json(&json!({ "receipt": receipt })))
}

fn queue(world: &World) -> Vec<Value> {
    let page = world.get(&world.machine(EcologyBureau), TIPS).expect(200);
    page["items"].as_array().unwrap().clone()
}

fn reviews(tip: &Value) -> String {
    format!("{TIPS}/{}/reviews", tip["tip_id"].as_str().unwrap())
}

fn clerk(world: &World) -> String {
    let claims = Claims { position: Position::RewardClerk, ..world.claims(EcologyBureau, Position::Member) };
    world.sign(Purpose::Access, &claims)
}

on_both_engines! {
    fn an_accepted_tip_is_reviewed_like_any_smoke_before_it_lists(world: &World) {
        let vehicle = register(world);
        let filed = file(world, &tip(world)).expect(201);
        assert_eq!(status(world, &filed["receipt"]).expect(200)["state"], "received");
        let waiting = queue(world);
        assert_eq!((waiting.len(), &waiting[0]["plate"]), (1, &json!("陕ET0002")));
        assert!(!waiting[0].to_string().contains("某甲") && !waiting[0].to_string().contains("13800000000"));
        assert_eq!(standing(world, &vehicle), [""; 0]);

        let person = world.member(EcologyBureau);
        let accept = json!({ "accepted": true, "ringelmann_grade": 3, "reason": "照片清晰，转黑烟复核" });
        world.post(&world.machine(EcologyBureau), &reviews(&waiting[0]), &accept).problem(403, "forbidden");
        let ungraded = json!({ "accepted": true, "reason": "照片清晰" });
        world.post(&person, &reviews(&waiting[0]), &ungraded).problem(422, "invalid");
        let accepted = world.post(&person, &reviews(&waiting[0]), &accept).expect(200);
        assert_eq!((&accepted["state"], &accepted["vehicle_id"]), (&json!("accepted"), &vehicle["vehicle_id"]));
        world.post(&person, &reviews(&waiting[0]), &accept).problem(409, "wrong-state");
        assert_eq!((queue(world).len(), standing(world, &vehicle).len()), (0, 0));

        let observation = format!("/v1/vehicles/{}/observations/{}", vehicle["vehicle_id"].as_str().unwrap(), accepted["observation_id"].as_str().unwrap());
        world.post(&person, &format!("{observation}/reviews"), &json!({ "outcome": "confirmed", "reason": "属实" })).expect(200);
        assert_eq!(standing(world, &vehicle), ["black_smoke"]);
        let told = status(world, &filed["receipt"]).expect(200);
        assert_eq!((&told["state"], &told["reason"]), (&json!("accepted"), &json!("照片清晰，转黑烟复核")));
        assert!(told.get("vehicle_id").is_none());
    }

    fn a_dismissed_tip_tells_its_reason_and_nothing_follows(world: &World) {
        let filed = file(world, &tip(world)).expect(201);
        let waiting = queue(world);
        let dismiss = json!({ "accepted": false, "reason": "看不清号牌" });
        world.post(&world.member(EcologyBureau), &reviews(&waiting[0]), &dismiss).expect(200);
        let told = status(world, &filed["receipt"]).expect(200);
        assert_eq!((&told["state"], &told["reason"]), (&json!("dismissed"), &json!("看不清号牌")));
        status(world, &json!("SP0000000000000000")).problem(404, "not-found");
    }

    fn only_the_reward_clerk_learns_who_reported_and_only_for_a_while(world: &World) {
        file(world, &tip(world)).expect(201);
        let path = format!("{TIPS}/{}/reporter-readings", queue(world)[0]["tip_id"].as_str().unwrap());
        let reason = json!({ "reason": "发放举报奖励" });
        for stranger in [world.manager(EcologyBureau), world.member(EcologyBureau), world.machine(EcologyBureau)] {
            world.post(&stranger, &path, &reason).problem(404, "not-found");
        }
        let reporter = world.post(&clerk(world), &path, &reason).expect(200);
        assert_eq!((&reporter["name"], &reporter["phone"]), (&json!("某甲"), &json!("13800000000")));
        world.post(&clerk(world), &path, &json!({})).problem(422, "invalid");

        world.wait(Duration::days(366));
        world.tick();
        world.post(&clerk(world), &path, &reason).problem(404, "not-found");
    }

    fn a_tip_that_cannot_be_is_refused(world: &World) {
        for (member, value) in [
            ("plate", json!("TEST")), ("plate", json!("")), ("description", json!("")), ("place", json!({})),
            ("photo", json!({ "reference": "a", "sha256": "b" })), ("reporter", json!({ "name": "某甲" })), ("extra", json!(1)),
            ("seen_at", json!(world.clock.now().plus(Duration::hours(1)).to_string())),
        ] {
            let mut body = tip(world);
            body[member] = value;
            file(world, &body).problem(422, "invalid");
        }
        assert_eq!(queue(world).len(), 0);
    }

    fn one_address_files_so_many_tips_a_minute(world: &World) {
        for _ in 0..10 {
            file(world, &tip(world)).expect(201);
        }
        let refused = file(world, &tip(world));
        assert_eq!(refused.header("Retry-After"), "60");
        refused.problem(429, "too-many-requests");
    }
}
