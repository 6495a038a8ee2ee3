//! The repair shop's whole job: find, claim, record, close out, print, and a certificate that can be verified.

use std::{fs, process::Command};

use imfleet::domain::role::Role::RepairShop;
use serde_json::json;

use crate::{
    axe,
    browser::{Browser, Device},
    harness::{Engine, World},
    people::{self, Surfer},
    screens,
    story::{Story, car, double_idle},
};

fn world() -> World {
    let world = World::start(Engine::Sqlite);
    people::register(&world, RepairShop);
    Story::of(&world).test(&car(), "first", "T-1", &double_idle(0.9));
    world
}

fn job(device: Device, tag: &str) {
    let world = world();
    let browser = Browser::start(device);
    people::enter(&world, &browser, RepairShop);
    browser.open(&format!("{}/portal/shop?lang={tag}", world.url()));
    browser.write("#f-plate", "陕E·T0001");
    browser.click("#f-plate_kind option[value=small_car]");
    browser.write("#f-vin_tail", "184847");
    screens::keep(&browser, device, &format!("shop-desk-{tag}"));
    browser.click("main .row button");
    browser.find(".chart");
    assert_eq!(browser.count(&format!(".{} .bar-over", layout(device))), 1, "CO fails");
    axe::must_be_clean(&browser, "a case that was found");
    browser.click("main form[action$=claims] button");
    browser.find("form[action$=repairs]");
    axe::must_be_clean(&browser, "a case that is held");
    screens::keep(&browser, device, &format!("shop-case-{tag}"));
    browser.write("#f-settlement_number", "S-1");
    browser.write("#f-findings", "三元催化器失效");
    browser.click("form[action$=repairs] button");
    browser.find("[role=alert]");
    assert_eq!(browser.run("return document.querySelector('#f-findings').value", vec![]), "三元催化器失效");
    browser.write("#f-item_0", "三元催化器检修");
    browser.write("#f-hours_0", "1.5");
    browser.write("#f-part_0", "三元催化器");
    browser.click("form[action$=repairs] button");
    browser.click("form[action$=completions] button");
    browser.find("a[href$=certificate]");
    axe::must_be_clean(&browser, "a case that is repaired");
    screens::keep(&browser, device, &format!("shop-repaired-{tag}"));
    browser.open(&format!("{}/portal/shop", world.url()));
    browser.find("td");
    axe::must_be_clean(&browser, "the desk with rows");
}

const fn layout(device: Device) -> &'static str {
    match device {
        Device::Phone => "chart-narrow",
        Device::Desk => "chart-wide",
    }
}

#[test]
fn a_shop_repairs_at_its_desk() {
    job(Device::Desk, "zh");
}

#[test]
fn a_shop_repairs_on_a_phone_in_english() {
    job(Device::Phone, "en");
}

/// The whole job by forms alone, and the address of the certificate.
fn repaired(world: &World) -> (Surfer<'_>, String) {
    let surfer = Surfer::signed_in(world, RepairShop);
    let fields = [("plate", "陕E·T0001"), ("plate_kind", "small_car"), ("vin_tail", "184847")];
    let found = surfer.send("/portal/shop/look-ups", &fields);
    let at = found.text.split("action=\"").find(|part| part.contains("/claims\"")).unwrap();
    let at = at.split("/claims").next().unwrap().to_owned();
    assert_eq!(surfer.get(&at).status, 404, "not before it is claimed");
    assert_eq!(surfer.send(&format!("{at}/claims"), &[]).leads_to(), at);
    let case = surfer.get(&at).text;
    let report = case.split("name=\"report_number\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let record = [
        ("report_number", report),
        ("settlement_number", "S-1"),
        ("received_on", "2026-08-22"),
        ("findings", "三元催化器失效"),
        ("item_0", "三元催化器检修"),
        ("part_0", "三元催化器"),
    ];
    let bare = surfer.send(&format!("{at}/repairs"), &record[..4]);
    assert_eq!((bare.status, bare.text.contains("没有维修项目")), (422, true), "{}", bare.text);
    assert_eq!(surfer.send(&format!("{at}/repairs"), &record).leads_to(), at);
    let case = surfer.get(&at).text;
    let repair = case.split("/repairs/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(surfer.get(&format!("{at}/repairs/{repair}/certificate")).status, 404, "not before it is closed out");
    assert_eq!(surfer.send(&format!("{at}/repairs/{repair}/completions"), &[]).leads_to(), at);
    (surfer, format!("{at}/repairs/{repair}/certificate"))
}

#[test]
fn a_certificate_is_a_pdf_and_for_its_own_shop_alone() {
    let world = world();
    let (surfer, certificate) = repaired(&world);
    let paper = surfer.get(&certificate);
    assert_eq!((paper.status, paper.header("content-type")), (200, "application/pdf"), "{}", paper.text);
    assert!(paper.text.starts_with("%PDF-"));
    assert_eq!(Surfer::new(&world).get(&certificate).status, 303, "nobody without a session");
}

#[test]
fn a_certificate_is_verified_by_everybody_and_without_a_line() {
    let world = world();
    let (surfer, certificate) = repaired(&world);
    let code = code_of(&world, &certificate);
    let mut stranger = Surfer::new(&world);
    stranger.visit("/portal/verify");
    let genuine = stranger.send("/portal/verify", &[("code", code.as_str())]);
    assert_eq!((genuine.status, genuine.text.contains("签名有效，维修记录有效")), (200, true), "{}", genuine.text);
    let mut forged = code.clone();
    let middle = forged.len() / 2;
    forged.replace_range(middle..=middle, if forged[middle..].starts_with('A') { "B" } else { "A" });
    let refused = stranger.send("/portal/verify", &[("code", forged.as_str())]);
    assert_eq!((refused.status, refused.text.contains("签名无效")), (422, true));

    let (_, folder) = world.spare_database("offline");
    let trusted = folder.join("keys.json");
    fs::write(&trusted, surfer.get("/portal/verify/keys").text).unwrap();
    let verify = |code: &str| {
        let mut line = Command::new(env!("CARGO_BIN_EXE_imfleet"));
        line.args(["verify", "certificate", code, "--trusted"]).arg(&trusted).output().unwrap()
    };
    let told = verify(&code);
    assert!(told.status.success() && String::from_utf8_lossy(&told.stdout).contains("陕ET0001"), "{told:?}");
    assert!(!verify(&forged).status.success());

    let path = certificate.replace("/portal/shop/", "/v1/vehicles/").replacen("/repairs", "", 0);
    let mut parts = path.trim_start_matches("/v1/vehicles/").split('/');
    let (vehicle, case) = (parts.next().unwrap(), parts.next().unwrap());
    let repair = parts.nth(1).unwrap();
    let recall = format!("/v1/vehicles/{vehicle}/cases/{case}/repairs/{repair}/recalls");
    world.post(&world.machine(RepairShop), &recall, &json!({ "reason": "结算清单录入有误" })).expect(200);
    let recalled = stranger.send("/portal/verify", &[("code", code.as_str())]);
    assert!(recalled.text.contains("该维修记录现已不成立"), "{}", recalled.text);
}

/// What the QR code of a certificate says, signed by the service's own keys: the squares on the paper are not read here.
fn code_of(world: &World, certificate: &str) -> String {
    use imfleet::{
        domain::certificate::Certificate,
        features::{cases, repairs, vehicles},
        platform::auth::Purpose,
    };
    let ids: Vec<uuid::Uuid> = certificate.split('/').filter_map(|part| part.parse().ok()).collect();
    let read = world.state().db.read(move |conn| {
        let case = cases::load(conn, ids[0].into(), ids[1].into())?.unwrap();
        let repair = repairs::newest_of(conn, case.vehicle, case.id)?.unwrap();
        Ok((repair, vehicles::load(conn, case.vehicle)?.unwrap()))
    });
    let (repair, vehicle) = world.wait_for(read).unwrap();
    let states = Certificate::of(&repair, &vehicle, "001").unwrap();
    world.state().keys.sign_document(Purpose::Certificate, &states).unwrap()
}
