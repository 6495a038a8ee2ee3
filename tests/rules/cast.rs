//! The cast of the loop: a car that failed, its station, two repair shops, and the days of August 2026.

use chrono::{DateTime, Duration, Utc};
use imfleet::domain::{
    acceptance::Exemption,
    case::{Case, Cause, FailingTest},
    id::Id,
    inspection::{Inspection, InspectionKind},
    party::Organisation,
    repair::{Repair, RepairItem, RepairProgress, RepairRecord},
    time::Instant,
    vehicle::Vehicle,
    verdict::Verdict,
};
use uuid::Uuid;

use crate::station::day;

/// The least that two instants can be apart.
pub const MICROSECOND: Duration = Duration::microseconds(1);

pub fn id<Noun>(number: u128) -> Id<Noun> {
    Uuid::from_u128(number).into()
}

pub fn car() -> Id<Vehicle> {
    id(1)
}

pub fn station() -> Id<Organisation> {
    id(11)
}

pub fn other_station() -> Id<Organisation> {
    id(12)
}

pub fn our_shop() -> Id<Organisation> {
    id(21)
}

pub fn other_shop() -> Id<Organisation> {
    id(22)
}

pub fn our_repair() -> Id<Repair> {
    id(31)
}

pub fn other_repair() -> Id<Repair> {
    id(32)
}

/// The test with which the car passes.
pub fn retest() -> Id<Inspection> {
    id(91)
}

pub fn other_test() -> Id<Inspection> {
    id(92)
}

pub fn exemption() -> Id<Exemption> {
    id(41)
}

/// A time of the clock on the wall in Weinan: `2026-08-22 23:59:59`.
pub fn local(text: &str) -> Instant {
    let at: DateTime<Utc> = format!("{}+08:00", text.replace(' ', "T")).parse().unwrap();
    at.into()
}

/// Noon of that day in August 2026.
pub fn august(day: u32) -> Instant {
    local(&format!("2026-08-{day:02} 12:00:00"))
}

/// A test of the car under this report number.
pub fn test(number: u128, report_number: &str, ended_at: Instant, verdict: Verdict) -> Inspection {
    Inspection {
        id: id(number),
        vehicle: car(),
        station: station(),
        report_number: report_number.to_owned(),
        kind: InspectionKind::Periodic,
        ended_at,
        odometer_km: Some(80_000),
        verdict,
    }
}

/// A failing test of the car.
pub fn failing(number: u128, report_number: &str, ended_at: Instant) -> FailingTest {
    test(number, report_number, ended_at, Verdict::Fail).as_failing()
}

/// The car's case as a failing test opens it.
pub fn opened(failing: FailingTest) -> Case {
    let at = failing.ended_at;
    Case::open(id(2), car(), Cause::PeriodicTest, failing, day("2026-08-31"), at)
}

/// What our shop writes down about the car of report R-1.
pub fn record() -> RepairRecord {
    RepairRecord {
        report_number: "R-1".to_owned(),
        settlement_number: "S-1".to_owned(),
        received_on: day("2026-08-02"),
        settled_on: Some(day("2026-08-03")),
        mileage_km: Some(80_010),
        findings: "三元催化器失效".to_owned(),
        items: vec![RepairItem { name: "更换三元催化器".to_owned(), hours: None }],
        parts: Vec::new(),
        measurements: Vec::new(),
    }
}

/// Our shop's repair of the car.
pub fn repair(record: RepairRecord, progress: RepairProgress) -> Repair {
    Repair { id: our_repair(), vehicle: car(), case: id(2), shop: our_shop(), record, progress }
}
