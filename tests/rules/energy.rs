//! What drives a vehicle, and what counts as new-energy.

use imfleet::domain::vehicle::{
    energy::{EnergyKind, EnergySource, contradicts, infer_energy},
    fuel::Fuel,
    plate::PlateKind,
};
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct Row {
    fuel: Fuel,
    plate_kind: Option<PlateKind>,
    evidence: Option<EnergyKind>,
    evidence_source: Option<EnergySource>,
    energy: EnergyKind,
    source: EnergySource,
    new_energy: bool,
}

#[test]
fn energy_is_inferred_as_the_table_says() {
    for row in golden::rows::<Row>("energy.csv") {
        let (energy, source) = infer_energy(row.fuel, row.plate_kind, row.evidence.zip(row.evidence_source));
        let case = format!("{} {:?} {:?}", row.fuel, row.plate_kind, row.evidence);
        assert_eq!((energy, source, energy.is_new_energy()), (row.energy, row.source, row.new_energy), "{case}");
    }
}

#[test]
fn a_drive_that_contradicts_fuel_or_plate_is_told() {
    let is_odd = |energy, fuel: &str, kind| contradicts(energy, fuel.parse().unwrap(), kind);
    assert!(is_odd(EnergyKind::Bev, "A", None));
    assert!(is_odd(EnergyKind::Ice, "C", None));
    assert!(is_odd(EnergyKind::Hybrid, "AO", Some(PlateKind::SmallNev)));
    assert!(!is_odd(EnergyKind::Hybrid, "A", Some(PlateKind::SmallCar)));
    assert!(!is_odd(EnergyKind::Phev, "AO", Some(PlateKind::SmallCar)));
    assert!(!is_odd(EnergyKind::Bev, "C", Some(PlateKind::SmallNev)));
    assert!(!is_odd(EnergyKind::Unknown, "A", None));
}
