//! Noting: a finding and its journal row, in the transaction that saw it.

use serde_json::Value;

use crate::{
    domain::{
        event::Event,
        finding::{FindingKind, FindingState},
        id::Id,
        inspection::Inspection,
        party::Organisation,
        supervision::{Measured, Subject},
        time::Day,
        vehicle::Vehicle,
    },
    features::findings::store::{self, Row},
    platform::{
        db::{Json, Tx},
        problem::Problem,
    },
};

/// What does not fit, as a change has seen it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The station or shop of which it is.
    pub organisation: Id<Organisation>,
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The test.
    pub inspection: Id<Inspection>,
    /// What was seen.
    pub kind: FindingKind,
    /// The facts.
    pub facts: Value,
}

/// Notes what a change has seen; seen again, it is noted again.
///
/// # Errors
/// The database fails.
pub fn note(tx: &mut Tx<'_>, found: Finding) -> Result<(), Problem> {
    let Finding { organisation, vehicle, inspection, kind, facts } = found;
    let subject =
        Subject { vehicle: Some(vehicle), inspection: Some(inspection), ..Subject::organisation(organisation) };
    let id: Id<Measured> = tx.mint();
    let key = format!("{kind}/{id}");
    keep(tx, Measured::found(kind, subject, facts), key, None)
}

/// Notes what was measured; the same finding is noted once.
pub(super) fn note_measured(
    tx: &mut Tx<'_>,
    found: Vec<Measured>,
    window: Option<(Day, Day)>,
) -> Result<(), Problem> {
    let day = window.map_or_else(|| tx.at().local_day(), |(_, last)| last);
    for measured in found {
        let key = measured.natural_key(day);
        keep(tx, measured, key, window)?;
    }
    Ok(())
}

fn keep(tx: &mut Tx<'_>, measured: Measured, natural_key: String, window: Option<(Day, Day)>) -> Result<(), Problem> {
    let Subject { organisation, line, person, vehicle, inspection } = measured.subject;
    let (id, finding, at) = (tx.mint(), measured.kind, tx.at());
    let row = Row {
        organisation_id: organisation,
        id,
        finding,
        natural_key,
        state: FindingState::Noted,
        line_id: line,
        person,
        vehicle_id: vehicle,
        inspection_id: inspection,
        numerator: measured.numerator,
        denominator: measured.denominator,
        peers: measured.peers.map(Json),
        chance: measured.chance,
        low: measured.interval.map(|(low, _)| low),
        high: measured.interval.map(|(_, high)| high),
        facts: Json(measured.facts),
        window_from: window.map(|(from, _)| from),
        window_to: window.map(|(_, to)| to),
        found_on: at.local_day(),
        found_at: at,
    };
    if !store::keep(tx.conn(), &row)? {
        return Ok(());
    }
    match vehicle.zip(inspection) {
        Some((vehicle, inspection)) => tx.record(vehicle, Event::FindingMade { inspection, finding }),
        None => tx.record(organisation, Event::SupervisionFindingMade { finding_id: id, finding }),
    }
    Ok(())
}

/// The bureau moves a finding on; once an explanation is asked, its organisation sees it.
///
/// # Errors
/// No such finding (404).
pub fn advance(
    tx: &mut Tx<'_>,
    organisation: Id<Organisation>,
    id: Id<Measured>,
    state: FindingState,
) -> Result<(), Problem> {
    if !store::advance(tx.conn(), organisation, id, state)? {
        return Err(Problem::not_found());
    }
    tx.record(organisation, Event::FindingAdvanced { finding_id: id, state });
    Ok(())
}
