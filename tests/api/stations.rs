//! Stations: what they test with, the daily checks of their lines, and what follows at acceptance.

use imfleet::domain::role::Role::{EcologyBureau, InspectionStation, RepairShop};
use serde_json::{Value, json};

use crate::{
    harness::World,
    procedures::{amend, pointers},
    story::{Story, car, codes},
};

fn home(world: &World) -> String {
    format!("/v1/stations/{}", world.organisation(InspectionStation))
}

/// A passing check of the gas analyser that has just ended.
fn check(world: &World, number: &str) -> Value {
    let now = world.clock.now();
    json!({
        "line_code": "01", "number": number, "kind": "gas_analyser",
        "started_at": now.minus(chrono::Duration::minutes(12)).to_string(), "ended_at": now.to_string(),
        "operator": "017", "result": "pass", "points": [{ "name": "co_percent", "set": 3.5, "actual": 3.48 }],
    })
}

fn device() -> Value {
    json!({
        "kind": "equipment", "line_code": "01", "name": "五气分析仪", "number": "SN-1", "device": "gas_analyser",
        "certificate": "JZ-1", "valid_from": "2025-08-23", "valid_to": "2026-08-22",
    })
}

fn lacks(acceptance: &Value) -> Vec<String> {
    let lacks = acceptance["line_lacks"].as_array().cloned().unwrap_or_default();
    lacks.iter().map(|lack| lack["fault"].as_str().unwrap().to_owned()).collect()
}

on_both_engines! {
    fn a_line_without_its_check_is_told_so_and_one_with_it_is_not(world: &World) {
        let story = Story::of(world);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        assert_eq!(lacks(&accepted), ["check_missing"]);
        assert_eq!(accepted["line_lacks"][0]["check"], "gas_analyser");
        let at = format!(
            "/v1/vehicles/{}/acceptances/{}",
            accepted["vehicle_id"].as_str().unwrap(), accepted["acceptance_id"].as_str().unwrap()
        );
        let kept = world.get(&world.machine(EcologyBureau), &at).expect(200);
        assert_eq!(lacks(&kept), ["check_missing"], "what was flagged stays with the acceptance");
        let reason = json!({ "reason": "先做日检" });
        world.post(&story.station, &format!("{at}/withdrawals"), &reason).expect(200);

        world.post(&story.station, "/v1/line-checks", &check(world, "JC-1")).expect(201);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        assert_eq!(lacks(&accepted), [""; 0]);
    }

    fn by_dated_rule_an_acceptance_on_an_unready_line_is_refused(world: &World) {
        amend(world, "unready_line_acceptances", "refuse");
        let story = Story::of(world);
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!((codes(&refused), pointers(&refused)), (vec!["check_missing"], vec!["/line_code"]));
        let mut failed = check(world, "JC-1");
        failed["points"][0]["actual"] = json!(3.9);
        let judged = world.post(&story.station, "/v1/line-checks", &failed).expect(201);
        assert_eq!((&judged["result"], &judged["judged"]), (&json!("pass"), &json!("fail")), "the points decide");
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["check_failed"]);
        world.wait(chrono::Duration::minutes(5));
        world.post(&story.station, "/v1/line-checks", &check(world, "JC-2")).expect(201);
        story.accept(&car(), "first", "double_idle").expect(201);

        // The next day the check is of yesterday.
        world.wait(chrono::Duration::hours(24));
        let story = Story::of(world);
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["check_expired"]);
    }

    fn a_device_is_flagged_from_the_day_after_its_certificate(world: &World) {
        let bureau = world.machine(EcologyBureau);
        let asset = world.post(&bureau, &format!("{}/assets", home(world)), &device()).expect(201);
        assert_eq!(asset["in_force"], true);
        let story = Story::of(world);
        world.post(&story.station, "/v1/line-checks", &check(world, "JC-1")).expect(201);
        assert_eq!(lacks(&story.accept(&car(), "first", "double_idle").expect(201)), [""; 0]);

        world.wait(chrono::Duration::hours(24));
        let story = Story::of(world);
        world.tick();
        world.post(&story.station, "/v1/line-checks", &check(world, "JC-2")).expect(201);
        let accepted = story.accept(&car(), "first", "double_idle").expect(201);
        assert_eq!(lacks(&accepted), ["certificate_expired"]);
        assert_eq!(accepted["line_lacks"][0]["asset_id"], asset["asset_id"]);

        let ends = format!("{}/assets/{}/ends", home(world), asset["asset_id"].as_str().unwrap());
        let early = world.post(&story.station, &ends, &json!({ "last_on": "2025-08-22" })).problem(422, "invalid");
        assert_eq!(pointers(&early), ["/last_on"]);
        world.post(&story.station, &ends, &json!({ "last_on": "2026-08-22" })).expect(200);
        world.post(&story.station, &ends, &json!({ "last_on": "2026-08-22" })).problem(409, "wrong-state");
        let station = world.get(&story.station, &home(world)).expect(200);
        assert_eq!(station["assets"], json!([]));
        assert_eq!(station["lines"][0]["checks"][0]["holds_until"], "2026-08-23");
    }

    fn a_check_is_repeated_without_harm_and_never_overwritten(world: &World) {
        let station = world.machine(InspectionStation);
        let sent = check(world, "JC-1");
        let first = world.post(&station, "/v1/line-checks", &sent).expect(201);
        let again = world.post(&station, "/v1/line-checks", &sent);
        assert_eq!(again.header("Idempotency-Replayed"), "true");
        assert_eq!(again.expect(201)["check_id"], first["check_id"]);
        let mut other = sent;
        other["points"][0]["actual"] = json!(3.49);
        world.post(&station, "/v1/line-checks", &other).problem(409, "already-exists");
        let list = format!("{}/line-checks?kind=gas_analyser", home(world));
        let kept = world.get(&world.machine(EcologyBureau), &list).expect(200)["items"].clone();
        assert_eq!((kept.as_array().unwrap().len(), &kept[0]["points"][0]["actual"]), (1, &json!(3.48)));
    }

    fn a_check_from_the_future_or_out_of_order_is_refused(world: &World) {
        let station = world.machine(InspectionStation);
        let later = |minutes| world.clock.now().plus(chrono::Duration::minutes(minutes)).to_string();
        for (member, bad, pointer, code) in [
            ("ended_at", json!(later(6)), "/ended_at", "in_the_future"),
            ("ended_at", json!(later(-13)), "/ended_at", "order"),
            ("line_code", json!("99"), "/line_code", "unknown_line"),
            ("number", json!(""), "/number", "length"),
            ("kind", json!("wheel"), "/kind", "shape"),
            ("result", json!("0"), "/result", "shape"),
            ("points", json!([{ "name": "", "set": 1, "actual": 1 }]), "/points/0/name", "length"),
            ("points", json!([{ "name": "co", "set": "1", "actual": 1 }]), "/points/0/set", "shape"),
        ] {
            let mut body = check(world, "JC-1");
            body[member] = bad;
            let problem = world.post(&station, "/v1/line-checks", &body).problem(422, "invalid");
            assert_eq!((pointers(&problem), codes(&problem)), (vec![pointer], vec![code]), "{member}");
        }
        let mut body = check(world, "JC-1");
        body["ended_at"] = json!(later(5));
        world.post(&station, "/v1/line-checks", &body).expect(201);
    }

    fn an_asset_that_makes_no_sense_is_refused(world: &World) {
        let (bureau, station) = (world.machine(EcologyBureau), world.machine(InspectionStation));
        let assets = format!("{}/assets", home(world));
        for (member, bad, pointer) in [
            ("valid_to", json!("2025-08-22"), "/valid_to"),
            ("valid_to", json!(null), "/valid_to"),
            ("certificate", json!(null), "/certificate"),
            ("device", json!(null), "/device"),
            ("line_code", json!(null), "/line_code"),
            ("line_code", json!("99"), "/line_code"),
            ("name", json!(""), "/name"),
            ("valid_from", json!("2026-02-30"), "/valid_from"),
        ] {
            let mut body = device();
            body[member] = bad;
            let problem = world.post(&bureau, &assets, &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer], "{member}");
        }
        world.post(&station, &assets, &device()).expect(201);
        world.post(&station, &assets, &device()).problem(409, "already-exists");
        let mut approval = device();
        approval["kind"] = json!("method");
        approval["method"] = json!("double_idle");
        world.post(&station, &assets, &approval).problem(403, "forbidden");
        world.post(&bureau, &assets, &approval).expect(201);
    }

    fn a_station_is_read_by_itself_and_its_supervisors_alone(world: &World) {
        let own = home(world);
        let station = world.get(&world.machine(InspectionStation), &own).expect(200);
        assert_eq!(station["lines"].as_array().unwrap().len(), 2);
        let stranger = world.another_station();
        world.get(&stranger, &own).problem(404, "not-found");
        world.get(&stranger, &format!("{own}/line-checks")).problem(404, "not-found");
        let shop = format!("/v1/stations/{}", world.organisation(RepairShop));
        world.get(&world.machine(EcologyBureau), &shop).problem(404, "not-found");
    }
}
