//! Changes of inspections: recording, superseding, confirming; and judging.

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
        id::Id,
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
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bits = id.uuid().as_u128();
    let mut serial = [b'0'; 16];
    for place in serial.iter_mut().rev() {
        let index = usize::try_from(bits & 31).unwrap_or_default();
        *place = ALPHABET.get(index).copied().unwrap_or(b'0');
        bits >>= 5;
    }
    format!("{area}{}{}", ended_at.local_year(), String::from_utf8_lossy(&serial))
}
