//! Changes of removals: what the nightly walk finds, what people decide, and contacts with owners.

mod deciding;
mod nightly;
mod reading;

pub use deciding::{confirm_removal, contact_owner, dismiss_removal, report_removal};
pub use nightly::walk_fleet;
pub use reading::{count_removals, list_removals};
