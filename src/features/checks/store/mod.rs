//! SQL of checks: the register as the index reads it, what clients asked, and what was odd about it.

mod register;
mod usage;

pub use register::{BLACKLIST, owners};
pub use usage::{FindingRow, add_usage, findings, insert_findings, sweep_usage, usage_on};
