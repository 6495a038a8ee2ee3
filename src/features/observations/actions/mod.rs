//! Changes of observations: recording, acting on the case and the list, reviewing, and what follows from time alone.

mod acting;
mod recording;
mod reviewing;
mod sweeping;

pub use acting::count_samplings;
pub use recording::{Recorded, record_observation, record_observations};
pub use reviewing::{must_be_a_person, review_observation};
pub use sweeping::{expire_evidence, list_overdue_inspections};
