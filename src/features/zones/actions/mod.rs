//! Changes of controls: each is checked, recorded as a version of its own, and told to the copies of the register.

mod calendar;
mod delivering;
mod leave;
mod orders;
mod zones;

pub use self::{
    calendar::{amend_measure, amend_special_day},
    delivering::deliver,
    leave::{grant_exemption, issue_permit, revoke_exemption, revoke_permit},
    orders::{end_order, issue_order},
    zones::{amend_zone, register_zone, withdraw_zone},
};
use super::{
    store::{self, ControlRow},
    wire::Kept,
};
use crate::{
    domain::{
        change::Changed,
        event::Event,
        id::Id,
        zone::{Control, ControlKind, Controls, GeoJson, Polygon, Zone},
    },
    platform::{
        db::{Json, Tx},
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Records a version of a control.
///
/// # Errors
/// Somebody else recorded the same version at the same moment (409).
fn record(
    tx: &mut Tx<'_>,
    on: &Ground,
    control: Control,
    version: i64,
    (subject, reason): (Id<()>, &str),
) -> Result<Kept, Problem> {
    let (kind, key) = (control.kind(), control.key());
    let row = ControlRow {
        control: kind,
        key: key.clone(),
        version,
        body: Json(control),
        reason: reason.to_owned(),
        recorded_at: tx.at(),
        recorded_by: Some(on.caller.id.into()),
    };
    if store::insert(tx.conn(), &[row])? != 1 {
        return Err(Problem::new(Kind::WrongState).retry_after(1));
    }
    tx.publish(subject, if kind == ControlKind::Order { Changed::Order } else { Changed::Zone });
    let event = Event::ControlRecorded { control: kind, key, version, reason: reason.to_owned() };
    tx.record(on.caller.home(), event);
    Ok(Kept { reason: reason.to_owned(), recorded_at: tx.at() })
}

/// The number of the next version of a control.
fn next_version(tx: &mut Tx<'_>, kind: ControlKind, key: &str) -> Result<i64, Problem> {
    Ok(store::versions(tx.conn(), kind, key)?.first().map_or(1, |row| row.version + 1))
}

/// The newest version of a control.
fn newest(tx: &mut Tx<'_>, kind: ControlKind, key: &str) -> Result<ControlRow, Problem> {
    store::versions(tx.conn(), kind, key)?.into_iter().next().ok_or_else(Problem::not_found)
}

/// Reads a polygon; what is wrong is pointed at.
fn polygon(told: Option<&GeoJson>, pointer: &str) -> Result<Option<Polygon>, Problem> {
    told.map(|told| {
        Polygon::try_from(told.clone()).map_err(|error| {
            Problem::invalid(format!("{pointer}{}", error.pointer()), error.code(), error.to_string(), error.zh())
        })
    })
    .transpose()
}

/// Refuses zones that nobody knows.
fn must_be_known(controls: &Controls, zones: &[Id<Zone>]) -> Result<(), Problem> {
    let Some(stray) = zones.iter().position(|zone| controls.versions(*zone).is_empty()) else { return Ok(()) };
    Err(Problem::invalid(format!("/zones/{stray}"), "unknown_zone", "there is no such zone", "没有该区域"))
}
