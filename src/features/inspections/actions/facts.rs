//! The facts of a recorded test as supervision sees them: fingerprints in the place of names and plates.

use sha2::{Digest, Sha256};

use super::recording::Told;
use crate::{
    domain::{
        case::Ground,
        lawbook::{Lawbook, fuel_under_test},
        standard::{Bound, obd::ObdCheck, which_methods::Permission},
        supervision::{Family, ReadingFacts, TestFacts},
        vehicle::{Vehicle, vin::VinStatus},
    },
    features::inspections::store::Kept,
};

/// Years of age that count as similar.
const AGE_BAND: i32 = 5;

/// The facts of a test.
pub(super) fn facts_of(lawbook: &Lawbook, vehicle: &Vehicle, kept: &Kept, told: &Told) -> TestFacts {
    let (sent, day) = (&kept.sent, kept.inspection.ended_at.local_day());
    let choice = lawbook.methods_for(vehicle, sent.fuel_under_test, day);
    let obd = sent.obd.as_ref();
    TestFacts {
        vehicle: vehicle.id,
        inspection: kept.inspection.id,
        station: kept.inspection.station,
        line: kept.line,
        kind: kept.inspection.kind,
        nature: kept.nature,
        method: kept.method(),
        permission: kept.method().map_or(Permission::Regular, |method| choice.permission(method)),
        reasoned: told.method_reason,
        verdict: kept.inspection.verdict,
        station_verdict: sent.station_verdict,
        started_at: sent.started_at,
        ended_at: sent.ended_at,
        recorded_at: kept.recorded_at,
        driver: sent.driver.as_deref().filter(|driver| !driver.trim().is_empty()).map(fingerprint),
        fuel: sent.fuel_under_test.unwrap_or_else(|| fuel_under_test(vehicle)),
        similar: similar(vehicle, kept),
        family: family(vehicle),
        rated_power: vehicle.rated_power,
        software: obd.map(software).unwrap_or_default(),
        software_blank: obd.is_some_and(has_blank_software),
        ecu_vin_differs: obd.and_then(|obd| ecu_vin_differs(vehicle, obd)),
        readings: readings(kept),
        vin: vehicle.vin.as_ref().map(|vin| fingerprint(vin.as_str())),
        plate: vehicle.plate.as_ref().map(|(plate, kind)| fingerprint(&format!("{} {kind}", plate.as_str()))),
        trace: sent.trace.as_ref().map(crate::domain::supervision::Trace::facts),
        calibrated: None,
        repaired: matches!(told.ground, Some(Ground::Repair(_))),
        previous: None,
    }
}

/// Sixteen hexadecimal digits that tell texts apart and do not say them.
fn fingerprint(text: &str) -> String {
    let hash = Sha256::digest(text.trim().as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn similar(vehicle: &Vehicle, kept: &Kept) -> String {
    let year = kept.inspection.ended_at.local_year();
    let age = vehicle.registered_on.map(|day| (year - chrono::Datelike::year(&day)).max(0) / AGE_BAND);
    let age = age.map_or_else(|| "?".to_owned(), |band| band.to_string());
    let heavy = vehicle.mass_class().map_or_else(|| "?".to_owned(), |class| class.to_string());
    let fuel = kept.sent.fuel_under_test.unwrap_or_else(|| fuel_under_test(vehicle));
    format!("{fuel}/{heavy}/{}/{age}", vehicle.stage)
}

/// Maker, model and engine, as compared; none unless all three are known.
fn family(vehicle: &Vehicle) -> Option<Family> {
    let plain = |text: &Option<String>| {
        let text: String = text.as_ref()?.chars().filter(|mark| mark.is_alphanumeric()).collect();
        (!text.is_empty()).then(|| text.to_uppercase())
    };
    let (maker, model) = (plain(&vehicle.maker)?, plain(&vehicle.model)?);
    Some(Family { maker, model, engine: plain(&vehicle.engine_model)? })
}

fn is_blank(number: &str) -> bool {
    number.chars().all(|mark| mark == '0' || !mark.is_alphanumeric())
}

fn software(obd: &ObdCheck) -> Vec<String> {
    let plain = |text: &str| text.chars().filter(|mark| mark.is_alphanumeric()).collect::<String>().to_uppercase();
    let pairs = obd.software.iter().filter_map(|unit| unit.calid.as_deref().zip(unit.cvn.as_deref()));
    let told = pairs.filter(|(calid, cvn)| !is_blank(calid) && !is_blank(cvn));
    told.map(|(calid, cvn)| format!("{}/{}", plain(calid), plain(cvn))).collect()
}

fn has_blank_software(obd: &ObdCheck) -> bool {
    let told = |text: &Option<String>| text.as_deref().is_some_and(|text| !is_blank(text));
    obd.software.iter().any(|unit| told(&unit.calid) && !told(&unit.cvn))
}

/// Two whole VINs that differ; a control unit that tells a part of one proves nothing.
fn ecu_vin_differs(vehicle: &Vehicle, obd: &ObdCheck) -> Option<bool> {
    let told = crate::domain::vehicle::vin::Vin::read(obd.ecu_vin.as_deref()?).ok()?;
    let registered = vehicle.vin.as_ref().filter(|vin| vin.status() != VinStatus::Malformed)?;
    (told.status() != VinStatus::Malformed).then(|| told.as_str() != registered.as_str())
}

fn readings(kept: &Kept) -> Vec<ReadingFacts> {
    let judged = kept.judgement.items.iter().filter_map(|item| match (item.sent, item.bound) {
        (Some(value), Some(Bound::AtMost(limit))) => Some(ReadingFacts { item: item.item, value, limit }),
        _ => None,
    });
    judged.collect()
}
