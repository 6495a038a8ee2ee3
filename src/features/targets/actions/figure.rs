//! The one figure of a target's judging reading in an area: what its yearly tasks are measured by.

use super::{Question, standing};
use crate::{
    domain::{
        quantity::Amount,
        target::Merit,
        time::{Day, Instant},
        vehicle::area::AreaCode,
    },
    features::targets::store,
    platform::{db::AnyConnection, problem::Problem},
};

/// What remains, in vehicles, or the share in percent, cut to millionths, of a target's judging reading at the end of a
/// day, as it was known at the end of a day or is known now; none where there is nothing to count.
///
/// # Errors
/// The database cannot be read.
pub fn figure(
    conn: &mut AnyConnection,
    target: &str,
    (area, day): (&AreaCode, Day),
    (known_on, now): (Option<Day>, Instant),
) -> Result<Option<Amount>, Problem> {
    let versions = store::versions(conn, target)?.into_iter().map(|row| row.target.0);
    let held = versions.filter(|version| version.effective_from <= day);
    let Some(target) = held.max_by_key(|version| (version.effective_from, version.version)) else { return Ok(None) };
    let merit = target.merit;
    let asked = Question { area: Some(area.clone()), ..Question::of_today(conn, target, now)?.about(day, known_on) };
    let stands = standing::standing(conn, &asked)?;
    let judging = stands.readings.iter().find(|reading| reading.judging).or(stands.readings.first());
    let tally = judging.map(|reading| &reading.whole).filter(|tally| tally.total > 0);
    Ok(tally.and_then(|tally| match merit {
        Merit::Remaining => Some(Amount::whole(tally.counted)),
        _ => Amount::whole(tally.counted).percent_of(Amount::whole(tally.total)),
    }))
}

/// Whether there is a target of that name.
///
/// # Errors
/// The database cannot be read.
pub fn is_known(conn: &mut AnyConnection, target: &str) -> Result<bool, Problem> {
    Ok(!store::versions(conn, target)?.is_empty())
}
