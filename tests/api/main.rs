//! The API over a real socket, each test with a database of its own, on SQLite and on PostgreSQL.
//!
//! Run by `scripts/postgres.sh cargo nextest run --test api`, which gives the tests a PostgreSQL server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[macro_use]
mod harness;

mod access;
mod bad_input;
mod catalogue;
mod charging;
mod checks;
mod demo;
mod feed;
mod feeds;
mod findings;
mod fleet;
mod forecasts;
mod gate;
mod imports;
mod inspections;
mod journeys;
mod jtt1132;
mod kill;
mod ledger;
mod observations;
mod openapi;
mod passes;
mod procedures;
mod removals;
mod repairs;
mod reports;
mod rights;
mod rules;
mod scores;
mod stations;
mod story;
mod supervision;
mod targets;
mod tasks;
mod vehicles;
mod webhooks;
mod zones;
