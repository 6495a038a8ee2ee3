//! The law as tests: no HTTP, no database.

#![allow(clippy::unwrap_used)]

mod inspection;
mod limits;
mod readings;
mod station;
mod verdict;
