//! The law and the trade, tested without HTTP and without a database: golden tables and properties.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod areas;
mod energy;
mod fuels;
mod golden;
mod inspection;
mod limits;
mod plates;
mod readings;
mod stages;
mod station;
mod vehicles;
mod verdict;
mod vins;
