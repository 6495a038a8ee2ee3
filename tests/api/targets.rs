//! Standings over HTTP: counted right, as of a day, as known on a day, and explained to the last vehicle.

use chrono::Duration;
use imfleet::domain::role::{
    Position,
    Role::{EcologyBureau, FleetOperator, TrafficPolice},
};
use imfleet::platform::auth::Purpose;
use serde_json::{Value, json};

use crate::{
    fleet::{added_bus, books_hold, bus, joins, moves, register},
    harness::World,
    story::codes,
};

fn standing(world: &World, target: &str, query: &str) -> Value {
    world.get(&world.machine(EcologyBureau), &format!("/v1/targets/{target}/standings?{query}")).expect(200)
}

fn whole(standing: &Value) -> (Value, Value, Value) {
    let whole = &standing["readings"][0]["whole"];
    (whole["fraction"].clone(), whole["share_percent"].clone(), standing["verdict"].clone())
}

/// A heavy diesel truck of a stage.
fn truck(number: u32, stage: &str) -> Value {
    json!({
        "plate": format!("陕E·H{number:04}"), "plate_kind": "large_car", "vehicle_type": "H11", "use_nature": "freight",
        "fuel": "B", "gvm_kg": 25000, "stage": stage, "registered_on": "2012-03-02", "area": "610502",
    })
}

on_both_engines! {
    fn the_ninety_percent_rule_is_counted_for_the_whole_and_each_trade_with_the_vehicles_behind(world: &World) {
        assert_eq!(whole(&standing(world, "T4", "year=2026")), (json!(null), json!(null), json!("no_data")));
        for number in 1..=8 {
            added_bus(world, number, "C", "2026-03-01");
        }
        let taxi = register(world, &bus(9, "C"));
        joins(world, &taxi, "taxi", "2026-04-01");
        joins(world, &taxi, "ride_hailing", "2026-04-01");
        moves(world, &taxi, "transferred_in", "2026-04-02");
        added_bus(world, 10, "O", "2026-05-31");
        added_bus(world, 11, "C", "2025-12-31");

        let found = standing(world, "T4", "year=2026");
        assert_eq!(whole(&found), (json!("9/10"), json!("90.0"), json!("met")));
        let reading = &found["readings"][0];
        assert_eq!((&reading["whole"]["unknown"], &reading["whole"]["distance"]["more_needed"]), (&json!(1), &json!(0)));
        let trade = |name: &str| reading["trades"].as_array().unwrap().iter().find(|own| own["trade"] == name).unwrap().clone();
        assert_eq!((&trade("bus")["fraction"], &trade("bus")["verdict"]), (&json!("8/9"), &json!("not_met")));
        assert_eq!((&trade("taxi")["total"], &trade("ride_hailing")["total"]), (&json!(1), &json!(1)));
        assert_eq!(trade("refuse")["verdict"], "no_data");
        assert_eq!(reading["areas"][0]["area"], "610502");
        let trend = reading["trend"].as_array().unwrap();
        assert_eq!((trend.len(), &trend[2]["of_month"]["total"], &trend[7]["to_date"]["total"]), (8, &json!(8), &json!(10)));
        books_hold(world);
        assert_eq!(standing(world, "T4", "year=2026")["readings"], found["readings"]);
        assert_eq!(whole(&standing(world, "T4", "year=2025")).0, json!("1/1"));

        // As of a day within a month it is counted from the entries, and from the rollups at the end of a month.
        assert_eq!(whole(&standing(world, "T4", "as_of=2026-04-01")).0, json!("8/8"));
        assert_eq!(whole(&standing(world, "T4", "as_of=2026-04-30")).0, json!("9/9"));
        assert_eq!(whole(&standing(world, "T4", "as_of=2026-05-30")).0, json!("9/9"));
        assert_eq!(whole(&standing(world, "T4", "year=2026&area=610528")).2, json!("no_data"));

        let bureau = world.machine(EcologyBureau);
        let list = |query: &str| world.get(&bureau, &format!("/v1/targets/T4/standings/vehicles?year=2026&{query}")).expect(200);
        let first = list("limit=7");
        let rest = list(&format!("limit=7&cursor={}", first["next"].as_str().unwrap()));
        assert_eq!(first["items"].as_array().unwrap().len() + rest["items"].as_array().unwrap().len(), 10);
        assert_eq!(list("part=unknown")["items"][0]["plate"], "陕EB0010");
        assert_eq!(list("part=counted")["items"].as_array().unwrap().len(), 9);
        assert_eq!(list("part=others")["items"], json!([]));
        assert_eq!(list("trade=taxi")["items"].as_array().unwrap().len(), 1);
        let path = "/v1/targets/T4/standings/vehicles?trade=postal";
        assert_eq!(codes(&world.get(&bureau, path).problem(422, "invalid")), ["not_counted"]);
    }

    fn what_was_known_on_a_day_is_told_the_same_for_ever(world: &World) {
        let vehicle = added_bus(world, 1, "C", "2026-03-01");
        added_bus(world, 2, "B", "2026-03-01");
        world.wait(Duration::days(1));
        let then = standing(world, "T4", "year=2026&as_known=2026-08-22&as_of=2026-08-22");
        assert_eq!((whole(&then), &then["is_final"]), ((json!("1/2"), json!("50.0"), json!("not_met")), &json!(true)));

        let police = world.machine(TrafficPolice);
        let list = world.get(&police, &format!("{vehicle}/movements")).expect(200);
        let correction = format!("{vehicle}/movements/{}/corrections", list["items"][0]["movement_id"].as_str().unwrap());
        world.post(&police, &correction, &json!({ "reason": "登记对象有误" })).expect(200);
        let better = json!({ "vehicle": { "energy": "phev", "energy_source": "vehicle_list" }, "reason": "按随车清单更正" });
        world.post(&world.machine(EcologyBureau), &format!("{vehicle}/corrections"), &better).expect(200);
        let value = json!({ "value": "fcev", "effective_from": "2020-01-01", "source": "测试", "reason": "测试" });
        world.post(&world.manager(EcologyBureau), "/v1/settings/new_energy_kinds/values", &value).expect(201);
        world.tick();
        assert_eq!(whole(&standing(world, "T4", "year=2026")), (json!("0/1"), json!("0.0"), json!("not_met")));
        world.wait(Duration::days(400));
        let later = standing(world, "T4", "year=2026&as_known=2026-08-22&as_of=2026-08-22");
        assert_eq!(later, then);
        books_hold(world);
    }

    fn a_question_that_cannot_be_is_pointed_at(world: &World) {
        let bureau = world.machine(EcologyBureau);
        for (query, pointer) in [
            ("year=2027", "/year"), ("as_of=2026-08-23", "/as_of"), ("as_known=2026-08-23", "/as_known"),
            ("year=2025&as_of=2026-01-01", "/as_of"), ("area=110101", "/area"), ("as_of=2022-12-31", "/as_of"),
        ] {
            let problem = world.get(&bureau, &format!("/v1/targets/T4/standings?{query}")).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}");
        }
        for query in ["year=abc", "as_of=tomorrow", "area=x", "colour=red"] {
            world.get(&bureau, &format!("/v1/targets/T4/standings?{query}")).problem(400, "unreadable");
        }
        world.get(&bureau, "/v1/targets/T99/standings").problem(404, "not-found");
        world.get(&bureau, "/v1/targets/T99").problem(404, "not-found");
    }

    fn a_target_without_its_register_has_no_data_and_names_the_register(world: &World) {
        let bureau = world.machine(EcologyBureau);
        let targets = world.get(&bureau, "/v1/targets").expect(200);
        let ids: Vec<_> = targets["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids, (1..=27).map(|number| format!("T{number}")).collect::<Vec<_>>());
        for id in ids {
            let found = standing(world, &id, "");
            assert_eq!(found["verdict"], "no_data", "{id}");
            assert_eq!(found["readings"] == json!([]), found["waits_for"].is_string(), "{id}");
        }
    }

    fn old_trucks_are_counted_down_by_month_and_way_and_frozen_at_the_deadline(world: &World) {
        let police = world.machine(TrafficPolice);
        let trucks: Vec<_> = (1..=5).map(|number| register(world, &truck(number, if number < 5 { "china_3" } else { "china_6" }))).collect();
        for vehicle in &trucks {
            moves(world, vehicle, "registered", "2012-03-02");
        }
        moves(world, &trucks[0], "scrapped", "2024-05-10");
        moves(world, &trucks[1], "transferred_out", "2026-02-03");
        let found = standing(world, "T9", "");
        assert_eq!((&found["verdict"], &found["readings"][0]["whole"]["counted"]), (&json!("not_met"), &json!(2)));
        let removal = &found["removal"];
        assert_eq!((&removal["baseline"], &removal["remaining"]), (&json!(4), &json!(2)));
        let months = removal["months"].as_array().unwrap();
        let may = months.iter().find(|month| month["month"] == "2024-05").unwrap();
        assert_eq!((&may["left"], &may["remaining"]), (&json!([{ "way": "scrapped", "vehicles": 1 }]), &json!(3)));
        let deadline = &found["deadline"];
        assert_eq!(deadline["deadline"], "2025-12-31");
        // All of it was recorded after the deadline: then nothing was known.
        assert_eq!(deadline["known_then"][0]["verdict"], "no_data");
        assert_eq!((&deadline["known_now"][0]["counted"], &deadline["known_now"][0]["verdict"]), (&json!(3), &json!("not_met")));
        let share = standing(world, "T11", "");
        assert_eq!((&share["readings"][0]["whole"]["fraction"], &share["verdict"]), (&json!("1/3"), &json!("reported")));
        let trend = share["readings"][0]["trend"].as_array().unwrap();
        assert_eq!((&trend[0]["to_date"]["total"], &trend[1]["to_date"]["total"]), (&json!(4), &json!(3)));

        world.tick();
        assert_eq!(standing(world, "T9", "")["removal"]["baseline_as_taken"], 4);
        let behind = world.get(&police, "/v1/targets/T9/standings/vehicles?part=counted").expect(200);
        assert_eq!(behind["items"].as_array().unwrap().len(), 2);
        books_hold(world);
    }

    fn the_result_at_the_deadline_stays_as_it_was_known_then(world: &World) {
        let own = |number: u32, stage: &str| {
            let vehicle = register(world, &truck(number, stage));
            joins(world, &vehicle, "construction_waste", "2024-01-01");
            moves(world, &vehicle, "registered", "2024-01-01");
            vehicle
        };
        let (_, old) = (own(1, "china_6"), own(2, "china_5"));
        let readings = world.get(&world.manager(EcologyBureau), "/v1/targets/T3").expect(200)["items"][0]["readings"].clone();
        let amended = json!({
            "effective_from": "2026-08-22", "counts_hancheng": true, "threshold": { "num": 100, "den": 100 },
            "readings": readings, "deadline": "2026-08-23", "source": "渭环发〔2026〕2号", "confidence": "sourced",
            "reason": "期限顺延",
        });
        world.post(&world.manager(EcologyBureau), "/v1/targets/T3/versions", &amended).expect(201);
        assert_eq!(standing(world, "T3", "")["deadline"], json!(null), "its deadline has not passed");
        world.wait(Duration::days(2));
        world.tick();
        moves(world, &old, "transferred_out", "2026-08-23");
        for _ in 0..2 {
            let found = standing(world, "T3", "");
            let (then, now) = (&found["deadline"]["known_then"][0], &found["deadline"]["known_now"][0]);
            assert_eq!((&then["fraction"], &then["verdict"]), (&json!("1/2"), &json!("not_met")));
            assert_eq!((&now["fraction"], &now["verdict"]), (&json!("1/1"), &json!("met")));
            assert_eq!(whole(&found).0, json!("1/1"), "and what remains today");
            world.wait(Duration::days(30));
            world.tick();
        }
    }

    fn areas_are_ranked_by_their_shares(world: &World) {
        for (number, fuel, area) in [(1, "C", "610528"), (2, "B", "610502"), (3, "C", "610502"), (4, "B", "610526")] {
            let mut told = bus(number, fuel);
            told["area"] = json!(area);
            let vehicle = register(world, &told);
            joins(world, &vehicle, "bus", "2026-03-01");
            moves(world, &vehicle, "registered", "2026-03-01");
        }
        let found = standing(world, "T4", "year=2026");
        let areas = found["readings"][0]["areas"].as_array().unwrap();
        let ranked: Vec<_> = areas.iter().map(|area| (area["area"].as_str().unwrap(), area["fraction"].as_str().unwrap())).collect();
        assert_eq!(ranked, [("610528", "1/1"), ("610502", "1/2"), ("610526", "0/1")]);
        assert_eq!(areas[1]["distance"]["more_needed"], 8, "of ten, nine");
    }

    fn construction_trucks_may_be_new_energy_or_china_six(world: &World) {
        for (number, stage) in [(1, "china_6"), (2, "china_5")] {
            let vehicle = register(world, &truck(number, stage));
            joins(world, &vehicle, "construction_waste", "2024-01-01");
            moves(world, &vehicle, "registered", "2024-01-01");
        }
        let found = standing(world, "T3", "");
        assert_eq!(whole(&found), (json!("1/2"), json!("50.0"), json!("not_met")));
        assert_eq!(found["readings"][0]["whole"]["distance"]["more_needed"], json!(null));
        assert_eq!(found["readings"][0]["whole"]["distance"]["to_replace"], 1);
        let list = world.get(&world.machine(EcologyBureau), "/v1/targets/T3/standings/vehicles?part=others").expect(200);
        assert_eq!(list["items"][0]["plate"], "陕EH0002");
    }

    fn both_readings_stand_side_by_side_and_the_setting_picks_the_judging_one(world: &World) {
        added_bus(world, 1, "C", "2026-03-01");
        let hailed = register(world, &bus(2, "A"));
        joins(world, &hailed, "ride_hailing", "2026-03-01");
        moves(world, &hailed, "registered", "2026-03-01");
        let found = standing(world, "T6", "");
        let fractions: Vec<_> = found["readings"].as_array().unwrap().iter().map(|own| own["whole"]["fraction"].clone()).collect();
        assert_eq!((fractions, &found["verdict"]), (vec![json!("1/2"), json!("1/1")], &json!("not_met")));
        let value = json!({ "value": "without_ride_hailing", "effective_from": "2026-08-22", "source": "测试" });
        world.post(&world.manager(EcologyBureau), "/v1/settings/taxi_reading/values", &value).expect(201);
        assert_eq!(standing(world, "T6", "")["verdict"], "met");
    }

    fn a_manager_amends_a_target_with_a_reason_and_earlier_versions_stay(world: &World) {
        added_bus(world, 1, "C", "2026-03-01");
        let postal = register(world, &bus(2, "B"));
        joins(world, &postal, "postal", "2026-03-01");
        moves(world, &postal, "registered", "2026-03-01");
        let bureau = world.manager(EcologyBureau);
        let scope = json!({ "trades": ["bus", "postal"] });
        let mut body = json!({
            "effective_from": "2026-07-01", "counts_hancheng": true, "threshold": { "num": 90, "den": 100 },
            "readings": [{ "id": "whole", "zh": "合计", "en": "Together", "scope": scope }],
            "source": "渭环发〔2026〕1号", "confidence": "sourced", "reason": "文件规定邮政车辆计入",
        });
        let path = "/v1/targets/T4/versions";
        let member = world.member(EcologyBureau);
        world.post(&member, path, &body).problem(403, "forbidden");
        let amended = world.post(&bureau, path, &body).expect(201);
        assert_eq!((&amended["version"], &amended["kind"]), (&json!(2), &json!("flow_share")));
        assert_eq!(whole(&standing(world, "T4", "year=2026")).0, json!("1/2"));
        assert_eq!(whole(&standing(world, "T4", "as_of=2026-06-30")).0, json!("1/1"));
        body["threshold"] = json!({ "num": 3, "den": 2 });
        let problem = world.post(&bureau, path, &body).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/threshold");
        body["threshold"] = json!(null);
        body["readings"] = json!([{ "id": "a", "zh": "", "en": "", "scope": { "trucks": true } }]);
        assert_eq!(codes(&world.post(&bureau, path, &body).problem(422, "invalid")), ["flow_without_trades"]);
        world.post(&bureau, "/v1/targets/T99/versions", &body).problem(404, "not-found");
    }

    fn operators_are_ranked_and_see_their_own_standing(world: &World) {
        added_bus(world, 1, "B", "2026-03-01");
        let own = register(world, &bus(2, "C"));
        let operator = world.machine(FleetOperator);
        world.post(&operator, &format!("{own}/memberships"), &json!({ "trade": "bus", "from": "2026-03-01" })).expect(201);
        moves(world, &own, "registered", "2026-03-01");
        let ranked = world.get(&world.machine(EcologyBureau), "/v1/targets/T4/standings/operators").expect(200);
        let shares: Vec<_> = ranked["items"].as_array().unwrap().iter().map(|own| own["fraction"].clone()).collect();
        assert_eq!(shares, [json!("1/1"), json!("0/1")]);
        assert_eq!(ranked["items"][0]["operator_id"], json!(world.organisation(FleetOperator).to_string()));
        let seen = world.get(&operator, "/v1/targets/T4/standings").expect(200);
        assert_eq!(whole(&seen).0, json!("1/1"));
        let stranger = world.sign(Purpose::Access, &world.claims(TrafficPolice, Position::Member));
        assert_eq!(whole(&world.get(&stranger, "/v1/targets/T4/standings").expect(200)).0, json!("1/2"));
    }

    fn stations_are_connected_whose_data_came_on_the_last_working_day(world: &World) {
        let story = crate::story::Story::of(world);
        story.test(&crate::story::car(), "first", "T-1", &crate::story::double_idle(0.2));
        // 2026-08-22 is a Saturday: on Monday the last working day is the Friday before.
        world.wait(Duration::days(2));
        let monday = standing(world, "T23", "");
        assert_eq!(monday["verdict"], "no_data");
        story_again(world);
        world.wait(Duration::days(1));
        let tuesday = standing(world, "T23", "");
        assert_eq!((whole(&tuesday).0, &tuesday["verdict"]), (json!("1/1"), &json!("met")));
    }
}

fn story_again(world: &World) {
    let story = crate::story::Story::of(world);
    story.test(&crate::story::car(), "first", "T-2", &crate::story::double_idle(0.2));
}
