//! Registering, suspending and reinstating the lines of a station.

use super::{organisations::must_be_station, overtaken, supervised, taken, wrong_standing};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::{Line, Organisation},
        role::{Standing, StandingError},
    },
    features::access::{
        store::{self, LineRow, Step},
        wire::{LineIn, LineOut, ReasonIn},
    },
    platform::{answer::Answer, db::Tx, problem::Problem, state::Ground},
};

/// Which line of which station.
#[derive(Debug, Clone, Copy)]
pub struct LineAt {
    pub station: Id<Organisation>,
    pub line: Id<Line>,
}

/// Registers a line of a station.
///
/// # Errors
/// The station has a line of this code.
pub fn add_line(tx: &mut Tx<'_>, station: Id<Organisation>, new: &LineIn) -> Result<LineOut, Problem> {
    let row = LineRow {
        id: tx.mint(),
        station_id: station,
        code: new.code.clone(),
        name: new.name.clone(),
        standing: Standing::Active,
        standing_reason: None,
        registered_at: tx.at(),
        changed_at: tx.at(),
    };

    if !store::insert_line(tx.conn(), &row)? {
        return Err(taken("/code", "the station has a line of this code", "该检验机构已有此编码的检测线"));
    }
    tx.record(station, Event::LineRegistered { line: row.id });
    Ok(row.into())
}

/// Registers a line of a station that the caller's role supervises.
pub fn register_line(
    tx: &mut Tx<'_>,
    ground: &Ground,
    station: Id<Organisation>,
    new: &LineIn,
) -> Result<Answer, Problem> {
    let organisation = supervised(tx.conn(), &ground.caller, station)?;
    must_be_station(&organisation)?;

    let made = add_line(tx, station, new)?;
    Answer::created(&made, format!("/v1/organisations/{station}/lines/{}", made.id))
}

/// Suspends a line: nothing is accepted on it.
pub fn suspend_line(tx: &mut Tx<'_>, ground: &Ground, at: LineAt, why: &ReasonIn) -> Result<Answer, Problem> {
    let event = Event::LineSuspended { line: at.line, reason: why.reason.clone() };
    step(tx, ground, at, Standing::suspend, why, event)
}

/// Lets a suspended line be used again.
pub fn reinstate_line(tx: &mut Tx<'_>, ground: &Ground, at: LineAt, why: &ReasonIn) -> Result<Answer, Problem> {
    let event = Event::LineReinstated { line: at.line, reason: why.reason.clone() };
    step(tx, ground, at, Standing::reinstate, why, event)
}

fn step(
    tx: &mut Tx<'_>,
    ground: &Ground,
    at: LineAt,
    step: fn(Standing) -> Result<Standing, StandingError>,
    why: &ReasonIn,
    event: Event,
) -> Result<Answer, Problem> {
    supervised(tx.conn(), &ground.caller, at.station)?;
    let mut line = store::find_line(tx.conn(), at.station, at.line)?.ok_or_else(Problem::not_found)?;

    let to = step(line.standing).map_err(wrong_standing)?;

    let step = Step { from: line.standing, to, reason: &why.reason, at: tx.at() };
    overtaken(store::step_line(tx.conn(), line.id, &step)?)?;
    tx.record(at.station, event);
    line.standing = to;
    Answer::ok(&LineOut::from(line))
}

impl From<LineRow> for LineOut {
    fn from(row: LineRow) -> Self {
        Self { id: row.id, station_id: row.station_id, code: row.code, name: row.name, standing: row.standing }
    }
}
