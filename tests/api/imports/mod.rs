//! Imports and exports: over HTTP, by the binary, and what a file does to the register.

mod command;
mod fleet;
mod rows;
mod uploads;

use diesel::{QueryDsl, RunQueryDsl};
use imfleet::{
    features,
    schema::{feed_entries, import_chunks, imports, journal, plate_bindings, vehicle_keys, vehicles},
};
use reqwest::Method;
use serde_json::Value;

use crate::harness::{Reply, World};

/// The headers of a registration list.
pub const HEADERS: &str =
    "车架号,号牌号码,号牌种类,车辆类型,使用性质,燃料种类,最大总质量(kg),初次登记日期,区县,所有人,联系电话";

/// A row of a small petrol car.
pub fn car(number: usize) -> String {
    format!("LSVAA4182E2{number:06},陕E·A{number:04},02,K33,非营运,汽油,1750,2015/6/18,临渭区,某某,13800001234")
}

/// A file of cars.
pub fn cars(numbers: impl IntoIterator<Item = usize>) -> String {
    let rows: Vec<String> = numbers.into_iter().map(car).collect();
    format!("{HEADERS}\n{}\n", rows.join("\n"))
}

/// What the register holds: vehicles, claims, bindings, journal rows and feed entries.
pub fn counts(world: &World) -> [i64; 5] {
    let count = |tx: &mut imfleet::platform::db::Tx<'_>| {
        Ok([
            vehicles::table.count().get_result(tx.conn())?,
            vehicle_keys::table.count().get_result(tx.conn())?,
            plate_bindings::table.count().get_result(tx.conn())?,
            journal::table.count().get_result(tx.conn())?,
            feed_entries::table.count().get_result(tx.conn())?,
        ])
    };
    world.write(count).unwrap()
}

/// How many imports and chunks are kept.
pub fn jobs(world: &World) -> [i64; 2] {
    let count = |tx: &mut imfleet::platform::db::Tx<'_>| {
        let imports = imports::table.count().get_result(tx.conn())?;
        Ok([imports, import_chunks::table.count().get_result(tx.conn())?])
    };
    world.write(count).unwrap()
}

/// Sends a file.
pub fn upload(
    world: &World,
    token: &str,
    query: &str,
    kind: &str,
    file: impl Into<reqwest::blocking::Body>,
) -> Reply {
    let request = world.request(Method::POST, &format!("/v1/imports?{query}"));
    world.send(request.bearer_auth(token).header("Content-Type", kind).body(file))
}

/// Sends a CSV file of vehicles, lets it be worked off, and answers the import.
pub fn import(world: &World, token: &str, query: &str, file: impl Into<reqwest::blocking::Body>) -> Value {
    let posted = upload(world, token, &format!("kind=vehicles{query}"), "text/csv", file).expect(201);
    settled(world, token, posted["import_id"].as_str().unwrap())
}

/// An import once it is worked off, by whichever worker was first.
pub fn settled(world: &World, token: &str, id: &str) -> Value {
    loop {
        world.wait_for(features::work(world.state())).unwrap();
        let found = world.get(token, &format!("/v1/imports/{id}")).expect(200);
        if !["waiting", "running"].contains(&found["state"].as_str().unwrap()) {
            return found;
        }
        std::thread::yield_now();
    }
}

/// What the rows did: added, changed, unchanged, refused.
pub fn tally(import: &Value) -> [i64; 4] {
    ["added", "changed", "unchanged", "refused"].map(|effect| import["rows"][effect].as_i64().unwrap())
}
