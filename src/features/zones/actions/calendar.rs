//! The table of holidays, and what the emergency measures ban.

use super::{next_version, record};
use crate::{
    domain::zone::{Control, ControlKind, MeasureVersion, SpecialDay},
    features::zones::wire::{Kept, MeasureIn, SpecialDayIn},
    platform::{db::Tx, problem::Problem, state::Ground},
};

/// Enters a day in the table of holidays.
///
/// # Errors
/// The day has passed (422).
pub fn amend_special_day(tx: &mut Tx<'_>, on: &Ground, told: &SpecialDayIn) -> Result<(SpecialDay, Kept), Problem> {
    if told.day < tx.at().local_day() {
        return Err(Problem::invalid("/day", "in_the_past", "the day has passed", "日期已过"));
    }
    let SpecialDayIn { day, kind, name, source, reason } = told.clone();
    let entry = SpecialDay { day, kind, name, source };
    let control = Control::SpecialDay(entry.clone());
    let version = next_version(tx, ControlKind::SpecialDay, &control.key())?;
    let subject = tx.mint();
    let kept = record(tx, on, control, version, (subject, &reason))?;
    Ok((entry, kept))
}

/// Gives a measure another content from a day on.
///
/// # Errors
/// The day has passed (422).
pub fn amend_measure(tx: &mut Tx<'_>, on: &Ground, told: &MeasureIn) -> Result<(MeasureVersion, Kept), Problem> {
    if told.effective_from < tx.at().local_day() {
        return Err(Problem::invalid("/effective_from", "in_the_past", "the day has passed", "日期已过"));
    }
    let MeasureIn { measure, effective_from, bans, source, confidence, reason } = told.clone();
    let content = MeasureVersion { measure, effective_from, bans, source, confidence };
    let control = Control::Measure(content.clone());
    let version = next_version(tx, ControlKind::Measure, &control.key())?;
    let subject = tx.mint();
    let kept = record(tx, on, control, version, (subject, &reason))?;
    Ok((content, kept))
}
