//! The penalty procedure for out-of-town vehicles, from the evidence to the verified retest.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::{Value, json};

use super::{Listed, exhibits, foreign_car, local_car, pointers, states};
use crate::{harness::World, story::codes};

struct Procedure<'w> {
    listed: Listed<'w>,
    police: String,
    home: String,
}

impl<'w> Procedure<'w> {
    fn open(world: &'w World) -> Self {
        let (listed, police) = (Listed::of(world, &foreign_car()), world.machine(TrafficPolice));
        let opened = world.post(&police, &format!("{}/penalties", listed.home), &told(&listed)).expect(201);
        assert_eq!(
            (&opened["state"], &opened["steps"][0]["by"]["role"]),
            (&json!("taken"), &json!("traffic_police"))
        );
        let home = format!("{}/penalties/{}", listed.home, opened["penalty_id"].as_str().unwrap());
        Self { listed, police, home }
    }

    fn step(&self, token: &str, step: &str, body: &Value) -> Value {
        self.listed.world.post(token, &format!("{}/{step}", self.home), body).expect(200)
    }

    fn refuse(&self, token: &str, step: &str, body: &Value, status: u16, kind: &str) -> Value {
        self.listed.world.post(token, &format!("{}/{step}", self.home), body).problem(status, kind)
    }

    /// To the state in which the driver was heard.
    fn hear(&self) {
        let (bureau, police) = (&self.listed.bureau, &self.police);
        self.step(bureau, "reviews", &json!({}));
        self.step(bureau, "hand-overs", &json!({ "receipt_number": "J-0001" }));
        let telling =
            json!({ "facts": "烟度超过限值", "reason": "大气污染防治法第一百一十三条", "rights": "有权陈述、申辩" });
        self.step(police, "tellings", &telling);
        self.step(police, "hearings", &json!({ "statement": "无异议" }));
    }
}

fn told(listed: &Listed) -> Value {
    json!({
        "listing_id": listed.listing["listing_id"],
        "evidence": { "place": "连霍高速渭南东出口", "exhibits": exhibits() },
    })
}

fn decision() -> Value {
    json!({
        "number": "610502-0000000001", "code": "6063", "procedure": "simple", "sanction": "fine", "fine_yuan": 200,
        "decided_on": "2026-08-22",
    })
}

fn retest() -> Value {
    json!({ "station": "运城市某检验站", "report_number": "140800-1", "tested_on": "2026-08-22", "exhibits": exhibits() })
}

on_both_engines! {
    fn the_procedure_runs_from_the_evidence_to_the_verified_retest(world: &World) {
        let procedure = Procedure::open(world);
        let (bureau, police) = (&procedure.listed.bureau, &procedure.police);
        procedure.hear();
        let decided = procedure.step(police, "decisions", &decision());
        assert_eq!((&decided["steps"][5]["facts"]["number"], &decided["steps"][5]["facts"]["fine_yuan"]), (&json!("610502-0000000001"), &json!(200)));
        procedure.step(police, "services", &json!({ "channel": "in_person", "receipt_number": "H-0001" }));
        procedure.step(bureau, "copies", &json!({ "authority": "运城市生态环境局", "letter_number": "渭环函〔2026〕1号" }));
        procedure.step(bureau, "answers", &json!({ "answer": "已督促车主维修" }));
        procedure.refuse(bureau, "ends", &json!({}), 409, "wrong-state");
        procedure.step(police, "retests", &retest());
        let verified = procedure.step(bureau, "retest-verifications", &json!({}));
        assert_eq!(verified["retest"]["report"]["report_number"], "140800-1");
        assert_eq!(procedure.listed.listing_now()["lift"]["by"], "pass_elsewhere");

        let ended = procedure.step(bureau, "ends", &json!({}));
        assert_eq!(states(&ended), [
            "taken", "reviewed", "handed_over", "told", "heard", "decided", "served", "copied", "answered", "ended",
        ]);
        assert!(ended["steps"].as_array().unwrap().iter().all(|step| step["at"].is_string() && step["by"]["id"].is_string()));
        procedure.refuse(bureau, "retests", &retest(), 409, "wrong-state");
    }

    fn a_verified_retest_lifts_the_listing_before_the_police_decide_and_by_another_person_only(world: &World) {
        let procedure = Procedure::open(world);
        let bureau = &procedure.listed.bureau;
        procedure.refuse(bureau, "retest-verifications", &json!({}), 409, "wrong-state");
        procedure.step(bureau, "retests", &retest());
        procedure.refuse(bureau, "retest-verifications", &json!({}), 409, "wrong-state");
        assert_eq!(procedure.listed.listing_now()["in_effect"], true, "nobody has verified it");
        procedure.step(&world.member(EcologyBureau), "retest-verifications", &json!({}));
        assert_eq!(procedure.listed.listing_now()["in_effect"], false);
        let read = world.get(bureau, &format!("{}/penalties", procedure.listed.home)).expect(200);
        assert_eq!(read["items"][0]["state"], "taken", "the procedure goes on");
    }

    fn a_decision_outside_the_law_is_refused_with_everything_that_is_wrong(world: &World) {
        let procedure = Procedure::open(world);
        procedure.hear();
        let mut wrong = decision();
        wrong["code"] = json!("1344");
        wrong["fine_yuan"] = json!(201);
        wrong["decided_on"] = json!("2026-08-23");
        let problem = procedure.refuse(&procedure.police, "decisions", &wrong, 422, "invalid");
        assert_eq!(codes(&problem), ["in_the_future", "other_code", "out_of_range"]);
        assert_eq!(pointers(&problem), ["/decided_on", "/code", "/fine_yuan"]);
        let mut warning = decision();
        warning["sanction"] = json!("warning");
        procedure.refuse(&procedure.police, "decisions", &warning, 422, "invalid");
        warning["fine_yuan"].take();
        procedure.step(&procedure.police, "decisions", &warning);
    }

    fn a_step_out_of_order_or_of_another_office_is_refused(world: &World) {
        let procedure = Procedure::open(world);
        let (bureau, police) = (&procedure.listed.bureau, &procedure.police);
        procedure.refuse(bureau, "hand-overs", &json!({ "receipt_number": "J-1" }), 409, "wrong-state");
        procedure.refuse(police, "decisions", &decision(), 409, "wrong-state");
        procedure.refuse(bureau, "decisions", &decision(), 403, "forbidden");
        procedure.refuse(police, "reviews", &json!({}), 403, "forbidden");
        let mut early = retest();
        early["tested_on"] = json!("2026-08-21");
        assert_eq!(pointers(&procedure.refuse(bureau, "retests", &early, 422, "invalid")), ["/tested_on"]);
        early["exhibits"] = json!([]);
        assert_eq!(pointers(&procedure.refuse(bureau, "retests", &early, 422, "invalid")), ["/exhibits"]);
        let unknown = procedure.home.replace("/penalties/", "/penalties/0198d000-0000-7000-8000-00000000ffff?");
        world.post(bureau, unknown.split('?').next().unwrap(), &json!({})).must_be_problem();
    }

    fn the_procedure_is_opened_once_for_a_listed_vehicle_from_out_of_town(world: &World) {
        let procedure = Procedure::open(world);
        let (bureau, home) = (&procedure.listed.bureau, format!("{}/penalties", procedure.listed.home));
        world.post(bureau, &home, &told(&procedure.listed)).problem(409, "already-exists");
        procedure.step(bureau, "drops", &json!({ "reason": "证据不足" }));
        world.post(bureau, &home, &told(&procedure.listed)).expect(201);

        let local = Listed::of(world, &local_car());
        world.post(bureau, &format!("{}/penalties", local.home), &told(&local)).problem(409, "wrong-state");
        let mut bare = told(&local);
        bare["evidence"]["exhibits"] = json!([]);
        let problem = world.post(bureau, &format!("{}/penalties", local.home), &bare).problem(422, "invalid");
        assert_eq!(pointers(&problem), ["/evidence/exhibits"]);
    }

    fn procedures_are_listed_by_state(world: &World) {
        let procedure = Procedure::open(world);
        let count = |query: &str| {
            world.get(&procedure.police, &format!("/v1/penalties{query}")).expect(200)["items"].as_array().unwrap().len()
        };
        assert_eq!((count(""), count("?state=taken"), count("?state=reviewed")), (1, 1, 0));
        procedure.step(&procedure.listed.bureau, "reviews", &json!({}));
        assert_eq!((count(""), count("?state=taken"), count("?state=reviewed")), (1, 0, 1));
        procedure.step(&procedure.listed.bureau, "drops", &json!({ "reason": "证据不足" }));
        assert_eq!((count(""), count("?state=dropped")), (0, 1));
    }
}
