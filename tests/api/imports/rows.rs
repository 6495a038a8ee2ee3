//! What rows of vehicles do: added, changed, unchanged, and every named refusal.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::json;

use super::{HEADERS, car, cars, counts, import, tally};
use crate::harness::World;

on_both_engines! {
    fn a_list_is_taken_over_and_the_same_list_again_changes_nothing(world: &World) {
        let police = world.machine(TrafficPolice);
        let first = import(world, &police, "", cars(1..=1_234));
        assert_eq!((&first["state"], tally(&first)), (&json!("done"), [1_234, 0, 0, 0]));
        let found = json!({ "plate": "陕EA0777", "plate_kind": "small_car" });
        let found = world.post(&police, "/v1/vehicles/look-ups", &found).expect(200);
        assert_eq!((&found["vin"], &found["area"]), (&json!("LSVAA4182E2000777"), &json!("610502")));
        assert_eq!((&found["fuel"], &found["registered_on"]), (&json!("A"), &json!("2015-06-18")));
        assert_eq!(found["owner"], json!({ "name": "某*", "phone": "138****1234" }));

        let before = counts(world);
        let again = import(world, &police, "", cars(1..=1_234));
        assert_eq!(tally(&again), [0, 0, 1_234, 0]);
        let after = counts(world);
        assert_eq!((&after[..3], after[4]), (&before[..3], before[4]), "nothing is written and nothing published");
        assert_eq!(after[3], before[3] + 2, "but that it was asked for and done");
    }

    fn a_changed_row_changes_its_vehicle_and_nothing_else(world: &World) {
        let police = world.machine(TrafficPolice);
        import(world, &police, "", cars(1..=3));
        let file = cars(1..=4).replace("K33,非营运,汽油,1750", "K33,出租客运,汽油,1750").replacen("出租客运", "非营运", 1);
        assert_eq!(tally(&import(world, &police, "", file)), [1, 2, 1, 0]);
        let told = json!({ "vin": "LSVAA4182E2000002" });
        assert_eq!(world.post(&police, "/v1/vehicles/look-ups", &told).expect(200)["use_nature"], "taxi");
    }

    fn a_dry_run_tells_what_would_change_and_writes_nothing(world: &World) {
        let police = world.machine(TrafficPolice);
        import(world, &police, "", cars(1..=2));
        let before = counts(world);
        let file = cars(2..=5).replacen("1750", "1800", 1);
        let told = import(world, &police, "&dry_run=true", file);
        assert_eq!((&told["dry_run"], tally(&told)), (&json!(true), [3, 1, 0, 0]));
        assert_eq!(counts(world), before);
    }

    fn one_broken_row_refuses_its_chunk_and_no_other(world: &World) {
        let police = world.machine(TrafficPolice);
        let file = cars(1..=2_500).replace(&car(1_500), &car(1_500).replace("汽油", "煤"));
        let told = import(world, &police, "", file);
        assert_eq!((&told["state"], tally(&told)), (&json!("done"), [1_500, 0, 0, 1_000]));
        assert_eq!(told["refused_chunks"], json!([{ "first_row": 1_002, "last_row": 2_001 }]));
        let fault = &told["faults"][0];
        assert_eq!((&fault["row"], &fault["field"], &fault["code"]), (&json!(1_501), &json!("fuel"), &json!("unreadable")));
        assert_eq!(counts(world)[0], 1_500);

        let errors = format!("/v1/imports/{}/errors", told["import_id"].as_str().unwrap());
        let refused = world.get(&police, &errors);
        assert_eq!(refused.status, 200);
        assert_eq!(refused.text.trim_start_matches('\u{FEFF}').lines().count(), 1_001);
        let corrected = refused.text.replace(",煤,", ",汽油,");
        assert_eq!(tally(&import(world, &police, "", corrected)), [1_000, 0, 0, 0]);
        assert_eq!(tally(&import(world, &police, "", cars(1..=2_500))), [0, 0, 2_500, 0]);
    }

    fn every_row_that_cannot_be_is_refused_by_name(world: &World) {
        let police = world.machine(TrafficPolice);
        import(world, &police, "", cars(1..=2));
        for (from, to, field, code) in [
            ("陕E·A0003", "陕E·A0001", "plate", "plate_of_another"),
            ("LSVAA4182E2000003,陕E·A0003", "LSVAA4182E2000001,陕E·A0003", "plate", "plate_differs"),
            ("汽油", "纯电动", "", ""),
            ("2015/6/18", "2026-08-23", "registered_on", "registered_in_the_future"),
            ("2015/6/18", "2015-02-30", "registered_on", "unreadable"),
            ("临渭区", "雁塔区", "area", "unreadable"),
            ("1750", "0", "gvm_kg", "bounds"),
            ("K33", "轿子", "vehicle_type", "unreadable"),
            ("非营运", "", "use_nature", "missing"),
            (",02,", ",,", "plate_kind", "missing"),
            (",13800001234", "", "", "cells"),
            ("某某", "", "owner_name", "missing"),
        ] {
            let told = import(world, &police, "&dry_run=true", cars([3]).replace(from, to));
            let fault = &told["faults"][0];
            let found = (fault["field"].as_str().unwrap_or(""), fault["code"].as_str().unwrap_or(""));
            assert_eq!(found, (field, code), "{from} → {to}: {told}");
        }
        let stage = format!("{HEADERS},排放阶段\n{},国六\n", car(3).replace("汽油", "电"));
        let told = import(world, &police, "", stage);
        assert_eq!(told["faults"][0]["code"], "stage_against_fuel");
        assert_eq!(counts(world)[0], 2);
    }

    fn a_vehicle_that_stands_twice_in_a_file_is_added_once(world: &World) {
        let police = world.machine(TrafficPolice);
        let told = import(world, &police, "", cars([1, 2, 1, 2]).replacen("1750", "1800", 1));
        assert_eq!(tally(&told), [2, 1, 1, 0]);
        assert_eq!(counts(world)[0], 2);
    }

    fn a_row_completes_a_vehicle_that_lacked_its_plate_or_vin(world: &World) {
        let (police, bureau) = (world.machine(TrafficPolice), world.machine(EcologyBureau));
        let no_plate = cars([1]).replace("陕E·A0001,02", ",");
        let no_vin = cars([2]).replace("LSVAA4182E2000002", "");
        assert_eq!(tally(&import(world, &bureau, "", no_plate)), [1, 0, 0, 0]);
        assert_eq!(tally(&import(world, &bureau, "", no_vin)), [1, 0, 0, 0]);
        assert_eq!(tally(&import(world, &police, "", cars(1..=2))), [0, 2, 0, 0]);
        assert_eq!(counts(world)[..3], [2, 4, 2]);
        assert_eq!(tally(&import(world, &police, "", cars(1..=2))), [0, 0, 2, 0]);
    }

    fn what_is_exported_is_imported_without_a_change(world: &World) {
        let police = world.machine(TrafficPolice);
        import(world, &police, "", cars(1..=1_100));
        let exported = world.get(&police, "/v1/exports/vehicles");
        assert_eq!((exported.status, exported.header("Content-Type")), (200, "text/csv; charset=utf-8"));
        assert!(exported.text.starts_with('\u{FEFF}') && exported.text.contains("小型汽车"));
        assert!(!exported.text.contains("13800001234"), "whom vehicles belong to is not told");
        assert_eq!(tally(&import(world, &police, "", exported.text)), [0, 0, 1_100, 0]);
        world.get(&police, "/v1/exports/gates").problem(404, "not-found");
    }
}
