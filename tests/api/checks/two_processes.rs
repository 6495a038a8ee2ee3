//! A second process on the same database hears of listings by the feed.

use std::time::{Duration, Instant};

use imfleet::domain::role::Role::TrafficPolice;
use reqwest::blocking::Client;
use serde_json::Value;

use super::{blacklist, lift, plate, register};
use crate::harness::World;

/// Within this a second process must know.
const SOON: Duration = Duration::from_secs(2);

on_both_engines! {
    fn a_second_process_sees_a_listing_and_its_lift_soon(world: &World) {
        let vehicle = register(world, "陕E·C0001", "large_car", "LZZ5ELND6KN123456");
        let (other, token) = (world.another_server(), world.manager(TrafficPolice));
        let url = format!("http://{}/v1/checks", other.address);
        let status = || {
            let sent = Client::new().post(&url).bearer_auth(&token).json(&plate("陕E·C0001", "large_car")).send().unwrap();
            sent.json::<Value>().unwrap()["items"][0]["status"].as_str().unwrap().to_owned()
        };
        let becomes = |wanted: &str| {
            let changed = Instant::now();
            while status() != wanted {
                assert!(changed.elapsed() < SOON, "the other process does not answer {wanted}");
                std::thread::yield_now();
            }
        };
        becomes("not_listed");
        let listing = blacklist(world, &vehicle);
        becomes("listed");
        lift(world, &listing);
        becomes("not_listed");
    }
}
