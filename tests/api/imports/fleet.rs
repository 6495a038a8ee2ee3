//! Rows of the fleet register: recorded by its own actions, refused by its own names, exported and taken back.

use imfleet::domain::role::Role::{EcologyBureau, FleetOperator, Recycler, TrafficPolice};
use serde_json::{Value, json};

use super::{cars, import, settled, tally, upload};
use crate::harness::World;

fn take(world: &World, token: &str, kind: &str, file: &str) -> Value {
    let posted = upload(world, token, &format!("kind={kind}"), "text/csv", file.to_owned()).expect(201);
    settled(world, token, posted["import_id"].as_str().unwrap())
}

const MOVEMENTS: &str = "车架号,变动类型,变动日期,区县,被更新车架号\n\
    LSVAA4182E2000001,新增登记,2026-03-01,临渭区,\n\
    LSVAA4182E2000002,新增登记,2020-03-01,临渭区,\n\
    LSVAA4182E2000003,更新登记,2026-03-01,临渭区,LSVAA4182E2000002\n";
const MEMBERSHIPS: &str = "号牌号码,号牌种类,行业类别,开始日期,许可证号\n\
    陕EA0001,小型汽车,出租,2026-03-01,渭-1\n\
    陕EA0003,02,网约,2026-03-01,\n";

fn told(world: &World) {
    let police = world.machine(TrafficPolice);
    assert_eq!(tally(&import(world, &police, "", cars(1..=3).replacen("汽油", "电", 1))), [3, 0, 0, 0]);
    assert_eq!(tally(&take(world, &world.machine(FleetOperator), "memberships", MEMBERSHIPS)), [2, 0, 0, 0]);
    assert_eq!(tally(&take(world, &police, "movements", MOVEMENTS)), [3, 0, 0, 0]);
}

on_both_engines! {
    fn a_fleet_is_told_by_files_and_the_same_files_again_change_nothing(world: &World) {
        told(world);
        let police = world.machine(TrafficPolice);
        assert_eq!(tally(&take(world, &police, "movements", MOVEMENTS)), [0, 0, 3, 0]);
        assert_eq!(tally(&take(world, &world.machine(FleetOperator), "memberships", MEMBERSHIPS)), [0, 0, 2, 0]);
        let scrapped = "车架号,回收证明编号,报废日期\nLSVAA4182E2000002,陕报废-1,2026-04-01\n";
        assert_eq!(tally(&take(world, &world.machine(Recycler), "scrappages", scrapped)), [1, 0, 0, 0]);
        assert_eq!(tally(&take(world, &world.machine(Recycler), "scrappages", scrapped)), [0, 0, 1, 0]);

        for kind in ["memberships", "movements", "scrappages"] {
            let exported = world.get(&police, &format!("/v1/exports/{kind}"));
            let back = take(world, &world.machine(EcologyBureau), kind, &exported.text);
            let [added, changed, unchanged, refused] = tally(&back);
            assert_eq!((added, changed, refused), (0, 0, 0), "{kind}: {back}");
            assert!(unchanged > 0, "{kind} exports nothing");
        }
    }

    fn a_row_with_a_last_day_ends_the_open_membership_once(world: &World) {
        told(world);
        let operator = world.machine(FleetOperator);
        let ended = "号牌号码,号牌种类,行业类别,开始日期,结束日期\n陕EA0001,小型汽车,出租,2026-03-01,2026-08-01\n";
        assert_eq!(tally(&take(world, &operator, "memberships", ended)), [0, 1, 0, 0]);
        assert_eq!(tally(&take(world, &operator, "memberships", ended)), [0, 0, 1, 0]);
        assert_eq!(tally(&take(world, &operator, "memberships", MEMBERSHIPS)), [0, 0, 2, 0], "the first file again");
        let other = ended.replace("2026-08-01", "2026-07-01");
        let told = take(world, &operator, "memberships", &other);
        assert_eq!((tally(&told), &told["faults"][0]["row"]), ([0, 0, 0, 1], &json!(2)), "another last day is a correction");
        let again = ended.replace("2026-03-01,2026-08-01", "2026-08-02,");
        assert_eq!(tally(&take(world, &operator, "memberships", &again)), [1, 0, 0, 0], "a new one from the day after");
        let exported = world.get(&world.machine(EcologyBureau), "/v1/exports/memberships").text;
        assert_eq!(exported.matches("2026-08-01").count(), 1, "{exported}");
    }

    fn a_history_that_cannot_be_refuses_its_chunk_by_name(world: &World) {
        told(world);
        let police = world.machine(TrafficPolice);
        for (row, code) in [
            ("LSVAA4182E2000001,新增登记,2026-04-01,临渭区,", "added_twice"),
            ("LSVAA4182E2000009,新增登记,2026-04-01,临渭区,", "unknown_vehicle"),
            ("LSVAA4182E2000001,转出,2027-04-01,临渭区,", "in_the_future"),
            ("LSVAA4182E2000001,转出,2026-04-01,雁塔区,", "unreadable"),
            ("LSVAA4182E2000001,飞走,2026-04-01,临渭区,", "unreadable"),
        ] {
            let file = format!("车架号,变动类型,变动日期,区县,被更新车架号\nLSVAA4182E2000002,转出,2026-05-01,临渭区,\n{row}\n");
            let told = take(world, &police, "movements", &file);
            assert_eq!(tally(&told), [0, 0, 0, 2], "{row}");
            assert_eq!((&told["faults"][0]["row"], &told["faults"][0]["code"]), (&json!(3), &json!(code)), "{row}");
        }
        assert_eq!(tally(&take(world, &police, "movements", MOVEMENTS)), [0, 0, 3, 0], "nothing of them was taken");
    }

    fn the_reports_of_the_transition_count_what_was_told(world: &World) {
        told(world);
        let bureau = world.machine(EcologyBureau);
        let report = |name: &str| world.get(&bureau, &format!("/v1/reports/{name}")).expect(200)["rows"].clone();
        let added = report("nev_additions");
        let whole = &added[0];
        assert_eq!((&whole["added"], &whole["nev"], &whole["nev_percent"]), (&json!(2), &json!(1), &json!(50)));
        assert_eq!(whole["verdict"], "未达标 not met");
        let buses = added.as_array().unwrap().iter().find(|row| row["trade"] == "公交").unwrap();
        assert_eq!((&buses["nev_percent"], &buses["verdict"]), (&json!(null), &json!(null)), "0 of 0 is no data");
        let public = report("public_fleet_2027");
        assert_eq!((&public[0]["vehicles"], &public[1]["vehicles"], &public[1]["verdict"]), (&json!(2), &json!(1), &json!("达标 met")));
    }
}
