//! The officer at the roadside: one plate, one answer, and nothing that reads better than it is.

use imfleet::domain::role::Role::{EcologyBureau, TrafficPolice};
use serde_json::json;

use crate::{
    axe,
    browser::{Browser, Device},
    harness::{Engine, World},
    people::{self, Surfer},
    screens,
};

const VIN: &str = "LZZ5ELND6KN123456";

/// A listed truck, a clean one, and a zone that old diesel trucks may not enter.
fn world() -> World {
    let world = World::start(Engine::Sqlite);
    people::register(&world, TrafficPolice);
    let bureau = world.manager(EcologyBureau);
    let register = |plate: &str, vin: &str, stage: &str| {
        let told = json!({
            "plate": plate, "plate_kind": "large_car", "vin": vin, "vehicle_type": "H11", "use_nature": "freight",
            "fuel": "B", "stage": stage, "stage_source": "vehicle_list", "gvm_kg": 25_000, "registered_on": "2014-05-01",
        });
        world.post(&bureau, "/v1/vehicles", &told).expect(201)["vehicle_id"].as_str().unwrap().to_owned()
    };
    let listed = register("陕E·C0001", VIN, "china_3");
    register("陕E·C0002", "LSVAA4182E2184847", "china_5");
    let basis = json!({ "basis": "路检超标" });
    world.post(&bureau, &format!("/v1/vehicles/{listed}/listings"), &basis).expect(201);
    let zone = json!({
        "name": "主城区", "kind": "main_urban", "area": "610502", "reason": "划定",
        "polygon": { "type": "Polygon",
            "coordinates": [[[109.5, 34.5], [109.501, 34.5], [109.501, 34.501], [109.5, 34.501], [109.5, 34.5]]] },
        "rules": [{
            "id": "old_diesel", "title": "国三及以下柴油货车禁行", "effect": "deny",
            "who": { "fuels": ["diesel"], "groups": ["heavy_truck"], "stages": ["china_0", "china_1", "china_2", "china_3"] },
            "when": { "from": "2026-01-01" }, "basis": "通告", "confidence": "to_be_checked"
        }]
    });
    world.post(&bureau, "/v1/zones", &zone).expect(201);
    world
}

fn press(browser: &Browser, plate: &str) {
    for key in plate.chars() {
        browser.click(&format!("[data-key=\"{key}\"]"));
    }
}

fn job(device: Device, tag: &str, headlines: [&str; 4]) {
    let world = world();
    let browser = Browser::start(device);
    people::enter(&world, &browser, TrafficPolice);
    browser.open(&format!("{}/portal/police?lang={tag}", world.url()));
    assert_eq!(browser.count("[data-key=I], [data-key=O]"), 0, "no plate has these letters");
    screens::keep(&browser, device, &format!("police-ask-{tag}"));
    press(&browser, "陕EC0001");
    browser.click("[data-go]");
    let listed = browser.text_of(".answer-listed");
    assert!(listed.contains(headlines[0]) && listed.contains("陕EC0001"), "{listed}");
    assert!(browser.text_of(".decision-deny").contains(headlines[3]));
    assert_eq!(browser.count("meter, .answer .sign"), 1, "a sign stands beside the colour");
    axe::must_be_clean(&browser, "the answer listed");
    screens::keep(&browser, device, &format!("police-listed-{tag}"));
    press_again(&browser, "陕EC0002");
    let clean = browser.text_of(".answer-clean");
    assert!(clean.contains(headlines[1]), "{clean}");
    assert!(clean.contains(if tag == "en" { "does not mean that it may pass" } else { "不等于准许通行" }), "{clean}");
    axe::must_be_clean(&browser, "the answer clean");
    screens::keep(&browser, device, &format!("police-clean-{tag}"));
    press_again(&browser, "陕EC0009");
    assert!(browser.text_of(".answer-unknown").contains(headlines[2]));
    axe::must_be_clean(&browser, "the answer unknown");
    screens::keep(&browser, device, &format!("police-unknown-{tag}"));
}

/// The next plate; with its first key the old answer is gone.
fn press_again(browser: &Browser, plate: &str) {
    browser.click("[data-do=clear]");
    browser.until("the old answer is gone", "!document.querySelector('.answer')");
    press(browser, plate);
    browser.click("[data-go]");
}

#[test]
fn an_officer_gets_three_answers_on_a_phone() {
    job(Device::Phone, "zh", ["在黑名单", "不在黑名单", "无此车资料", "不得进入"]);
}

#[test]
fn an_officer_gets_three_answers_in_english_at_a_desk() {
    job(
        Device::Desk,
        "en",
        ["On the blacklist", "Not on the blacklist", "No record of this vehicle", "May not enter"],
    );
}

#[test]
fn without_a_network_there_is_no_answer_and_it_comes_with_the_network() {
    let world = world();
    let browser = Browser::start(Device::Phone);
    people::enter(&world, &browser, TrafficPolice);
    browser.open(&format!("{}/portal/police", world.url()));
    press(&browser, "陕EC0002");
    browser.click("[data-go]");
    browser.find(".answer-clean");
    browser.network(false, 0);
    press_again(&browser, "陕EC0001");
    browser
        .until("it says that there is no answer", "/网络不通/.test(document.querySelector('[data-net]').innerText)");
    assert_eq!(browser.count(".answer"), 0, "an old answer is never shown as new");
    screens::keep(&browser, Device::Phone, "police-no-network");
    browser.network(true, 0);
    browser.click("[data-go]");
    browser.find(".answer-listed");
    assert_eq!(browser.count("[data-net]:not([hidden])"), 0);
}

#[test]
fn the_page_works_without_its_script() {
    let world = world();
    let surfer = Surfer::signed_in(&world, TrafficPolice);
    let answered = surfer.send("/portal/police", &[("plate", "陕e-c0001"), ("plate_kind", "large_car")]);
    assert_eq!((answered.status, answered.text.contains("answer-listed")), (200, true), "{}", answered.text);
    assert!(answered.text.contains("由生态环境局决定解除") && answered.text.contains("名单截至 2026年8月22日 10:00"));
    let nothing = surfer.send("/portal/police", &[("plate", ""), ("plate_kind", "large_car")]);
    assert_eq!((nothing.status, nothing.text.contains("请输入号牌")), (422, true));
    let unreadable = surfer.send("/portal/police", &[("plate", "无牌"), ("plate_kind", "large_car")]);
    assert_eq!((unreadable.status, unreadable.text.contains("class=\"answer ")), (422, false), "{}", unreadable.text);
    let unsure = surfer.send("/portal/police", &[("plate", "陕EC0002"), ("plate_kind", "any"), ("zone_id", "x")]);
    assert!(unsure.text.contains("不能判定") && unsure.text.contains("未选择号牌种类"), "{}", unsure.text);
}
