//! Referrals: a listing or a ruling laid before another office, its answer, its measure, and who is late.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, MarketRegulator, TrafficPolice, TransportBureau};
use serde_json::{Value, json};

use super::{Listed, exhibits, local_car, pointers, states};
use crate::{
    harness::World,
    story::{Story, car, case_path, double_idle},
};

fn brief() -> Value {
    json!({ "facts": "营运车辆排放超标，建议纳入信用考核", "exhibits": exhibits() })
}

fn told(listed: &Listed) -> Value {
    json!({ "addressee": "transport_bureau", "listing_id": listed.listing["listing_id"], "brief": brief() })
}

fn refer(listed: &Listed) -> Value {
    listed.world.post(&listed.bureau, &format!("{}/referrals", listed.home), &told(listed)).expect(201)
}

fn path(listed: &Listed, referral: &Value, step: &str) -> String {
    format!("{}/referrals/{}/{step}", listed.home, referral["referral_id"].as_str().unwrap())
}

on_both_engines! {
    fn a_listing_is_referred_received_answered_and_acted_upon(world: &World) {
        let listed = Listed::of(world, &local_car());
        let referral = refer(&listed);
        assert_eq!((&referral["state"], &referral["answer_by"]), (&json!("sent"), &json!("2026-09-06")));
        let office = world.machine(TransportBureau);
        world.post(&office, &path(&listed, &referral, "receipts"), &json!({})).expect(200);
        world.post(&office, &path(&listed, &referral, "answers"), &json!({ "answer": "已列入重点监管名单" })).expect(200);
        let measure = json!({ "measure": "暂停营运资质" });
        let done = world.post(&office, &path(&listed, &referral, "measures"), &measure).expect(200);
        assert_eq!(states(&done), ["sent", "received", "answered", "measure_taken"]);
        assert_eq!(done["steps"][3]["by"]["role"], "transport_bureau");
        world.post(&office, &path(&listed, &referral, "measures"), &measure).problem(409, "wrong-state");
    }

    fn an_office_sees_and_answers_its_own_referrals_only(world: &World) {
        let listed = Listed::of(world, &local_car());
        let referral = refer(&listed);
        let items = |token: &str, path: &str| world.get(token, path).expect(200)["items"].as_array().unwrap().len();
        let of_vehicle = format!("{}/referrals", listed.home);
        for (role, seen) in [(TransportBureau, 1), (EcologyBureau, 1), (TrafficPolice, 0), (MarketRegulator, 0)] {
            let token = world.machine(role);
            assert_eq!((items(&token, "/v1/referrals"), items(&token, &of_vehicle)), (seen, seen), "{role}");
        }
        let police = world.machine(TrafficPolice);
        world.post(&police, &path(&listed, &referral, "receipts"), &json!({})).problem(404, "not-found");
        let answer = json!({ "answer": "来函答复，见附件" });
        world.post(&listed.bureau, &path(&listed, &referral, "answers"), &answer).expect(200);
        assert_eq!(items(&world.machine(TransportBureau), "/v1/referrals"), 0, "the unanswered ones");
        assert_eq!(items(&world.machine(TransportBureau), "/v1/referrals?state=answered"), 1);
    }

    fn unanswered_referrals_past_their_day_are_a_list(world: &World) {
        let listed = Listed::of(world, &local_car());
        let referral = refer(&listed);
        let overdue = || world.get(&world.machine(EcologyBureau), "/v1/referrals?overdue=true").expect(200)["items"].clone();
        world.wait(Duration::hours(14 + 15 * 24) - Duration::seconds(1));
        assert_eq!(overdue(), json!([]));
        world.wait(Duration::seconds(1));
        assert_eq!((&overdue()[0]["referral_id"], &overdue()[0]["overdue"]), (&referral["referral_id"], &json!(true)));
        let answer = json!({ "answer": "已处理" });
        world.post(&world.machine(TransportBureau), &path(&listed, &referral, "answers"), &answer).expect(200);
        assert_eq!(overdue(), json!([]));
    }

    fn a_ruling_is_referred_and_an_open_case_is_not(world: &World) {
        let story = Story::of(world);
        story.test(&car(), "first", "T-1", &double_idle(0.9));
        let case = story.find_case(&car()).expect(200);
        let bureau = world.machine(EcologyBureau);
        let home = format!("/v1/vehicles/{}/referrals", case["vehicle_id"].as_str().unwrap());
        let told = json!({ "addressee": "market_regulator", "case_id": case["case_id"], "brief": brief() });
        world.post(&bureau, &home, &told).problem(409, "wrong-state");
        let ruling = json!({ "ruling": "decision", "reason": "检验机构涉嫌弄虚作假" });
        world.post(&bureau, &format!("{}/rulings", case_path(&case)), &ruling).expect(200);
        let referral = world.post(&bureau, &home, &told).expect(201);
        assert_eq!((&referral["case_id"], &referral["listing_id"]), (&case["case_id"], &json!(null)));
    }

    fn a_referral_that_makes_no_sense_is_refused(world: &World) {
        let listed = Listed::of(world, &local_car());
        let home = format!("{}/referrals", listed.home);
        for (member, bad, pointer) in [
            ("listing_id", json!(null), "/listing_id"),
            ("case_id", listed.listing["listing_id"].clone(), "/listing_id"),
            ("addressee", json!("ecology_bureau"), "/addressee"),
            ("brief", json!({ "facts": "营运车辆排放超标", "exhibits": [] }), "/brief/exhibits"),
        ] {
            let mut body = told(&listed);
            body[member] = bad;
            let problem = world.post(&listed.bureau, &home, &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer], "{member}");
        }
        world.post(&world.machine(TransportBureau), &home, &told(&listed)).problem(403, "forbidden");
    }
}
