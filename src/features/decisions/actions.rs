//! The facts of a decision, and the check of a vehicle that is to be transferred in.

use super::wire::{AccessIn, AccessOut, ListedOrNot, TransferInOut};
use crate::{
    domain::{
        elimination::{in_scope, transfer_in},
        event::Event,
        id::Id,
        listing::ListingReason,
        role::Role,
        time::Instant,
        vehicle::{Vehicle, area::CITY, stage::StageSource},
        words::Word,
        zone::{Controls, Outcome, Place, Subject, Words, Zone, decide},
    },
    features::{
        listings,
        vehicles::{self, IdentityIn, VehicleIn},
    },
    platform::{
        auth::Caller,
        db::{AnyConnection, Tx},
        problem::{Kind, Problem},
        state::{Ground, State},
    },
};

const TRANSFER_BASIS: &str = "渭南市环境空气质量限期达标规划（2023—2030年）二(三)3：禁止被列入淘汰范围的车辆异地转入";

/// Decides whether a vehicle may enter.
///
/// # Errors
/// The zone is not the caller's to ask of (404), the identity cannot be read (422), or the database fails.
pub async fn decide_access(state: &State, caller: &Caller, told: &AccessIn) -> Result<AccessOut, Problem> {
    let controls = state.controls.get();
    let at = told.at.unwrap_or(state.clock.now());
    let place = place(caller, &controls, told)?;
    let identity = told.identity();
    let (subject, _) = state.db.read(move |conn| facts(conn, &identity, at)).await?;
    Ok(AccessOut::new(decide(&subject, place, &controls, at), &subject, at))
}

/// An enterprise asks of its own gates alone.
fn place(caller: &Caller, controls: &Controls, told: &AccessIn) -> Result<Place, Problem> {
    let place = told.zone_id.map(Place::Zone).or_else(|| told.position.map(Place::Point));
    let zone = told.zone_id.and_then(|id| controls.versions(id).first());
    let its_own = |zone: &Zone| zone.gate.as_ref().is_some_and(|gate| gate.organisation_id == caller.home());
    let may_ask = match caller.role {
        Role::EnterpriseGate => zone.is_some_and(its_own),
        _ => zone.is_some() || told.position.is_some(),
    };
    place.filter(|_| may_ask).ok_or_else(Problem::not_found)
}

/// What is known of a vehicle at a time, and which it is: the registry's data and listings, or the plate alone.
///
/// # Errors
/// The identity cannot be read (422), or the database fails.
pub fn facts(
    conn: &mut AnyConnection,
    identity: &IdentityIn,
    at: Instant,
) -> Result<(Subject, Option<Id<Vehicle>>), Problem> {
    if let Some(vehicle) = vehicles::find(conn, identity)? {
        let listed = listed_for(conn, &vehicle, at)?;
        return Ok((Subject::of_vehicle(&vehicle, listed), Some(vehicle.id)));
    }
    let told = identity.read().map_err(|faults| Problem::new(Kind::Invalid).with_errors(faults))?;
    Ok((told.1.map_or_else(Subject::default, |(plate, kind)| Subject::of_plate(plate, kind)), None))
}

fn listed_for(conn: &mut AnyConnection, vehicle: &Vehicle, at: Instant) -> Result<Vec<ListingReason>, Problem> {
    let listings = listings::of_vehicle(conn, vehicle.id)?;
    Ok(listings.iter().filter(|listing| listing.is_in_effect(at)).map(|listing| listing.reason).collect())
}

/// Whether a vehicle may be transferred in. The registry's data count more than what is told.
///
/// # Errors
/// The vehicle is not known and too little is told of it (422).
pub fn check_transfer_in(tx: &mut Tx<'_>, on: &Ground, told: &VehicleIn) -> Result<TransferInOut, Problem> {
    let identity = told.identity();
    let known = vehicles::find(tx.conn(), &identity)?;
    let (at, day) = (tx.at(), tx.at().local_day());
    let listed = known.as_ref().map(|vehicle| listed_for(tx.conn(), vehicle, at)).transpose()?;
    let vehicle_id = known.as_ref().map(|vehicle| vehicle.id);
    let invalid = |faults| Problem::new(Kind::Invalid).with_errors(faults);
    let vehicle = match known {
        Some(known) => known,
        None => told.read(tx.mint(), identity.read().map_err(invalid)?, CITY).map_err(invalid)?,
    };

    let outcome = transfer_in(&vehicle, listed.as_deref().unwrap_or_default(), &on.lawbook.settings, day);

    let subject = vehicle_id.map_or_else(|| on.caller.organisation.into(), Id::recast::<()>);
    tx.record(subject, Event::TransferInChecked { outcome });
    Ok(TransferInOut {
        outcome,
        reason: reason(outcome, &vehicle),
        basis: TRANSFER_BASIS.to_owned(),
        vehicle_id,
        in_scope: in_scope(&vehicle, &on.lawbook.settings, day),
        stage: vehicle.stage,
        stage_source: vehicle.stage_source,
        listed: ListedOrNot::of(listed.as_deref()),
        listed_for: listed.unwrap_or_default(),
    })
}

fn reason(outcome: Outcome, vehicle: &Vehicle) -> Words {
    let (stage_zh, stage) = (vehicle.stage.zh(), vehicle.stage.word());
    let (zh, en) = match outcome {
        Outcome::Deny => (
            format!("不予转入：{stage_zh}柴油货车属于淘汰范围"),
            format!("refused: a diesel truck of {stage} is in the scope of elimination"),
        ),
        Outcome::Unknown if vehicle.stage_source == StageSource::DerivedFromDate => (
            "无法判定：排放阶段仅按登记日期推定，请提交环保信息随车清单".to_owned(),
            "cannot be decided: the stage is only derived from the date; show the maker's list".to_owned(),
        ),
        Outcome::Unknown => {
            ("无法判定：排放阶段未知".to_owned(), "cannot be decided: the stage is not known".to_owned())
        }
        Outcome::Allow => (
            "不属于淘汰范围，可以转入".to_owned(),
            "not in the scope of elimination: may be transferred in".to_owned(),
        ),
    };
    Words { zh, en }
}
