//! Zones: registered, amended from an instant on, withdrawn.

use super::{newest, polygon, record};
use crate::{
    domain::{
        id::Id,
        role::Role,
        time::Instant,
        zone::{Control, ControlKind, Rule, Zone, ZoneError, ZoneKind},
    },
    features::zones::wire::{ZoneIn, ZoneOut},
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
        told::ReasonIn,
    },
};

/// A new zone.
///
/// # Errors
/// The caller keeps no zones of this kind (403), or the zone makes no sense (422).
pub fn register_zone(tx: &mut Tx<'_>, on: &Ground, told: &ZoneIn) -> Result<ZoneOut, Problem> {
    must_keep(on, told.kind)?;
    let zone = read(tx, on, told, (tx.mint(), 1))?;
    keep(tx, on, zone, &told.reason)
}

/// The next version of a zone.
///
/// # Errors
/// No such zone (404), or the version makes no sense (422).
pub fn amend_zone(tx: &mut Tx<'_>, on: &Ground, id: Id<Zone>, told: &ZoneIn) -> Result<ZoneOut, Problem> {
    let known = load(tx, id)?;
    must_keep(on, known.kind)?;
    if told.kind != known.kind {
        return Err(Problem::invalid("/kind", "differs", "a zone keeps its kind", "区域类型不可更改"));
    }
    let zone = read(tx, on, told, (id, known.version + 1))?;
    keep(tx, on, zone, &told.reason)
}

/// Ends a zone at once; its versions stay.
///
/// # Errors
/// No such zone (404), or it is withdrawn already (409).
pub fn withdraw_zone(tx: &mut Tx<'_>, on: &Ground, id: Id<Zone>, told: &ReasonIn) -> Result<ZoneOut, Problem> {
    let known = load(tx, id)?;
    must_keep(on, known.kind)?;
    if known.withdrawn {
        return Err(Problem::new(Kind::WrongState).because("the zone is withdrawn already", "该区域已撤销"));
    }
    let ended = Zone { version: known.version + 1, effective_from: tx.at(), withdrawn: true, ..known };
    keep(tx, on, ended, &told.reason)
}

fn keep(tx: &mut Tx<'_>, on: &Ground, zone: Zone, reason: &str) -> Result<ZoneOut, Problem> {
    let (subject, version) = (zone.id.recast(), zone.version);
    let kept = record(tx, on, Control::Zone(zone.clone()), version, (subject, reason))?;
    Ok(ZoneOut { zone, kept })
}

fn load(tx: &mut Tx<'_>, id: Id<Zone>) -> Result<Zone, Problem> {
    match newest(tx, ControlKind::Zone, &id.to_string())?.body.0 {
        Control::Zone(zone) => Ok(zone),
        _ => Err(Problem::not_found()),
    }
}

/// Traffic police keep the zones of roads closed to trucks; the ecology bureau keeps all.
fn must_keep(on: &Ground, kind: ZoneKind) -> Result<(), Problem> {
    if on.caller.role == Role::EcologyBureau || kind == ZoneKind::TruckRestriction {
        return Ok(());
    }
    Err(Problem::new(Kind::Forbidden)
        .because("traffic police keep truck restriction zones alone", "公安交管部门仅管理货车限行区"))
}

fn read(tx: &Tx<'_>, on: &Ground, told: &ZoneIn, (id, version): (Id<Zone>, i64)) -> Result<Zone, Problem> {
    let effective_from = not_in_the_past(told.effective_from, tx.at(), "/effective_from")?;
    for (at, rule) in told.rules.iter().enumerate() {
        check_rule(at, rule)?;
    }
    if let Some(gate) = &told.gate {
        let known = on.directory.organisation(gate.organisation_id.uuid());
        if known.is_none_or(|known| known.role != Role::EnterpriseGate) {
            let pointer = "/gate/organisation_id";
            return Err(Problem::invalid(pointer, "unknown_enterprise", "there is no such enterprise", "没有该企业"));
        }
        let taken = on.controls.gate(gate, effective_from).is_some_and(|other| other.id != id);
        if taken {
            return Err(Problem::new(Kind::AlreadyExists).because("the gate has a zone already", "该出入口已登记"));
        }
    }
    let zone = Zone {
        id,
        version,
        name: told.name.clone(),
        kind: told.kind,
        area: told.area.clone(),
        gate: told.gate.clone(),
        polygon: polygon(told.polygon.as_ref(), "/polygon")?,
        exempts: told.exempts.clone(),
        rules: told.rules.clone(),
        effective_from,
        withdrawn: false,
    };
    zone.check().map_err(misfit)?;
    Ok(zone)
}

fn check_rule(at: usize, rule: &Rule) -> Result<(), Problem> {
    if rule.when.until.is_some_and(|last| last < rule.when.from) {
        let pointer = format!("/rules/{at}/when/until");
        return Err(Problem::invalid(pointer, "order", "lies before from", "早于起始日期"));
    }
    Ok(())
}

fn misfit(error: ZoneError) -> Problem {
    let (pointer, code, zh) = match error {
        ZoneError::Gate => ("/gate".to_owned(), "gate", "仅企业门禁须填写出入口"),
        ZoneError::NoPolygon => ("/polygon".to_owned(), "missing", "请填写区域范围"),
        ZoneError::SameRule(rule) => (format!("/rules/{rule}/id"), "same_rule", "规则编号重复"),
    };
    Problem::invalid(pointer, code, error.to_string(), zh)
}

/// An instant that was told, or now; one that has passed would change what was decided.
pub(super) fn not_in_the_past(told: Option<Instant>, now: Instant, pointer: &str) -> Result<Instant, Problem> {
    match told {
        Some(told) if told < now => Err(Problem::invalid(pointer, "in_the_past", "lies before now", "早于当前时间")),
        told => Ok(told.unwrap_or(now)),
    }
}
