//! The sandbox city: plates that no authority issues (an office, then `IO` and a number) and the answer each provokes.

use uuid::Uuid;

use crate::domain::{
    blacklist::{Checked, Facts, Found, ListStatus, Mark},
    listing::ListingReason,
    time::Instant,
    vehicle::plate::{Plate, PlateKind},
    words::Word,
};

/// Since when the vehicles of the sandbox are listed: 2026-01-01 00:00 in Shanghai.
const LISTED_SINCE_MICROS: i64 = 1_767_196_800_000_000;

/// What a plate of the sandbox provokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scene {
    /// This answer.
    Answered(Checked),
    /// This answer, while the check log cannot be written.
    Degraded(Checked),
    /// The plate cannot be read.
    Malformed,
    /// The allowance is used up (429).
    UsedUp,
    /// The check log cannot be written, and all is refused (503).
    Unavailable,
}

/// Whether a plate belongs to the sandbox: the serials of real plates have neither I nor O.
#[must_use]
pub fn is_magic(plate: &Plate) -> bool {
    serial(plate).is_some_and(|serial| serial.starts_with("IO"))
}

/// What a plate provokes in the sandbox; any plate without magic is unknown there.
#[must_use]
pub fn scene(plate: Option<&Plate>) -> Scene {
    let number = plate.and_then(serial).and_then(|serial| serial.strip_prefix("IO"));
    match number.and_then(|digits| digits.parse::<usize>().ok()) {
        Some(99) => Scene::Answered(listed(ListingReason::ALL)),
        Some(200) => Scene::Answered(of(vec![vehicle(PlateKind::SmallCar, &[])])),
        Some(207) => Scene::Degraded(listed(&[ListingReason::Decision])),
        Some(300) => Scene::Answered(Checked {
            ambiguous: true,
            ..of(vec![vehicle(PlateKind::LargeCar, &[ListingReason::Roadside]), vehicle(PlateKind::SmallCar, &[])])
        }),
        Some(422) => Scene::Malformed,
        Some(429) => Scene::UsedUp,
        Some(503) => Scene::Unavailable,
        Some(count) => match count.checked_sub(1).and_then(|index| ListingReason::ALL.get(index)) {
            Some(reason) => Scene::Answered(listed(&[*reason])),
            None => Scene::Answered(of(Vec::new())),
        },
        None => Scene::Answered(of(Vec::new())),
    }
}

fn listed(reasons: &[ListingReason]) -> Checked {
    of(vec![vehicle(PlateKind::SmallCar, reasons)])
}

fn of(vehicles: Vec<Found>) -> Checked {
    let status = match vehicles.first() {
        None => ListStatus::Unknown,
        Some(first) if first.marks.is_empty() => ListStatus::NotListed,
        Some(_) => ListStatus::Listed,
    };
    Checked { status, ambiguous: false, vehicles }
}

fn vehicle(kind: PlateKind, reasons: &[ListingReason]) -> Found {
    let since = Some(Instant::from_micros(LISTED_SINCE_MICROS));
    let marks = reasons.iter().map(|reason| Mark::new(*reason, since, false)).collect();
    Found { id: Uuid::nil(), plate_kind: Some(kind), facts: Facts::default(), marks }
}

/// What follows the issuing office.
fn serial(plate: &Plate) -> Option<&str> {
    plate.as_str().strip_prefix(plate.issuer()?)
}
