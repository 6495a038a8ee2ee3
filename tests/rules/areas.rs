//! The areas of the city.

use imfleet::domain::vehicle::area::{AreaCode, AreaKind, areas};

fn area(code: &str) -> AreaCode {
    code.parse().unwrap()
}

#[test]
fn every_row_of_the_area_table_is_read_and_lies_in_the_city() {
    let text = include_str!("../../src/domain/vehicle/areas.csv");
    assert_eq!(areas().len(), text.lines().count() - 1);
    assert!(areas().iter().all(|place| place.code.is_within(&area("610500"))));
    assert!(areas().iter().all(|place| place.code == area("610500") || place.parent.is_some()));
}

#[test]
fn a_development_zone_lies_in_its_district() {
    let zone = area("610583");
    assert_eq!(zone.area().unwrap().kind, AreaKind::DevelopmentZone);
    assert!(zone.is_within(&area("610502")));
    assert!(!area("610502").is_within(&zone));
    assert!(!area("610528").is_within(&area("610502")));
}

#[test]
fn a_code_keeps_its_zeros_and_loses_its_township() {
    assert_eq!(area("010203").as_str(), "010203");
    assert_eq!(area("610502000").area().unwrap().name, "临渭区");
    assert_eq!(area(" ６１０５８１ ").area().unwrap().english_name, "Hancheng");
    assert_eq!(area("610100").area(), None);
}

#[test]
fn what_is_not_six_or_nine_digits_is_no_code() {
    for text in ["", "61050", "6105021", "61050A", "渭南"] {
        assert!(AreaCode::read(text).is_err(), "{text}");
    }
}
