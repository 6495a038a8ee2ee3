//! imfleet: a city's registry of vehicle emission Inspection and Maintenance (I/M) and of its fleet transition.
//!
//! [`domain`] is the law and the trade as values; [`features`] are the areas of the service, each with its HTTP
//! and its SQL; [`statistics`] is what needs floating point; [`platform`] is what every feature stands on; [`app`]
//! puts the parts together, [`demo`] makes a city of them, and [`gate`] is the small program beside a barrier.

pub mod app;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod features;
pub mod gate;
pub mod import;
pub mod platform;
pub mod schema;
pub mod statistics;
