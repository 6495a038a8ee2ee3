//! Verdicts of whole tests: the vectors of the trade, and what must never pass for want of a reading.

use imfleet::domain::{
    quantity::Amount,
    standard::{Bound, Item, LimitClass, Method, Outcome, Readings, TestFuel, TestSubject},
    verdict::{Evidence, JudgeError, Judgement, Law, Verdict, explain::explain, judge},
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::station::{amount, clean, clean_but, judged, law, law_a, read, the, vehicle};

fn double_idle(co: f64, hc: i64, lambda: f64) -> Readings {
    read(json!({
        "method": "double_idle",
        "idle": {"co_percent": co, "hc_ppm": hc},
        "high_idle": {"co_percent": 0.30, "hc_ppm": 50, "lambda": lambda},
    }))
}

fn failing(judgement: &Judgement) -> Vec<Item> {
    judgement.items.iter().filter(|item| item.outcome == Outcome::Fail).map(|item| item.item).collect()
}

fn pointers_missing(error: JudgeError) -> Vec<String> {
    let JudgeError::Readings(errors) = error else { panic!("{error}") };
    errors.into_iter().map(|error| error.pointer).collect()
}

#[rstest]
#[case::all_at_their_limits(double_idle(0.60, 80, 1.05), &[])]
#[case::lambda_over(double_idle(0.60, 80, 1.06), &[Item::Lambda])]
#[case::co_over(double_idle(0.61, 80, 1.05), &[Item::IdleCo])]
fn limits_are_inclusive_and_the_failing_item_is_told(#[case] readings: Readings, #[case] expected: &[Item]) {
    let judgement = judged(&law_a(), &vehicle(TestFuel::Petrol), &readings).unwrap();
    assert_eq!(failing(&judgement), expected);
    assert_eq!(judgement.verdict == Verdict::Pass, expected.is_empty());
}

#[rstest]
#[case(TestFuel::NaturalGas, Outcome::Advisory, Verdict::Pass)]
#[case(TestFuel::Lpg, Outcome::Fail, Verdict::Fail)]
#[case(TestFuel::Petrol, Outcome::Fail, Verdict::Fail)]
fn hydrocarbons_are_only_recommended_for_natural_gas(
    #[case] fuel: TestFuel,
    #[case] outcome: Outcome,
    #[case] verdict: Verdict,
) {
    let judgement = judged(&law_a(), &vehicle(fuel), &clean_but(Item::IdleHc, "200")).unwrap();
    assert_eq!((the(Item::IdleHc, &judgement).outcome, judgement.verdict), (outcome, verdict));
}

#[rstest]
#[case::rounds_down(Item::IdleCo, "0.604", TestFuel::Petrol, Verdict::Pass, true)]
#[case::tie_to_even_below(Item::FreeAccelerationK, "1.205", TestFuel::Diesel, Verdict::Pass, true)]
#[case::tie_to_even_above(Item::FreeAccelerationK, "1.215", TestFuel::Diesel, Verdict::Fail, false)]
#[case::the_same_by_both(Item::IdleCo, "0.60", TestFuel::Petrol, Verdict::Pass, false)]
#[case::lambda_saved(Item::Lambda, "0.946", TestFuel::Petrol, Verdict::Pass, true)]
#[case::power_by_full_value(Item::LugDownPower, "39.96", TestFuel::Diesel, Verdict::Fail, true)]
fn a_verdict_that_hangs_on_the_comparison_rule_is_flagged(
    #[case] item: Item,
    #[case] value: &str,
    #[case] fuel: TestFuel,
    #[case] verdict: Verdict,
    #[case] rule_sensitive: bool,
) {
    let judgement = judged(&law_a(), &vehicle(fuel), &clean_but(item, value)).unwrap();
    assert_eq!((judgement.verdict, judgement.rule_sensitive), (verdict, rule_sensitive));
    assert_eq!(the(item, &judgement).sent, Some(amount(value)));
}

#[test]
fn a_test_that_fails_anyway_does_not_hang_on_the_comparison_rule() {
    let mut readings = clean(Method::DoubleIdle);
    readings["idle"] = json!({"co_percent": 0.604, "hc_ppm": 500});
    let judgement = judged(&law_a(), &vehicle(TestFuel::Petrol), &read(readings)).unwrap();
    assert!(the(Item::IdleCo, &judgement).depends_on_rule());
    assert!(!judgement.rule_sensitive);
}

fn asm5025_only(no_ppm: i64) -> Readings {
    read(json!({"method": "asm", "asm5025": {"co_percent": 0.1, "hc_ppm": 10, "no_ppm": no_ppm}}))
}

#[test]
fn a_phase_that_was_not_run_is_not_tested_and_never_a_pass() {
    let judgement = judged(&law_a(), &vehicle(TestFuel::Petrol), &asm5025_only(701)).unwrap();
    assert_eq!((judgement.verdict, failing(&judgement)), (Verdict::Fail, vec![Item::Asm5025No]));
    for item in [Item::Asm2540Co, Item::Asm2540Hc, Item::Asm2540No] {
        let judged = the(item, &judgement);
        assert_eq!((judged.outcome, judged.compared, judged.margin), (Outcome::NotTested, None, None));
    }
}

#[rstest]
#[case::any_pass_will_do(100, 700, true)]
#[case::at_half_the_limit(50, 350, true)]
#[case::over_half_the_limit(50, 351, false)]
fn asm2540_may_be_left_out_after_a_fast_pass(#[case] percent: u8, #[case] no_ppm: i64, #[case] passes: bool) {
    let law = Law { fast_pass_percent: percent, ..law_a() };
    match judged(&law, &vehicle(TestFuel::Petrol), &asm5025_only(no_ppm)) {
        Ok(judgement) => assert!(passes && judgement.verdict == Verdict::Pass),
        Err(error) => {
            assert!(!passes);
            assert_eq!(pointers_missing(error), ["/readings/asm2540"]);
        }
    }
}

#[rstest]
#[case(LimitClass::A, Verdict::Pass)]
#[case(LimitClass::B, Verdict::Fail)]
fn the_column_of_limits_decides(#[case] class: LimitClass, #[case] verdict: Verdict) {
    let readings = clean_but(Item::ShortTransientCo, "5.1");
    let judgement = judged(&law(class, "2026-08-22"), &vehicle(TestFuel::Petrol), &readings).unwrap();
    assert_eq!(judgement.verdict, verdict);
}

fn lug_down(power_kw: f64) -> Value {
    json!({
        "method": "lug_down",
        "k100_per_m": 1.20, "k80_per_m": 1.19, "nox80_ppm": 1500, "max_wheel_power_kw": power_kw,
    })
}

#[rstest]
#[case::forty_percent(29.4, &[])]
#[case::just_less(29.399, &[Item::LugDownPower])]
fn lug_down_judges_wheel_power_as_a_share_of_rated_power(#[case] power_kw: f64, #[case] expected: &[Item]) {
    let subject = TestSubject { rated_power: Some(amount("73.5")), ..vehicle(TestFuel::Diesel) };
    let judgement = judged(&law_a(), &subject, &read(lug_down(power_kw))).unwrap();
    assert_eq!(failing(&judgement), expected);
}

#[rstest]
#[case(None)]
#[case(Some(Amount::ZERO))]
fn lug_down_without_a_rated_power_is_not_judged(#[case] rated_power: Option<Amount>) {
    let subject = TestSubject { rated_power, ..vehicle(TestFuel::Diesel) };
    let error = judged(&law_a(), &subject, &read(lug_down(60.0))).unwrap_err();
    assert_eq!(error, JudgeError::RatedPowerMissing);
}

#[test]
fn free_acceleration_is_the_mean_of_the_last_three_then_rounded() {
    let readings = read(json!({"method": "free_acceleration", "k1_per_m": 1.0, "k2_per_m": 1.2, "k3_per_m": 1.5}));
    let judgement = judged(&law_a(), &vehicle(TestFuel::Diesel), &readings).unwrap();
    let k = the(Item::FreeAccelerationK, &judgement);
    assert_eq!((k.sent, k.compared), (Some(amount("1.233333")), Some(amount("1.23"))));
    assert_eq!((k.margin, judgement.verdict), (Some(amount("-0.03")), Verdict::Fail));
}

#[test]
fn lambda_is_judged_only_with_a_closed_loop_catalyst() {
    let judgement = judged(&law_a(), &TestSubject::of(TestFuel::Petrol), &clean_but(Item::Lambda, "1.3")).unwrap();
    let lambda = the(Item::Lambda, &judgement);
    assert_eq!((lambda.outcome, lambda.sent, &lambda.rule), (Outcome::NotTested, Some(amount("1.3")), &None));
    assert_eq!(judgement.verdict, Verdict::Pass);
}

#[test]
fn lambda_missing_where_it_is_judged_is_an_error() {
    let readings = clean_but(Item::Lambda, "null");
    let error = judged(&law_a(), &vehicle(TestFuel::Petrol), &readings).unwrap_err();
    assert_eq!(pointers_missing(error), ["/readings/high_idle/lambda"]);
}

#[test]
fn the_makers_range_of_lambda_takes_the_place_of_the_standards() {
    let makers_lambda = Some(Bound::between(amount("1.3"), amount("0.97")));
    let subject = TestSubject { makers_lambda, ..vehicle(TestFuel::Petrol) };
    for (value, verdict) in [("1.3", Verdict::Pass), ("0.96", Verdict::Fail)] {
        let judgement = judged(&law_a(), &subject, &clean_but(Item::Lambda, value)).unwrap();
        assert_eq!(judgement.verdict, verdict, "{value}");
    }
}

#[test]
fn a_missing_reading_is_an_error_and_never_a_pass() {
    let error = judged(&law_a(), &vehicle(TestFuel::Diesel), &clean_but(Item::LugDownK80, "null")).unwrap_err();
    assert_eq!(pointers_missing(error), ["/readings/k80_per_m"]);
}

#[test]
fn a_method_of_the_other_standard_is_refused() {
    let error = judged(&law_a(), &vehicle(TestFuel::Diesel), &read(clean(Method::Asm))).unwrap_err();
    assert_eq!(error, JudgeError::MethodDoesNotFit { method: Method::Asm, fuel: TestFuel::Diesel });
}

#[test]
fn a_day_before_the_law_has_no_verdict() {
    let readings = read(clean(Method::ShortTransient));
    let error = judged(&law(LimitClass::A, "2019-04-30"), &vehicle(TestFuel::Petrol), &readings).unwrap_err();
    assert!(matches!(error, JudgeError::NoLimit { item: Item::ShortTransientCo, .. }));
    assert!(judged(&law(LimitClass::A, "2019-05-01"), &vehicle(TestFuel::Petrol), &readings).is_ok());
}

#[test]
fn without_readings_nothing_passes() {
    let judgement = judge(&law_a(), &vehicle(TestFuel::Petrol), &Evidence::default()).unwrap();
    assert_eq!((judgement.verdict, judgement.items.len()), (Verdict::NotJudged, 0));
}

#[test]
fn smoke_seen_during_the_test_fails_it() {
    let readings = read(clean(Method::FreeAcceleration));
    let evidence = Evidence { readings: Some(&readings), visible_smoke: true, ..Evidence::default() };
    let judgement = judge(&law_a(), &vehicle(TestFuel::Diesel), &evidence).unwrap();
    assert_eq!((judgement.verdict, failing(&judgement)), (Verdict::Fail, vec![Item::VisibleSmoke]));
}

#[test]
fn a_judgement_tells_rule_source_and_margin_and_can_be_stored() {
    let judgement = judged(&law_a(), &vehicle(TestFuel::Petrol), &clean_but(Item::IdleCo, "0.714")).unwrap();
    let stored = serde_json::to_value(&judgement).unwrap();
    let expected = json!({
        "item": "idle_co", "unit": "percent", "sent": 0.714, "compared": 0.71, "bound": {"at_most": 0.6},
        "rule": {"id": "gb18285.idle_co.a", "version": 1},
        "source": {"standard": "GB 18285-2018", "table": "表1", "clause": "第8章"},
        "margin": -0.11, "outcome": "fail", "other_rule_outcome": "fail",
    });
    assert_eq!(stored["items"][0], expected);
    assert_eq!(serde_json::from_value::<Judgement>(stored).unwrap(), judgement);
}

#[test]
fn an_item_is_explained_in_one_sentence_of_each_language() {
    let judgement = judged(&law_a(), &vehicle(TestFuel::Petrol), &clean_but(Item::IdleCo, "0.714")).unwrap();
    let (zh, en) = explain(the(Item::IdleCo, &judgement));
    assert_eq!(zh, "怠速CO：实测 0.71 %，限值 ≤ 0.6，超出 0.11，不合格（GB 18285-2018 第8章 表1）。");
    assert_eq!(en, "idle co: 0.71 % against a limit of ≤ 0.6, beyond it by 0.11; fail (GB 18285-2018 第8章 表1).");
}
