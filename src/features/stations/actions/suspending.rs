//! Suspending a station or a line for a time, by a ruling.

use crate::{
    domain::{
        event::Event,
        id::Id,
        party::{Line, Organisation},
        supervision_case::SupervisionCase,
        suspension::{Suspension, SuspensionError},
        time::Instant,
    },
    features::stations::store,
    platform::{
        db::Tx,
        problem::{Kind, Problem},
    },
};

/// A suspension to be.
#[derive(Debug, Clone)]
pub struct NewSuspension {
    /// The station.
    pub station: Id<Organisation>,
    /// The line; none for the whole station.
    pub line: Option<Id<Line>>,
    /// The case in which it is ruled.
    pub case: Id<SupervisionCase>,
    /// From when; now when absent.
    pub from: Option<Instant>,
    /// Until when, exclusive.
    pub until: Instant,
    /// Why.
    pub reason: String,
}

/// Suspends: from that instant nothing is accepted there.
///
/// # Errors
/// It begins in the past or ends before it begins (422), or overlaps another (409).
pub fn suspend(tx: &mut Tx<'_>, new: NewSuspension) -> Result<Suspension, Problem> {
    let at = tx.at();
    let from = new.from.unwrap_or(at);
    let suspension = Suspension {
        id: tx.mint(),
        station: new.station,
        line: new.line,
        case: new.case,
        from,
        until: new.until,
        reason: new.reason,
        ended: None,
    };
    suspension.check(at).map_err(misfit)?;
    if !store::lock_station(tx.conn(), suspension.station)? {
        return Err(Problem::not_found());
    }

    let others = store::not_over(tx.conn(), suspension.station, at)?;
    if let Some(other) = others.iter().find(|other| other.overlaps(&suspension)) {
        return Err(Problem::new(Kind::SuspensionOverlaps)
            .with("suspension_id", other.id.to_string())
            .with("until", other.end().to_string()));
    }

    store::insert_suspension(tx.conn(), &suspension, at)?;
    let Suspension { id, station, line, until, .. } = suspension;
    tx.record(station, Event::AcceptancesSuspended { suspension: id, line, from, until });
    Ok(suspension)
}

/// Ends a suspension before its time.
///
/// # Errors
/// No such suspension (404), or it is over (409).
pub fn end_suspension(tx: &mut Tx<'_>, id: Id<Suspension>, reason: &str) -> Result<Suspension, Problem> {
    let suspension = store::lock_suspension(tx.conn(), id)?;

    let at = tx.at();
    let suspension = suspension.end_now(reason.to_owned(), at).map_err(misfit)?;

    store::save_suspension(tx.conn(), &suspension)?;
    tx.record(suspension.station, Event::SuspensionEnded { suspension: id, reason: reason.to_owned() });
    Ok(suspension)
}

/// Ends a suspension, unless it is over.
///
/// # Errors
/// The database fails.
pub fn end_if_not_over(tx: &mut Tx<'_>, id: Id<Suspension>, reason: &str) -> Result<(), Problem> {
    match end_suspension(tx, id, reason) {
        Err(problem) if problem.kind() == Kind::WrongState => Ok(()),
        ended => ended.map(drop),
    }
}

fn misfit(error: SuspensionError) -> Problem {
    match error {
        SuspensionError::Past => {
            Problem::invalid("/suspension/from", "in_the_past", error.to_string(), "起始时间已过")
        }
        SuspensionError::Order => {
            Problem::invalid("/suspension/until", "order", error.to_string(), "截止时间早于起始时间")
        }
        SuspensionError::Over => Problem::new(Kind::WrongState).because(error.to_string(), "暂停已结束"),
    }
}
