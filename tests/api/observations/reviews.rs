//! The look of a person at what a camera has seen.

use imfleet::domain::role::Role::EcologyBureau;
use serde_json::{Value, json};

use super::{observe, photo, register, seen, standing};
use crate::harness::World;

fn smoke(grade: i64) -> Value {
    json!({ "ringelmann_grade": grade, "confidence_percent": 91, "photo": photo() })
}

fn reviews(seen: &Value) -> String {
    let (vehicle, id) = (seen["vehicle_id"].as_str().unwrap(), seen["observation_id"].as_str().unwrap());
    format!("/v1/vehicles/{vehicle}/observations/{id}/reviews")
}

fn waiting(world: &World) -> usize {
    let page = world.get(&world.machine(EcologyBureau), "/v1/observations/waiting").expect(200);
    page["items"].as_array().unwrap().len()
}

on_both_engines! {
    fn smoke_lists_only_when_a_person_has_confirmed_it(world: &World) {
        let vehicle = register(world);
        let pictured = observe(world, "smoke", "1", &seen(), &smoke(3)).expect(201);
        assert_eq!((&pictured["review"]["state"], &pictured["effect"]["effect"]), (&json!("waiting"), &json!("awaits_review")));
        assert_eq!((waiting(world), standing(world, &vehicle).len()), (1, 0));

        let confirm = json!({ "outcome": "confirmed", "reason": "照片清晰，林格曼三级" });
        world.post(&world.machine(EcologyBureau), &reviews(&pictured), &confirm).problem(403, "forbidden");
        let person = world.member(EcologyBureau);
        let confirmed = world.post(&person, &reviews(&pictured), &confirm).expect(200);
        assert_eq!((&confirmed["review"]["state"], &confirmed["effect"]["effect"]), (&json!("confirmed"), &json!("case_opened")));
        assert_eq!((waiting(world), standing(world, &vehicle)), (0, vec!["black_smoke".to_owned()]));
        world.post(&person, &reviews(&pictured), &confirm).problem(409, "wrong-state");
    }

    fn smoke_that_a_person_dismisses_lists_nobody(world: &World) {
        let vehicle = register(world);
        let pictured = observe(world, "smoke", "1", &seen(), &smoke(2)).expect(201);
        let dismiss = json!({ "outcome": "dismissed", "reason": "低温水汽" });
        let dismissed = world.post(&world.member(EcologyBureau), &reviews(&pictured), &dismiss).expect(200);
        assert_eq!((&dismissed["review"]["reason"], &dismissed["effect"]["effect"]), (&json!("低温水汽"), &json!("dismissed")));
        assert_eq!((waiting(world), standing(world, &vehicle).len()), (0, 0));
    }

    fn smoke_within_the_limit_waits_for_nobody(world: &World) {
        register(world);
        let pictured = observe(world, "smoke", "1", &seen(), &smoke(1)).expect(201);
        assert_eq!((&pictured["result"], &pictured["review"]["state"]), (&json!("pass"), &json!("not_needed")));
        let confirm = json!({ "outcome": "confirmed", "reason": "再看" });
        world.post(&world.member(EcologyBureau), &reviews(&pictured), &confirm).problem(409, "wrong-state");
        assert_eq!(waiting(world), 0);
    }
}
