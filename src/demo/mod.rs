//! The demo: a small city with two years of tests, cases, repairs and listings, made by the service's own actions
//! under a clock that is moved forward day by day, and then served on loopback.
//!
//! To add something that happens: a job in `jobs`, and in `plans` when it follows upon what; of the fleet transition, an
//! errand in `transition`.

mod city;
mod database;
mod dice;
mod fleet;
mod identity;
mod jobs;
mod kinds;
mod lives;
mod plans;
mod readings;
mod serve;
mod slots;
mod transition;
mod workshop;
mod years;

use std::path::PathBuf;

use actix_web::web;

use crate::{
    app,
    config::{DemoConfig, KeysConfig, StoreConfig},
    domain::time::{Day, Instant},
    platform::{clock::Clock, db::DatabaseUrl, problem::Problem, state::State},
};

use self::database::Found;

/// The demo's own day: the last of its two years, and the first that visitors see.
const TODAY: Day = day(2026, 8, 22);
/// The first of its two years' days.
const FIRST_DAY: Day = day(2024, 8, 22);

/// Makes the city unless it is there, lets its clock run on, prints fresh credentials and serves on loopback.
///
/// # Errors
/// The database is not the demo's own, or cannot be written; the port is taken.
pub async fn run(config: DemoConfig) -> Result<(), Problem> {
    let keys = keys_beside(&config.database_url);
    let store = StoreConfig { database_url: config.database_url, check_log: None };
    let state = open(&store, &keys, config.vehicles).await?;
    serve::serve(state, config.port).await
}

/// Opens the demo's city, which is made when the database is empty; its clock runs from the demo's day, 10:00.
///
/// # Errors
/// The database is not the demo's own, was left half made, or cannot be written.
pub async fn open(store: &StoreConfig, keys: &KeysConfig, vehicles: u32) -> Result<web::Data<State>, Problem> {
    let found = database::look(&store.database_url)?;
    let clock = Clock::stopped_at(opening_of(if found == Found::Empty { FIRST_DAY } else { TODAY }));
    let state = app::open(store, keys, clock).await?;
    if found == Found::Empty {
        years::make(&state, vehicles).await?;
    }
    state.clock.run_from(opening_of(TODAY));
    Ok(state)
}

/// The folder of the keys: beside the file of the database, else in the folder where the demo was started.
fn keys_beside(database: &DatabaseUrl) -> KeysConfig {
    let name = "imfleet-demo-keys";
    let keys = match database {
        DatabaseUrl::Sqlite(file) => file.with_file_name(name),
        DatabaseUrl::Postgres(_) => PathBuf::from(name),
    };
    KeysConfig { keys }
}

/// 10:00 in Shanghai.
fn opening_of(day: Day) -> Instant {
    Instant::start_of(day).plus(chrono::Duration::hours(10))
}

const fn day(year: i32, month: u32, day: u32) -> Day {
    match Day::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => Day::MIN,
    }
}
