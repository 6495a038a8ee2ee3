//! The adapter, spoken to as shops' software speaks: odd dress, odd types, always 200.

use imfleet::domain::role::Role::RepairShop;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, double_idle},
};

fn token(world: &World) -> String {
    let (_, secret) = world.client(RepairShop);
    let told = json!({ "companycode": "001", "companypassword": secret });
    let reply = send(world, "tokens", &told.to_string());
    assert_eq!(reply["code"], "1", "{reply}");
    reply["access_token"].as_str().unwrap().to_owned()
}

fn send(world: &World, what: &str, body: &str) -> Value {
    let request = world.request(Method::POST, &format!("/v1/adapters/jtt1132/{what}"));
    world.send(request.header("Content-Type", "text/html").body(body.to_owned())).expect(200)
}

fn message(token: &str, settlement: &str, description: &str) -> Value {
    json!({
        "access_token": token,
        "basicInfo": {
            "vehicleplatenumber": "N/A", "companyname": "渭南市某某汽车服务有限公司", "vin": "LSVAA4182E2184847",
            "repairdate": "20260822", "repairmileage": "77015", "settledate": "20260822",
            "faultdescription": description, "costlistcode": settlement,
        },
        "vehiclepartslist": [{ "partsname": "三元催化器", "partsquantity": "1", "partscode": "1-2012" }],
        "repairprojectlist": [{ "repairproject": "小修", "workinghours": "1" }],
    })
}

on_both_engines! {
    fn an_uploaded_record_that_names_the_report_closes_the_repair_out(world: &World) {
        let story = Story::of(world);
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let description = format!("报告编码{{{}}}", failed["report_number"].as_str().unwrap());
        let sent = message(&token(world), "99", &description).to_string();
        assert_eq!(send(world, "repairs", &sent), json!({ "code": "1", "status": "成功" }));
        assert_eq!(story.find_case(&car()).expect(200)["state"], "repaired");
        assert_eq!(send(world, "repairs", &sent), json!({ "code": "1", "status": "成功，重复上传" }));
        let passed = story.test(&car(), "retest", "T-2", &double_idle(0.2));
        assert_eq!(passed["effect"]["effect"], "case_closed");
    }

    fn every_dress_of_the_message_is_read(world: &World) {
        let story = Story::of(world);
        let failed = story.test(&car(), "first", "T-1", &double_idle(0.9));
        let description = format!("报告编码{{{}}}", failed["report_number"].as_str().unwrap());
        let plain = message(&token(world), "99", &description);
        let in_strings = json!({
            "access_token": plain["access_token"],
            "basicInfo": plain["basicInfo"].to_string(),
            "vehiclepartslist": plain["vehiclepartslist"].to_string(),
            "repairprojectlist": plain["repairprojectlist"].to_string(),
        });
        let wrapped = json!({ "transaction": { "header": {}, "body": { "reqInfo": in_strings } } });
        assert_eq!(send(world, "repairs", &wrapped.to_string())["code"], "1");
        assert_eq!(story.find_case(&car()).expect(200)["state"], "repaired");
    }

    fn a_message_that_names_no_report_is_kept_and_linked_by_a_person(world: &World) {
        let story = Story::of(world);
        story.test(&car(), "first", "T-1", &double_idle(0.9));
        let sent = message(&token(world), "99", "发动机故障灯亮").to_string();
        assert_eq!(send(world, "repairs", &sent)["code"], "1");
        let case = story.find_case(&car()).expect(200);
        assert_eq!(case["state"], "failed");

        let waiting = world.get(&story.shop, "/v1/repair-messages").expect(200)["items"][0].clone();
        assert_eq!(waiting["vin"], "LSVAA4182E2184847");
        assert!(waiting["message"]["access_token"].is_null(), "the token is not kept");
        let path = format!("/v1/repair-messages/{}/{}/links", waiting["shop_id"].as_str().unwrap(), waiting["message_id"].as_str().unwrap());
        let link = json!({ "vehicle_id": case["vehicle_id"], "case_id": case["case_id"] });
        assert_eq!(world.post(&story.shop, &path, &link).expect(200)["state"], "completed");
        world.post(&story.shop, &path, &link).problem(404, "not-found");
        assert_eq!(story.find_case(&car()).expect(200)["state"], "repaired");
    }

    fn what_is_refused_still_answers_200_with_a_code(world: &World) {
        for body in ["", "{", "[]", "{}", "{\"access_token\":\"x\"}"] {
            assert_eq!(send(world, "repairs", body)["code"], "0", "{body}");
        }
        let forged = message("x.y.z", "99", "").to_string();
        assert_eq!(send(world, "repairs", &forged), json!({ "code": "0", "status": "令牌无效或已过期" }));
        let access = world.machine(RepairShop);
        assert_eq!(send(world, "repairs", &message(&access, "99", "").to_string())["code"], "0", "an access token is no adapter token");
        let wrong = json!({ "companycode": "001", "companypassword": "guess" });
        assert_eq!(send(world, "tokens", &wrong.to_string())["code"], "0");
        world.get(&token(world), "/v1/cases").problem(401, "unauthenticated");
    }
}
