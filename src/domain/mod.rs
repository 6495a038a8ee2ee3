//! The law and the trade as values: no HTTP, no SQL, no clock, no floating point.

pub mod acceptance;
pub mod case;
pub mod change;
pub mod closing;
pub mod event;
pub mod finding;
pub mod fleet;
pub mod gate;
pub mod id;
pub mod import;
pub mod inspection;
pub mod lawbook;
pub mod listing;
pub mod party;
pub mod quantity;
pub mod repair;
pub mod role;
pub mod settings;
pub mod standard;
pub mod table;
pub mod target;
pub mod time;
pub mod vehicle;
pub mod verdict;
pub mod words;
