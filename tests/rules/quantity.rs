//! Amounts: exact from the text that came to the text that goes, and rounded by the rule of GB/T 8170.

use imfleet::domain::quantity::{Amount, AmountError};
use proptest::prelude::*;
use rstest::rstest;
use serde::Deserialize;

use crate::{golden, station::amount};

#[rstest]
#[case("0.60", "0.6")]
#[case("1500", "1500")]
#[case("007.50", "7.5")]
#[case("-0.05", "-0.05")]
#[case("-0", "0")]
#[case("0.1234560", "0.123456")]
#[case("9223372036854.775807", "9223372036854.775807")]
#[case("-9223372036854.775808", "-9223372036854.775808")]
fn a_decimal_text_is_read_and_shown_without_idle_zeros(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(amount(text).to_string(), shown);
}

#[rstest]
fn what_is_no_plain_decimal_number_is_refused(
    #[values(
        "", "-", ".", ".5", "5.", "-.5", "+1", "--1", "1-", "1.2.3", "1.-2", "1e3", "0x10", "1,000", " 1", "1 ",
        "1_000", "NaN", "inf", "\u{ff11}", "\u{663}", "\u{bd}"
    )]
    text: &str,
) {
    assert_eq!(Amount::parse(text), Err(AmountError::NotANumber));
}

#[rstest]
#[case("0.1234567", AmountError::TooPrecise)]
#[case("-0.0000001", AmountError::TooPrecise)]
#[case("9223372036854.775808", AmountError::TooLarge)]
#[case("-9223372036854.775809", AmountError::TooLarge)]
#[case("99999999999999999999999999", AmountError::TooLarge)]
fn what_an_amount_cannot_hold_is_refused(#[case] text: &str, #[case] error: AmountError) {
    assert_eq!(Amount::parse(text), Err(error));
}

#[rstest]
fn a_json_number_keeps_its_text(
    #[values("0.604", "0.6", "1.205", "-0.05", "0", "1500", "0.123456", "16.01", "999999999.999999", "-5000000")]
    text: &str,
) {
    let read: Amount = serde_json::from_str(text).unwrap();
    assert_eq!(read, amount(text));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[rstest]
fn json_that_is_no_number_or_too_much_of_one_is_refused(
    #[values(
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        r#""0.6""#,
        r#""NaN""#,
        "null",
        "true",
        "[0.6]",
        "{}",
        "0.1234567",
        "1e-7",
        "1e13",
        "99999999999999999999",
        "9223372036855",
        "1000000000.5"
    )]
    text: &str,
) {
    assert!(serde_json::from_str::<Amount>(text).is_err());
}

#[derive(Deserialize)]
struct Rounding {
    amount: String,
    decimals: u32,
    rounded: String,
}

#[test]
fn amounts_round_half_to_even_as_the_table_says() {
    for Rounding { amount: text, decimals, rounded } in golden::rows::<Rounding>("rounding.csv") {
        assert_eq!(amount(&text).round_half_even(decimals).to_string(), rounded, "{text} to {decimals}");
    }
}

#[rstest]
#[case(&[], None)]
#[case(&["0.6"], Some("0.6"))]
#[case(&["1.0", "1.2", "1.5"], Some("1.233333"))]
#[case::tie_to_the_even_below(&["0", "0.000001"], Some("0"))]
#[case::tie_to_the_even_above(&["0.000001", "0.000002"], Some("0.000002"))]
#[case::below_zero(&["-1", "0"], Some("-0.5"))]
#[case::no_overflow(&["9223372036854.775807", "9223372036854.775807"], Some("9223372036854.775807"))]
fn the_mean_is_exact_but_for_one_rounding(#[case] amounts: &[&str], #[case] mean: Option<&str>) {
    let amounts: Vec<_> = amounts.iter().map(|text| amount(text)).collect();
    assert_eq!(Amount::mean(&amounts), mean.map(amount));
}

#[rstest]
#[case("29.4", "73.5", Some("40"))]
#[case::cut_not_rounded("2", "3", Some("66.666666"))]
#[case::of_nothing("1", "0", None)]
#[case::of_less_than_nothing("1", "-1", None)]
#[case::beyond_what_can_be_held("9223372036854", "0.000001", None)]
fn a_share_is_told_in_percent(#[case] part: &str, #[case] whole: &str, #[case] percent: Option<&str>) {
    assert_eq!(amount(part).percent_of(amount(whole)), percent.map(amount));
}

proptest! {
    #[test]
    fn every_amount_comes_back_from_its_text(micros: i64) {
        let amount = Amount::from_micros(micros);
        prop_assert_eq!(Amount::parse(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn every_amount_of_fifteen_digits_comes_back_from_json(micros in -999_999_999_999_999..=999_999_999_999_999_i64) {
        let amount = Amount::from_micros(micros);
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
    }

    #[test]
    fn rounding_moves_by_half_a_step_at_most_and_only_once(micros in -1_000_000_000_000..1_000_000_000_000_i64, decimals in 0_u32..8) {
        let amount = Amount::from_micros(micros);
        let rounded = amount.round_half_even(decimals);
        let step = 10_i64.pow(6_u32.saturating_sub(decimals));
        prop_assert!(rounded.less(amount).micros().abs() * 2 <= step);
        prop_assert!(rounded.micros() % step == 0 || decimals >= 6);
        prop_assert_eq!(rounded.round_half_even(decimals), rounded);
    }
}
