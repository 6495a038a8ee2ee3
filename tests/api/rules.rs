//! Dated limits and settings: delivered once, amended with reasons, read at once.

use imfleet::domain::{
    role::Role::{EcologyBureau, InspectionStation},
    settings::Settings,
    standard::LimitBook,
};
use serde_json::{Value, json};

use crate::harness::World;

const LIMIT: &str = "gb18285.obd";

fn amendment() -> Value {
    json!({
        "bound": { "at_most": 0.5 },
        "comparison": { "rule": "rounded", "decimals": 2 },
        "effective_from": "2027-01-01",
        "source": { "standard": "GB 18285-2018", "table": "表1", "clause": "第8章" },
        "confidence": "confirmed",
        "reason": "核对标准文本"
    })
}

fn value(value: &str) -> Value {
    json!({ "value": value, "effective_from": "2026-09-01", "source": "test" })
}

on_both_engines! {
    fn the_law_is_delivered_once_whoever_starts(world: &World) {
        let (limits, settings) =
            (LimitBook::embedded().unwrap().rows().count(), Settings::delivered_rows().count());
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| world.another_server());
            }
        });
        let count = |path: &str| {
            world.get(&world.machine(EcologyBureau), path).expect(200)["items"].as_array().unwrap().len()
        };
        assert_eq!((count("/v1/limits"), count("/v1/settings")), (limits, settings));
        assert_eq!(world.state().lawbook.get().limits.rows().count(), limits);
    }

    fn an_amended_limit_is_a_new_version_and_holds_at_once(world: &World) {
        let (bureau, path) = (world.manager(EcologyBureau), format!("/v1/limits/{LIMIT}/versions"));
        let made = world.post(&bureau, &path, &amendment()).expect(201);
        assert_eq!((&made["version"], &made["item"], &made["reason"]), (&json!(2), &json!("obd"), &json!("核对标准文本")));
        let versions = || {
            let law = world.state().lawbook.get();
            law.limits.rows().filter(|row| &*row.id == LIMIT).map(|row| row.version).max()
        };
        assert_eq!(versions(), Some(2));
        assert_eq!(world.post(&bureau, &path, &amendment()).expect(201)["version"], 3);
        world.post(&bureau, "/v1/limits/none/versions", &amendment()).problem(404, "not-found");
        world.post(&world.manager(InspectionStation), &path, &amendment()).problem(403, "forbidden");
    }

    fn a_limit_that_makes_no_sense_is_refused(world: &World) {
        for (member, bad, pointer) in [
            ("bound", json!({ "within": { "low": 2, "high": 1 } }), "/bound/within/low"),
            ("effective_to", json!("2026-12-31"), "/effective_to"),
            ("comparison", json!({ "rule": "rounded", "decimals": 7 }), "/comparison/decimals"),
            ("reason", json!(""), "/reason"),
            ("effective_from", json!("2027-02-30"), "/effective_from"),
        ] {
            let mut body = amendment();
            body[member] = bad;
            let path = format!("/v1/limits/{LIMIT}/versions");
            let problem = world.post(&world.manager(EcologyBureau), &path, &body).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
    }

    fn an_amended_setting_holds_from_its_day_on_in_every_process(world: &World) {
        let other = world.another_process();
        let path = "/v1/settings/retest_deadline_days/values";
        world.post(&world.manager(EcologyBureau), path, &value("45")).expect(201);
        world.refresh(&other);
        for state in [world.state(), &**other] {
            let on = |day: &str| {
                state.lawbook.get().settings.text("retest_deadline_days", day.parse().unwrap()).map(str::to_owned)
            };
            assert_eq!(on("2026-08-31").as_deref(), Some("30"));
            assert_eq!(on("2026-09-01").as_deref(), Some("45"));
        }
    }

    fn of_two_values_for_one_day_the_later_one_holds(world: &World) {
        let path = "/v1/settings/retest_deadline_days/values";
        for days in ["45", "60"] {
            world.wait(chrono::Duration::seconds(1));
            world.post(&world.manager(EcologyBureau), path, &value(days)).expect(201);
        }
        let law = world.state().lawbook.get();
        assert_eq!(law.settings.text("retest_deadline_days", "2026-09-01".parse().unwrap()), Some("60"));
    }

    fn a_setting_takes_only_values_of_its_kind(world: &World) {
        let bureau = world.manager(EcologyBureau);
        for (key, bad) in [
            ("retest_deadline_days", "-1"),
            ("retest_deadline_days", "thirty"),
            ("retest_deadline_days", "99999999999"),
            ("limit_class", "c"),
            ("petrol_method", "lug_down"),
            ("overdue_case_lists", "true"),
            ("shop_kin_of_station", "off"),
            ("obd_diesel_from", "2018"),
        ] {
            let problem = world.post(&bureau, &format!("/v1/settings/{key}/values"), &value(bad)).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], "/value", "{key} = {bad}");
        }
        world.post(&bureau, "/v1/settings/none/values", &value("1")).problem(404, "not-found");
    }

    fn a_setting_for_days_that_have_passed_needs_a_reason(world: &World) {
        let (bureau, path) = (world.manager(EcologyBureau), "/v1/settings/limit_class/values");
        let mut body = value("b");
        body["effective_from"] = json!("2026-08-21");
        let problem = world.post(&bureau, path, &body).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/reason");
        body["reason"] = json!("the province's notice was overlooked");
        world.post(&bureau, path, &body).expect(201);
        body = value("a");
        body["effective_from"] = json!("2026-08-22");
        world.post(&bureau, path, &body).expect(201);
    }
}

#[test]
fn every_delivered_setting_has_a_kind_and_a_value_of_it() {
    for setting in Settings::delivered_rows() {
        imfleet::domain::settings::check(&setting.key, &setting.value).unwrap();
    }
}
