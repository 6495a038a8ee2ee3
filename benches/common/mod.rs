//! What the benches share: a city whose vehicles wait for their results, and how figures are taken and shown.
#![allow(dead_code, unused_imports, reason = "no bench uses all of it")]

pub mod city;
pub mod door;
pub mod figures;

pub use city::City;
pub use figures::{Figure, in_flight, ratio};
