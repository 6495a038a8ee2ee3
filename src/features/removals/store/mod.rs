//! SQL of removals, contacts and the nightly walk.

mod contacts;
mod lists;
mod removals;
mod walks;

pub use contacts::{Contact, Contacted, insert_contact, last_contacts, of_vehicle as contacts_of, set_contact};
pub use lists::{Cell, cells, left, page, seen_ranges};
pub use removals::{Kept, Listed, load, of_vehicles, save_all};
pub use walks::{Walk, advance, last_done, walk_of};
