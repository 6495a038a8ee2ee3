//! SQL of inspections, their items, traces and claims.

mod claims;
mod last;
mod read;
mod write;

pub use claims::{Claim, claims, hash, page_of_station};
pub use last::{LastTests, last_tests};
pub use read::{Stored, as_recorded, load, load_trace, of_vehicle};
pub use write::{Kept, insert_all, no_effect, set_effect, supersede};
