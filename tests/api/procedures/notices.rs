//! Notices: written with their listing, sent, delivered or failed, and what a delivery brings about.

use chrono::Duration;
use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use super::{Listed, amend, local_car, pointers, states};
use crate::{
    harness::World,
    story::{Story, car, double_idle},
};

on_both_engines! {
    fn a_notice_is_written_with_its_listing_and_says_everything(world: &World) {
        let listed = Listed::of(world, &local_car());
        let notice = &listed.notice;
        assert_eq!((&notice["listing_id"], &notice["state"]), (&listed.listing["listing_id"], &json!("written")));
        assert_eq!((&notice["letter"]["template"], &notice["letter"]["days"]), (&json!("listed"), &json!(15)));
        assert_eq!(notice["letter"]["basis"], listed.listing["basis"]);
        assert!(notice["remedy"]["zh"].as_str().unwrap().contains("解除"));
        assert!(!notice["letter"]["appeal_channel"].as_str().unwrap().is_empty());
        assert_eq!(notice["steps"][0]["by"]["role"], "ecology_bureau");

        let sent = world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "sms" })).expect(200);
        assert_eq!((&sent["state"], &sent["steps"][1]["facts"]["channel"]), (&json!("sent"), &json!("sms")));
        let failed = world.post(&listed.bureau, &listed.notice_path("failures"), &json!({ "reason": "空号" })).expect(200);
        assert_eq!(failed["state"], "failed");
        world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "post" })).expect(200);
        let proof = json!({ "proof": "EMS-0001" });
        let delivered = world.post(&listed.bureau, &listed.notice_path("deliveries"), &proof).expect(200);
        assert_eq!(states(&delivered), ["written", "sent", "failed", "sent", "delivered"]);
        assert_eq!(delivered["deadline_on"], "2026-09-06");
        assert_eq!(listed.listing_now()["effective_at"], listed.listing["effective_at"], "it was in effect before");
    }

    fn a_listing_that_waits_takes_effect_when_the_days_after_its_delivery_are_over(world: &World) {
        amend(world, "reasons_effective_after_notice", "decision");
        let listed = Listed::of(world, &local_car());
        assert_eq!((&listed.listing["effective_at"], &listed.listing["in_effect"]), (&json!(null), &json!(false)));
        assert_eq!(listed.notice["letter"]["template"], "to_be_listed");
        let told = json!({ "basis": "路检路查排放超标", "effective_at": "2026-09-01T00:00:00+08:00" });
        let problem = world.post(&listed.bureau, &format!("{}/listings", listed.home), &told).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/effective_at"]);

        world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "in_person" })).expect(200);
        world.post(&listed.bureau, &listed.notice_path("deliveries"), &json!({})).expect(200);
        assert_eq!(listed.listing_now()["effective_at"], "2026-09-06T16:00:00Z");
        world.wait(Duration::hours(14 + 15 * 24) - Duration::seconds(1));
        assert_eq!(listed.listing_now()["in_effect"], false, "23:59:59 of the last day");
        world.wait(Duration::seconds(1));
        assert_eq!(listed.listing_now()["in_effect"], true, "00:00:00 of the day after");
    }

    fn a_step_that_the_notice_does_not_allow_and_a_time_that_cannot_be_are_refused(world: &World) {
        let listed = Listed::of(world, &local_car());
        let post = |step: &str, body: &Value| world.post(&listed.bureau, &listed.notice_path(step), body);
        post("deliveries", &json!({})).problem(409, "wrong-state");
        post("failures", &json!({ "reason": "空号" })).problem(409, "wrong-state");
        post("sendings", &json!({ "channel": "sms" })).expect(200);
        post("sendings", &json!({ "channel": "sms" })).problem(409, "wrong-state");
        for at in ["2026-08-22T09:59:59+08:00", "2026-08-22T10:00:01+08:00"] {
            let problem = post("deliveries", &json!({ "delivered_at": at })).problem(422, "invalid");
            assert_eq!(pointers(&problem), ["/delivered_at"]);
        }
        let problem = post("sendings", &json!({ "channel": "pigeon" })).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/channel"]);
        let police = world.machine(TrafficPolice);
        world.post(&police, &listed.notice_path("sendings"), &json!({ "channel": "sms" })).problem(403, "forbidden");
    }

    fn failed_and_overdue_notices_are_on_the_work_list(world: &World) {
        let listed = Listed::of(world, &local_car());
        let count = |query: &str| {
            let list = world.get(&world.machine(EcologyBureau), &format!("/v1/notices{query}")).expect(200);
            list["items"].as_array().unwrap().len()
        };
        assert_eq!((count(""), count("?state=written")), (0, 1));
        world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "sms" })).expect(200);
        world.wait(Duration::hours(14 + 3 * 24) - Duration::seconds(1));
        assert_eq!(count(""), 0, "the third day is not over");
        world.wait(Duration::seconds(1));
        assert_eq!(count(""), 1, "overdue");
        let bureau = world.machine(EcologyBureau);
        world.post(&bureau, &listed.notice_path("failures"), &json!({ "reason": "停机" })).expect(200);
        assert_eq!((count(""), count("?state=failed"), count("?state=sent")), (1, 1, 0));
        world.post(&bureau, &listed.notice_path("sendings"), &json!({ "channel": "post" })).expect(200);
        assert_eq!(count(""), 0, "it is on its way again");
    }

    fn a_lift_withdraws_the_notice_that_has_not_arrived(world: &World) {
        let listed = Listed::of(world, &local_car());
        let lift = format!("{}/listings/{}/lifts", listed.home, listed.listing["listing_id"].as_str().unwrap());
        world.post(&listed.bureau, &lift, &json!({ "reason": "记录有误" })).expect(200);
        let notices = world.get(&listed.bureau, &format!("{}/notices", listed.home)).expect(200);
        assert_eq!(notices["items"][0]["state"], "withdrawn");
        world.post(&listed.bureau, &listed.notice_path("sendings"), &json!({ "channel": "sms" })).problem(409, "wrong-state");
    }

    fn an_overdue_case_is_told_too(world: &World) {
        let story = Story::of(world);
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        world.wait(Duration::days(31));
        world.tick();
        let home = format!("/v1/vehicles/{}", failed["vehicle_id"].as_str().unwrap());
        let notices = world.get(&world.machine(TrafficPolice), &format!("{home}/notices")).expect(200);
        let letter = &notices["items"][0]["letter"];
        assert_eq!(letter["reason"], "overdue_case");
        assert!(letter["basis"].as_str().unwrap().contains(failed["report_number"].as_str().unwrap()));
    }
}
