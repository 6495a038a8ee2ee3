//! The law and the trade as values: no HTTP, no SQL, no clock, no floating point.

pub mod appearance;
pub mod id;
pub mod obd;
pub mod quantity;
pub mod standard;
pub mod time;
pub mod verdict;
pub mod which_methods;
pub mod words;
