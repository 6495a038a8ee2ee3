//! The owner without an account: a proof, a look that leaks nothing, and an appeal.

use chrono::Duration;
use imfleet::domain::role::Role::EcologyBureau;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Listed, amend, local_car, pointers};
use crate::{
    harness::{Reply, World},
    story::{Story, car, double_idle},
};

fn post(world: &World, path: &str, body: &Value) -> Reply {
    world.send(world.request(Method::POST, path).json(body))
}

fn proof(listed: &Listed) -> Value {
    json!({
        "plate": "陕E·T0001", "plate_kind": "small_car", "vin_tail": "184847", "number": listed.notice["number"],
    })
}

on_both_engines! {
    fn an_owner_sees_how_the_vehicle_stands_and_nothing_of_a_person(world: &World) {
        let listed = Listed::of(world, &local_car());
        let found = post(world, "/v1/owner-checks", &proof(&listed));
        for secret in ["测试车主", "13900001111", "T0001", "LSVAA4182E2184847", "184847", "vehicle_id", "执法文书"] {
            assert!(!found.text.contains(secret), "{secret} in {}", found.text);
        }
        let found = found.expect(200);
        let listing = &found["listings"][0];
        assert_eq!((&found["listed"], &listing["in_effect"], &listing["reason"]), (&json!(true), &json!(true), &json!("decision")));
        assert_eq!((&listing["notice"]["number"], &listing["notice"]["days"]), (&listed.notice["number"], &json!(15)));
        assert!(listing["way_off"]["zh"].as_str().unwrap().contains("解除"));
        assert!(!found["appeal_channel"].as_str().unwrap().is_empty());

        world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "sms" })).expect(200);
        world.post(&listed.bureau, &listed.notice_path("deliveries"), &json!({})).expect(200);
        let found = post(world, "/v1/owner-checks", &proof(&listed)).expect(200);
        assert_eq!(found["listings"][0]["notice"]["deadline_on"], "2026-09-06");
    }

    fn a_report_of_the_vehicle_is_a_proof_too(world: &World) {
        let failed = Story::of(world).test(&car(), "first", "T-1", &double_idle(0.9));
        let mut proof = json!({ "plate": "陕ET0001", "plate_kind": "small_car", "vin_tail": "184847", "number": failed["report_number"] });
        let found = post(world, "/v1/owner-checks", &proof).expect(200);
        assert_eq!((&found["listed"], &found["listings"]), (&json!(false), &json!([])));
        proof["number"] = json!("61050220260000000000");
        post(world, "/v1/owner-checks", &proof).problem(404, "not-found");
    }

    fn whatever_of_the_proof_is_wrong_the_answer_is_the_same(world: &World) {
        let listed = Listed::of(world, &local_car());
        let mut answers = Vec::new();
        for (member, wrong) in [
            ("plate", json!("陕E·T0009")),
            ("plate_kind", json!("large_car")),
            ("vin_tail", json!("184840")),
            ("number", json!("G20260822100000000FFFFFFFF")),
        ] {
            let mut body = proof(&listed);
            body[member] = wrong;
            let mut problem = post(world, "/v1/owner-checks", &body).problem(404, "not-found");
            problem["trace_id"].take();
            answers.push(problem);
        }
        assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    }

    fn failed_proofs_lock_the_plate_for_a_while_however_it_is_written(world: &World) {
        let listed = Listed::of(world, &local_car());
        let mut wrong = proof(&listed);
        for tail in 0..5 {
            wrong["vin_tail"] = json!(format!("00000{tail}"));
            wrong["plate"] = json!(if tail % 2 == 0 { "陕e-T0001" } else { "陕E·T0001" });
            post(world, "/v1/owner-checks", &wrong).problem(404, "not-found");
        }
        let locked = post(world, "/v1/owner-checks", &proof(&listed));
        assert_ne!(locked.header("Retry-After"), "");
        locked.problem(429, "too-many-requests");
        world.wait(Duration::hours(2));
        post(world, "/v1/owner-checks", &proof(&listed)).expect(200);
    }

    fn an_address_may_ask_only_so_often(world: &World) {
        let listed = Listed::of(world, &local_car());
        let refused = (0..40).map(|_| post(world, "/v1/owner-checks", &proof(&listed))).find(|reply| reply.status != 200);
        refused.expect("40 look-ups in a moment").problem(429, "too-many-requests");
    }

    fn an_owner_appeals_by_the_notices_number_and_sees_what_becomes_of_it(world: &World) {
        amend(world, "reasons_suspended_by_appeal", "decision");
        let listed = Listed::of(world, &local_car());
        let body = json!({ "proof": proof(&listed), "plea": { "grounds": "号牌被套用，照片非本车" } });
        let appeal = post(world, "/v1/appeals", &body).expect(201);
        assert_eq!((&appeal["state"], &appeal["suspends"]), (&json!("open"), &json!(true)));
        post(world, "/v1/appeals", &body).problem(409, "already-exists");
        let found = post(world, "/v1/owner-checks", &proof(&listed)).expect(200);
        assert_eq!((&found["listed"], &found["listings"][0]["appeals"][0]["number"]), (&json!(false), &appeal["number"]));

        let filed = world.get(&listed.bureau, "/v1/appeals").expect(200)["items"][0].clone();
        assert_eq!((&filed["appellant"], &filed["number"]), (&json!("owner"), &appeal["number"]));
        let decide = format!("{}/appeals/{}/decisions", listed.home, filed["appeal_id"].as_str().unwrap());
        world.post(&listed.bureau, &decide, &json!({ "ruling": "upheld", "reason": "号牌识别有误" })).expect(200);
        let found = post(world, "/v1/owner-checks", &proof(&listed)).expect(200);
        let listing = &found["listings"][0];
        assert_eq!((&listing["lifted_by"], &listing["appeals"][0]["reason"]), (&json!("appeal"), &json!("号牌识别有误")));
    }

    fn an_owner_with_a_report_names_the_notice_and_a_wrong_one_is_not_found(world: &World) {
        let failed = Story::of(world).test(&car(), "first", "T-1", &double_idle(0.9));
        world.wait(Duration::days(31));
        world.tick();
        let home = format!("/v1/vehicles/{}", failed["vehicle_id"].as_str().unwrap());
        let notices = world.get(&world.machine(EcologyBureau), &format!("{home}/notices")).expect(200);
        let mut body = json!({
            "proof": { "plate": "陕E·T0001", "plate_kind": "small_car", "vin_tail": "184847", "number": failed["report_number"] },
            "plea": { "grounds": "已在外地维修并复检" },
        });
        post(world, "/v1/appeals", &body).problem(404, "not-found");
        body["notice_number"] = notices["items"][0]["number"].clone();
        post(world, "/v1/appeals", &body).expect(201);
    }

    fn a_proof_that_cannot_be_read_is_pointed_at(world: &World) {
        let listed = Listed::of(world, &local_car());
        for (member, bad) in [
            ("plate", json!("///")), ("plate_kind", json!("bicycle")), ("vin_tail", json!("4847")), ("number", json!("")),
            ("surprise", json!(1)),
        ] {
            let mut body = proof(&listed);
            body[member] = bad;
            let problem = post(world, "/v1/owner-checks", &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [format!("/{member}")]);
            let appeal = json!({ "proof": body, "plea": { "grounds": "号牌被套用" } });
            let problem = post(world, "/v1/appeals", &appeal).problem(422, "invalid");
            assert_eq!(pointers(&problem), [format!("/proof/{member}")]);
        }
    }
}
