//! How much a client may ask, and what is odd about its asking.

use chrono::Duration;
use imfleet::{
    domain::role::Role::{EcologyBureau, EnterpriseGate, TrafficPolice},
    platform::auth::Purpose,
};
use serde_json::{Value, json};

use super::plate;
use crate::harness::{Reply, World, seconds};

fn set(world: &World, key: &str, value: &str) {
    let body = json!({ "value": value, "effective_from": "2026-08-22", "source": "test" });
    world.post(&world.manager(EcologyBureau), &format!("/v1/settings/{key}/values"), &body).expect(201);
}

/// A token that outlives the clock's moves.
fn gate(world: &World) -> String {
    let claims = world.claims(EnterpriseGate, imfleet::domain::role::Position::Member);
    let exp = seconds(world.clock.now()) + 172_800;
    world.sign(Purpose::Access, &imfleet::platform::auth::Claims { exp, ..claims })
}

on_both_engines! {
    fn a_burst_is_bounded_and_refills(world: &World) {
        set(world, "checks_per_minute_enterprise_gate", "6");
        set(world, "checks_per_day_enterprise_gate", "100");
        let gate = gate(world);
        let check = || world.post(&gate, "/v1/checks", &plate("陕E·C0001", "large_car"));
        let first = check();
        assert_eq!(first.header("ratelimit-policy"), "\"burst\";q=6;w=60, \"daily\";q=100;w=86400");
        assert_eq!(first.header("ratelimit"), "\"burst\";r=5;t=10, \"daily\";r=99;t=50400");
        first.expect(200);
        let batch = json!({ "checks": vec![json!({ "plate": "陕E·C0001" }); 5] });
        world.post(&gate, "/v1/checks", &batch).expect(200);
        let refused = check();
        assert_eq!((refused.header("retry-after"), refused.header("ratelimit")), ("10", "\"burst\";r=0;t=60, \"daily\";r=94;t=50400"));
        refused.problem(429, "too-many-requests");
        world.wait(Duration::seconds(10));
        check().expect(200);
        check().problem(429, "too-many-requests");
        world.post(&world.manager(TrafficPolice), "/v1/checks", &plate("陕E·C0001", "large_car")).expect(200);
    }

    fn the_day_is_bounded_until_midnight_in_every_process(world: &World) {
        set(world, "checks_per_day_enterprise_gate", "3");
        let gate = gate(world);
        let check = || world.post(&gate, "/v1/checks", &plate("陕E·C0001", "large_car"));
        for _ in 0..3 {
            check().expect(200);
        }
        assert_eq!(check().problem(429, "too-many-requests")["allowance"], "daily");
        world.tick();
        let other = world.another_server();
        world.refresh(&other.state);
        world.wait_for(imfleet::features::tick(&other.state)).unwrap();
        let url = format!("http://{}/v1/checks", other.address);
        let sent = reqwest::blocking::Client::new().post(url).bearer_auth(&gate).json(&plate("陕E·C0001", "large_car"));
        Reply::read(sent.send().unwrap()).problem(429, "too-many-requests");
        world.wait(Duration::hours(14));
        check().expect(200);
    }

    fn runs_of_neighbours_and_repetitions_are_findings(world: &World) {
        let police = world.manager(TrafficPolice);
        let run: Vec<_> = (0..20).map(|number| json!({ "plate": format!("陕E·C00{number:02}") })).collect();
        world.post(&police, "/v1/checks", &json!({ "checks": run })).expect(200);
        let again = json!({ "checks": vec![json!({ "plate": "陕E·D1234" }); 60] });
        world.post(&police, "/v1/checks", &again).expect(200);
        world.wait_for(imfleet::features::follow(world.state())).unwrap();
        let findings: Value = found(world);
        let items = findings["items"].as_array().unwrap();
        let of = |kind: &str| items.iter().find(|item| item["finding"] == kind).unwrap_or_else(|| panic!("{findings}"));
        assert_eq!(of("neighbouring_plates")["facts"], json!({ "count": 20, "about": "陕EC00**" }));
        assert_eq!(of("plate_asked_again")["facts"], json!({ "count": 60, "about": "陕ED12**" }));
        assert_eq!(items.len(), 2);
    }
}

/// The findings, once the service or this test has written down what was noticed.
fn found(world: &World) -> Value {
    for _ in 0..500 {
        let found = world.get(&world.manager(EcologyBureau), "/v1/check-findings").expect(200);
        if found["items"].as_array().unwrap().len() == 2 {
            return found;
        }
        std::thread::yield_now();
    }
    world.get(&world.manager(EcologyBureau), "/v1/check-findings").expect(200)
}
