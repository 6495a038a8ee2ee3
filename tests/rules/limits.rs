//! Every limit at, just under and just over, with both columns; the book that holds them.

use std::collections::BTreeSet;

use imfleet::domain::{
    quantity::Amount,
    standard::{
        Bound, ComparisonRule, Item, LimitBook, LimitClass, LimitError, Method, Outcome, TestFuel, TestSubject,
    },
    verdict::Verdict,
    words::Word,
};
use proptest::prelude::*;

use crate::station::{amount, clean_but, day, judged, law, law_a, the, vehicle};

/// The golden tables with the fuel of their rows.
const TABLES: [(&str, TestFuel); 8] = [
    (include_str!("tables/limits_double_idle.csv"), TestFuel::Petrol),
    (include_str!("tables/limits_asm.csv"), TestFuel::Petrol),
    (include_str!("tables/limits_short_transient.csv"), TestFuel::Petrol),
    (include_str!("tables/limits_transient.csv"), TestFuel::Petrol),
    (include_str!("tables/limits_natural_gas.csv"), TestFuel::NaturalGas),
    (include_str!("tables/limits_free_acceleration.csv"), TestFuel::Diesel),
    (include_str!("tables/limits_lug_down.csv"), TestFuel::Diesel),
    (include_str!("tables/limits_ringelmann.csv"), TestFuel::Diesel),
];

#[derive(serde::Deserialize)]
struct Golden {
    clause: String,
    class: LimitClass,
    day: String,
    item: Item,
    value: String,
    expected_outcome: Outcome,
    expected_verdict: Verdict,
}

fn golden() -> impl Iterator<Item = (Golden, TestFuel)> {
    TABLES.into_iter().flat_map(|(table, fuel)| {
        let rows: Vec<Golden> =
            csv::Reader::from_reader(table.as_bytes()).deserialize().map(Result::unwrap).collect();
        rows.into_iter().map(move |row| (row, fuel))
    })
}

#[test]
fn every_golden_row_comes_out_as_the_law_says() {
    for (row, fuel) in golden() {
        let readings = clean_but(row.item, &row.value);
        let judgement = judged(&law(row.class, &row.day), &vehicle(fuel), &readings).unwrap();
        let found = (the(row.item, &judgement).outcome, judgement.verdict);
        let expected = (row.expected_outcome, row.expected_verdict);
        assert_eq!(found, expected, "{} {} {} {} on {}", row.clause, row.item, row.value, row.class, row.day);
    }
}

#[test]
fn every_limit_of_a_reading_is_reached_by_a_golden_row() {
    let mut reached = BTreeSet::new();
    for (row, fuel) in golden() {
        let judgement = judged(&law(row.class, &row.day), &vehicle(fuel), &clean_but(row.item, &row.value)).unwrap();
        let rule = the(row.item, &judgement).rule.clone().unwrap();
        reached.insert((rule.id.to_string(), rule.version));
    }
    let book = LimitBook::embedded().unwrap();
    let of_readings = book.rows().filter(|row| row.item.method().is_some() && !row.id.ends_with('m'));
    let all: BTreeSet<_> = of_readings.map(|row| (row.id.to_string(), row.version)).collect();
    assert_eq!(reached, all);
}

#[test]
fn every_method_limits_all_its_items_in_both_columns() {
    for method in Method::ALL.iter().filter(|method| **method != Method::Exempt) {
        let items: Vec<Item> = Item::ALL.iter().copied().filter(|item| item.method() == Some(*method)).collect();
        for class in LimitClass::ALL {
            let rows = law_a().book.rows_for(*method, *class, day("2026-08-22"), &vehicle(TestFuel::Petrol));
            assert_eq!(rows.iter().map(|row| row.item).collect::<Vec<_>>(), items, "{method} {class}");
        }
    }
}

#[test]
fn smoke_limits_rise_with_every_full_thousand_metres_above_1500() {
    for (altitude, limit) in [(1_500, "1.2"), (2_499, "1.2"), (2_500, "1.45"), (3_500, "1.7"), (9_000, "1.95")] {
        let subject = TestSubject { altitude_m: Some(altitude), ..vehicle(TestFuel::Diesel) };
        let judgement = judged(&law_a(), &subject, &clean_but(Item::LugDownK80, limit)).unwrap();
        assert_eq!(the(Item::LugDownK80, &judgement).margin, Some(Amount::ZERO), "{altitude} m");
    }
}

const HEADER: &str = "id,version,item,class,bound,comparison,decimals,advisory_for,condition,effective_from,\
                      effective_to,standard,table,clause,confidence";

fn parsed(rows: &[&str]) -> Result<LimitBook, LimitError> {
    LimitBook::parse_csv(&format!("{HEADER}\n{}", rows.join("\n"))).map(LimitBook::new)
}

#[test]
fn of_versions_in_force_together_the_highest_counts() {
    let book = parsed(&[
        "x,2,idle_co,a,<=0.5,rounded,2,,,2026-01-01,2026-12-31,GB,,1,confirmed",
        "x,1,idle_co,a,<=0.6,rounded,2,,,2019-05-01,,GB,,1,confirmed",
    ])
    .unwrap();
    for (on, limit) in [("2025-12-31", "0.6"), ("2026-01-01", "0.5"), ("2026-12-31", "0.5"), ("2027-01-01", "0.6")] {
        let rule = book.rule_for(Item::IdleCo, LimitClass::A, day(on), &vehicle(TestFuel::Petrol)).unwrap();
        assert_eq!(rule.bound, Bound::AtMost(amount(limit)), "{on}");
    }
    assert!(book.rule_for(Item::IdleCo, LimitClass::B, day("2026-01-01"), &vehicle(TestFuel::Petrol)).is_none());
}

#[test]
fn a_table_that_does_not_parse_names_its_line() {
    let good = "x,1,idle_co,a,<=0.6,rounded,2,,,2019-05-01,,GB,,1,confirmed";
    let cases = [
        ("y,1,idle_co,a,0.6,rounded,2,,,2019-05-01,,GB,,1,confirmed", "line 3: `0.6` is no bound"),
        ("y,1,idle_smoke,a,<=1,rounded,2,,,2019-05-01,,GB,,1,confirmed", "line 3: "),
        ("y,1,idle_co,a,<=1,rounded,2,,at_night,2019-05-01,,GB,,1,confirmed", "line 3: `at_night` is no condition"),
        ("y,1,idle_co,a,<=1,rounded,2,,,2019-05-01,2019-04-30,GB,,1,confirmed", "line 3: ends before it begins"),
        ("x,1,idle_co,b,<=1,rounded,2,,,2019-05-01,,GB,,1,confirmed", "line 3: version 1 of `x` stands there twice"),
        ("y,1,idle_co", "line 3: "),
    ];
    for (bad, message) in cases {
        let error = parsed(&[good, bad]).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn a_bound_reads_back_what_it_writes_and_takes_swapped_ends() {
    for text in ["<=0.6", ">=40", "0.95..1.05"] {
        assert_eq!(text.parse::<Bound>().unwrap().to_string(), text);
    }
    assert_eq!("1.05..0.95".parse::<Bound>(), "0.95..1.05".parse::<Bound>());
}

fn limited_from_above() -> impl Strategy<Value = Item> {
    let items = Item::ALL.iter().copied();
    let from_above: Vec<Item> =
        items.filter(|item| item.method().is_some() && !matches!(item, Item::Lambda | Item::LugDownPower)).collect();
    prop::sample::select(from_above)
}

proptest! {
    #[test]
    fn raising_a_reading_never_turns_a_fail_into_a_pass(
        item in limited_from_above(),
        low in 0_i64..5_000_000,
        rise in 0_i64..5_000_000,
        scale in prop::sample::select(vec![1_i64, 300]),
    ) {
        let fuel = if item.method().unwrap().fits(TestFuel::Petrol) { TestFuel::Petrol } else { TestFuel::Diesel };
        let scale = if matches!(item.unit().word(), "ppm") { scale } else { 1 };
        let value = |micros: i64| Amount::from_micros(micros * scale).to_string();
        let verdict = |micros| judged(&law_a(), &vehicle(fuel), &clean_but(item, &value(micros))).unwrap().verdict;
        prop_assume!(item != Item::Ringelmann || low + rise <= 5_000_000);
        prop_assert!(verdict(low) == Verdict::Pass || verdict(low + rise) == Verdict::Fail);
    }

    #[test]
    fn rounding_never_moves_a_reading_by_more_than_half_a_step(micros in -1_000_000_000_i64..1_000_000_000, decimals in 0_u32..6) {
        let value = Amount::from_micros(micros);
        let comparison = imfleet::domain::standard::Comparison { rule: ComparisonRule::Rounded, decimals };
        let moved = comparison.compared(value).less(value).micros().abs();
        prop_assert!(moved * 2 <= 10_i64.pow(6 - decimals));
        prop_assert_eq!(comparison.other().compared(value), value);
    }
}
