//! The law and the trade, tested without HTTP and without a database: golden tables and properties.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod acceptance;
mod areas;
mod case;
mod cast;
mod closing;
mod energy;
mod fuels;
mod gate;
mod golden;
mod importing;
mod inspection;
mod limits;
mod listing;
mod plates;
mod quantity;
mod readings;
mod repair;
mod settings;
mod stages;
mod station;
mod time;
mod vehicles;
mod verdict;
mod vins;
