//! Vehicle types, use natures, mass classes, and the flags of an identity.

use imfleet::domain::{
    vehicle::{
        IdentityFlag, Vehicle,
        energy::{EnergyKind, EnergySource},
        identity_flags,
        mass::{MassClass, mass_class},
        plate::{Plate, PlateKind},
        stage::{Stage, StageSource},
        use_nature::UseNature,
        vehicle_type::{SizeClass, VehicleType},
        vin::Vin,
    },
    words::Word,
};
use rstest::rstest;
use uuid::Uuid;

/// A heavy diesel truck that nothing is odd about.
pub fn orderly_truck() -> Vehicle {
    Vehicle {
        id: Uuid::nil().into(),
        vin: Some("LZZ5ELND6KN123456".parse().unwrap()),
        plate: Some(("陕E00001".parse().unwrap(), PlateKind::LargeCar)),
        vehicle_type: "H11".parse().unwrap(),
        use_nature: UseNature::Freight,
        fuel: "B".parse().unwrap(),
        energy: EnergyKind::Ice,
        energy_source: EnergySource::FuelCode,
        stage: Stage::China5,
        stage_source: StageSource::Registry,
        gvm_kg: Some(31_000),
        reference_mass_kg: None,
        rated_power: None,
        rated_speed_per_min: None,
        displacement_ml: None,
        registered_on: Some("2019-05-01".parse().unwrap()),
        built_on: Some("2019-04-01".parse().unwrap()),
        area: "610502".parse().unwrap(),
        maker: None,
        model: None,
        engine_model: None,
        has_obd: None,
        dyno_capable: None,
        flags: Vec::new(),
    }
}

fn flags_of(spoil: impl Fn(&mut Vehicle)) -> Vec<IdentityFlag> {
    let mut vehicle = orderly_truck();
    spoil(&mut vehicle);
    identity_flags(&vehicle)
}

#[test]
fn an_orderly_vehicle_has_no_flag() {
    assert_eq!(flags_of(|_| {}), []);
}

#[test]
fn an_oddity_raises_its_flag_and_no_other() {
    let trailer = Plate::read("陕E0001挂").unwrap();
    let missing = [flags_of(|truck| truck.plate = None), flags_of(|truck| truck.vin = None)].concat();
    assert_eq!(missing, [IdentityFlag::NoPlate, IdentityFlag::NoVin]);
    let check_digit = flags_of(|truck| truck.vin = Vin::read("LZZ5ELND7KN123456").ok());
    assert_eq!(check_digit, [IdentityFlag::VinCheckDigit]);
    assert_eq!(flags_of(|truck| truck.vin = Vin::read("LZZ5").ok()), [IdentityFlag::VinMalformed]);
    let odd_kind = flags_of(|truck| truck.plate = Some((trailer.clone(), PlateKind::LargeCar)));
    assert_eq!(odd_kind, [IdentityFlag::PlateKindMismatch]);
    let derived = flags_of(|truck| truck.stage_source = StageSource::DerivedFromDate);
    assert_eq!(derived, [IdentityFlag::StageDerived]);
    assert_eq!(flags_of(|truck| truck.stage = Stage::Unknown), [IdentityFlag::StageUnknown]);
    assert_eq!(flags_of(|truck| truck.energy = EnergyKind::Unknown), [IdentityFlag::EnergyUnknown]);
    assert_eq!(flags_of(|truck| truck.energy = EnergyKind::Bev), [IdentityFlag::EnergyMismatch]);
    assert_eq!(
        flags_of(|truck| truck.registered_on = truck.built_on.unwrap().pred_opt()),
        [IdentityFlag::DatesOutOfOrder]
    );
}

#[test]
fn a_trailer_has_no_drive_and_no_stage_to_know() {
    let flags = flags_of(|trailer| {
        trailer.fuel = "Y".parse().unwrap();
        (trailer.energy, trailer.stage) = (EnergyKind::Unknown, Stage::Unknown);
    });
    assert_eq!(flags, []);
}

#[rstest]
#[case("H11", true, Some(SizeClass::Heavy))]
#[case("H21", true, Some(SizeClass::Medium))]
#[case("H3B", true, Some(SizeClass::Light))]
#[case("H41", true, Some(SizeClass::Micro))]
#[case("H51", false, None)]
#[case("N11", false, None)]
#[case("Q11", true, Some(SizeClass::Heavy))]
#[case("Q31", true, Some(SizeClass::Light))]
#[case("Z11", false, Some(SizeClass::Large))]
#[case("Z12", true, Some(SizeClass::Large))]
#[case("Z22", true, Some(SizeClass::Medium))]
#[case("Z72", true, Some(SizeClass::Light))]
#[case("B11", false, Some(SizeClass::Heavy))]
#[case("k33", false, Some(SizeClass::Small))]
#[case("K11", false, Some(SizeClass::Large))]
#[case("X99", false, None)]
fn a_type_tells_trucks_and_sizes(#[case] code: &str, #[case] truck: bool, #[case] size: Option<SizeClass>) {
    let vehicle_type = VehicleType::read(code).unwrap();
    assert_eq!((vehicle_type.is_truck(), vehicle_type.size()), (truck, size));
}

#[test]
fn a_type_tells_passenger_vehicles_and_vans() {
    let is = |code: &str| code.parse::<VehicleType>().map(|found| (found.is_passenger(), found.is_van())).unwrap();
    assert_eq!(is("K33"), (true, false));
    assert_eq!(is("K39"), (true, true));
    assert_eq!(is("K49"), (true, true));
    assert_eq!(is("H39"), (false, false));
    for text in ["", "K", "3K3", "货车", "K3345"] {
        assert!(VehicleType::read(text).is_err(), "{text}");
    }
}

#[test]
fn a_diesel_truck_is_a_truck_with_diesel_among_its_fuels() {
    let with = |code: &str, fuel: &str| {
        let vehicle_type = code.parse().unwrap();
        Vehicle { vehicle_type, fuel: fuel.parse().unwrap(), ..orderly_truck() }.is_diesel_truck()
    };
    assert!(with("H11", "B"));
    assert!(with("Q11", "BO"));
    assert!(!with("H11", "E"));
    assert!(!with("K11", "B"));
    assert!(!with("H51", "B"));
}

#[test]
fn the_operating_natures_are_those_of_the_trade() {
    let operating: String =
        UseNature::ALL.iter().filter(|nature| nature.is_operating()).map(|nature| nature.code()).collect();
    assert_eq!(operating, "BCDEFGRT");
    let all: String = UseNature::ALL.iter().map(|nature| nature.code()).collect();
    assert_eq!(all, "ABCDEFGHIJKLMNOPQRSTU");
}

#[test]
fn three_and_a_half_tonnes_are_still_light() {
    assert_eq!(mass_class(3_500), MassClass::Light);
    assert_eq!(mass_class(3_501), MassClass::Heavy);
    assert_eq!(orderly_truck().mass_class(), Some(MassClass::Heavy));
}
