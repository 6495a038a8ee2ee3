//! Cases of supervision: evidence frozen, told only when an explanation is asked, ruled, appealed; suspensions bar.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, InspectionStation, MarketRegulator, TransportBureau};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    harness::World,
    procedures::{pointers, states},
    story::{Story, car, codes, double_idle, inspection_path, truck},
};

/// A case against the station, about line 01 and a test of the car.
struct Matter<'w> {
    world: &'w World,
    test: Value,
    case: Value,
}

fn told(world: &World, test: &Value) -> Value {
    json!({
        "organisation_id": world.organisation(InspectionStation), "line_code": "01", "finding": "identical_traces",
        "facts": "两次检验的过程数据完全一致",
        "tests": [{ "vehicle_id": test["vehicle_id"], "inspection_id": test["inspection_id"] }],
    })
}

impl<'w> Matter<'w> {
    fn of(world: &'w World) -> Self {
        let test = Story::of(world).test(&car(), "first", "T-1", &double_idle(0.3));
        let bureau = world.machine(EcologyBureau);
        let case = world.post(&bureau, "/v1/supervision-cases", &told(world, &test)).expect(201);
        Self { world, test, case }
    }

    fn path(&self) -> String {
        format!("/v1/supervision-cases/{}", self.case["case_id"].as_str().unwrap())
    }

    fn bureau(&self, step: &str, body: &Value) -> crate::harness::Reply {
        self.world.post(&self.world.machine(EcologyBureau), &format!("{}/{step}", self.path()), body)
    }

    fn station(&self, step: &str, body: &Value) -> crate::harness::Reply {
        self.world.post(&self.world.machine(InspectionStation), &format!("{}/{step}", self.path()), body)
    }

    fn asked(self) -> Self {
        self.bureau("reviews", &json!({})).expect(200);
        self.bureau("explanation-requests", &json!({ "question": "请说明数据雷同原因" })).expect(200);
        self
    }

    fn explained(self) -> Self {
        let matter = self.asked();
        matter.station("explanations", &json!({ "statement": "软件升级所致，附日志" })).expect(200);
        matter
    }

    fn suspension(&self, whole_station: bool, hours: i64) -> Value {
        let until = self.world.clock.now().plus(Duration::hours(hours)).to_string();
        let suspension = json!({ "whole_station": whole_station, "until": until });
        json!({ "ruling": "suspended", "reason": "说明不成立，数据造假", "suspension": suspension })
    }
}

on_both_engines! {
    fn a_station_sees_a_case_only_once_it_was_asked_to_explain(world: &World) {
        let matter = Matter::of(world);
        let station = world.machine(InspectionStation);
        let seen = |token: &str| world.get(token, "/v1/supervision-cases").expect(200)["items"].as_array().unwrap().len();
        world.get(&station, &matter.path()).problem(404, "not-found");
        world.get(&station, &format!("{}/evidence/1", matter.path())).problem(404, "not-found");
        matter.station("explanations", &json!({ "statement": "先行说明" })).problem(404, "not-found");
        let offices = || (seen(&world.machine(MarketRegulator)), seen(&world.machine(TransportBureau)));
        assert_eq!((seen(&station), offices()), (0, (1, 0)));
        let matter = matter.asked();
        let case = world.get(&station, &matter.path()).expect(200);
        assert_eq!((&case["state"], &case["explain_by"]), (&json!("explanation_asked"), &json!("2026-09-01")));
        let stranger = world.another_station();
        assert_eq!((seen(&station), seen(&stranger), offices()), (1, 0, (1, 1)));
        world.get(&stranger, &matter.path()).problem(404, "not-found");
        let overdue = || {
            let list = world.get(&world.machine(EcologyBureau), "/v1/supervision-cases?overdue=true").expect(200);
            list["items"].as_array().unwrap().len()
        };
        assert_eq!(overdue(), 0);
        world.wait(Duration::days(11));
        assert_eq!(overdue(), 1);
    }

    fn evidence_stays_as_it_stood_whatever_happens_to_the_test(world: &World) {
        let matter = Matter::of(world);
        let bureau = world.machine(EcologyBureau);
        let read = || world.get(&bureau, &format!("{}/evidence/1", matter.path())).expect(200);
        let before = read();
        let void = format!("{}/voids", inspection_path(&matter.test));
        world.post(&bureau, &void, &json!({ "reason": "数据造假" })).expect(200);
        assert_eq!(read(), before);
        let content = before["content"].as_str().unwrap();
        let hash: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(before["sha256"], json!(hash));
        let content: Value = serde_json::from_str(content).unwrap();
        assert_eq!(content["sent"]["readings"], double_idle(0.3));
        assert_eq!(content["inspection"]["superseded"], json!(null));
        world.get(&bureau, &format!("{}/evidence/2", matter.path())).problem(404, "not-found");
        world.get(&bureau, &format!("{}/evidence/x", matter.path())).problem(404, "not-found");
    }

    fn a_case_goes_from_finding_to_ruling_to_appeal_with_its_history(world: &World) {
        let matter = Matter::of(world).asked();
        let warning = json!({ "ruling": "warned", "reason": "管理不善，予以警告" });
        matter.bureau("rulings", &warning).problem(409, "wrong-state");
        let exhibits = json!([{ "name": "软件日志", "reference": "log/2026/0001" }]);
        matter.station("explanations", &json!({ "statement": "软件升级所致", "exhibits": exhibits })).expect(200);
        matter.bureau("rulings", &warning).expect(200);
        matter.bureau("rulings", &warning).problem(409, "wrong-state");
        matter.station("appeals", &json!({ "statement": "处理过重，请求复核" })).expect(200);
        matter.station("appeals", &json!({ "statement": "再次申诉一次" })).problem(409, "wrong-state");
        let decision = json!({ "upheld": false, "reason": "事实清楚，维持决定" });
        let ended = matter.bureau("appeal-decisions", &decision).expect(200);
        let course = ["opened", "in_review", "explanation_asked", "explained", "warned", "appealed", "confirmed"];
        assert_eq!(states(&ended), course);
        assert_eq!(ended["steps"][3]["facts"]["exhibits"], exhibits);
        assert_eq!(ended["steps"][3]["by"]["role"], "inspection_station");
        matter.bureau("appeal-decisions", &decision).problem(409, "wrong-state");
    }

    fn a_suspended_line_accepts_nothing_from_that_instant_and_what_is_on_it_may_end(world: &World) {
        let matter = Matter::of(world).explained();
        let story = Story::of(world);
        let on_it = story.accept(&truck(), "first", "lug_down").expect(201);
        let at = format!("/v1/vehicles/{}/acceptances/{}", on_it["vehicle_id"].as_str().unwrap(), on_it["acceptance_id"].as_str().unwrap());
        world.post(&story.station, &format!("{at}/starts"), &json!({})).expect(200);
        let mut waiting = car();
        waiting["plate"] = json!("陕E·T0009");
        waiting["vin"] = json!("LSVAA4182E2184850");
        let waiting = story.accept(&waiting, "first", "double_idle").expect(201);
        let waits = format!("/v1/vehicles/{}/acceptances/{}", waiting["vehicle_id"].as_str().unwrap(), waiting["acceptance_id"].as_str().unwrap());

        let ruled = matter.bureau("rulings", &matter.suspension(false, 48)).expect(200);
        assert_eq!(ruled["state"], "suspended");
        let refused = story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!((codes(&refused), pointers(&refused)), (vec!["line_suspended"], vec!["/line_code"]));
        let refused = world.post(&story.station, &format!("{waits}/starts"), &json!({})).problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["line_suspended"]);
        world.wait(Duration::minutes(4));
        let result = story.result("T-2", on_it["acceptance_number"].as_str().unwrap(), &crate::story::lug_down(1.0));
        world.post(&story.station, "/v1/inspections", &result).expect(201);

        let other_line = json!({
            "line_code": "02", "kind": "periodic", "nature": "first", "method": "double_idle", "vehicle": car(),
        });
        let accepted = world.post(&story.station, "/v1/acceptances", &other_line).expect(201);
        let withdraw = format!("/v1/vehicles/{}/acceptances/{}/withdrawals", accepted["vehicle_id"].as_str().unwrap(), accepted["acceptance_id"].as_str().unwrap());
        world.post(&story.station, &withdraw, &json!({ "reason": "车主离场" })).expect(200);

        world.wait(Duration::hours(48) - Duration::minutes(4) - Duration::microseconds(1));
        let story = Story::of(world);
        story.accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        world.wait(Duration::microseconds(1));
        story.accept(&car(), "first", "double_idle").expect(201);
    }

    fn an_appeal_that_is_upheld_ends_the_suspension_of_the_station(world: &World) {
        let matter = Matter::of(world).explained();
        matter.bureau("rulings", &matter.suspension(true, 48)).expect(200);
        let refused = Story::of(world).accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        assert_eq!(codes(&refused), ["station_suspended"]);
        matter.station("appeals", &json!({ "statement": "证据不足，请求撤销" })).expect(200);
        Story::of(world).accept(&car(), "first", "double_idle").problem(409, "acceptance-refused");
        let decided = matter.bureau("appeal-decisions", &json!({ "upheld": true, "reason": "证据不足，予以撤销" })).expect(200);
        assert_eq!(decided["state"], "overturned");
        Story::of(world).accept(&car(), "first", "double_idle").expect(201);
        let station = world.machine(InspectionStation);
        let kept = world.get(&station, "/v1/suspensions").expect(200)["items"].clone();
        assert_eq!(kept[0]["ended"]["reason"], "证据不足，予以撤销");
        let ends = format!("/v1/suspensions/{}/ends", kept[0]["suspension_id"].as_str().unwrap());
        let reason = json!({ "reason": "重复解除" });
        world.post(&world.machine(EcologyBureau), &ends, &reason).problem(409, "wrong-state");
        assert_eq!(world.get(&world.another_station(), "/v1/suspensions").expect(200)["items"], json!([]));
    }

    fn a_suspension_that_overlaps_another_is_refused(world: &World) {
        let matter = Matter::of(world).explained();
        matter.bureau("rulings", &matter.suspension(false, 48)).expect(200);
        let bureau = world.machine(EcologyBureau);
        let case = world.post(&bureau, "/v1/supervision-cases", &told(world, &matter.test)).expect(201);
        let second = Matter { world, test: matter.test.clone(), case }.explained();
        let problem = second.bureau("rulings", &second.suspension(true, 24)).problem(409, "suspension-overlaps");
        assert!(problem["suspension_id"].is_string() && problem["until"].is_string());
        let mut after = second.suspension(true, 72);
        after["suspension"]["from"] = json!(world.clock.now().plus(Duration::hours(48)).to_string());
        second.bureau("rulings", &after).expect(200);
    }

    fn a_case_or_ruling_that_makes_no_sense_is_refused(world: &World) {
        let matter = Matter::of(world);
        let bureau = world.machine(EcologyBureau);
        let unknown = "0198d000-0000-7000-8000-00000000ffff";
        for (at, bad, pointer) in [
            ("/organisation_id", json!(unknown), "/organisation_id"),
            ("/organisation_id", json!(world.organisation(MarketRegulator)), "/organisation_id"),
            ("/line_code", json!("99"), "/line_code"),
            ("/finding", json!(""), "/finding"),
            ("/facts", json!("?"), "/facts"),
            ("/tests/0/inspection_id", json!(unknown), "/tests/0"),
            ("/tests/0/vehicle_id", json!("none"), "/tests/0/vehicle_id"),
        ] {
            let mut body = told(world, &matter.test);
            *body.pointer_mut(at).unwrap() = bad;
            let problem = world.post(&bureau, "/v1/supervision-cases", &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer], "{at}");
        }
        let matter = matter.explained();
        let (now, hour) = (world.clock.now(), Duration::hours(1));
        let reason = "说明不成立，数据造假";
        for (body, pointer) in [
            (json!({ "ruling": "suspended", "reason": reason }), "/suspension"),
            (json!({ "ruling": "referred", "reason": reason }), "/refer_to"),
            (json!({ "ruling": "warned", "reason": "?" }), "/reason"),
            (json!({ "ruling": "fined", "reason": reason }), "/ruling"),
            (json!({ "ruling": "suspended", "reason": reason, "suspension": { "whole_station": true, "until": now.to_string() } }), "/suspension/until"),
            (json!({ "ruling": "suspended", "reason": reason, "suspension": { "whole_station": true, "from": now.minus(hour).to_string(), "until": now.plus(hour).to_string() } }), "/suspension/from"),
        ] {
            let problem = matter.bureau("rulings", &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer], "{body}");
        }
        assert_eq!(world.get(&bureau, &matter.path()).expect(200)["state"], "explained");
        let referral = json!({ "ruling": "referred", "reason": reason, "refer_to": "market_regulator" });
        assert_eq!(matter.bureau("rulings", &referral).expect(200)["steps"][4]["facts"]["to"], "market_regulator");
    }
}
