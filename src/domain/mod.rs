//! The law and the trade as values: no HTTP, no SQL, no clock, no floating point.

pub mod id;
pub mod quantity;
pub mod time;
pub mod words;
