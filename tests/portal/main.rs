//! The portal in a real browser: Debian's chromium, headless, driven by chromedriver; each test has a service, a driver and
//! a profile of its own.
//!
//! `scripts/check.sh` installs the browser and lays axe-core where `axe.rs` looks for it; `docs/portal.md` says more.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[macro_use]
#[path = "../api/harness/mod.rs"]
#[allow(dead_code, unused_imports, unused_macros, reason = "the API's tests need more of it")]
mod harness;

#[path = "../api/story.rs"]
#[allow(dead_code, reason = "the API's tests tell more of it")]
mod story;

mod axe;
mod browser;
mod door;
mod people;
mod police;
mod screens;
mod shop;
mod sweep;
