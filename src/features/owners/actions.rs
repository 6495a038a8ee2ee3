//! What an owner does: the proof first, then the look or the appeal.

use super::{
    store,
    wire::{OwnerAppealIn, OwnerAppealOut, OwnerCheckOut, OwnerListingOut, OwnerProof},
};
use crate::{
    domain::{appeal::Appellant, event::Event, lawbook::Lawbook, settings::Settings, vehicle::Vehicle},
    features::{
        appeals, listings, notices,
        vehicles::{self, IdentityIn},
    },
    platform::{db::Tx, lockout, problem::Problem},
};

/// A refusal whose count stays: the transaction commits although the caller gets a problem.
type Kept<T> = Result<Result<T, Problem>, Problem>;

/// How the vehicle stands.
///
/// # Errors
/// The proof does not hold (404), or too many have not (429).
pub fn check_as_owner(tx: &mut Tx<'_>, lawbook: &Lawbook, proof: &OwnerProof) -> Kept<OwnerCheckOut> {
    let Some(vehicle) = prove(tx, &lawbook.settings, proof)? else { return Ok(Err(Problem::not_found())) };
    let at = tx.at();
    let listings = listings::of_vehicle(tx.conn(), vehicle.id)?;
    let notices = notices::of_vehicle(tx.conn(), vehicle.id)?;
    let appeals = appeals::of_vehicle(tx.conn(), vehicle.id)?;
    let channel = lawbook.settings.text("appeal_channel", at.local_day()).unwrap_or_default();
    Ok(Ok(OwnerCheckOut {
        checked_at: at,
        listed: listings.iter().any(|listing| listing.is_in_effect(at)),
        appeal_channel: channel.to_owned(),
        listings: listings.iter().map(|listing| OwnerListingOut::at(listing, &notices, &appeals, at)).collect(),
    }))
}

/// The owner appeals against the listing of a notice.
///
/// # Errors
/// The proof does not hold, or no notice has the number (404); the listing was lifted, or an appeal against it is open
/// (409); too many proofs have not held (429).
pub fn appeal_as_owner(tx: &mut Tx<'_>, lawbook: &Lawbook, told: &OwnerAppealIn) -> Kept<OwnerAppealOut> {
    let Some(vehicle) = prove(tx, &lawbook.settings, &told.proof)? else { return Ok(Err(Problem::not_found())) };
    let number = told.notice_number.as_ref().unwrap_or(&told.proof.number);
    let notices = notices::of_vehicle(tx.conn(), vehicle.id)?;
    let Some(notice) = notices.iter().find(|notice| notice.number == *number) else {
        return Ok(Err(Problem::not_found()));
    };
    let key = (vehicle.id, notice.listing);
    let appeal = appeals::file_appeal(tx, &lawbook.settings, key, Appellant::Owner, told.plea.clone())?;
    Ok(Ok(OwnerAppealOut::from(&appeal)))
}

/// The vehicle, when plate, kind, VIN tail and number are all of it. Every attempt is counted for the plate before
/// anybody looks, and forgotten when it holds; what is wrong is never told.
fn prove(tx: &mut Tx<'_>, settings: &Settings, proof: &OwnerProof) -> Result<Option<Vehicle>, Problem> {
    let key = format!("owner:{}:{}", proof.plate_kind.code(), proof.plate);
    lockout::count(tx, &key, settings.on("failed_look_ups_before_lock", tx.at().local_day()))?;
    let identity = IdentityIn { plate: Some(proof.plate.to_string()), plate_kind: Some(proof.plate_kind), vin: None };
    let Some(vehicle) = vehicles::find(tx.conn(), &identity)? else { return Ok(None) };

    let tail = vehicle.vin.as_ref().map(|vin| vin.tail(6));
    let by_vin = tail == Some(proof.vin_tail.to_uppercase().as_str());
    let by_report = store::has_report(tx.conn(), vehicle.id, &proof.number)?;
    let by_notice = notices::of_vehicle(tx.conn(), vehicle.id)?.iter().any(|notice| notice.number == proof.number);
    if !by_vin || !(by_report || by_notice) {
        return Ok(None);
    }
    lockout::forget(tx, &key)?;
    tx.record(vehicle.id, Event::OwnerChecked { vehicle: vehicle.id });
    Ok(Some(vehicle))
}
