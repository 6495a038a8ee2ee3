//! Every page of every role, in both languages, on a phone and on a desk: no violation that axe finds, and a picture.

use imfleet::{
    domain::role::Role::{self, EcologyBureau, InspectionStation, RepairShop, TrafficPolice},
    features::portal,
};

use crate::{
    axe,
    browser::{Browser, Device},
    harness::{Engine, World},
    people, screens,
};

/// The four kinds of people whom the portal is for.
const PEOPLE: [Role; 4] = [TrafficPolice, RepairShop, InspectionStation, EcologyBureau];

fn sweep(device: Device) {
    let world = World::start(Engine::Sqlite);
    let browser = Browser::start(device);
    browser.open(&format!("{}/portal/sign-in", world.url()));
    axe::must_be_clean(&browser, "the door");
    screens::keep(&browser, device, "sign-in");
    browser.open(&format!("{}/portal/nowhere", world.url()));
    axe::must_be_clean(&browser, "the page of a problem");
    for role in PEOPLE {
        people::register(&world, role);
        people::enter(&world, &browser, role);
        for page in portal::ALL.iter().filter(|page| page.in_menu && page.roles.contains(&role)) {
            for tag in ["en", "zh"] {
                browser.open(&format!("{}{}?lang={tag}", world.url(), page.path));
                axe::must_be_clean(&browser, &format!("{} in {tag} for {role}", page.path));
                must_fit(&browser, page.path);
            }
        }
        browser.click(".top form button");
        browser.until("the door is reached", "location.pathname === '/portal/sign-in'");
    }
}

/// Nothing is cut off at the side.
#[track_caller]
fn must_fit(browser: &Browser, path: &str) {
    let over = browser.run("return document.documentElement.scrollWidth - window.innerWidth", vec![]);
    assert!(over.as_i64().unwrap_or_default() <= 0, "{path} is {over} px too wide");
}

#[test]
fn every_page_is_accessible_on_a_phone() {
    sweep(Device::Phone);
}

#[test]
fn every_page_is_accessible_on_a_desk() {
    sweep(Device::Desk);
}
