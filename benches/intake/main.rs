//! Intake through the write door on SQLite (synchronous = FULL): one by one, many in flight, and the same
//! statements raw, in the same batches.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

#[path = "../common/mod.rs"]
mod common;
mod raw;

use std::path::{Path, PathBuf};

use actix_web::rt::System;
use common::{City, city::Folder, door::record, ratio};
use imfleet::platform::db::DatabaseUrl;

const VEHICLES: usize = 30_000;

fn main() {
    let folder = Folder::make();
    let prepared = folder.0.join("prepared.sqlite");
    let system = System::new();
    let city = system.block_on(City::found(&DatabaseUrl::Sqlite(prepared.clone()), &folder, VEHICLES));

    let measure = |name: &str, at_a_time| {
        let copy = copy_of(&prepared, &folder.0.join(format!("{at_a_time}.sqlite")));
        (system.block_on(record(&city, &folder, &DatabaseUrl::Sqlite(copy.clone()), at_a_time)).show(name), copy)
    };
    let (single, _) = measure("write door, one by one", 1);
    let (_, _) = measure("write door, 64 in flight", 64);
    let (grouped, recorded) = measure("write door, 128 in flight", 128);

    let replay = |name: &str, batch| {
        let copy = copy_of(&prepared, &folder.0.join(format!("raw_{batch}.sqlite")));
        raw::replay(&recorded, &copy, batch).show(name)
    };
    replay("the same statements raw, one by one", 1);
    let raw = replay("the same statements raw, 128 together", 128);

    ratio("grouped / one by one", &grouped, &single, 2.5);
    ratio("grouped / raw", &grouped, &raw, 0.5);
}

fn copy_of(prepared: &Path, copy: &Path) -> PathBuf {
    let conn = rusqlite::Connection::open(prepared).unwrap();
    conn.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    copy.to_owned()
}
