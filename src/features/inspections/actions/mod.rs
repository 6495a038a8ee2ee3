//! Changes of inspections: recording, superseding, confirming; and judging.

mod facts;
mod judging;
mod notice;
mod recording;
mod superseding;

pub use judging::{judge_readings, rejudge};
pub use notice::repair_notice;
pub use recording::{Recorded, record_inspections};
pub use superseding::{confirm_inspection, correct_inspection, void_inspection};

use crate::{
    domain::{
        case::Ground,
        closing::Attempt,
        id::{Id, serial},
        inspection::Inspection,
        lawbook::Lawbook,
        time::{Instant, last_day},
    },
    platform::db::Tx,
};

/// An inspection as it meets its vehicle's case now, with the deadline that it would set.
fn attempt<'a>(tx: &Tx<'_>, lawbook: &Lawbook, inspection: &'a Inspection, ground: Option<Ground>) -> Attempt<'a> {
    let today = tx.at().local_day();
    let deadline_on = last_day(today, lawbook.settings.on("retest_deadline_days", today));
    Attempt { inspection, ground, at: tx.at(), deadline_on, new_case: tx.mint() }
}

/// The number of a report: area, year and a serial drawn from the test's id; unique, at most 32 characters, and
/// opaque to whoever reads it. (HJ 1237-2021 was not read: the national digit layout is to be checked.)
fn report_number(area: &str, ended_at: Instant, id: Id<Inspection>) -> String {
    format!("{area}{}{}", ended_at.local_year(), serial(id.uuid().as_u128()))
}
