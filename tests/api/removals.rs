//! Removals: the nightly walk finds grounds and goes on where it stood, people decide, owners are contacted, and what is
//! overdue is listed only where the dated setting says so.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, EnterpriseGate, MarketRegulator, TrafficPolice, TransportBureau};
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, double_idle, truck},
};

/// A China III truck of a company; registered on 2 March 2012, so that its 15 years end in 2027.
fn old_truck() -> Value {
    let mut old = truck();
    old["stage"] = json!("china_3");
    old["stage_source"] = json!("registry");
    old["owner"] = json!({ "name": "渭南市某运输有限公司", "phone": "13800000000" });
    old
}

/// A taxi that reached its 8 years on 18 June 2017.
fn old_taxi() -> Value {
    json!({
        "plate": "陕E·T0009", "plate_kind": "small_car", "vin": "LSVAA4182E2184847", "vehicle_type": "K33",
        "use_nature": "taxi", "fuel": "A", "gvm_kg": 1750, "registered_on": "2009-06-18", "area": "610526",
        "dyno_capable": false,
    })
}

fn register(world: &World, vehicle: &Value) -> String {
    let made = world.post(&world.manager(EcologyBureau), "/v1/vehicles", vehicle).expect(201);
    made["vehicle_id"].as_str().unwrap().to_owned()
}

fn list(world: &World, query: &str) -> Vec<Value> {
    let page = world.get(&world.manager(EcologyBureau), &format!("/v1/removals{query}")).expect(200);
    page["items"].as_array().unwrap().clone()
}

/// The next night: the walk of a new day, through all that was registered before.
pub fn night(world: &World) {
    world.wait(Duration::days(1));
    world.tick();
}

fn set(world: &World, key: &str, value: &str) {
    let body =
        json!({ "value": value, "effective_from": world.clock.now().local_day().to_string(), "source": "test" });
    world.post(&world.manager(EcologyBureau), &format!("/v1/settings/{key}/values"), &body).expect(201);
}

on_both_engines! {
    fn the_nightly_walk_finds_what_is_to_leave_the_road(world: &World) {
        let (truck, taxi) = (register(world, &old_truck()), register(world, &old_taxi()));
        night(world);
        let found = list(world, "");
        assert_eq!(found.len(), 2);
        let of = |id: &str| found.iter().find(|item| item["vehicle_id"] == *id).unwrap();
        assert_eq!((&of(&truck)["ground"], &of(&truck)["needs_confirmation"]), (&json!("diesel_truck"), &json!(false)));
        assert_eq!((&of(&truck)["overdue"], &of(&truck)["owner_kind"]), (&json!(true), &json!("organisation")));
        assert_eq!(of(&truck)["facts"]["deadline_on"], "2025-12-31");
        assert_eq!(of(&truck)["vehicle"]["plate"], "陕ET0002");
        assert_eq!((&of(&taxi)["ground"], &of(&taxi)["facts"]["reached_on"]), (&json!("years_reached"), &json!("2017-06-18")));
        assert_eq!((&of(&taxi)["needs_confirmation"], &of(&taxi)["standing"]), (&json!(true), &json!("found")));

        for (query, count) in [
            ("?ground=diesel_truck", 1), ("?area=610500", 2), ("?area=610526", 1), ("?stage=china_3", 2),
            ("?stage=china_4", 0),
            ("?size=heavy", 1), ("?contact=notified", 0), ("?overdue=true", 1), ("?standing=confirmed", 0),
            ("?not_seen_since=2026-08-22", 2), ("?owner_kind=unknown", 1), ("?limit=1", 1),
        ] {
            assert_eq!(list(world, query).len(), count, "{query}");
        }
    }

    fn the_work_list_pages_and_counts_what_is_left(world: &World) {
        register(world, &old_truck());
        register(world, &old_taxi());
        night(world);
        let bureau = world.manager(EcologyBureau);
        let first = world.get(&bureau, "/v1/removals?limit=1").expect(200);
        let next = first["next"].as_str().unwrap();
        let second = world.get(&bureau, &format!("/v1/removals?limit=1&cursor={next}")).expect(200);
        assert_ne!(first["items"][0]["vehicle_id"], second["items"][0]["vehicle_id"]);
        assert_eq!(second["next"], json!(null));

        let counts = world.get(&bureau, "/v1/removals/counts").expect(200);
        assert_eq!((&counts["computed_on"], &counts["count"]), (&json!("2026-08-23"), &json!(2)));
        assert_eq!(counts["by_area"], json!([
            { "value": "610502", "label": "临渭区", "count": 1 }, { "value": "610526", "label": "蒲城县", "count": 1 },
        ]));
        assert_eq!(counts["by_last_seen"][4], json!({ "value": null, "label": "无检测记录", "count": 2 }));
        let trucks = world.get(&bureau, "/v1/removals/counts?ground=diesel_truck").expect(200);
        assert_eq!(trucks["by_size"], json!([{ "value": "heavy", "label": "重型", "count": 1 }]));
    }

    fn a_day_is_walked_once_and_the_next_day_sees_what_has_changed(world: &World) {
        night(world);
        let truck = register(world, &old_truck());
        world.tick();
        assert_eq!(list(world, ""), Vec::<Value>::new());
        night(world);
        assert_eq!(list(world, "").len(), 1);

        let better = json!({ "vehicle": { "stage": "china_4", "stage_source": "vehicle_list" }, "reason": "按随车清单更正" });
        world.post(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/corrections"), &better).expect(200);
        night(world);
        assert_eq!(list(world, ""), Vec::<Value>::new());
        assert_eq!(list(world, "?standing=left")[0]["left_on"], "2026-08-25");
    }

    fn a_vehicle_that_has_left_the_fleet_leaves_the_list_and_the_blacklist(world: &World) {
        let truck = register(world, &old_truck());
        let moved = |kind: &str, on: &str| {
            let body = json!({ "kind": kind, "held_on": on, "area": "610502" });
            world.post(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/movements"), &body).expect(201);
        };
        moved("registered", "2012-03-02");
        set(world, "elimination_lists", "on");
        night(world);
        let listings = || world.get(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/listings")).expect(200);
        assert_eq!((list(world, "").len(), &listings()["listed"]), (1, &json!(true)));
        moved("transferred_out", "2026-08-23");
        night(world);
        assert_eq!(list(world, ""), Vec::<Value>::new());
        assert_eq!(list(world, "?standing=left")[0]["left_on"], "2026-08-23");
        assert_eq!(listings()["items"][0]["lift"]["by"], "left_stock");
    }

    fn a_test_tells_when_a_vehicle_was_last_seen(world: &World) {
        let story = Story::of(world);
        story.test(&old_taxi(), "first", "T-1", &double_idle(0.2));
        night(world);
        let found = list(world, "?ground=years_reached");
        assert_eq!((&found[0]["last_seen_on"], &found[0]["facts"]["odometer_km"]), (&json!("2026-08-22"), &json!(77_010)));
        assert_eq!(list(world, "?not_seen_since=2026-08-22").len(), 0);
        assert_eq!(list(world, "?not_seen_since=2026-08-23").len(), 1);
    }

    fn a_gate_tells_when_a_vehicle_was_last_seen(world: &World) {
        let truck = register(world, &old_truck());
        night(world);
        assert_eq!(list(world, "")[0]["last_seen_on"], json!(null));
        let pass = json!({
            "entrance": "1", "pass_number": "P-1", "direction": "in", "admission": "allowed",
            "passed_at": world.clock.now().to_string(), "plate": "陕E·T0002", "plate_kind": "large_car",
        });
        world.post(&world.machine(EnterpriseGate), "/v1/gate-passes", &json!({ "passes": [pass] })).expect(200);
        night(world);
        let found = list(world, "");
        assert_eq!((&found[0]["vehicle_id"], &found[0]["last_seen_on"]), (&json!(truck), &json!("2026-08-23")));
    }

    fn three_periods_without_a_mark_make_a_candidate(world: &World) {
        let truck = register(world, &old_truck());
        night(world);
        let of_marks = || list(world, "?ground=marks_missing");
        assert_eq!(of_marks(), Vec::<Value>::new(), "nobody is accused by due days before the register's history");
        set(world, "overdue_inspection_counts_from", "2025-03-01");
        night(world);
        assert_eq!(of_marks().len(), 0, "the mark expired, and two periods have passed without another");
        set(world, "overdue_inspection_counts_from", "2024-09-01");
        night(world);
        let found = of_marks();
        assert_eq!((found.len(), &found[0]["vehicle_id"]), (1, &json!(truck)));
        let facts = &found[0]["facts"];
        assert_eq!((&facts["trigger"], &facts["expired_on"]), (&json!("marks_missing"), &json!("2024-09-30")));
        assert_eq!((&facts["periods"], &found[0]["needs_confirmation"]), (&json!(3), &json!(true)));
    }

    fn a_candidate_is_confirmed_or_dismissed_by_a_person_and_never_listed_by_itself(world: &World) {
        let taxi = register(world, &old_taxi());
        night(world);
        let (bureau, at) = (world.manager(EcologyBureau), format!("/v1/vehicles/{taxi}/removals/years_reached"));
        assert_eq!(world.get(&bureau, &format!("/v1/vehicles/{taxi}/listings")).expect(200)["items"], json!([]));
        let reason = json!({ "reason": "登记日期录入有误" });
        assert_eq!(world.post(&bureau, &format!("{at}/dismissals"), &reason).expect(200)["standing"], "dismissed");
        world.post(&bureau, &format!("{at}/dismissals"), &reason).problem(409, "wrong-state");
        night(world);
        let bureau = world.manager(EcologyBureau);
        assert_eq!(list(world, ""), Vec::<Value>::new());

        let corrected = json!({ "vehicle": { "registered_on": "2010-06-18" }, "reason": "登记日期更正" });
        world.post(&bureau, &format!("/v1/vehicles/{taxi}/corrections"), &corrected).expect(200);
        night(world);
        let bureau = world.manager(EcologyBureau);
        assert_eq!(list(world, "")[0]["facts"]["reached_on"], "2018-06-18");
        assert_eq!(world.post(&bureau, &format!("{at}/confirmations"), &json!({})).expect(200)["standing"], "confirmed");
        assert_eq!(world.get(&bureau, &format!("/v1/vehicles/{taxi}/listings")).expect(200)["items"], json!([]));
        let none = format!("/v1/vehicles/{taxi}/removals/marks_missing/confirmations");
        world.post(&bureau, &none, &json!({})).problem(404, "not-found");
    }

    fn the_elimination_scope_takes_no_decision(world: &World) {
        let truck = register(world, &old_truck());
        night(world);
        let at = format!("/v1/vehicles/{truck}/removals/diesel_truck/confirmations");
        world.post(&world.manager(EcologyBureau), &at, &json!({})).problem(409, "wrong-state");
    }

    fn a_vehicle_that_cannot_be_made_safe_is_reported(world: &World) {
        let taxi = register(world, &old_taxi());
        let (police, at) = (world.manager(TrafficPolice), format!("/v1/vehicles/{taxi}/removals"));
        let report = json!({ "evidence": "安检报告 AJ-1，修理后制动仍不合格" });
        let made = world.post(&police, &at, &report).expect(201);
        assert_eq!((&made["ground"], &made["standing"]), (&json!("safety_fails"), &json!("found")));
        night(world);
        let police = world.manager(TrafficPolice);
        let read = world.get(&police, &at).expect(200);
        assert_eq!(read["items"].as_array().unwrap().len(), 2);
        world.post(&police, &format!("{at}/safety_fails/confirmations"), &json!({})).expect(200);
        let problem = world.post(&police, &at, &json!({ "evidence": "x" })).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/evidence");
        let nobody = "/v1/vehicles/0198d000-0000-7000-8000-00000000ffff/removals";
        world.post(&police, nobody, &report).problem(404, "not-found");
    }

    fn contacts_are_kept_and_the_newest_stands_on_the_list(world: &World) {
        let truck = register(world, &old_truck());
        let (office, at) = (world.manager(TransportBureau), format!("/v1/vehicles/{truck}/contacts"));
        world.post(&office, &at, &json!({ "contact": "notified", "note": "已电话告知" })).expect(201);
        night(world);
        let office = world.manager(TransportBureau);
        assert_eq!(list(world, "?contact=notified").len(), 1);
        let promise = json!({ "contact": "promised", "promised_until": "2026-08-25", "note": "承诺本月交车" });
        world.post(&office, &at, &promise).expect(201);
        assert_eq!(list(world, "?contact=promised&promise_broken=true").len(), 0);
        world.wait(Duration::days(4));
        assert_eq!(list(world, "?promise_broken=true")[0]["promise_broken"], true);
        let read = world.get(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/removals")).expect(200);
        let states: Vec<_> = read["contacts"].as_array().unwrap().iter().map(|told| &told["contact"]).collect();
        assert_eq!(states, ["promised", "notified"]);
    }

    fn a_contact_that_contradicts_itself_is_pointed_at(world: &World) {
        let truck = register(world, &old_truck());
        let (office, at) = (world.manager(TransportBureau), format!("/v1/vehicles/{truck}/contacts"));
        for (body, pointer) in [
            (json!({ "contact": "promised", "note": "承诺" }), "/promised_until"),
            (json!({ "contact": "promised", "promised_until": "2026-08-21", "note": "承诺" }), "/promised_until"),
            (json!({ "contact": "refused", "promised_until": "2026-09-21", "note": "拒绝" }), "/promised_until"),
            (json!({ "contact": "not_contacted", "note": "误录" }), "/contact"),
            (json!({ "contact": "angry", "note": "误录" }), "/contact"),
            (json!({ "contact": "refused", "note": "" }), "/note"),
            (json!({ "contact": "refused", "note": "拒绝", "phone": "138" }), "/phone"),
        ] {
            let problem = world.post(&office, &at, &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
        world.post(&world.manager(MarketRegulator), &at, &json!({})).problem(403, "forbidden");
        let bureau = world.manager(EcologyBureau);
        world.get(&bureau, "/v1/removals?ground=rust").problem(400, "unreadable");
        world.get(&bureau, "/v1/removals?cursor=none").problem(422, "invalid");
    }

    fn what_is_overdue_is_listed_only_where_the_setting_says_so(world: &World) {
        let truck = register(world, &old_truck());
        let listings = format!("/v1/vehicles/{truck}/listings");
        night(world);
        assert_eq!(world.get(&world.manager(EcologyBureau), &listings).expect(200)["items"], json!([]));
        set(world, "elimination_lists", "on");
        for _ in 0..2 {
            night(world);
            let listed = world.get(&world.manager(EcologyBureau), &listings).expect(200);
            assert_eq!(listed["items"].as_array().unwrap().len(), 1);
            assert_eq!((&listed["items"][0]["reason"], &listed["listed"]), (&json!("elimination"), &json!(true)));
        }
        let better = json!({ "vehicle": { "stage": "china_4", "stage_source": "vehicle_list" }, "reason": "按随车清单更正" });
        world.post(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/corrections"), &better).expect(200);
        night(world);
        assert_eq!(world.get(&world.manager(EcologyBureau), &listings).expect(200)["listed"], false);
    }

    fn what_is_in_time_is_not_listed(world: &World) {
        let truck = register(world, &old_truck());
        // The deadline comes first: the service may walk at any moment.
        set(world, "elimination_deadline", "2026-08-23");
        set(world, "elimination_lists", "on");
        let listed = || world.get(&world.manager(EcologyBureau), &format!("/v1/vehicles/{truck}/listings")).expect(200);
        night(world);
        assert_eq!(listed()["listed"], false);
        night(world);
        assert_eq!(listed()["listed"], true);
    }

    fn two_processes_walk_a_day_together(world: &World) {
        register(world, &old_truck());
        let other = world.another_process();
        night(world);
        world.wait_for(imfleet::features::tick(&other)).unwrap();
        assert_eq!(list(world, "").len(), 1);
    }
}
