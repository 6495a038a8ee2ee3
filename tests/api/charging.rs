//! Charging sites: registered, counted from their first day to their last, and set against the plan's goal.

use imfleet::domain::role::Role::{EcologyBureau, TransportBureau};
use serde_json::{Value, json};

use crate::harness::World;

const PATH: &str = "/v1/charging-sites";

fn site() -> Value {
    json!({
        "kind": "charging", "name": "客运站充电站", "operator": "某充电公司", "area": "610502", "power_kw": 960.5,
        "connectors": 16, "in_service_from": "2026-06-01",
    })
}

fn swap() -> Value {
    json!({
        "kind": "swap", "name": "出租车换电站", "operator": "某换电公司", "area": "610583", "power_kw": 400,
        "swaps_a_day": 200, "in_service_from": "2026-08-22",
    })
}

on_both_engines! {
    fn sites_are_set_against_the_goal_by_dated_rates(world: &World) {
        let office = world.manager(TransportBureau);
        let made = world.post(&office, PATH, &site()).expect(201);
        world.post(&office, PATH, &swap()).expect(201);
        let at = |query: &str| world.get(&office, &format!("{PATH}/capacity{query}")).expect(200);
        let today = at("");
        let whole = json!({ "sites": 2, "power_kw": 1360.5, "connectors": 16, "swaps_a_day": 200, "vehicles": 632 });
        assert_eq!((&today["whole"], &today["goal_vehicles"]), (&whole, &json!(50_000)));
        assert_eq!((&today["share_percent"], &today["met"], &today["missing"]), (&json!("1.2"), &json!(false), &json!(49_368)));
        assert_eq!(today["by_settings"][0]["key"], "vehicles_per_connector");
        assert_eq!(at("?as_of=2026-08-21")["whole"]["vehicles"], 32);
        assert_eq!(at("?as_of=2026-05-31")["whole"]["sites"], 0);
        let zone = at("?area=610583");
        assert_eq!((&zone["whole"]["vehicles"], &zone["met"]), (&json!(600), &json!(null)));
        assert_eq!(at("?area=610502")["whole"]["vehicles"], 632);

        let closed = format!("{PATH}/{}/closures", made["site_id"].as_str().unwrap());
        let early = world.post(&office, &closed, &json!({ "last_on": "2026-05-31" })).problem(422, "invalid");
        assert_eq!(early["errors"][0]["pointer"], "/last_on");
        world.post(&office, &closed, &json!({ "last_on": "2026-08-21" })).expect(200);
        world.post(&office, &closed, &json!({ "last_on": "2026-08-21" })).problem(409, "wrong-state");
        assert_eq!((&at("")["whole"]["vehicles"], &at("?as_of=2026-08-21")["whole"]["vehicles"]), (&json!(600), &json!(32)));
    }

    fn another_rate_holds_from_its_day_on(world: &World) {
        let bureau = world.manager(EcologyBureau);
        world.post(&bureau, PATH, &site()).expect(201);
        let body = json!({ "value": "1", "effective_from": "2026-08-23", "source": "试点方案 1:1" });
        world.post(&bureau, "/v1/settings/vehicles_per_connector/values", &body).expect(201);
        let on = |day: &str| world.get(&bureau, &format!("{PATH}/capacity?as_of={day}")).expect(200)["whole"]["vehicles"].clone();
        assert_eq!((on("2026-08-22"), on("2026-08-23")), (json!(32), json!(16)));
    }

    fn the_target_of_50000_vehicles_stands_by_the_sites_that_were_known(world: &World) {
        let bureau = world.manager(EcologyBureau);
        let stands = |query: &str| world.get(&bureau, &format!("/v1/targets/T5/standings?{query}")).expect(200);
        let empty = stands("");
        assert_eq!((&empty["verdict"], &empty["waits_for"]), (&json!("no_data"), &json!(null)));
        let made = world.post(&bureau, PATH, &site()).expect(201);
        world.post(&bureau, PATH, &swap()).expect(201);
        let today = stands("");
        let whole = &today["readings"][0]["whole"];
        assert_eq!((&whole["fraction"], &whole["share_percent"]), (&json!("632/50000"), &json!("1.2")));
        assert_eq!((&today["verdict"], &whole["distance"]["more_needed"]), (&json!("not_met"), &json!(49_368)));
        let areas: Vec<_> = today["readings"][0]["areas"].as_array().unwrap().iter().map(|area| area["counted"].clone()).collect();
        assert_eq!(areas, [json!(600), json!(32)]);
        let trend = today["readings"][0]["trend"].as_array().unwrap();
        assert_eq!((&trend[4]["of_month"]["counted"], &trend[5]["of_month"]["counted"], &trend[7]["to_date"]["counted"]), (&json!(0), &json!(32), &json!(632)));
        let part = stands("area=610583");
        assert_eq!((&part["readings"][0]["whole"]["counted"], &part["verdict"]), (&json!(600), &json!("reported")));
        assert_eq!(stands("as_of=2026-08-21")["readings"][0]["whole"]["counted"], 32);

        // What was known on a day stays, whatever is told later.
        world.wait(chrono::Duration::days(1));
        let bureau = world.manager(EcologyBureau);
        let stands = |query: &str| world.get(&bureau, &format!("/v1/targets/T5/standings?{query}")).expect(200);
        let known = "as_of=2026-08-22&as_known=2026-08-22";
        let then = stands(known);
        assert_eq!(then["readings"][0]["whole"]["counted"], 632);
        let closed = format!("{PATH}/{}/closures", made["site_id"].as_str().unwrap());
        world.post(&bureau, &closed, &json!({ "last_on": "2026-08-20" })).expect(200);
        assert_eq!((stands(known), &stands("")["readings"][0]["whole"]["counted"]), (then, &json!(600)));
    }

    fn a_site_that_makes_no_sense_is_pointed_at(world: &World) {
        let office = world.manager(TransportBureau);
        for (member, value, pointer) in [
            ("connectors", json!(0), "/connectors"),
            ("connectors", json!(-1), "/connectors"),
            ("power_kw", json!(-1), "/power_kw"),
            ("power_kw", json!(1_000_001), "/power_kw"),
            ("area", json!("610101"), "/area"),
            ("area", json!("6105"), "/area"),
            ("in_service_to", json!("2026-05-31"), "/in_service_to"),
            ("in_service_from", json!("2026-02-30"), "/in_service_from"),
            ("kind", json!("petrol"), "/kind"),
            ("name", json!(""), "/name"),
            ("surprise", json!(1), "/surprise"),
        ] {
            let mut body = site();
            body[member] = value;
            let problem = world.post(&office, PATH, &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
        world.post(&office, PATH, &site()).expect(201);
        world.post(&office, PATH, &site()).problem(409, "already-exists");
        assert_eq!(world.get(&office, PATH).expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(world.get(&office, &format!("{PATH}?area=610526")).expect(200)["items"], json!([]));
    }
}
