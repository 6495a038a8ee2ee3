//! SQL of tasks and their entries.

mod entries;
mod tasks;

pub use entries::{entries, entry, insert_entry, save_review};
pub use tasks::{insert, load, lock, of_area, of_year, page, save};
