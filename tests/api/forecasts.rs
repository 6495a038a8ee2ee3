//! Forecasts: where a share of additions will end its year, what is missing, and when what is to be cleared will be gone.

use imfleet::domain::role::Role::{EcologyBureau, RepairShop};
use serde_json::{Value, json};

use crate::harness::World;

/// A bus of the year, by its number; every tenth runs on diesel.
fn add_bus(world: &World, number: usize, on: &str) {
    let bureau = world.manager(EcologyBureau);
    let diesel = number.is_multiple_of(10);
    let mut bus = json!({
        "plate": format!("陕E·B{number:04}"), "plate_kind": "large_car", "vehicle_type": "K11", "use_nature": "city_bus",
        "fuel": "B", "gvm_kg": 18000, "registered_on": on, "area": "610502",
    });
    if !diesel {
        bus["plate"] = json!(format!("陕E·0{number:04}D"));
        bus["plate_kind"] = json!("large_nev");
        bus["fuel"] = json!("C");
    }
    let made = world.post(&bureau, "/v1/vehicles", &bus).expect(201);
    let at = format!("/v1/vehicles/{}", made["vehicle_id"].as_str().unwrap());
    let movement = json!({ "kind": "registered", "held_on": on, "area": "610502" });
    world.post(&bureau, &format!("{at}/movements"), &movement).expect(201);
    let membership = json!({ "trade": "bus", "area": "610502", "from": on });
    world.post(&bureau, &format!("{at}/memberships"), &membership).expect(201);
}

fn forecast(world: &World, target: &str, query: &str) -> Value {
    world.get(&world.manager(EcologyBureau), &format!("/v1/targets/{target}/forecast{query}")).expect(200)
}

on_both_engines! {
    fn a_share_of_additions_ends_its_year_at_the_present_pace(world: &World) {
        for number in 1..=20 {
            add_bus(world, number, &format!("2026-{:02}-15", number % 7 + 1));
        }
        let found = forecast(world, "T4", "?year=2026");
        assert_eq!((&found["days_passed"], &found["days_to_come"]), (&json!(234), &json!(131)));
        let reading = found["readings"].as_array().unwrap().iter().find(|reading| reading["judging"] == true).unwrap();
        assert_eq!((&reading["total"]["so_far"], &reading["total"]["expected"]), (&json!(20), &json!(31)));
        assert_eq!((&reading["share_percent"]["so_far"], &reading["share_percent"]["expected"]), (&json!(90), &json!(90)));
        let ends = |end: &str| reading["share_percent"][end].as_f64().unwrap();
        assert!(ends("low") < 90.0 && 90.0 < ends("high"), "{reading}");
        assert_eq!(found["outlook"], "open");
        assert_eq!(reading["needed"], json!({ "kind": "share", "to_come": 11, "count": 10, "share_percent": 90.9091 }));
        assert!(reading["share_method"].as_str().unwrap().contains("Wilson"));
        assert_eq!(found, forecast(world, "T4", "?year=2026"));

        let elsewhere = forecast(world, "T4", "?year=2026&area=610526");
        assert_eq!((&elsewhere["outlook"], &elsewhere["readings"][0]["share_percent"]), (&json!("no_data"), &json!(null)));
        let over = forecast(world, "T4", "?year=2025");
        assert_eq!((&over["days_to_come"], &over["outlook"]), (&json!(0), &json!("no_data")));
    }

    fn a_target_that_waits_for_its_register_has_no_forecast(world: &World) {
        let found = forecast(world, "T1", "");
        assert_eq!((&found["outlook"], &found["readings"]), (&json!("no_data"), &json!([])));
        assert!(found["waits_for"].is_string());
    }

    fn a_forecast_of_what_cannot_be_is_refused(world: &World) {
        let bureau = world.manager(EcologyBureau);
        world.get(&bureau, "/v1/targets/T99/forecast").problem(404, "not-found");
        world.get(&bureau, "/v1/targets/T4/forecast?year=2027").problem(422, "invalid");
        world.get(&bureau, "/v1/targets/T4/forecast?as_of=2026-08-23").problem(422, "invalid");
        world.get(&bureau, "/v1/targets/T4/forecast?area=610101").problem(422, "invalid");
        world.get(&bureau, "/v1/targets/T4/forecast?pace=fast").problem(400, "unreadable");
        world.get(&world.manager(RepairShop), "/v1/targets/T4/forecast").problem(403, "forbidden");
    }
}
