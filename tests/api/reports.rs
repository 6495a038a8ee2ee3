//! Reports: the same rows in every shape, shares that never show what is not reached, and answers that stay.

use calamine::{Data, Reader, Xlsx};
use chrono::Duration;
use imfleet::{
    domain::role::Role::{EcologyBureau, InspectionStation, MarketRegulator, TrafficPolice, TransportBureau},
    features::reports::Cell,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, double_idle, inspection_path, lug_down, truck},
};

/// A failed car that is repaired and passes, a truck that passes, and a failed truck that is overdue and listed.
fn lives(world: &World) -> Value {
    let story = Story::of(world);
    let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
    story.repair(&car(), "S-1");
    story.test(&car(), "retest", "T-2", &double_idle(0.4));
    let mut other = truck();
    other["plate"] = json!("陕E·T0003");
    other["vin"] = json!("LZZ5ELND6KN123457");
    story.test(&other, "first", "T-3", &lug_down(0.9));
    let tasks = json!({
        "target": "T9", "year": 2026, "title": "国三及以下柴油货车清零", "department": "区公安交管大队", "post": "大队长",
        "aim": "at_most", "unit": "vehicles", "deadline_on": "2026-12-31", "source": "target_standing",
        "shares": [{ "area": "610502", "wanted": 0 }, { "area": "610526", "wanted": 0 }],
    });
    world.post(&world.manager(EcologyBureau), "/v1/tasks", &tasks).expect(201);
    // The tokens of the story live for a quarter of an hour.
    let listed = Story::of(world).test(&truck(), "first", "T-4", &lug_down(1.9));
    let path = format!("/v1/vehicles/{}/movements", listed["vehicle_id"].as_str().unwrap());
    let registered = json!({ "kind": "registered", "held_on": "2012-03-02", "area": "610502" });
    world.post(&world.machine(TrafficPolice), &path, &registered).expect(201);
    world.wait(Duration::days(40));
    world.tick();
    failed
}

fn report(world: &World, name: &str, query: &str) -> Value {
    world.get(&world.machine(EcologyBureau), &format!("/v1/reports/{name}{query}")).expect(200)
}

fn names(world: &World) -> Vec<String> {
    let listed = world.get(&world.machine(EcologyBureau), "/v1/reports").expect(200);
    listed["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

/// The rows of a JSON report as texts.
fn texts(report: &Value) -> Vec<Vec<String>> {
    let columns = report["columns"].as_array().unwrap();
    let cell = |row: &Value, column: &Value| match &row[column["name"].as_str().unwrap()] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let rows = report["rows"].as_array().unwrap();
    rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect()
}

fn sheet(bytes: &[u8], width: usize) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::DateTime(at) => at.as_datetime().unwrap().date().to_string(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().take(width).map(text).collect()).collect()
}

fn table(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').expect("the mark");
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

on_both_engines! {
    fn every_report_has_the_same_rows_in_every_shape(world: &World) {
        lives(world);
        let bureau = world.machine(EcologyBureau);
        for name in names(world) {
            let told = report(world, &name, "");
            let rows = texts(&told);
            assert!(!rows.is_empty(), "{name} has no rows");
            let width = told["columns"].as_array().unwrap().len();

            let read = table(&world.get(&bureau, &format!("/v1/reports/{name}?format=csv")).text);
            let begins = read.len() - rows.len();
            assert_eq!(read[begins..], rows, "{name}.csv");

            let request = world.request(reqwest::Method::GET, &format!("/v1/reports/{name}?format=xlsx"));
            let reply = request.bearer_auth(&bureau).send().unwrap();
            let kind = reply.headers()["content-type"].to_str().unwrap().to_owned();
            assert_eq!(kind, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            let read = sheet(&reply.bytes().unwrap(), width);
            assert_eq!(read[read.len() - rows.len()..], rows, "{name}.xlsx");
            let about: String = read[..8].concat().concat();
            for told in [&told["as_of"], &told["as_known"], &told["definitions"], &told["source"]] {
                assert!(about.contains(told.as_str().unwrap()), "{name}.xlsx lacks {told}");
            }
        }
    }

    fn the_figures_are_those_of_the_lives_behind_them(world: &World) {
        lives(world);
        let rates = report(world, "pass_rates", "?from=2026-08-01");
        let of = |method: &str| rates["rows"].as_array().unwrap().iter().find(|row| row["method"] == method).unwrap();
        let (idle, lug) = (of("双怠速法"), of("加载减速法"));
        assert_eq!((&idle["first_tests"], &idle["first_pass_percent"]), (&json!(1), &json!(0)));
        assert_eq!((&idle["retests"], &idle["retest_pass_percent"]), (&json!(1), &json!(100)));
        assert_eq!((&lug["first_tests"], &lug["first_pass_percent"], &lug["retest_pass_percent"]), (&json!(2), &json!(50), &json!(null)));

        let closed = report(world, "case_closure_times", "");
        assert_eq!((&closed["rows"][0]["closed"], &closed["rows"][0]["in_time_percent"]), (&json!(1), &json!(100)));
        let repairs = report(world, "repair_outcomes", "");
        let shop = &repairs["rows"][0];
        assert_eq!((&shop["repairs"], &shop["passed"], &shop["watched"]), (&json!(1), &json!(1), &json!(0)));
        assert_eq!(shop["failed_again_percent"], json!(null), "no pass is 90 days old");

        let listed = report(world, "blacklist_in_and_out", "");
        let last = listed["rows"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&last["month"], &last["standing"]), (&json!("2026-10"), &json!(1)));
        let stock = report(world, "stock_by_stage_and_fuel", "?area=610502");
        let vehicles: i64 = stock["rows"].as_array().unwrap().iter().map(|row| row["vehicles"].as_i64().unwrap()).sum();
        assert_eq!(vehicles, 3);
        assert_eq!(report(world, "stock_by_stage_and_fuel", "?area=610581")["rows"], json!([]));
    }

    fn a_repair_that_does_not_hold_for_90_days_is_told(world: &World) {
        lives(world);
        Story::of(world).test(&car(), "first", "T-9", &double_idle(0.9));
        let shop = report(world, "repair_outcomes", "")["rows"][0].clone();
        assert_eq!((&shop["watched"], &shop["failed_again"], &shop["failed_again_percent"]), (&json!(1), &json!(1), &json!(100)));
    }

    fn a_report_as_known_on_a_day_answers_the_same_after_a_test_was_voided(world: &World) {
        let failed = lives(world);
        let known = world.clock.now().local_day();
        let query = format!("?from=2026-08-01&as_of={known}&as_known={known}");
        let before = report(world, "pass_rates", &query);
        world.wait(Duration::days(1));
        let path = format!("{}/voids", inspection_path(&failed));
        let bureau = world.manager(EcologyBureau);
        let void = world.post(&bureau, &path, &json!({ "reason": "设备故障，检验作废" }));
        assert!((200..300).contains(&void.status), "{}", void.text);
        assert_eq!(report(world, "pass_rates", &query)["rows"], before["rows"]);
        let now = report(world, "pass_rates", "?from=2026-08-01");
        assert_ne!(now["rows"], before["rows"], "as known today the test is gone");
    }

    fn the_yearly_sheet_answers_the_same_as_known_on_a_day(world: &World) {
        lives(world);
        let known = world.clock.now().local_day();
        let query = format!("?as_of={known}&as_known={known}&area=610502");
        let before = report(world, "yearly_sheet", &query);
        let row = &before["rows"][0];
        assert_eq!((before["rows"].as_array().unwrap().len(), &row["target"], &row["unit"]), (1, &json!("T9"), &json!("辆")));
        assert_eq!((&row["figure"], &row["figure_as_of"], &row["verdict"]), (&json!(1), &json!(known.to_string()), &json!("推进中")));
        world.wait(Duration::days(1));
        let story = Story::of(world);
        let mut old = truck();
        (old["plate"], old["vin"], old["stage"]) = (json!("陕E·T0077"), json!("LZZ5ELND6KN123458"), json!("china_3"));
        old["stage_source"] = json!("registry");
        let tested = story.test(&old, "first", "T-77", &lug_down(0.9));
        let path = format!("/v1/vehicles/{}/movements", tested["vehicle_id"].as_str().unwrap());
        let late = json!({ "kind": "registered", "held_on": "2012-03-02", "area": "610502" });
        world.post(&world.machine(TrafficPolice), &path, &late).expect(201);
        assert_eq!(report(world, "yearly_sheet", &query)["rows"], before["rows"]);
        let now = report(world, "yearly_sheet", "?area=610502");
        assert_eq!((&now["rows"][0]["figure"], &now["rows"][0]["verdict"]), (&json!(2), &json!("推进中")));
        assert_eq!(report(world, "yearly_sheet", "?as_of=2025-12-31")["rows"], json!([]), "a sheet of another year");
    }

    fn a_report_is_for_its_readers_and_takes_its_parameters_alone(world: &World) {
        let get = |role, path: &str| world.get(&world.machine(role), path);
        get(TrafficPolice, "/v1/reports/pass_rates").problem(403, "forbidden");
        get(InspectionStation, "/v1/reports").problem(403, "forbidden");
        get(MarketRegulator, "/v1/reports/none").problem(404, "not-found");
        let listed = get(TransportBureau, "/v1/reports").expect(200);
        assert!(listed["items"].as_array().unwrap().iter().all(|item| item["name"] != "pass_rates"));
        for (query, pointer) in [
            ("pass_rates?area=610502", "/area"),
            ("stock_by_stage_and_fuel?from=2026-01-01", "/from"),
            ("pass_rates?as_of=2026-08-23", "/as_of"),
            ("pass_rates?as_known=2027-01-01", "/as_known"),
            ("pass_rates?from=2026-08-02&to=2026-08-01", "/from"),
            ("pass_rates?to=2026-08-02&as_of=2026-08-01", "/to"),
            ("case_closure_times?area=61", "/area"),
        ] {
            let problem = get(EcologyBureau, &format!("/v1/reports/{query}")).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{query}");
        }
        get(EcologyBureau, "/v1/reports/pass_rates?format=pdf").problem(400, "unreadable");
        get(EcologyBureau, "/v1/reports/pass_rates?station=1").problem(400, "unreadable");
    }
}

#[rstest]
#[case(8_996, 10_000, Some("89.9"))]
#[case(8_999, 10_000, Some("89.9"))]
#[case(9_000, 10_000, Some("90"))]
#[case(1, 3, Some("33.3"))]
#[case(0, 7, Some("0"))]
#[case(0, 0, None)]
fn a_share_is_cut_down_and_a_share_of_nothing_is_no_data(
    #[case] part: i64,
    #[case] whole: i64,
    #[case] shown: Option<&str>,
) {
    let told = match Cell::percent(part, whole) {
        Cell::Amount(amount) => Some(amount.to_string()),
        _ => None,
    };
    assert_eq!(told.as_deref(), shown);
}
