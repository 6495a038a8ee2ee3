//! Forecasts and intervals, by golden tables that were computed apart: the interval ends as roots of the defining
//! equations with sixty digits, what is needed by trying.

use imfleet::statistics::{
    Level,
    forecast::{Elapsed, Needed, count, drift, needed, removal, share, share_spread, spread},
    intervals::wilson,
};
use rstest::rstest;
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct WilsonRow {
    situation: String,
    hits: i64,
    total: i64,
    level: i64,
    low: Option<i64>,
    high: Option<i64>,
}

#[derive(Deserialize)]
struct CountRow {
    situation: String,
    so_far: i64,
    days: i64,
    to_come: i64,
    spread: i64,
    level: i64,
    expected: i64,
    low: i64,
    high: i64,
}

#[derive(Deserialize)]
struct ShareRow {
    situation: String,
    hits: i64,
    total: i64,
    to_come: i64,
    spread: i64,
    level: i64,
    expected: Option<i64>,
    low: Option<i64>,
    high: Option<i64>,
}

#[derive(Deserialize)]
struct NeededRow {
    situation: String,
    hits: i64,
    total: i64,
    to_come: i64,
    num: i64,
    den: i64,
    answer: String,
    count: Option<i64>,
    share: Option<i64>,
}

#[derive(Deserialize)]
struct RemovalRow {
    situation: String,
    remaining: i64,
    removed: i64,
    days: i64,
    spread: i64,
    level: i64,
    expected: Option<i64>,
    earliest: Option<i64>,
    latest: Option<i64>,
}

fn level(percent: i64) -> Level {
    [Level::Percent80, Level::Percent95].into_iter().find(|level| level.percent() == percent).unwrap()
}

#[test]
fn wilsons_interval_is_as_the_table_says() {
    for row in golden::rows::<WilsonRow>("wilson.csv") {
        let found = wilson(row.hits, row.total, level(row.level)).map(|found| (found.low, found.high));
        assert_eq!(found, row.low.zip(row.high), "{}", row.situation);
    }
}

#[test]
fn counts_end_the_year_as_the_table_says() {
    for row in golden::rows::<CountRow>("forecast_counts.csv") {
        let elapsed = Elapsed { days: row.days, to_come: row.to_come };
        let found = count(row.so_far, elapsed, row.spread, level(row.level));
        assert_eq!((found.expected, found.low, found.high), (row.expected, row.low, row.high), "{}", row.situation);
    }
}

#[test]
fn shares_end_the_year_as_the_table_says() {
    for row in golden::rows::<ShareRow>("forecast_shares.csv") {
        let found = share((row.hits, row.total), row.to_come, row.spread, level(row.level));
        let found = found.map(|found| (found.expected, found.interval.low, found.interval.high));
        let expected = row.expected.map(|expected| (expected, row.low.unwrap(), row.high.unwrap()));
        assert_eq!(found, expected, "{}", row.situation);
    }
}

#[test]
fn the_rest_of_the_year_needs_what_the_table_says() {
    for row in golden::rows::<NeededRow>("forecast_needed.csv") {
        let expected = match row.answer.as_str() {
            "nothing" => Needed::Nothing,
            "share" => Needed::Share { count: row.count.unwrap(), share: row.share.unwrap() },
            _ => Needed::OutOfReach { all_of: row.count },
        };
        assert_eq!(needed((row.hits, row.total), row.to_come, (row.num, row.den)), expected, "{}", row.situation);
    }
}

#[test]
fn a_remainder_is_gone_when_the_table_says() {
    for row in golden::rows::<RemovalRow>("forecast_removals.csv") {
        let found = removal(row.remaining, row.removed, row.days, row.spread, level(row.level));
        let found = (found.days, found.earliest, found.latest);
        assert_eq!(found, (row.expected, row.earliest, row.latest), "{}", row.situation);
    }
}

#[rstest]
#[case::no_month(&[], 1_000)]
#[case::one_month(&[(50, 31)], 1_000)]
#[case::nothing_in_two(&[(0, 31), (0, 28)], 1_000)]
#[case::even_months(&[(10, 30), (10, 30), (10, 30)], 1_000)]
// Three months of 10 expected each: χ² = (10² + 10² + 20²) ÷ 10 = 60 by 2 degrees of freedom.
#[case::all_in_one_month(&[(0, 30), (0, 30), (30, 30)], 30_000)]
// Of 24 expected each: χ² = (6² + 6²) ÷ 24 = 3 by 1.
#[case::two_months(&[(18, 30), (30, 30)], 3_000)]
fn lots_spread_more_than_chance(#[case] months: &[(i64, i64)], #[case] expected: i64) {
    assert_eq!(spread(months), expected);
}

#[rstest]
#[case::no_month(&[], 1_000)]
#[case::the_same_share_each_month(&[(9, 10), (18, 20)], 1_000)]
// Of 20 each, 10 of 40 count: 5 expected; χ² = 2 · 25 · (1 ÷ 5 + 1 ÷ 15) = 13.333… by 1.
#[case::all_in_one_month(&[(0, 20), (10, 20)], 13_334)]
fn a_share_spreads_over_both_sides(#[case] months: &[(i64, i64)], #[case] expected: i64) {
    assert_eq!(share_spread(months), expected);
}

#[rstest]
#[case::no_month(100, &[], 4_000, None)]
#[case::two_months(100, &[4, 6], 4_000, Some((120, None)))]
#[case::steady_months(100, &[5, 5, 5], 4_000, Some((120, Some((120, 120)))))]
// Variance 1, so 1.96 · √(4 · (1 + 4 ÷ 3)) = 5.99 to each side.
#[case::uneven_months(100, &[4, 5, 6], 4_000, Some((120, Some((114, 126)))))]
#[case::nothing_ahead(100, &[4, 5, 6], 0, Some((100, Some((100, 100)))))]
#[case::never_below_nothing(3, &[-4, -5, -6], 4_000, Some((0, Some((0, 0)))))]
fn a_stock_drifts_as_its_months_did(
    #[case] now: i64,
    #[case] changes: &[i64],
    #[case] ahead: i64,
    #[case] expected: Option<(i64, Option<(i64, i64)>)>,
) {
    assert_eq!(drift(now, changes, ahead, Level::Percent95), expected);
}

proptest::proptest! {
    #[test]
    fn an_interval_holds_its_middle_and_narrows_as_the_year_goes(hits in 0_i64..500, more in 0_i64..500, days in 1_i64..365) {
        let total = hits + more;
        let elapsed = Elapsed { days, to_come: 365 - days };
        let counted = count(total, elapsed, 1_000, Level::Percent95);
        proptest::prop_assert!(counted.low <= counted.expected && counted.expected <= counted.high);
        proptest::prop_assert!(counted.low >= total);
        if let Some(found) = share((hits, total), 100, 1_000, Level::Percent95) {
            let later = share((hits, total), 10, 1_000, Level::Percent95).unwrap();
            proptest::prop_assert!(found.interval.low <= found.expected && found.expected <= found.interval.high);
            proptest::prop_assert!(later.interval.high - later.interval.low <= found.interval.high - found.interval.low);
        }
    }
}
