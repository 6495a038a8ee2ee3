//! The certificate of a repair (维修竣工证明): what the QR code on the paper says, signed, and can be verified without a line.

use serde::{Deserialize, Serialize};

use super::{
    case::Case,
    id::Id,
    repair::{Repair, RepairProgress},
    time::Instant,
    vehicle::{Vehicle, plate::PlateKind},
};

/// How much of the VIN it shows.
const TAIL: usize = 6;

/// What a certificate states. The members of its JSON are short, because all of it stands in a QR code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The vehicle.
    #[serde(rename = "v")]
    pub vehicle: Id<Vehicle>,
    /// The case.
    #[serde(rename = "c")]
    pub case: Id<Case>,
    /// The repair.
    #[serde(rename = "r")]
    pub repair: Id<Repair>,
    /// The code of the shop.
    #[serde(rename = "s")]
    pub shop: String,
    /// The shop's settlement list (结算清单编号).
    #[serde(rename = "n")]
    pub settlement_number: String,
    /// The failing report that the repair answers.
    #[serde(rename = "f")]
    pub report_number: String,
    /// The plate and its kind.
    #[serde(rename = "p")]
    pub plate: Option<(String, PlateKind)>,
    /// The last six characters of the VIN.
    #[serde(rename = "t")]
    pub vin_tail: Option<String>,
    /// When the repair was closed out.
    #[serde(rename = "d")]
    pub completed_at: Instant,
}

impl Certificate {
    /// The certificate of a repair; none before it is closed out, and none of one that was recalled.
    #[must_use]
    pub fn of(repair: &Repair, vehicle: &Vehicle, shop: &str) -> Option<Self> {
        let RepairProgress::Completed { at } = repair.progress else { return None };
        Some(Self {
            vehicle: repair.vehicle,
            case: repair.case,
            repair: repair.id,
            shop: shop.to_owned(),
            settlement_number: repair.record.settlement_number.clone(),
            report_number: repair.record.report_number.clone(),
            plate: vehicle.plate.as_ref().map(|(plate, kind)| (plate.as_str().to_owned(), *kind)),
            vin_tail: vehicle.vin.as_ref().map(|vin| vin.tail(TAIL).to_owned()),
            completed_at: at,
        })
    }
}
