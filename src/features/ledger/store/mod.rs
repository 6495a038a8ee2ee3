//! SQL of the log: the queue of rows that wait, the leaves and tiles, and the checkpoints.

mod checkpoints;
mod log;
mod rows;
mod tiles;

pub use checkpoints::*;
pub use log::*;
pub use rows::*;
pub use tiles::*;

/// A count as the database has it.
pub(super) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count that the database gave.
pub(super) fn counted(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or_default()
}
