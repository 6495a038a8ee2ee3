//! The fleet register: what is refused and what is noted, corrections, batches, scrappages, and books that never differ.

use chrono::Duration;
use imfleet::{
    domain::role::Role::{self, EcologyBureau, FleetOperator, Recycler, TrafficPolice},
    features::fleet,
};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, codes, double_idle},
};

/// A vehicle under this number: a bus that runs on this fuel.
pub fn bus(number: u32, fuel: &str) -> Value {
    json!({
        "plate": format!("陕E·B{number:04}"), "plate_kind": "large_car", "vehicle_type": "K11", "use_nature": "city_bus",
        "fuel": fuel, "gvm_kg": 17000, "registered_on": "2026-03-01", "area": "610502",
    })
}

/// Registers a vehicle and answers its address.
pub fn register(world: &World, told: &Value) -> String {
    let vehicle = world.post(&world.machine(TrafficPolice), "/v1/vehicles", told).expect(201);
    format!("/v1/vehicles/{}", vehicle["vehicle_id"].as_str().unwrap())
}

/// Records a movement of a vehicle.
pub fn moves(world: &World, vehicle: &str, kind: &str, on: &str) -> Value {
    let body = json!({ "kind": kind, "held_on": on });
    world.post(&world.machine(TrafficPolice), &format!("{vehicle}/movements"), &body).expect(201)
}

/// Records that a vehicle works in a trade.
pub fn joins(world: &World, vehicle: &str, trade: &str, from: &str) -> Value {
    let body = json!({ "trade": trade, "from": from });
    world.post(&world.machine(EcologyBureau), &format!("{vehicle}/memberships"), &body).expect(201)
}

/// A bus that was registered and works as one.
pub fn added_bus(world: &World, number: u32, fuel: &str, on: &str) -> String {
    let vehicle = register(world, &bus(number, fuel));
    joins(world, &vehicle, "bus", on);
    moves(world, &vehicle, "registered", on);
    vehicle
}

/// The recount finds no difference, before and after the rollups are folded.
pub fn books_hold(world: &World) {
    for _ in 0..2 {
        let found = world.wait_for(world.state().db.read_at_once(fleet::verify)).unwrap();
        assert_eq!(found, []);
        world.tick();
    }
}

fn oddities(world: &World, vehicle: &str) -> Vec<String> {
    let found = world.get(&world.machine(EcologyBureau), &format!("{vehicle}/fleet-findings")).expect(200);
    found["items"].as_array().unwrap().iter().map(|item| item["oddity"].as_str().unwrap().to_owned()).collect()
}

on_both_engines! {
    fn a_movement_that_cannot_be_is_refused_by_name_and_pointed_at(world: &World) {
        let vehicle = register(world, &bus(1, "C"));
        let (police, path) = (world.machine(TrafficPolice), format!("{vehicle}/movements"));
        let refused = |body: &Value, status, kind: &str| {
            let problem = world.post(&police, &path, body).problem(status, kind);
            format!("{} {}", problem["errors"][0]["pointer"].as_str().unwrap(), codes(&problem)[0])
        };
        let moved = |kind: &str, on: &str| json!({ "kind": kind, "held_on": on });
        assert_eq!(refused(&moved("registered", "2026-08-23"), 422, "invalid"), "/held_on in_the_future");
        assert_eq!(refused(&moved("transferred_out", "2026-08-22"), 409, "wrong-state"), "/kind removed_before_added");
        assert_eq!(refused(&moved("renewed", "2026-08-22"), 422, "invalid"), "/replaces_id replaces_nothing");
        let elsewhere = json!({ "kind": "registered", "held_on": "2026-08-22", "area": "110101" });
        assert_eq!(refused(&elsewhere, 422, "invalid"), "/area unknown_area");
        moves(world, &vehicle, "registered", "2026-03-01");
        assert_eq!(refused(&moved("transferred_in", "2026-08-01"), 409, "wrong-state"), "/kind added_twice");
        assert_eq!(refused(&moved("registered", "2026-02-01"), 409, "wrong-state"), "/held_on out_of_order");
        let unknown = json!({ "kind": "lost", "held_on": "2026-08-22" });
        assert_eq!(world.post(&police, &path, &unknown).problem(422, "invalid")["errors"][0]["pointer"], "/kind");
        let again = world.post(&police, &path, &moved("registered", "2026-03-01"));
        assert_eq!((again.status, again.header("Idempotency-Replayed")), (201, "true"));
        world.post(&police, "/v1/vehicles/0198d000-0000-7000-8000-00000000ffff/movements", &elsewhere).problem(404, "not-found");
        books_hold(world);
    }

    fn a_correction_takes_the_place_of_a_movement_and_the_first_stays_visible(world: &World) {
        let vehicle = added_bus(world, 1, "C", "2026-03-01");
        let police = world.machine(TrafficPolice);
        let list = world.get(&police, &format!("{vehicle}/movements")).expect(200);
        let first = list["items"][0]["movement_id"].as_str().unwrap().to_owned();
        world.wait(Duration::minutes(1));
        let better = json!({ "movement": { "kind": "registered", "held_on": "2026-03-05" }, "reason": "登记日期录入有误" });
        let path = format!("{vehicle}/movements/{first}/corrections");
        let corrected = world.post(&police, &path, &better).expect(200);
        assert_eq!((&corrected["supersedes"], &corrected["held_on"]), (&json!(first), &json!("2026-03-05")));
        world.post(&police, &path, &better).problem(409, "wrong-state");
        let items = world.get(&police, &format!("{vehicle}/movements")).expect(200)["items"].as_array().unwrap().clone();
        assert_eq!(items.len(), 2);
        assert!(items[0]["superseded_at"].is_null() && items[1]["superseded_at"].is_string());
        books_hold(world);

        let second = corrected["movement_id"].as_str().unwrap();
        let withdrawn = json!({ "reason": "登记对象有误" });
        world.post(&police, &format!("{vehicle}/movements/{second}/corrections"), &withdrawn).expect(200);
        moves(world, &vehicle, "transferred_in", "2026-04-01");
        books_hold(world);
    }

    fn memberships_begin_end_and_are_a_fleet_operators_own(world: &World) {
        let vehicle = register(world, &bus(1, "C"));
        let (operator, bureau) = (world.machine(FleetOperator), world.machine(EcologyBureau));
        let path = format!("{vehicle}/memberships");
        let own = world.post(&operator, &path, &json!({ "trade": "bus", "from": "2026-03-01", "permit": "P-1" })).expect(201);
        assert_eq!(own["operator_id"], json!(world.organisation(FleetOperator).to_string()));
        let other = json!({ "trade": "taxi", "from": "2026-03-01", "operator_id": world.organisation(Recycler).to_string() });
        assert_eq!(codes(&world.post(&operator, &path, &other).problem(422, "invalid")), ["not_your_own"]);
        assert_eq!(codes(&world.post(&bureau, &path, &other).problem(422, "invalid")), ["unknown_organisation"]);
        let twice = json!({ "trade": "bus", "from": "2026-05-01" });
        assert_eq!(codes(&world.post(&bureau, &path, &twice).problem(409, "wrong-state")), ["overlapping_membership"]);
        joins(world, &vehicle, "commuter", "2026-04-01");
        assert_eq!(oddities(world, &vehicle), ["in_two_trades"]);
        assert_eq!(world.get(&operator, &path).expect(200)["items"].as_array().unwrap().len(), 1);

        let ends = format!("{path}/{}/ends", own["membership_id"].as_str().unwrap());
        let problem = world.post(&operator, &ends, &json!({ "to": "2026-08-23" })).problem(422, "invalid");
        assert_eq!(codes(&problem), ["in_the_future"]);
        let ended = world.post(&operator, &ends, &json!({ "to": "2026-04-30" })).expect(200);
        assert_eq!(ended["to"], "2026-04-30");
        world.post(&bureau, &path, &twice).expect(201);
        moves(world, &vehicle, "registered", "2026-03-01");
        books_hold(world);
    }

    fn each_item_of_a_batch_is_answered_by_itself(world: &World) {
        let vins = ["LSVAA4182E2184847", "LFV3A23C5J3000001"];
        for (number, vin) in (1..).zip(vins) {
            let mut told = bus(number, "C");
            told["vin"] = json!(vin);
            register(world, &told);
        }
        let identity = |vin: &str, number: u32| json!({ "vin": vin, "plate": format!("陕EB{number:04}"), "plate_kind": "large_car" });
        let movement = json!({ "kind": "registered", "held_on": "2026-03-01" });
        let items = json!({ "items": [
            { "vehicle": identity(vins[0], 1), "movement": movement },
            { "vehicle": identity(vins[1], 1), "movement": movement },
            { "vehicle": { "vin": "LZZ5ELND6KN123456" }, "movement": movement },
            { "vehicle": identity(vins[0], 1), "movement": movement },
            { "vehicle": identity(vins[1], 2), "movement": { "kind": "registered", "held_on": "2026-08-23" } },
            { "vehicle": identity(vins[1], 2), "movement": { "kind": "registered" } },
        ]});
        let reply = world.post(&world.machine(TrafficPolice), "/v1/movements", &items).expect(200);
        let results = reply["results"].as_array().unwrap();
        let told = |result: &Value| {
            let fault = &result["problem"]["errors"][0];
            let pointer = fault["pointer"].as_str().unwrap_or_default();
            format!("{} {pointer} {}", result["status"], fault["code"].as_str().unwrap_or_default())
        };
        assert_eq!(results.iter().map(told).collect::<Vec<_>>(), [
            "201  ", "422 /vehicle/plate plate_of_another", "404 /vehicle unknown_vehicle", "200  ",
            "422 /movement/held_on in_the_future", "422 /movement shape",
        ]);
        let too_many = json!({ "items": vec![json!({}); 501] });
        assert_eq!(world.post(&world.machine(TrafficPolice), "/v1/movements", &too_many).problem(422, "invalid")["errors"][0]["pointer"], "/items");
        books_hold(world);
    }

    fn a_renewal_names_what_it_replaces_and_what_does_not_fit_is_noted(world: &World) {
        let old = added_bus(world, 1, "B", "2020-03-01");
        let new = register(world, &bus(2, "C"));
        joins(world, &new, "bus", "2026-03-01");
        let body = json!({
            "kind": "renewed", "held_on": "2026-03-01", "replaces": { "plate": "陕EB0001", "plate_kind": "large_car" },
        });
        let renewed = world.post(&world.machine(TrafficPolice), &format!("{new}/movements"), &body).expect(201);
        assert!(old.ends_with(renewed["replaces_id"].as_str().unwrap()));
        assert!(oddities(world, &new).contains(&"replaced_still_there".to_owned()));
        assert!(oddities(world, &old).contains(&"learned_after_its_year".to_owned()));
        moves(world, &old, "transferred_out", "2026-03-02");
        moves(world, &old, "transferred_in", "2026-03-03");
        moves(world, &old, "transferred_out", "2026-03-04");
        moves(world, &old, "transferred_in", "2026-03-05");
        assert!(oddities(world, &old).contains(&"added_twice_in_a_year".to_owned()));
        books_hold(world);
    }

    fn a_scrapped_vehicle_leaves_the_fleet_once_and_is_noted_when_it_comes_back(world: &World) {
        let vehicle = added_bus(world, 1, "B", "2020-03-01");
        let (recycler, police) = (world.machine(Recycler), world.machine(TrafficPolice));
        let path = format!("{vehicle}/scrappages");
        let scrappage = json!({ "certificate": "C-1", "scrapped_on": "2026-08-01" });
        let early = json!({ "certificate": "C-1", "scrapped_on": "2026-08-01", "dismantled_on": "2026-07-31" });
        assert_eq!(codes(&world.post(&recycler, &path, &early).problem(422, "invalid")), ["dismantled_before_scrapped"]);
        let first = world.post(&recycler, &path, &scrappage).expect(201);
        assert_eq!(world.post(&recycler, &path, &scrappage).header("Idempotency-Replayed"), "true");
        let movements = world.get(&police, &format!("{vehicle}/movements")).expect(200);
        assert_eq!(movements["items"][0]["kind"], "scrapped");

        let again = json!({ "certificate": "C-2", "scrapped_on": "2026-08-02" });
        world.post(&recycler, &path, &again).problem(409, "already-exists");
        let back = json!({ "kind": "transferred_in", "held_on": "2026-08-10" });
        let problem = world.post(&police, &format!("{vehicle}/movements"), &back).problem(409, "wrong-state");
        assert_eq!(codes(&problem), ["scrapped"]);
        let found = oddities(world, &vehicle);
        assert!(found.contains(&"scrapped_twice".to_owned()) && found.contains(&"scrapped_but_added".to_owned()), "{found:?}");

        let other = register(world, &bus(2, "B"));
        world.post(&recycler, &format!("{other}/scrappages"), &scrappage).problem(409, "already-exists");
        world.post(&recycler, &format!("{other}/scrappages"), &again).expect(201);
        assert_eq!(oddities(world, &other), ["scrapped_from_outside"]);

        let dismantled = format!("{path}/{}/dismantlings", first["scrappage_id"].as_str().unwrap());
        world.post(&recycler, &dismantled, &json!({ "dismantled_on": "2026-08-20" })).expect(200);
        world.post(&recycler, &dismantled, &json!({ "dismantled_on": "2026-08-20" })).problem(409, "wrong-state");
        books_hold(world);
    }

    fn a_scrapped_vehicle_that_is_tested_is_found_the_next_day(world: &World) {
        let story = Story::of(world);
        let car = crate::story::car();
        story.test(&car, "first", "T-1", &double_idle(0.2));
        let identity = json!({ "plate": car["plate"], "plate_kind": car["plate_kind"] });
        let known = world.post(&world.machine(EcologyBureau), "/v1/vehicles/look-ups", &identity).expect(200);
        let vehicle = format!("/v1/vehicles/{}", known["vehicle_id"].as_str().unwrap());
        let scrappage = json!({ "certificate": "C-9", "scrapped_on": "2026-08-21" });
        world.post(&world.machine(Recycler), &format!("{vehicle}/scrappages"), &scrappage).expect(201);
        world.tick();
        world.wait(Duration::days(1));
        world.tick();
        let tested = oddities(world, &vehicle).iter().filter(|oddity| *oddity == "scrapped_but_tested").count();
        assert_eq!(tested, 1);
    }

    fn a_scrapped_vehicle_that_is_seen_at_a_gate_or_on_the_road_is_a_finding(world: &World) {
        let vehicle = added_bus(world, 1, "B", "2020-03-01");
        let scrappage = json!({ "certificate": "C-7", "scrapped_on": "2026-08-22" });
        world.post(&world.machine(Recycler), &format!("{vehicle}/scrappages"), &scrappage).expect(201);
        let seen = || oddities(world, &vehicle).iter().filter(|oddity| *oddity == "scrapped_but_seen").count();
        let pass = |number: &str| {
            let pass = json!({
                "entrance": "1", "pass_number": number, "direction": "in", "admission": "allowed",
                "passed_at": world.clock.now().to_string(), "plate": "陕E·B0001", "plate_kind": "large_car",
            });
            let sent = world.post(&world.machine(Role::EnterpriseGate), "/v1/gate-passes", &json!({ "passes": [pass] }));
            assert_eq!(sent.expect(200)["results"][0]["status"], 201);
        };
        pass("P-1");
        assert_eq!(seen(), 0, "on the day of the certificate it may still drive to the recycler");
        world.wait(Duration::days(1));
        pass("P-2");
        pass("P-3");
        assert_eq!(seen(), 1, "once for each day and way");
        let plate = json!({ "plate": "陕E·B0001", "plate_colour": "yellow" });
        let facts = json!({ "ringelmann_grade": 1, "confidence_percent": 91, "photo": crate::observations::photo() });
        crate::observations::observe(world, "smoke", "O-1", &plate, &facts).expect(201);
        assert_eq!(seen(), 2);
    }

    fn a_better_known_drive_follows_the_vehicle_into_the_books(world: &World) {
        let vehicle = added_bus(world, 1, "O", "2026-03-01");
        world.tick();
        let better = json!({ "vehicle": { "energy": "phev", "energy_source": "vehicle_list" }, "reason": "按随车清单更正" });
        world.post(&world.machine(EcologyBureau), &format!("{vehicle}/corrections"), &better).expect(200);
        world.tick();
        let standing = world.get(&world.machine(EcologyBureau), "/v1/targets/T4/standings?year=2026").expect(200);
        assert_eq!(standing["readings"][0]["whole"]["fraction"], "1/1");
        books_hold(world);
    }
}

#[test]
fn those_who_may_record_are_those_who_know() {
    use imfleet::platform::auth::right;
    let roles = |name: &str| right::ALL.iter().find(|(right, _)| *right == name).unwrap().1;
    assert!(!roles("record_movement").contains(&Role::FleetOperator));
    assert!(roles("record_scrappage").contains(&Role::Recycler));
}
