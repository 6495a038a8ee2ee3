//! Scores and draws: counted by published formulas, read by whom they are about, and drawn again from the seed.

use chrono::Duration;
use imfleet::{
    domain::role::{
        Position,
        Role::{EcologyBureau, InspectionStation, MarketRegulator, RepairShop, TrafficPolice, TransportBureau},
    },
    platform::auth::{Claims, Purpose},
};
use serde_json::{Value, json};

use crate::{
    harness::World,
    procedures::{amend, pointers},
    story::{Story, car, double_idle},
};

/// A car of its own.
fn other_car(number: usize) -> Value {
    let mut vehicle = car();
    vehicle["plate"] = json!(format!("陕E·T{number:04}"));
    vehicle["vin"] = json!(format!("LSVAA4182E21848{number:02}"));
    vehicle
}

fn figure(score: &Value, indicator: &str) -> Value {
    let figures = score["figures"].as_array().unwrap();
    figures.iter().find(|figure| figure["indicator"] == indicator).unwrap().clone()
}

/// Tests by another station, without acceptances.
fn tests_elsewhere(world: &World, token: &str, numbers: std::ops::Range<usize>, failing: usize) {
    let now = world.clock.now();
    for number in numbers {
        let co = if number < failing { 0.9 } else { 0.3 };
        let result = json!({
            "station_number": format!("E-{number}"), "line_code": "01", "kind": "periodic", "nature": "first",
            "vehicle": other_car(number), "started_at": now.minus(Duration::minutes(3)).to_string(),
            "ended_at": now.to_string(), "readings": double_idle(co), "operator": "工号7",
            "station_verdict": "pass",
        });
        world.post(token, "/v1/inspections", &result).expect(201);
    }
}

/// A token of a station by its id.
fn token_of(world: &World, station: &str) -> String {
    let claims = world.claims(InspectionStation, Position::Member);
    world.sign(Purpose::Access, &Claims { org: station.parse().unwrap(), ..claims })
}

/// A token of another station with a line 01, and its id.
fn second_station(world: &World) -> (String, String) {
    let token = world.another_station();
    let bureau = world.machine(EcologyBureau);
    let found = world.get(&bureau, "/v1/organisations?role=inspection_station").expect(200);
    let own = world.organisation(InspectionStation).to_string();
    let items = found["items"].as_array().unwrap();
    let id = items.iter().map(|item| item["id"].as_str().unwrap()).find(|id| *id != own).unwrap().to_owned();
    let line = json!({ "code": "01", "name": "1 号线" });
    world.post(&bureau, &format!("/v1/organisations/{id}/lines"), &line).expect(201);
    (token, id)
}

on_both_engines! {
    fn a_station_is_scored_against_similar_vehicles_elsewhere(world: &World) {
        for (key, least) in [("score_minimum_sample", "2"), ("score_peers_least", "2")] {
            amend(world, key, least);
        }
        let (elsewhere, other) = second_station(world);
        tests_elsewhere(world, &elsewhere, 20..24, 22);
        let story = Story::of(world);
        for number in 30..34 {
            story.test(&other_car(number), "first", &format!("T-{number}"), &double_idle(0.3));
        }
        let bureau = world.machine(EcologyBureau);
        let own = world.organisation(InspectionStation);
        let read = world.get(&bureau, &format!("/v1/scores/{own}")).expect(200);
        let score = &read["items"][0];
        assert_eq!((&score["of"], &read["items"][1]["of"]), (&json!("station"), &json!("line")));
        let similar = figure(score, "similar_failure");
        assert_eq!((&similar["hits"], &similar["of"], &similar["expected"]), (&json!(0), &json!(4), &json!(2)));
        assert_eq!((&similar["standing"], &similar["value"], &similar["low"]), (&json!("shown"), &json!(0), &json!(0)));
        let unready = figure(score, "unready_line");
        assert_eq!((&unready["hits"], &unready["of"], &unready["value"]), (&json!(4), &json!(4), &json!(1)));

        let read = world.get(&bureau, &format!("/v1/scores/{other}")).expect(200);
        let deviation = figure(&read["items"][0], "verdict_deviation");
        assert_eq!((&deviation["hits"], &deviation["of"], &deviation["value"]), (&json!(2), &json!(4), &json!(0.5)));
        let inspector = read["items"].as_array().unwrap().iter().find(|item| item["of"] == "inspector").unwrap();
        assert_eq!(inspector["inspector"], "工号7");
        let all = world.get(&bureau, "/v1/scores?role=inspection_station").expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 2);

        // A car that passed here and fails elsewhere a day later.
        world.wait(Duration::days(1));
        let (elsewhere, bureau) = (token_of(world, &other), world.machine(EcologyBureau));
        tests_elsewhere(world, &elsewhere, 30..32, 31);
        let read = world.get(&bureau, &format!("/v1/scores/{own}")).expect(200);
        let follow = figure(&read["items"][0], "follow_up_pass");
        assert_eq!((&follow["hits"], &follow["of"], &follow["value"]), (&json!(1), &json!(2), &json!(0.5)));
    }

    fn too_few_are_insufficient_data_and_never_a_figure(world: &World) {
        let story = Story::of(world);
        story.test(&car(), "first", "T-1", &double_idle(0.3));
        let own = world.organisation(InspectionStation);
        let read = world.get(&story.station, &format!("/v1/scores/{own}")).expect(200);
        assert_eq!(read["minimum_sample"], 30);
        for figure in read["items"][0]["figures"].as_array().unwrap() {
            let told = [&figure["value"], &figure["low"], &figure["high"]];
            assert_eq!(figure["standing"], "insufficient_data", "{figure}");
            assert!(told.iter().all(|value| value.is_null()), "{figure}");
        }
    }

    fn a_shop_is_scored_by_what_became_of_its_repairs(world: &World) {
        amend(world, "score_minimum_sample", "1");
        let story = Story::of(world);
        story.test(&car(), "first", "T-1", &double_idle(0.9));
        story.repair(&car(), "S-1");
        world.wait(Duration::minutes(5));
        story.test(&car(), "retest", "T-2", &double_idle(0.3));
        let shop = world.organisation(RepairShop);
        let read = world.get(&story.shop, &format!("/v1/scores/{shop}")).expect(200);
        let first = figure(&read["items"][0], "first_retest_pass");
        assert_eq!((&first["hits"], &first["of"], &first["value"]), (&json!(1), &json!(1), &json!(1)));
        assert_eq!(figure(&read["items"][0], "failed_again")["standing"], "insufficient_data");
        let all = world.get(&world.machine(TransportBureau), "/v1/scores?role=repair_shop").expect(200);
        assert_eq!(all["items"][0]["organisation_id"], json!(shop));
    }

    fn a_score_is_read_by_whom_it_is_about_and_by_who_supervises_them(world: &World) {
        let (station, shop) = (world.organisation(InspectionStation), world.organisation(RepairShop));
        let read = |role, of: &dyn std::fmt::Display| {
            world.get(&world.machine(role), &format!("/v1/scores/{of}")).status
        };
        for (role, of_station, of_shop) in [
            (InspectionStation, 200, 404), (RepairShop, 404, 200), (EcologyBureau, 200, 200),
            (MarketRegulator, 200, 404), (TransportBureau, 404, 200), (TrafficPolice, 403, 403),
        ] {
            assert_eq!((read(role, &station), read(role, &shop)), (of_station, of_shop), "{role}");
        }
        assert_eq!(world.get(&world.another_station(), &format!("/v1/scores/{station}")).status, 404);
        let police = world.organisation(TrafficPolice);
        assert_eq!(read(EcologyBureau, &police), 404);
        let formulas = world.get(&world.machine(RepairShop), "/v1/score-formulas").expect(200);
        assert_eq!(formulas["items"].as_array().unwrap().len(), 8);
        let bureau = world.machine(EcologyBureau);
        for (query, pointer) in [("from=2026-08-22&to=2026-08-21", "/to"), ("from=2020-01-01", "/from")] {
            let problem = world.get(&bureau, &format!("/v1/scores/{station}?{query}")).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer]);
        }
    }

    fn a_draw_is_the_same_again_and_its_outcomes_are_charted(world: &World) {
        let story = Story::of(world);
        for number in 40..46 {
            story.test(&other_car(number), "first", &format!("T-{number}"), &double_idle(0.3));
        }
        let bureau = world.machine(EcologyBureau);
        let told = json!({ "from": "2026-08-01", "to": "2026-08-22", "size": 3 });
        let drawn = world.post(&bureau, "/v1/draws", &told).expect(201);
        assert_eq!((drawn["items"].as_array().unwrap().len(), &drawn["frame"]), (3, &json!(6)));
        // What is recorded or voided afterwards changes nothing of the draw.
        world.wait(Duration::minutes(1));
        story.test(&other_car(47), "first", "T-47", &double_idle(0.3));
        let item = &drawn["items"][0];
        let test = format!("/v1/vehicles/{}/inspections/{}", item["vehicle_id"].as_str().unwrap(), item["inspection_id"].as_str().unwrap());
        world.post(&bureau, &format!("{test}/voids"), &json!({ "reason": "数据有误" })).expect(200);
        let path = format!("/v1/draws/{}", drawn["draw_id"].as_str().unwrap());
        let read = world.get(&world.machine(MarketRegulator), &path).expect(200);
        assert_eq!((&read["repeats"], &read["items"]), (&json!(true), &drawn["items"]));
        assert_eq!(read["seed"].as_str().unwrap().len(), 16);
        assert_eq!(world.get(&bureau, "/v1/draws").expect(200)["items"][0]["seed"], read["seed"]);

        amend(world, "score_minimum_sample", "1");
        let tested = drawn["items"][1]["vehicle_id"].as_str().unwrap();
        let vehicle = world.get(&bureau, &format!("/v1/vehicles/{tested}")).expect(200);
        let told = json!({
            "line_code": "01", "kind": "supervisory", "nature": "first", "method": "double_idle",
            "vehicle": { "vin": vehicle["vin"], "plate": vehicle["plate"], "plate_kind": vehicle["plate_kind"] },
        });
        let accepted = world.post(&story.station, "/v1/acceptances", &told).expect(201);
        world.wait(Duration::minutes(4));
        let result = story.result("T-99", accepted["acceptance_number"].as_str().unwrap(), &double_idle(0.9));
        world.post(&story.station, "/v1/inspections", &result).expect(201);
        let own = world.organisation(InspectionStation);
        let read = world.get(&story.station, &format!("/v1/scores/{own}")).expect(200);
        let failed = figure(&read["items"][0], "reinspection_failure");
        assert_eq!((&failed["hits"], &failed["of"]), (&json!(1), &json!(1)));
        assert_eq!(read["items"][0]["cusum"]["sums"], json!([0.9]));
        assert_eq!(read["items"][0]["cusum"]["signal_at"], json!(null));
    }

    fn a_draw_that_makes_no_sense_is_refused(world: &World) {
        let bureau = world.machine(EcologyBureau);
        for (body, pointer) in [
            (json!({ "from": "2026-08-02", "to": "2026-08-01", "size": 3 }), "/to"),
            (json!({ "from": "2026-08-01", "to": "2026-08-02", "size": 3 }), "/from"),
            (json!({ "from": "2026-08-01", "to": "2026-08-02", "size": 0 }), "/size"),
            (json!({ "from": "2026-08-01", "to": "2026-08-02", "size": 1_001 }), "/size"),
            (json!({ "from": "august", "to": "2026-08-02", "size": 3 }), "/from"),
        ] {
            let problem = world.post(&bureau, "/v1/draws", &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer], "{body}");
        }
    }
}
