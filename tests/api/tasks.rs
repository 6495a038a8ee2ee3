//! Tasks: a target broken down by area and department, figures that registers fill, progress and its review, and the
//! yearly sheet.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, MarketRegulator, RepairShop, TrafficPolice, TransportBureau};
use serde_json::{Value, json};

use crate::{harness::World, removals::night, story::truck};

/// Trucks to be cleared in two areas, by the register's figure; the transport bureau answers for it.
fn clearing(world: &World) -> Value {
    json!({
        "target": "T9", "year": 2026, "title": "国三及以下柴油货车清零", "department": "市交通运输局", "post": "车辆科科长",
        "organisation_id": world.organisation(TransportBureau), "aim": "at_most", "unit": "vehicles",
        "deadline_on": "2026-09-30", "source": "diesel_trucks_left",
        "shares": [{ "area": "610502", "wanted": 0 }, { "area": "610526", "wanted": 0 }],
    })
}

/// Something that no register knows.
fn reported(world: &World) -> Value {
    json!({
        "target": "T22", "year": 2026, "title": "绿色货运配送站点", "department": "市交通运输局", "post": "货运科科长",
        "organisation_id": world.organisation(TransportBureau), "aim": "at_least", "unit": "sites",
        "deadline_on": "2026-12-31", "source": "reported", "shares": [{ "area": "610502", "wanted": 5 }],
    })
}

fn assign(world: &World, body: &Value) -> Vec<Value> {
    let made = world.post(&world.manager(EcologyBureau), "/v1/tasks", body).expect(201);
    made["items"].as_array().unwrap().clone()
}

fn path(task: &Value) -> String {
    format!("/v1/tasks/{}", task["task_id"].as_str().unwrap())
}

fn old_truck(world: &World) {
    let mut old = truck();
    old["stage"] = json!("china_3");
    world.post(&world.manager(EcologyBureau), "/v1/vehicles", &old).expect(201);
}

on_both_engines! {
    fn a_figure_that_a_register_knows_is_filled_by_it_and_cannot_be_typed(world: &World) {
        let tasks = assign(world, &clearing(world));
        assert_eq!(tasks.len(), 2);
        old_truck(world);
        night(world);
        let office = world.manager(TransportBureau);
        let read = |task: &Value| world.get(&office, &path(task)).expect(200);
        let [district, county] = [read(&tasks[0]), read(&tasks[1])];
        assert_eq!((&district["figure"], &district["verdict"]), (&json!(1), &json!("under_way")));
        assert_eq!((&county["figure"], &county["verdict"]), (&json!(0), &json!("met")));

        let typed = json!({ "as_of": "2026-08-22", "text": "已全部淘汰", "figure": 0 });
        let problem = world.post(&office, &format!("{}/entries", path(&tasks[0])), &typed).problem(422, "invalid");
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("/figure"), &json!("filled_by_register")));
        assert_eq!(read(&tasks[0])["figure"], 1);
    }

    fn what_a_department_says_beside_the_register_is_compared_and_never_counted(world: &World) {
        let tasks = assign(world, &clearing(world));
        old_truck(world);
        night(world);
        let office = world.manager(TransportBureau);
        let said = json!({ "as_of": "2026-08-22", "text": "月报：已全部淘汰", "stated": 0 });
        for task in &tasks {
            world.post(&office, &format!("{}/entries", path(task)), &said).expect(201);
        }
        let different = world.get(&office, "/v1/tasks/differences?year=2026").expect(200);
        assert_eq!(different["items"].as_array().unwrap().len(), 1);
        let row = &different["items"][0];
        assert_eq!((&row["area"], &row["figure"], &row["stated"]), (&json!("610502"), &json!(1), &json!(0)));
        assert_eq!(world.get(&office, "/v1/tasks/differences?year=2026&area=610526").expect(200)["items"], json!([]));
        assert_eq!(world.get(&office, "/v1/tasks/differences?year=2025").expect(200)["items"], json!([]));
    }

    fn a_reported_figure_counts_when_somebody_else_has_accepted_it(world: &World) {
        let task = assign(world, &reported(world)).remove(0);
        let (office, bureau) = (world.manager(TransportBureau), world.manager(EcologyBureau));
        let entries = format!("{}/entries", path(&task));
        let done = json!({ "as_of": "2026-08-20", "text": "建成5处", "figure": 5, "evidence": [{ "document": "渭交函8号" }] });
        let entry = world.post(&office, &entries, &done).expect(201);
        assert_eq!(world.get(&office, &path(&task)).expect(200)["figure"], json!(null));

        let review = format!("{entries}/{}/reviews", entry["entry_id"].as_str().unwrap());
        let word = json!({ "accepted": true, "remark": "现场核实" });
        world.post(&office, &review, &word).problem(403, "forbidden");
        assert_eq!(world.post(&bureau, &review, &word).expect(200)["standing"], "accepted");
        world.post(&bureau, &review, &word).problem(409, "wrong-state");
        let read = world.get(&office, &path(&task)).expect(200);
        assert_eq!((&read["figure"], &read["verdict"]), (&json!(5), &json!("met")));
        assert_eq!(read["entries"].as_array().unwrap().len(), 1);

        let own = world.post(&bureau, &entries, &done).expect(201);
        let own = format!("{entries}/{}/reviews", own["entry_id"].as_str().unwrap());
        world.post(&bureau, &own, &word).problem(409, "wrong-state");
        let lost = format!("{entries}/0198d000-0000-7000-8000-00000000ffff/reviews");
        world.post(&bureau, &lost, &word).problem(404, "not-found");
    }

    fn an_entry_that_was_given_back_counts_nowhere(world: &World) {
        let task = assign(world, &reported(world)).remove(0);
        let entries = format!("{}/entries", path(&task));
        let done = json!({ "as_of": "2026-08-20", "text": "建成5处", "figure": 5 });
        let entry = world.post(&world.manager(TransportBureau), &entries, &done).expect(201);
        let review = format!("{entries}/{}/reviews", entry["entry_id"].as_str().unwrap());
        let back = json!({ "accepted": false, "remark": "无佐证" });
        assert_eq!(world.post(&world.manager(EcologyBureau), &review, &back).expect(200)["standing"], "returned");
        assert_eq!(world.get(&world.manager(EcologyBureau), &path(&task)).expect(200)["figure"], json!(null));
    }

    fn a_task_past_its_last_day_is_overdue_by_the_register_of_that_day(world: &World) {
        let tasks = assign(world, &clearing(world));
        old_truck(world);
        night(world);
        let overdue = || world.get(&world.manager(EcologyBureau), "/v1/tasks?overdue=true").expect(200)["items"].clone();
        world.wait(Duration::days(38));
        assert_eq!(overdue(), json!([]));
        world.wait(Duration::days(1));
        let found = overdue();
        assert_eq!(found.as_array().unwrap().len(), 1);
        assert_eq!((&found[0]["task_id"], &found[0]["figure_as_of"]), (&tasks[0]["task_id"], &json!("2026-09-30")));
        let others = world.get(&world.manager(EcologyBureau), "/v1/tasks?overdue=false").expect(200);
        assert_eq!(others["items"][0]["task_id"], tasks[1]["task_id"]);
    }

    fn the_yearly_sheet_has_a_districts_tasks_and_how_they_stand(world: &World) {
        assign(world, &clearing(world));
        assign(world, &reported(world));
        old_truck(world);
        night(world);
        let sheet = world.get(&world.manager(MarketRegulator), "/v1/tasks/sheet?year=2026&area=610502").expect(200);
        assert_eq!((&sheet["area_name"], &sheet["under_way"], &sheet["no_data"]), (&json!("临渭区"), &json!(1), &json!(1)));
        let targets: Vec<_> = sheet["rows"].as_array().unwrap().iter().map(|row| &row["target"]).collect();
        assert_eq!(targets, ["T22", "T9"]);
        let other = world.get(&world.manager(MarketRegulator), "/v1/tasks/sheet?year=2026&area=610526").expect(200);
        assert_eq!((&other["met"], other["rows"].as_array().unwrap().len()), (&json!(1), 1));
        world.get(&world.manager(MarketRegulator), "/v1/tasks/sheet").problem(400, "unreadable");
    }

    fn a_task_is_amended_with_its_reason_and_withdrawn_for_good(world: &World) {
        let task = assign(world, &reported(world)).remove(0);
        let bureau = world.manager(EcologyBureau);
        let amended = json!({ "wanted": 3.5, "deadline_on": "2026-11-30", "reason": "市政府调整年度任务" });
        let out = world.post(&bureau, &format!("{}/amendments", path(&task)), &amended).expect(200);
        assert_eq!((&out["wanted"], &out["deadline_on"]), (&json!(3.5), &json!("2026-11-30")));
        world.post(&bureau, "/v1/tasks", &reported(world)).problem(409, "already-exists");
        let reason = json!({ "reason": "目标取消" });
        world.post(&bureau, &format!("{}/withdrawals", path(&task)), &reason).expect(200);
        world.post(&bureau, &format!("{}/withdrawals", path(&task)), &reason).problem(409, "wrong-state");
        world.post(&bureau, &format!("{}/amendments", path(&task)), &amended).problem(409, "wrong-state");
        let late = json!({ "as_of": "2026-08-20", "text": "建成5处", "figure": 5 });
        world.post(&bureau, &format!("{}/entries", path(&task)), &late).problem(409, "wrong-state");
        assert_eq!(world.get(&bureau, "/v1/tasks").expect(200)["items"], json!([]));
        assert_eq!(world.get(&bureau, &path(&task)).expect(200)["withdrawn"], "目标取消");
        assign(world, &reported(world));
    }

    fn an_assignment_that_makes_no_sense_is_pointed_at_and_nothing_is_assigned(world: &World) {
        let bureau = world.manager(EcologyBureau);
        for (member, value, pointer) in [
            ("year", json!(2022), "/year"),
            ("deadline_on", json!("2027-01-01"), "/deadline_on"),
            ("deadline_on", json!("soon"), "/deadline_on"),
            ("unit", json!("percent"), "/unit"),
            ("target", json!("T99"), "/target"),
            ("organisation_id", json!("0198d000-0000-7000-8000-00000000ffff"), "/organisation_id"),
            ("shares", json!([]), "/shares"),
            ("shares", json!([{ "area": "610502", "wanted": 0 }, { "area": "610101", "wanted": 0 }]), "/shares/1/area"),
            ("shares", json!([{ "area": "610502", "wanted": "0" }]), "/shares/0/wanted"),
            ("department", json!(""), "/department"),
            ("source", json!("rumour"), "/source"),
            ("surprise", json!(1), "/surprise"),
        ] {
            let mut body = clearing(world);
            body[member] = value;
            let problem = world.post(&bureau, "/v1/tasks", &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{body}");
        }
        assert_eq!(world.get(&bureau, "/v1/tasks").expect(200)["items"], json!([]));
    }

    fn another_departments_task_takes_no_entry(world: &World) {
        let task = assign(world, &reported(world)).remove(0);
        let entries = format!("{}/entries", path(&task));
        let done = json!({ "as_of": "2026-08-20", "text": "建成5处", "figure": 5 });
        world.post(&world.manager(TrafficPolice), &entries, &done).problem(403, "forbidden");
        world.post(&world.manager(RepairShop), &entries, &done).problem(403, "forbidden");
        let empty = json!({ "as_of": "2026-08-20", "text": "推进中" });
        let problem = world.post(&world.manager(TransportBureau), &entries, &empty).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/evidence");
        let tomorrow = json!({ "as_of": "2026-08-23", "text": "推进中", "figure": 1 });
        let problem = world.post(&world.manager(TransportBureau), &entries, &tomorrow).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/as_of");
    }

    fn a_targets_standing_fills_the_figure_of_its_tasks(world: &World) {
        let mut body = clearing(world);
        body["source"] = json!("target_standing");
        body["unit"] = json!("sites");
        let problem = world.post(&world.manager(EcologyBureau), "/v1/tasks", &body).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/unit");
        body["unit"] = json!("vehicles");
        let tasks = assign(world, &body);
        assert_eq!((&tasks[0]["figure"], &tasks[0]["verdict"]), (&json!(null), &json!("no_data")));
        old_truck(world);
        let bureau = world.manager(EcologyBureau);
        let id = world.post(&bureau, "/v1/vehicles/look-ups", &json!({ "vin": truck()["vin"] })).expect(200)["vehicle_id"].clone();
        let movement = json!({ "kind": "registered", "held_on": "2012-03-02", "area": "610502" });
        world.post(&bureau, &format!("/v1/vehicles/{}/movements", id.as_str().unwrap()), &movement).expect(201);
        world.tick();
        let read = world.get(&bureau, &path(&tasks[0])).expect(200);
        assert_eq!((&read["figure"], &read["verdict"]), (&json!(1), &json!("under_way")));
    }

    fn tasks_page_by_year_area_and_organisation(world: &World) {
        assign(world, &clearing(world));
        assign(world, &reported(world));
        let bureau = world.manager(EcologyBureau);
        let own = format!("?organisation_id={}", world.organisation(TransportBureau));
        for (query, count) in [
            ("", 3), ("?area=610500", 3), ("?area=610526", 1), ("?year=2025", 0), ("?target=T9", 2), ("?limit=2", 2),
            (own.as_str(), 3),
        ] {
            let items = world.get(&bureau, &format!("/v1/tasks{query}")).expect(200)["items"].clone();
            assert_eq!(items.as_array().unwrap().len(), count, "{query}");
        }
        let first = world.get(&bureau, "/v1/tasks?limit=2").expect(200);
        let next = first["next"].as_str().unwrap();
        let second = world.get(&bureau, &format!("/v1/tasks?limit=2&cursor={next}")).expect(200);
        assert_eq!((second["items"].as_array().unwrap().len(), &second["next"]), (1, &json!(null)));
    }
}
