//! Zones and decisions: bad grounds are pointed at, a change is felt by the next decision, an order by its instant.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, EnterpriseGate, InspectionStation, TrafficPolice};
use serde_json::{Value, json};

use crate::harness::World;

/// A square of a thousandth of a degree.
fn square() -> Value {
    json!({
        "type": "Polygon",
        "coordinates": [[[109.5, 34.5], [109.501, 34.5], [109.501, 34.501], [109.5, 34.501], [109.5, 34.5]]]
    })
}

fn rule(id: &str, who: &Value) -> Value {
    json!({
        "id": id, "title": id, "effect": "deny", "who": who, "when": { "from": "2026-01-01" }, "basis": "通告",
        "confidence": "to_be_checked"
    })
}

fn zone(kind: &str, rules: &Value) -> Value {
    json!({ "name": "示例区", "kind": kind, "area": "610502", "polygon": square(), "rules": rules, "reason": "划定" })
}

fn old_diesel() -> Value {
    json!({ "fuels": ["diesel"], "groups": ["heavy_truck"], "stages": ["china_0", "china_1", "china_2", "china_3"] })
}

/// Registers a truck and gives its id.
pub fn truck(world: &World, plate: &str, stage: &str) -> String {
    let told = json!({
        "plate": plate, "plate_kind": "large_car", "vehicle_type": "H11", "use_nature": "freight", "fuel": "B",
        "stage": stage, "stage_source": "vehicle_list", "gvm_kg": 25_000, "registered_on": "2014-05-01"
    });
    let made = world.post(&world.manager(EcologyBureau), "/v1/vehicles", &told).expect(201);
    made["vehicle_id"].as_str().unwrap().to_owned()
}

fn register(world: &World, told: &Value) -> String {
    let made = world.post(&world.manager(EcologyBureau), "/v1/zones", told).expect(201);
    made["zone_id"].as_str().unwrap().to_owned()
}

fn decide(world: &World, plate: &str, zone: &str) -> Value {
    let asked = json!({ "plate": plate, "plate_kind": "large_car", "zone_id": zone });
    world.post(&world.machine(TrafficPolice), "/v1/access-decisions", &asked).expect(200)
}

/// An order of measure 2 for the whole city.
pub fn order(starts_at: &str, ends_at: &str) -> Value {
    json!({
        "level": "orange", "response": "ii", "measures": ["measure_2"], "area": "610500", "starts_at": starts_at,
        "ends_at": ends_at, "basis": "橙色预警", "ordered_by": "市应急指挥部", "reason": "启动Ⅱ级响应"
    })
}

on_both_engines! {
    fn a_ground_that_is_no_polygon_is_pointed_at(world: &World) {
        let bureau = world.manager(EcologyBureau);
        for (coordinates, pointer, code) in [
            (json!([]), "/polygon/coordinates", "no_ring"),
            (json!([[[109.5, 34.5], [109.6, 34.5], [109.6, 34.6], [109.5, 34.6]]]), "/polygon/coordinates/0", "ring_open"),
            (json!([[[109.5, 34.5], [109.6, 34.5], [109.5, 34.5]]]), "/polygon/coordinates/0", "ring_too_short"),
            (json!([[[109.5, 34.5], [190.0, 34.5], [109.6, 34.6], [109.5, 34.5]]]), "/polygon/coordinates/0/1", "out_of_range"),
            (json!([[[1, 1], [2, 2], [3, 3], [1, 1]]]), "/polygon/coordinates/0", "ring_flat"),
            (json!([[[109.500_000_01, 34.5], [109.6, 34.5], [109.6, 34.6], [109.5, 34.5]]]), "/polygon/coordinates/0/0/0", "shape"),
            (json!([[["109.5", 34.5]]]), "/polygon/coordinates/0/0/0", "shape"),
        ] {
            let mut told = zone("main_urban", &json!([]));
            told["polygon"]["coordinates"] = coordinates;
            let problem = world.post(&bureau, "/v1/zones", &told).problem(422, "invalid");
            assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
        }
        let mut touching = zone("main_urban", &json!([]));
        touching["polygon"]["coordinates"] = json!([[
            [109.5, 34.5], [109.6, 34.5], [109.6, 34.6], [109.7, 34.6], [109.7, 34.7], [109.6, 34.7], [109.6, 34.6],
            [109.5, 34.6], [109.5, 34.5]
        ]]);
        world.post(&bureau, "/v1/zones", &touching).expect(201);
    }

    fn a_zone_that_makes_no_sense_is_refused(world: &World) {
        let sound = zone("main_urban", &json!([rule("no_diesel", &json!({}))]));
        let gate = json!({ "organisation_id": world.organisation(InspectionStation), "entrance": "1" });
        for (member, bad, pointer) in [
            ("polygon", json!(null), "/polygon"),
            ("gate", gate.clone(), "/gate/organisation_id"),
            ("effective_from", json!("2026-08-22T09:59:59+08:00"), "/effective_from"),
            ("area", json!("61"), "/area"),
            ("rules", json!([rule("no_diesel", &json!({})), rule("no_diesel", &json!({}))]), "/rules/1/id"),
            ("rules", json!([rule("no_diesel", &json!({ "stages": ["china_9"] }))]), "/rules/0/who/stages/0"),
            ("rules", json!([rule("no_diesel", &json!({ "min_gvm_kg": 0 }))]), "/rules/0/who/min_gvm_kg"),
            ("rules", json!([rule("no_diesel", &json!({ "colour": "blue" }))]), "/rules/0/who/colour"),
            ("reason", json!(""), "/reason"),
        ] {
            let mut told = sound.clone();
            told[member] = bad;
            let problem = world.post(&world.manager(EcologyBureau), "/v1/zones", &told).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{member}: {problem}");
        }
        for (when, pointer) in [
            (json!({ "from": "2026-09-01", "until": "2026-08-31" }), "/rules/0/when/until"),
            (json!({ "from": "2026-09-01", "hours": [{ "from": "07:00", "to": "07:00" }] }), "/rules/0/when/hours"),
            (json!({ "from": "2026-09-01", "hours": [{ "from": "25:00", "to": "07:00" }] }), "/rules/0/when/hours/0/from"),
            (json!({ "from": "2026-09-31" }), "/rules/0/when/from"),
        ] {
            let mut told = sound.clone();
            told["rules"][0]["when"] = when;
            let problem = world.post(&world.manager(EcologyBureau), "/v1/zones", &told).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
    }

    fn a_listed_truck_is_refused_in_the_main_urban_area_until_it_is_lifted(world: &World) {
        let vehicle = truck(world, "陕E00001", "china_6");
        let zone = register(world, &zone("main_urban", &json!([rule("listed", &json!({ "listed": true }))])));
        let free = decide(world, "陕E00001", &zone);
        assert_eq!((&free["outcome"], &free["listed"], &free["rules"]), (&json!("allow"), &json!("not_listed"), &json!([])));

        let (bureau, listings) = (world.manager(EcologyBureau), format!("/v1/vehicles/{vehicle}/listings"));
        let listing = world.post(&bureau, &listings, &json!({ "basis": "路检超标" })).expect(201);
        let refused = decide(world, "陕E00001", &zone);
        assert_eq!((&refused["outcome"], &refused["listed"]), (&json!("deny"), &json!("listed")));
        let spoke = &refused["rules"][0];
        assert_eq!((&spoke["id"], &spoke["decides"], &spoke["basis"]), (&json!("listed"), &json!(true), &json!("通告")));
        assert_eq!((&refused["changes"][0]["kind"], &refused["changes"][0]["listing"]), (&json!("delist"), &json!("decision")));
        assert!(refused["reason"]["zh"].as_str().unwrap().contains("禁止通行"));

        let lift = format!("{listings}/{}/lifts", listing["listing_id"].as_str().unwrap());
        world.post(&bureau, &lift, &json!({ "reason": "复检合格" })).expect(200);
        assert_eq!(decide(world, "陕E00001", &zone)["outcome"], "allow");
    }

    fn a_truck_that_nobody_knows_is_unknown_and_never_clean(world: &World) {
        let zone = register(world, &zone("low_emission", &json!([rule("old", &old_diesel())])));
        let answer = decide(world, "陕E99999", &zone);
        assert_eq!((&answer["outcome"], &answer["listed"]), (&json!("unknown"), &json!("unknown")));
        let facts: Vec<_> = answer["changes"].as_array().unwrap().iter().map(|change| change["fact"].clone()).collect();
        assert_eq!(facts, ["vehicle_type", "fuel", "stage"]);
    }

    fn a_position_is_asked_of_every_zone_around_it(world: &World) {
        truck(world, "陕E00001", "china_3");
        let zone = register(world, &zone("truck_restriction", &json!([rule("old", &old_diesel())])));
        let ask = |position: Value| {
            let asked = json!({ "plate": "陕E·00001", "plate_kind": "large_car", "position": position });
            world.post(&world.machine(TrafficPolice), "/v1/access-decisions", &asked)
        };
        let on_the_edge = ask(json!([109.501, 34.500_500_1])).expect(200);
        assert_eq!((&on_the_edge["outcome"], &on_the_edge["zones"]), (&json!("deny"), &json!([zone])));
        let beside = ask(json!([109.501_000_1, 34.500_500_1])).expect(200);
        assert_eq!((&beside["outcome"], &beside["zones"]), (&json!("allow"), &json!([])));
        for bad in [json!([181, 34.5]), json!([109.5]), json!({ "lon": 1 }), json!(null)] {
            ask(bad).problem(422, "invalid");
        }
        let both = json!({ "plate": "陕E00001", "plate_kind": "large_car", "zone_id": zone, "position": [109.5, 34.5] });
        world.post(&world.machine(TrafficPolice), "/v1/access-decisions", &both).problem(422, "invalid");
        let none = json!({ "zone_id": zone });
        world.post(&world.machine(TrafficPolice), "/v1/access-decisions", &none).problem(422, "invalid");
        let stray = json!({ "vin": "X", "zone_id": "0198d000-0000-7000-8000-00000000ffff" });
        world.post(&world.machine(TrafficPolice), "/v1/access-decisions", &stray).problem(404, "not-found");
    }

    fn an_amended_zone_is_felt_by_the_next_decision_here_and_by_another_process(world: &World) {
        truck(world, "陕E00001", "china_3");
        let other = world.another_process();
        let id = register(world, &zone("low_emission", &json!([])));
        assert_eq!(decide(world, "陕E00001", &id)["outcome"], "allow");
        let (bureau, path) = (world.manager(EcologyBureau), format!("/v1/zones/{id}"));
        let next = zone("low_emission", &json!([rule("old", &old_diesel())]));
        world.post(&bureau, &format!("{path}/versions"), &next).expect(201);
        assert_eq!(decide(world, "陕E00001", &id)["outcome"], "deny");
        world.refresh(&other);
        assert_eq!(other.controls.get().versions(id.parse().unwrap()).len(), 2);

        let mut later = zone("low_emission", &json!([]));
        later["effective_from"] = json!("2026-08-22T10:05:00+08:00");
        world.post(&bureau, &format!("{path}/versions"), &later).expect(201);
        assert_eq!(decide(world, "陕E00001", &id)["outcome"], "deny");
        world.wait(Duration::minutes(5));
        assert_eq!(decide(world, "陕E00001", &id)["outcome"], "allow");
        let history = world.get(&bureau, &path).expect(200);
        let versions: Vec<_> = history["items"].as_array().unwrap().iter().map(|item| item["version"].clone()).collect();
        assert_eq!(versions, [3, 2, 1]);
        assert_eq!(history["items"][0]["polygon"], square());

        let mut moved = next;
        moved["kind"] = json!("main_urban");
        world.post(&bureau, &format!("{path}/versions"), &moved).problem(422, "invalid");
        world.post(&bureau, &format!("{path}/withdrawals"), &json!({ "reason": "撤销" })).expect(200);
        world.post(&bureau, &format!("{path}/withdrawals"), &json!({ "reason": "撤销" })).problem(409, "wrong-state");
        let gone = decide(world, "陕E00001", &id);
        assert_eq!((&gone["outcome"], &gone["zones"]), (&json!("allow"), &json!([])));
    }

    fn an_order_is_in_force_at_its_start_instant_and_ends_when_it_is_ended(world: &World) {
        truck(world, "陕E00004", "china_4");
        let zone = register(world, &zone("main_urban", &json!([])));
        let bureau = world.manager(EcologyBureau);
        let told = order("2026-08-22T10:05:00+08:00", "2026-08-25T00:00:00+08:00");
        let issued = world.post(&bureau, "/v1/orders", &told).expect(201);
        world.wait(Duration::minutes(5) - Duration::microseconds(1));
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "allow");
        world.wait(Duration::microseconds(1));
        let refused = decide(world, "陕E00004", &zone);
        assert_eq!((&refused["outcome"], &refused["rules"][0]["source"]), (&json!("deny"), &json!("order")));
        assert_eq!(refused["changes"][0]["at"], "2026-08-24T16:00:00Z");

        let end = format!("/v1/orders/{}/ends", issued["order_id"].as_str().unwrap());
        world.post(&bureau, &end, &json!({ "reason": "解除预警" })).expect(200);
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "allow");
        world.post(&bureau, &end, &json!({ "reason": "解除预警" })).problem(409, "wrong-state");
        let listed = world.get(&bureau, "/v1/orders").expect(200);
        assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["reason"]), (1, &json!("解除预警")));
    }

    fn an_order_or_a_day_that_makes_no_sense_is_refused(world: &World) {
        let bureau = world.manager(EcologyBureau);
        for (member, bad, pointer) in [
            ("starts_at", json!("2026-08-22T09:59:59+08:00"), "/starts_at"),
            ("ends_at", json!("2026-08-22T11:00:00+08:00"), "/ends_at"),
            ("measures", json!([]), "/measures"),
            ("measures", json!(["measure_9"]), "/measures/0"),
            ("enterprises", json!([world.organisation(TrafficPolice)]), "/enterprises/0"),
        ] {
            let mut told = order("2026-08-22T11:00:00+08:00", "2026-08-25T00:00:00+08:00");
            told[member] = bad;
            let problem = world.post(&bureau, "/v1/orders", &told).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
        let day = json!({ "day": "2026-08-21", "kind": "holiday", "name": "节", "source": "通知", "reason": "补录" });
        world.post(&bureau, "/v1/special-days", &day).problem(422, "invalid");
    }

    fn a_measure_and_a_holiday_are_amended_from_a_day_on(world: &World) {
        truck(world, "陕E00004", "china_4");
        let bureau = world.manager(EcologyBureau);
        let mut told = zone("main_urban", &json!([rule("always", &json!({}))]));
        told["rules"][0]["when"] = json!({ "from": "2026-01-01", "holidays": "except" });
        let zone = register(world, &told);
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "deny");
        let day = json!({ "day": "2026-08-22", "kind": "holiday", "name": "节", "source": "通知", "reason": "公布" });
        world.post(&bureau, "/v1/special-days", &day).expect(201);
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "allow");

        world.post(&bureau, "/v1/orders", &order("2026-08-22T10:00:00+08:00", "2026-08-25T00:00:00+08:00")).expect(201);
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "deny");
        let measure = json!({
            "measure": "measure_2", "effective_from": "2026-08-22",
            "bans": [{ "title": "国三及以下", "who": { "stages": ["china_3"] } }],
            "source": "预案", "confidence": "confirmed", "reason": "预案修订"
        });
        world.post(&bureau, "/v1/measures", &measure).expect(201);
        assert_eq!(decide(world, "陕E00004", &zone)["outcome"], "allow");
        assert_eq!(world.get(&bureau, "/v1/measures").expect(200)["items"].as_array().unwrap().len(), 5);
        let days = world.get(&bureau, "/v1/special-days?limit=200").expect(200);
        assert_eq!(days["items"].as_array().unwrap().len(), 40);
        let first = world.get(&bureau, "/v1/special-days?limit=1").expect(200);
        let next = format!("/v1/special-days?limit=1&cursor={}", first["next"].as_str().unwrap());
        assert_eq!(world.get(&bureau, &next).expect(200)["items"][0]["day"], "2026-01-02");
    }

    fn a_vehicle_has_one_permit_of_construction_waste_and_it_lifts_its_rule(world: &World) {
        let bureau = world.manager(EcologyBureau);
        truck(world, "陕E66666", "china_6");
        let mut closed = rule("waste", &json!({ "groups": ["truck"] }));
        closed["unless_permit"] = json!(["construction_waste"]);
        let zone = register(world, &zone("truck_restriction", &json!([closed])));
        assert_eq!(decide(world, "陕E66666", &zone)["changes"][0]["permit"], "construction_waste");
        let permit = json!({
            "kind": "construction_waste", "number": "W-1", "plate": "陕E66666", "plate_kind": "large_car",
            "zones": [zone], "when": { "from": "2026-08-01", "until": "2026-08-31", "hours": [{ "from": "09:00", "to": "11:00" }] },
            "route": "工地—消纳场", "speed_limit_kmh": 40, "card": "K-1", "origin_site": "一号工地",
            "tip_site": "二号消纳场", "reason": "核准"
        });
        for (member, pointer) in [("card", "/card"), ("route", "/route"), ("tip_site", "/tip_site")] {
            let mut lacking = permit.clone();
            lacking[member] = json!(null);
            let problem = world.post(&bureau, "/v1/permits", &lacking).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
        let mut stray = permit.clone();
        stray["zones"] = json!([zone, "0198d000-0000-7000-8000-00000000ffff"]);
        let problem = world.post(&bureau, "/v1/permits", &stray).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/zones/1");

        let issued = world.post(&bureau, "/v1/permits", &permit).expect(201);
        let open = decide(world, "陕E66666", &zone);
        assert_eq!((&open["outcome"], &open["rules"][0]["lifted_by"]), (&json!("allow"), &json!("W-1")));
        assert!(open["rules"][0]["conditions"].as_array().unwrap().contains(&json!("限速 40 km/h")));
        world.post(&bureau, "/v1/permits", &permit).problem(409, "already-exists");
        let mut second = permit;
        second["number"] = json!("W-2");
        let taken = world.post(&bureau, "/v1/permits", &second).problem(409, "already-exists");
        assert_eq!(taken["permit_id"], issued["permit_id"]);

        let revoke = format!("/v1/permits/{}/revocations", issued["permit_id"].as_str().unwrap());
        world.post(&bureau, &revoke, &json!({ "reason": "违规倾倒" })).expect(200);
        world.post(&bureau, &revoke, &json!({ "reason": "违规倾倒" })).problem(409, "wrong-state");
        assert_eq!(decide(world, "陕E66666", &zone)["outcome"], "deny");
        world.post(&bureau, "/v1/permits", &second).expect(201);
        assert_eq!(decide(world, "陕E66666", &zone)["outcome"], "allow");
    }

    fn an_exempt_vehicle_passes_until_its_exemption_is_revoked(world: &World) {
        let bureau = world.manager(EcologyBureau);
        let zone = register(world, &zone("main_urban", &json!([rule("closed", &json!({}))])));
        let told = json!({
            "plate": "陕E77777", "plate_kind": "large_car", "zones": [zone], "from": "2026-08-22",
            "until": "2026-08-21", "basis": "供热抢修", "reason": "决定"
        });
        world.post(&bureau, "/v1/zone-exemptions", &told).problem(422, "invalid");
        let mut sound = told;
        sound["until"] = json!("2026-08-22");
        let granted = world.post(&bureau, "/v1/zone-exemptions", &sound).expect(201);
        assert_eq!(decide(world, "陕E77777", &zone)["outcome"], "allow");
        let revoke = format!("/v1/zone-exemptions/{}/revocations", granted["exemption_id"].as_str().unwrap());
        world.post(&bureau, &revoke, &json!({ "reason": "期满" })).expect(200);
        assert_eq!(decide(world, "陕E77777", &zone)["outcome"], "deny");
    }

    fn police_keep_roads_and_an_enterprise_asks_of_its_own_gates(world: &World) {
        let police = world.manager(TrafficPolice);
        world.post(&police, "/v1/zones", &zone("truck_restriction", &json!([]))).expect(201);
        world.post(&police, "/v1/zones", &zone("main_urban", &json!([]))).problem(403, "forbidden");
        let urban = register(world, &zone("main_urban", &json!([])));
        world.post(&police, &format!("/v1/zones/{urban}/withdrawals"), &json!({ "reason": "撤销" })).problem(403, "forbidden");

        let mut told = zone("enterprise_gate", &json!([]));
        told["gate"] = json!({ "organisation_id": world.organisation(EnterpriseGate), "entrance": "1" });
        told["polygon"] = json!(null);
        let gate = register(world, &told);
        world.post(&world.manager(EcologyBureau), "/v1/zones", &told).problem(409, "already-exists");
        let ask = |zone: &str| {
            let asked = json!({ "plate": "陕E00001", "plate_kind": "large_car", "zone_id": zone });
            world.post(&world.machine(EnterpriseGate), "/v1/access-decisions", &asked)
        };
        ask(&gate).expect(200);
        ask(&urban).problem(404, "not-found");
    }

    fn a_truck_of_the_scope_of_elimination_is_not_transferred_in(world: &World) {
        let told = |plate: &str, stage: &str| {
            json!({
                "plate": plate, "plate_kind": "large_car", "vehicle_type": "H11", "use_nature": "freight", "fuel": "B",
                "stage": stage, "stage_source": "vehicle_list", "gvm_kg": 25_000, "registered_on": "2012-05-01"
            })
        };
        let ask = |told: &Value| world.post(&world.machine(TrafficPolice), "/v1/transfer-in-checks", told).expect(200);
        let refused = ask(&told("晋M00001", "china_3"));
        assert_eq!((&refused["outcome"], &refused["in_scope"], &refused["listed"]), (&json!("deny"), &json!("yes"), &json!("unknown")));
        assert!(refused["basis"].as_str().unwrap().contains("二(三)3"));
        assert_eq!(ask(&told("晋M00001", "china_4"))["outcome"], "allow");
        let mut derived = told("晋M00001", "china_3");
        derived.as_object_mut().unwrap().retain(|name, _| !name.starts_with("stage"));
        let open = ask(&derived);
        assert_eq!((&open["outcome"], &open["stage_source"]), (&json!("unknown"), &json!("derived_from_date")));
        let mut petrol = told("晋M00001", "china_3");
        petrol["fuel"] = json!("A");
        assert_eq!(ask(&petrol)["outcome"], "allow");

        truck(world, "晋M00002", "china_3");
        let known = ask(&told("晋M00002", "china_6"));
        assert_eq!((&known["outcome"], &known["listed"]), (&json!("deny"), &json!("not_listed")));
        world.post(&world.machine(TrafficPolice), "/v1/transfer-in-checks", &json!({ "vin": "LZZ5ELND6KN123456" })).problem(422, "invalid");
    }
}
