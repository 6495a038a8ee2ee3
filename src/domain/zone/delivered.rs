//! The controls that ship with the program: what the emergency measures ban, and the table of holidays.
//!
//! No zone is delivered: the boundaries that are known are lists of roads of 2021, without coordinates that a court
//! would accept. The bureau draws them.

use super::{Control, MeasureVersion, SpecialDay};
use crate::domain::table;

/// Every delivered control; a test counts them.
pub fn delivered() -> impl Iterator<Item = Control> {
    let measures: Vec<MeasureVersion> = serde_json::from_str(include_str!("measures.json")).unwrap_or_default();
    let days: Vec<SpecialDay> = table::rows(include_str!("holidays.csv"));
    measures.into_iter().map(Control::Measure).chain(days.into_iter().map(Control::SpecialDay))
}
