//! Leave to enter: exemptions and permits, granted and revoked.

use super::{must_be_known, newest, polygon, record};
use crate::{
    domain::{
        id::Id,
        vehicle::plate::Plate,
        zone::{Control, ControlKind, Exemption, Permit, PermitError, PermitKind},
    },
    features::zones::{
        store,
        wire::{PermitIn, PermitOut, ZoneExemptionIn, ZoneExemptionOut},
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
        told::ReasonIn,
    },
};

/// Enters a vehicle in the register of exempt vehicles.
///
/// # Errors
/// A zone is not known, or the plate cannot be read (422).
pub fn grant_exemption(tx: &mut Tx<'_>, on: &Ground, told: &ZoneExemptionIn) -> Result<ZoneExemptionOut, Problem> {
    must_be_known(&on.controls, &told.zones)?;
    let exemption = Exemption {
        id: tx.mint(),
        plate: plate(&told.plate)?,
        plate_kind: told.plate_kind,
        zones: told.zones.clone(),
        from: told.from,
        until: told.until,
        basis: told.basis.clone(),
        revoked_at: None,
    };
    let subject = (exemption.id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Exemption(exemption.clone()), 1, subject)?;
    Ok(ZoneExemptionOut { exemption, kept })
}

/// Revokes an exemption; it stays in the register.
///
/// # Errors
/// No such exemption (404), or it is revoked already (409).
pub fn revoke_exemption(
    tx: &mut Tx<'_>,
    on: &Ground,
    id: Id<Exemption>,
    told: &ReasonIn,
) -> Result<ZoneExemptionOut, Problem> {
    let row = newest(tx, ControlKind::Exemption, &id.to_string())?;
    let Control::Exemption(exemption) = row.body.0 else { return Err(Problem::not_found()) };
    if exemption.revoked_at.is_some() {
        return Err(revoked());
    }
    let exemption = Exemption { revoked_at: Some(tx.at()), ..exemption };
    let subject = (id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Exemption(exemption.clone()), row.version + 1, subject)?;
    Ok(ZoneExemptionOut { exemption, kept })
}

/// Issues a permit. A vehicle has one permit of construction waste (一车一证).
///
/// # Errors
/// The number is taken, or the vehicle has its permit (409); something is missing or cannot be read (422).
pub fn issue_permit(tx: &mut Tx<'_>, on: &Ground, told: &PermitIn) -> Result<PermitOut, Problem> {
    must_be_known(&on.controls, &told.zones)?;
    if told.when.until.is_some_and(|last| last < told.when.from) {
        return Err(Problem::invalid("/when/until", "order", "lies before from", "早于起始日期"));
    }
    let permit = Permit {
        id: tx.mint(),
        kind: told.kind,
        number: told.number.clone(),
        plate: plate(&told.plate)?,
        plate_kind: told.plate_kind,
        zones: told.zones.clone(),
        when: told.when.clone(),
        route: told.route.clone(),
        corridor: polygon(told.corridor.as_ref(), "/corridor")?,
        speed_limit_kmh: told.speed_limit_kmh,
        card: told.card.clone(),
        origin_site: told.origin_site.clone(),
        tip_site: told.tip_site.clone(),
        revoked_at: None,
    };
    permit.check().map_err(lacking)?;

    if store::claim(tx.conn(), &number_key(&permit), permit.id)?.is_some() {
        return Err(Problem::new(Kind::AlreadyExists).because("the number is taken", "该证号已存在"));
    }
    claim_vehicle(tx, &permit)?;
    let subject = (permit.id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Permit(permit.clone()), 1, subject)?;
    Ok(PermitOut { permit, kept })
}

/// Revokes a permit; it stays in the register.
///
/// # Errors
/// No such permit (404), or it is revoked already (409).
pub fn revoke_permit(tx: &mut Tx<'_>, on: &Ground, id: Id<Permit>, told: &ReasonIn) -> Result<PermitOut, Problem> {
    let (permit, version) = load_permit(tx, id)?;
    if permit.revoked_at.is_some() {
        return Err(revoked());
    }
    let permit = Permit { revoked_at: Some(tx.at()), ..permit };
    store::release(tx.conn(), &vehicle_key(&permit), id)?;
    let subject = (id.recast(), told.reason.as_str());
    let kept = record(tx, on, Control::Permit(permit.clone()), version + 1, subject)?;
    Ok(PermitOut { permit, kept })
}

/// One vehicle, one permit of construction waste: a permit whose last day has passed makes room for the next.
fn claim_vehicle(tx: &mut Tx<'_>, permit: &Permit) -> Result<(), Problem> {
    if permit.kind != PermitKind::ConstructionWaste {
        return Ok(());
    }
    let key = vehicle_key(permit);
    let Some(holder) = store::claim(tx.conn(), &key, permit.id)? else { return Ok(()) };
    let (other, _) = load_permit(tx, holder)?;
    if other.when.until.is_none_or(|last| tx.at().local_day() <= last) {
        return Err(Problem::new(Kind::AlreadyExists)
            .because("the vehicle has a permit of construction waste", "该车已有渣土运输通行证（一车一证）")
            .with("permit_id", holder.to_string()));
    }
    store::release(tx.conn(), &key, holder)?;
    if store::claim(tx.conn(), &key, permit.id)?.is_some() { Err(Problem::run_again()) } else { Ok(()) }
}

fn load_permit(tx: &mut Tx<'_>, id: Id<Permit>) -> Result<(Permit, i64), Problem> {
    let row = newest(tx, ControlKind::Permit, &id.to_string())?;
    match row.body.0 {
        Control::Permit(permit) => Ok((permit, row.version)),
        _ => Err(Problem::not_found()),
    }
}

fn number_key(permit: &Permit) -> String {
    format!("{} number {}", permit.kind, permit.number)
}

fn vehicle_key(permit: &Permit) -> String {
    format!("{} vehicle {} {}", permit.kind, permit.plate_kind.code(), permit.plate)
}

fn plate(told: &str) -> Result<Plate, Problem> {
    Plate::read(told).map_err(|error| Problem::invalid("/plate", "unreadable", error.to_string(), "无法识别的号牌"))
}

fn lacking(error: PermitError) -> Problem {
    let pointer = match error {
        PermitError::NoZone => "/zones".to_owned(),
        PermitError::Lacks("hours") => "/when/hours".to_owned(),
        PermitError::Lacks(name) => format!("/{name}"),
    };
    Problem::invalid(
        pointer,
        "missing",
        error.to_string(),
        "渣土运输通行证须载明限时、限速、限路线、随车卡及起止场地",
    )
}

fn revoked() -> Problem {
    Problem::new(Kind::WrongState).because("it is revoked already", "已撤销")
}
