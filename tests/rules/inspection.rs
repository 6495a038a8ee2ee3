//! Inspection without a probe: appearance, on-board diagnosis, and which method a vehicle is tested by.

use imfleet::domain::{
    standard::{
        Finding, Item, Method, Outcome, TestFuel, TestSubject,
        appearance::AppearanceCheck,
        obd::{Monitor, ObdCheck, judge_obd},
        which_methods::{MethodFacts, Permission, allowed_methods},
    },
    verdict::{Evidence, JudgeError, Verdict, judge},
};
use rstest::rstest;

use crate::station::{clean, day, law_a, read, the, vehicle};

fn answering() -> ObdCheck {
    ObdCheck { communication_ok: true, mil_ok: Some(true), mil_on: Some(false), ..ObdCheck::default() }
}

fn built(fuel: TestFuel, heavy: bool, on: &str) -> TestSubject {
    TestSubject { heavy, built_on: Some(day(on)), ..vehicle(fuel) }
}

#[rstest]
#[case::in_order(answering(), &[])]
#[case::mute(ObdCheck::default(), &[Finding::NoCommunication])]
#[case::indicator_broken(ObdCheck { mil_ok: Some(false), ..answering() }, &[Finding::IndicatorDefective])]
#[case::lit_with_code(
    ObdCheck { mil_on: Some(true), dtcs: vec!["P0420".to_owned()], ..answering() }, &[Finding::ConfirmedFault])]
#[case::code_but_not_lit(ObdCheck { dtcs: vec!["P0420".to_owned()], ..answering() }, &[])]
#[case::two_not_ready(
    ObdCheck { incomplete_monitors: vec![Monitor::Egr, Monitor::Catalyst], ..answering() }, &[])]
#[case::one_told_three_times(ObdCheck { incomplete_monitors: vec![Monitor::Egr; 3], ..answering() }, &[])]
#[case::three_not_ready(
    ObdCheck { incomplete_monitors: vec![Monitor::Egr, Monitor::Catalyst, Monitor::Scr], ..answering() },
    &[Finding::NotReady])]
fn obd_fails_for_what_the_standard_names(#[case] check: ObdCheck, #[case] findings: &[Finding]) {
    let judged = judge_obd(&check, &built(TestFuel::Petrol, false, "2020-01-01"), law_a().obd);
    assert_eq!(judged.findings, findings);
    assert_eq!(judged.outcome, if findings.is_empty() { Outcome::Pass } else { Outcome::Fail });
    assert_eq!(judged.retest_after_driving(), findings == [Finding::NotReady]);
}

#[rstest]
#[case(TestFuel::Petrol, false, "2011-06-30", Outcome::Advisory)]
#[case(TestFuel::Petrol, false, "2011-07-01", Outcome::Fail)]
#[case(TestFuel::NaturalGas, false, "2011-07-01", Outcome::Fail)]
#[case(TestFuel::Petrol, true, "2013-06-30", Outcome::Advisory)]
#[case(TestFuel::Petrol, true, "2013-07-01", Outcome::Fail)]
#[case(TestFuel::Diesel, true, "2017-12-31", Outcome::Advisory)]
#[case(TestFuel::Diesel, false, "2018-01-01", Outcome::Fail)]
fn obd_decides_from_the_cut_off_on(
    #[case] fuel: TestFuel,
    #[case] heavy: bool,
    #[case] on: &str,
    #[case] outcome: Outcome,
) {
    let mute = ObdCheck::default();
    let method = if fuel == TestFuel::Diesel { Method::LugDown } else { Method::DoubleIdle };
    let readings = read(clean(method));
    let evidence = Evidence { readings: Some(&readings), obd: Some(&mute), ..Evidence::default() };
    let judgement = judge(&law_a(), &built(fuel, heavy, on), &evidence).unwrap();
    let obd = the(Item::Obd, &judgement);
    assert_eq!((obd.outcome, obd.findings.as_slice()), (outcome, [Finding::NoCommunication].as_slice()));
    assert_eq!(judgement.verdict == Verdict::Fail, outcome == Outcome::Fail);
}

#[test]
fn obd_of_a_vehicle_whose_day_of_production_is_unknown_is_only_recorded() {
    assert!(!law_a().obd.decide(&vehicle(TestFuel::Petrol)));
}

#[rstest]
#[case::not_sent(None, &["/obd"])]
#[case::without_the_indicator(Some(ObdCheck { mil_on: None, ..answering() }), &["/obd/mil_on"])]
fn obd_that_decides_and_is_missing_is_an_error(#[case] check: Option<ObdCheck>, #[case] pointers: &[&str]) {
    let readings = read(clean(Method::DoubleIdle));
    let evidence = Evidence { readings: Some(&readings), obd: check.as_ref(), ..Evidence::default() };
    let error = judge(&law_a(), &built(TestFuel::Petrol, false, "2020-01-01"), &evidence).unwrap_err();
    let JudgeError::Readings(errors) = error else { panic!("{error}") };
    assert_eq!(errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), pointers);
}

fn sound() -> AppearanceCheck {
    AppearanceCheck {
        emission_control_in_order: Some(true),
        intake_or_exhaust_leak: Some(false),
        fluid_leak: Some(false),
        burning_oil_or_heavy_smoke: Some(false),
        ..AppearanceCheck::default()
    }
}

#[rstest]
#[case::sound(sound(), Outcome::Pass, &[])]
#[case::unanswered(AppearanceCheck { fluid_leak: None, ..sound() }, Outcome::NotTested, &[])]
#[case::device_removed(
    AppearanceCheck { emission_control_in_order: Some(false), ..sound() }, Outcome::Fail, &[Finding::DeviceMissing])]
#[case::canister_removed(
    AppearanceCheck { evaporative_control_in_order: Some(false), ..sound() }, Outcome::Fail, &[Finding::DeviceMissing])]
#[case::leak(AppearanceCheck { fluid_leak: Some(true), ..sound() }, Outcome::Fail, &[Finding::Leak])]
#[case::burns_oil(
    AppearanceCheck { burning_oil_or_heavy_smoke: Some(true), ..sound() }, Outcome::Fail,
    &[Finding::BurningOilOrSmoke])]
#[case::unfit_for_the_dyno(AppearanceCheck { suitable_for_dyno: Some(false), ..sound() }, Outcome::Pass, &[])]
fn appearance_fails_for_devices_leaks_and_smoke(
    #[case] check: AppearanceCheck,
    #[case] outcome: Outcome,
    #[case] findings: &[Finding],
) {
    assert_eq!((check.outcome(), check.findings().as_slice()), (outcome, findings));
}

#[test]
fn a_failed_appearance_needs_no_probe_and_no_obd() {
    let check = AppearanceCheck { emission_control_in_order: Some(false), ..sound() };
    let evidence = Evidence { appearance: Some(&check), ..Evidence::default() };
    let judgement = judge(&law_a(), &built(TestFuel::Diesel, true, "2020-01-01"), &evidence).unwrap();
    assert_eq!(judgement.verdict, Verdict::Fail);
    assert_eq!(the(Item::Appearance, &judgement).source.as_ref().unwrap().standard, "GB 3847-2018");
}

#[rstest]
#[case::light_petrol(Some(TestFuel::Petrol), false, None, Method::ShortTransient, &[Method::DoubleIdle])]
#[case::light_petrol_off_dyno(Some(TestFuel::Petrol), false, Some(false), Method::DoubleIdle, &[])]
#[case::heavy_petrol(Some(TestFuel::NaturalGas), true, None, Method::DoubleIdle, &[])]
#[case::heavy_petrol_on_dyno(Some(TestFuel::Petrol), true, Some(true), Method::ShortTransient, &[Method::DoubleIdle])]
#[case::diesel(Some(TestFuel::Diesel), true, None, Method::LugDown, &[Method::FreeAcceleration])]
#[case::diesel_off_dyno(Some(TestFuel::Diesel), true, Some(false), Method::FreeAcceleration, &[])]
#[case::electric(None, false, None, Method::Exempt, &[])]
fn a_vehicle_has_one_regular_method(
    #[case] fuel: Option<TestFuel>,
    #[case] heavy: bool,
    #[case] dyno_capable: Option<bool>,
    #[case] regular: Method,
    #[case] weaker: &[Method],
) {
    let facts = MethodFacts { fuel, heavy, dyno_capable, provincial_petrol_method: Method::ShortTransient };
    let choice = allowed_methods(&facts);
    assert_eq!((choice.regular, choice.weaker.as_slice()), (regular, weaker));
    assert_eq!(choice.permission(regular), Permission::Regular);
    assert!(weaker.iter().all(|method| choice.permission(*method) == Permission::NeedsReason));
    assert_eq!(choice.permission(Method::Transient), Permission::Refused);
}
