//! Changes of repairs: load · ask the domain · store and record.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::store::{self, Claim};
use crate::{
    domain::{
        case::{Case, FailedBy},
        event::Event,
        finding::FindingKind,
        id::Id,
        party::Organisation,
        repair::{Repair, RepairError, RepairFault, RepairProgress, RepairRecord},
        role::Role,
        supervision::RepairFacts,
        vehicle::Vehicle,
        words::Word,
    },
    features::{
        cases,
        findings::{self, Finding},
    },
    platform::{
        db::Tx,
        problem::{Fault, Kind, Problem, text},
        state::Ground,
    },
};

type CaseKey = (Id<Vehicle>, Id<Case>);

/// A repair that was recorded now, or that the same record made before.
pub struct Recorded {
    /// The repair.
    pub repair: Repair,
    /// Whether it was there before.
    pub again: bool,
}

/// The shop that holds the case records its repair; the same settlement number again gives the first repair.
///
/// # Errors
/// No such case (404), another shop holds it (409), the record does not fit the failing test (422), or the
/// settlement number was used for another record (409).
pub fn record_repair(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, case): CaseKey,
    record: &RepairRecord,
    body_hash: &[u8; 32],
) -> Result<Recorded, Problem> {
    let shop: Id<Organisation> = on.caller.organisation.into();
    let case = cases::lock(tx.conn(), vehicle, case)?;
    let claim = Claim {
        shop_id: shop,
        settlement_number: record.settlement_number.clone(),
        vehicle_id: vehicle,
        repair_id: tx.mint(),
        body_hash: URL_SAFE_NO_PAD.encode(body_hash),
    };
    if let Some(first) = store::claim_or_first(tx.conn(), &claim)? {
        return repeated(tx, &claim, &first, case.id);
    }
    cases::must_be_shop_of(&case, shop)?;
    let case = case.keep_claim(shop, tx.at()).map_err(|error| cases::refused(&error))?;
    let faults = record.faults(&case.failing, &on.lawbook.settings, tx.at().local_day());
    refuse_faults(&faults)?;
    refuse_kin(on, &case, shop, tx)?;

    let repair = Repair {
        id: claim.repair_id,
        vehicle,
        case: case.id,
        shop,
        record: record.clone(),
        progress: RepairProgress::Recorded,
    };

    let at = tx.at();
    store::insert(tx.conn(), &repair, at)?;
    cases::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::RepairRecorded { case: case.id, repair: repair.id });
    findings::look_at_repair(tx, facts_of(&repair), case.failing.ended_at)?;
    Ok(Recorded { repair, again: false })
}

/// The facts of a repair as supervision sees them: what was written, as a fingerprint.
fn facts_of(repair: &Repair) -> RepairFacts {
    let RepairRecord { findings, items, parts, .. } = &repair.record;
    let mut content = Sha256::new();
    let items = items.iter().map(|item| item.name.as_str());
    let parts = parts.iter().map(|part| part.name.as_str());
    for text in [findings.as_str()].into_iter().chain(items).chain(parts) {
        content.update(text.trim().as_bytes());
        content.update([0]);
    }
    RepairFacts {
        repair: repair.id,
        vehicle: repair.vehicle,
        shop: repair.shop,
        content: URL_SAFE_NO_PAD.encode(content.finalize()),
        done_on: repair.record.settled_on.unwrap_or(repair.record.received_on),
        retested_on: None,
    }
}

fn repeated(tx: &mut Tx<'_>, claim: &Claim, first: &Claim, case: Id<Case>) -> Result<Recorded, Problem> {
    let repair = store::load(tx.conn(), first.vehicle_id, case, first.repair_id)?;
    match repair.filter(|_| first.body_hash == claim.body_hash) {
        Some(repair) => Ok(Recorded { repair, again: true }),
        None => Err(Problem::new(Kind::AlreadyExists).because(
            "this settlement number was used for another repair record",
            "该结算清单编号已用于其他维修记录",
        )),
    }
}

/// The shop closes the repair out; a retest may be accepted from now on.
///
/// # Errors
/// No such repair of the shop (404), or it is closed out or recalled already (409).
pub fn complete_repair(
    tx: &mut Tx<'_>,
    shop: Id<Organisation>,
    (vehicle, case): CaseKey,
    id: Id<Repair>,
) -> Result<Repair, Problem> {
    let case = cases::lock(tx.conn(), vehicle, case)?;
    let repair = store::load(tx.conn(), vehicle, case.id, id)?.filter(|repair| repair.shop == shop);
    let repair = repair.ok_or_else(Problem::not_found)?;

    let repair = repair.complete(tx.at()).map_err(refused)?;
    let case = case.complete_repair(shop, id, tx.at()).map_err(|error| cases::refused(&error))?;

    store::save(tx.conn(), &repair)?;
    cases::save(tx.conn(), &case)?;
    tx.record(vehicle, Event::RepairCompleted { case: case.id, repair: id });
    Ok(repair)
}

/// The shop or the transport bureau recalls a repair; a case that stands on it goes back to the shop.
///
/// # Errors
/// No such repair, or not the shop's (404); recalled already (409).
pub fn recall_repair(
    tx: &mut Tx<'_>,
    on: &Ground,
    (vehicle, case): CaseKey,
    id: Id<Repair>,
    reason: &str,
) -> Result<Repair, Problem> {
    let case = cases::lock(tx.conn(), vehicle, case)?;
    let may = |repair: &Repair| on.caller.role != Role::RepairShop || repair.shop.uuid() == on.caller.organisation;
    let repair = store::load(tx.conn(), vehicle, case.id, id)?.filter(may).ok_or_else(Problem::not_found)?;

    let repair = repair.recall(reason.to_owned(), tx.at()).map_err(refused)?;
    let case_id = case.id;
    let case = case.recall_repair(id, tx.at()).ok();

    store::save(tx.conn(), &repair)?;
    if let Some(case) = case {
        cases::save(tx.conn(), &case)?;
    }
    tx.record(vehicle, Event::RepairRecalled { case: case_id, repair: id, reason: reason.to_owned() });
    Ok(repair)
}

fn refuse_faults(faults: &[(&'static str, RepairFault)]) -> Result<(), Problem> {
    if faults.is_empty() {
        return Ok(());
    }
    let faults = faults.iter().map(|(pointer, fault)| Fault {
        pointer: (*pointer).to_owned(),
        code: fault.word().into(),
        detail: text(fault.word().replace('_', " "), fault.zh()),
    });
    Err(Problem::new(Kind::Invalid).with_errors(faults.collect()))
}

/// A station must take no part in repair: a shop of the same credit code or legal person is refused or flagged.
fn refuse_kin(on: &Ground, case: &Case, shop: Id<Organisation>, tx: &mut Tx<'_>) -> Result<(), Problem> {
    let FailedBy::Test { inspection, station } = case.failing.evidence else { return Ok(()) };
    let station = on.directory.organisation(station.uuid());
    let Some((station, shop)) = station.zip(on.directory.organisation(shop.uuid())) else { return Ok(()) };
    let same = |ours: &Option<String>, theirs: &Option<String>| ours.is_some() && ours == theirs;
    if !same(&station.credit_code, &shop.credit_code) && !same(&station.legal_person, &shop.legal_person) {
        return Ok(());
    }
    if on.lawbook.settings.text("shop_kin_of_station", tx.at().local_day()) == Some("refuse") {
        return Err(Problem::new(Kind::WrongState).because(
            "the shop shares its credit code or legal person with the station of the failing test",
            "维修站与检验机构为同一主体，不得承修",
        ));
    }
    let facts = json!({ "station": station.code, "shop": shop.code });
    let (organisation, kind) = (shop.id.into(), FindingKind::ShopKinOfStation);
    findings::note(tx, Finding { organisation, vehicle: case.vehicle, inspection, kind, facts })
}

fn refused(error: RepairError) -> Problem {
    Problem::new(Kind::WrongState).because(error.to_string(), format!("维修记录当前状态为“{}”", error.0.zh()))
}
