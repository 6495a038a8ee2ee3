//! Readings on the wire: their shapes, and what cannot be true.

use imfleet::domain::standard::{Method, ReadingFault, Readings};
use imfleet::domain::words::Word;
use rstest::rstest;
use serde_json::{Value, json};

use crate::station::{clean, read};

#[test]
fn readings_tell_their_method_and_come_back_as_they_were_sent() {
    for method in Method::ALL.iter().filter(|method| **method != Method::Exempt) {
        let readings = read(clean(*method));
        assert_eq!(readings.method(), *method);
        let again: Readings = serde_json::from_str(&serde_json::to_string(&readings).unwrap()).unwrap();
        assert_eq!(again, readings);
        assert!(readings.check().is_empty(), "{method}");
    }
}

#[rstest]
#[case::beside_the_method(json!({"method": "ringelmann", "grade": 1, "colour": "blue"}))]
#[case::in_a_phase(json!({"method": "double_idle", "idle": {"co_ppm": 6000}, "high_idle": {}}))]
#[case::in_a_missing_unit(json!({"method": "short_transient", "co": 1}))]
#[case::another_method(json!({"method": "hovering"}))]
#[case::not_a_number(json!({"method": "ringelmann", "grade": "NaN"}))]
#[case::too_many_digits(json!({"method": "ringelmann", "grade": 0.123_456_7}))]
fn unknown_fields_and_things_that_are_no_numbers_are_refused(#[case] readings: Value) {
    assert!(serde_json::from_value::<Readings>(readings).is_err());
}

#[rstest]
#[case(Method::DoubleIdle, "/idle/co_percent", json!(-0.01))]
#[case(Method::DoubleIdle, "/idle/co_percent", json!(20.01))]
#[case(Method::DoubleIdle, "/high_idle/lambda", json!(0))]
#[case(Method::Asm, "/asm2540/no_ppm", json!(-1))]
#[case(Method::ShortTransient, "/nox_g_per_km", json!(-0.1))]
#[case(Method::Transient, "/hc_nox_g_per_km", json!(-0.1))]
#[case(Method::FreeAcceleration, "/k2_per_m", json!(16.01))]
#[case(Method::LugDown, "/nox80_ppm", json!(-1))]
#[case(Method::LugDown, "/max_wheel_power_kw", json!(-1))]
#[case(Method::Ringelmann, "/grade", json!(6))]
fn a_reading_that_cannot_be_true_is_named(#[case] method: Method, #[case] pointer: &str, #[case] value: Value) {
    let mut readings = clean(method);
    *readings.pointer_mut(pointer).unwrap() = value;
    let errors = read(readings).check();
    let found: Vec<_> = errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
    assert_eq!(found, [(format!("/readings{pointer}").as_str(), ReadingFault::Implausible)]);
}

#[test]
fn every_needed_reading_that_is_missing_is_named_at_once() {
    let readings = read(json!({"method": "asm", "asm5025": {"co_percent": 0.1}, "asm2540": {"hc_ppm": 1}}));
    let errors = readings.check();
    let found: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    let needed = ["/asm5025/hc_ppm", "/asm5025/no_ppm", "/asm2540/co_percent", "/asm2540/no_ppm"];
    assert_eq!(found, needed.map(|pointer| format!("/readings{pointer}")));
    assert!(errors.iter().all(|error| error.code == ReadingFault::Missing));
}
