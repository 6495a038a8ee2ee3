//! Appeals: they hold a listing off, let it bar again or lift it, each with its reasons and by its day.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use super::{Listed, amend, exhibits, local_car, pointers, states};
use crate::harness::World;

fn plea(listed: &Listed) -> Value {
    json!({
        "listing_id": listed.listing["listing_id"],
        "plea": { "grounds": "号牌被套用，照片非本车", "exhibits": exhibits() },
    })
}

fn file(listed: &Listed) -> Value {
    listed.world.post(&listed.bureau, &format!("{}/appeals", listed.home), &plea(listed)).expect(201)
}

fn path(listed: &Listed, appeal: &Value, step: &str) -> String {
    format!("{}/appeals/{}/{step}", listed.home, appeal["appeal_id"].as_str().unwrap())
}

on_both_engines! {
    fn an_appeal_suspends_by_the_dated_rule_and_a_dismissal_lets_the_listing_bar_again(world: &World) {
        amend(world, "reasons_suspended_by_appeal", "decision");
        let listed = Listed::of(world, &local_car());
        assert_eq!(listed.listing["in_effect"], true);
        let appeal = file(&listed);
        assert_eq!((&appeal["state"], &appeal["suspends"]), (&json!("open"), &json!(true)));
        assert_eq!((&appeal["decide_by"], &appeal["appellant"]), (&json!("2026-09-06"), &json!("bureau")));
        assert_eq!(listed.listing_now()["in_effect"], false);

        let decision = json!({ "ruling": "dismissed", "reason": "复核照片与车辆外观一致" });
        let dismissed = world.post(&listed.bureau, &path(&listed, &appeal, "decisions"), &decision).expect(200);
        assert_eq!(states(&dismissed), ["open", "dismissed"]);
        assert_eq!(dismissed["steps"][1]["facts"]["reason"], decision["reason"]);
        assert_eq!((&listed.listing_now()["in_effect"], &listed.listing_now()["suspended_at"]), (&json!(true), &json!(null)));
        world.post(&listed.bureau, &path(&listed, &appeal, "decisions"), &decision).problem(409, "wrong-state");
    }

    fn an_appeal_that_is_upheld_lifts_the_listing_and_stays_on_record(world: &World) {
        let listed = Listed::of(world, &local_car());
        let appeal = file(&listed);
        assert_eq!((&appeal["suspends"], &listed.listing_now()["in_effect"]), (&json!(false), &json!(true)));
        let decision = json!({ "ruling": "upheld", "reason": "复核照片，号牌识别有误" });
        world.post(&listed.bureau, &path(&listed, &appeal, "decisions"), &decision).expect(200);
        let lift = &listed.listing_now()["lift"];
        assert_eq!(lift["by"], "appeal");
        assert!(lift["reason"].as_str().unwrap().contains(appeal["number"].as_str().unwrap()));
        let kept = world.get(&world.machine(TrafficPolice), &format!("{}/appeals", listed.home)).expect(200);
        assert_eq!(kept["items"][0]["state"], "upheld");
        world.post(&listed.bureau, &format!("{}/appeals", listed.home), &plea(&listed)).problem(409, "wrong-state");
    }

    fn the_bureau_decides_whether_an_open_appeal_holds_the_listing_off(world: &World) {
        let listed = Listed::of(world, &local_car());
        let appeal = file(&listed);
        let effect = |suspends: bool| {
            let body = json!({ "suspends": suspends, "reason": "证据存疑，暂缓执行" });
            world.post(&listed.bureau, &path(&listed, &appeal, "effects"), &body)
        };
        effect(true).expect(200);
        assert_eq!(listed.listing_now()["in_effect"], false);
        effect(false).expect(200);
        assert_eq!(listed.listing_now()["in_effect"], true);
        effect(true).expect(200);
        let reason = json!({ "reason": "车主撤回申诉" });
        world.post(&listed.bureau, &path(&listed, &appeal, "withdrawals"), &reason).expect(200);
        assert_eq!(listed.listing_now()["in_effect"], true);
        effect(true).problem(409, "wrong-state");
        world.post(&listed.bureau, &path(&listed, &appeal, "withdrawals"), &reason).problem(409, "wrong-state");
    }

    fn one_appeal_at_a_time_is_open_against_a_listing_and_a_lift_is_no_obstacle_to_its_decision(world: &World) {
        let listed = Listed::of(world, &local_car());
        let appeal = file(&listed);
        world.post(&listed.bureau, &format!("{}/appeals", listed.home), &plea(&listed)).problem(409, "already-exists");
        let lift = format!("{}/listings/{}/lifts", listed.home, listed.listing["listing_id"].as_str().unwrap());
        world.post(&listed.bureau, &lift, &json!({ "reason": "另行决定" })).expect(200);
        let decision = json!({ "ruling": "upheld", "reason": "号牌识别有误" });
        world.post(&listed.bureau, &path(&listed, &appeal, "decisions"), &decision).expect(200);
        assert_eq!(listed.listing_now()["lift"]["by"], "decision", "the first lift stands");
    }

    fn overdue_appeals_are_a_list(world: &World) {
        let listed = Listed::of(world, &local_car());
        let appeal = file(&listed);
        let list = |query: &str| world.get(&world.machine(EcologyBureau), &format!("/v1/appeals{query}")).expect(200)["items"].clone();
        assert_eq!(list("?overdue=true"), json!([]));
        world.wait(Duration::hours(14 + 15 * 24) - Duration::seconds(1));
        assert_eq!((list("?overdue=true"), list("").as_array().unwrap().len()), (json!([]), 1));
        world.wait(Duration::seconds(1));
        let overdue = list("?overdue=true");
        assert_eq!((&overdue[0]["appeal_id"], &overdue[0]["overdue"]), (&appeal["appeal_id"], &json!(true)));
    }

    fn an_appeal_that_makes_no_sense_is_refused(world: &World) {
        let listed = Listed::of(world, &local_car());
        let home = format!("{}/appeals", listed.home);
        for (at, bad, pointer) in [
            ("/plea/grounds", json!("?"), "/plea/grounds"),
            ("/plea/exhibits/0/name", json!(""), "/plea/exhibits/0/name"),
            ("/plea/exhibits/0/reference", json!(7), "/plea/exhibits/0/reference"),
            ("/listing_id", json!("none"), "/listing_id"),
        ] {
            let mut body = plea(&listed);
            *body.pointer_mut(at).unwrap() = bad;
            let problem = world.post(&listed.bureau, &home, &body).problem(422, "invalid");
            assert_eq!(pointers(&problem), [pointer]);
        }
        let mut body = plea(&listed);
        body["listing_id"] = json!("0198d000-0000-7000-8000-00000000ffff");
        world.post(&listed.bureau, &home, &body).problem(404, "not-found");
        world.post(&world.machine(TrafficPolice), &home, &plea(&listed)).problem(403, "forbidden");
    }
}
