//! Chances by golden tables that were computed apart in exact fractions, and correlations that are known.

use imfleet::statistics::chances::{at_least, at_most, correlation, fisher};
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct BinomialRow {
    situation: String,
    hits: i64,
    total: i64,
    share: i64,
    at_least: i64,
    at_most: i64,
}

#[derive(Deserialize)]
struct FisherRow {
    situation: String,
    hits: i64,
    total: i64,
    others: i64,
    all: i64,
    chance: i64,
}

#[test]
fn binomial_tails_are_exact_to_the_millionth() {
    for row in golden::rows::<BinomialRow>("binomial.csv") {
        let BinomialRow { situation, hits, total, share, .. } = row;
        assert_eq!(at_least(hits, total, share), row.at_least, "at least {situation}");
        assert_eq!(at_most(hits, total, share), row.at_most, "at most {situation}");
    }
}

#[test]
fn fishers_test_is_exact_to_the_millionth() {
    for row in golden::rows::<FisherRow>("fisher.csv") {
        assert_eq!(fisher((row.hits, row.total), (row.others, row.all)), row.chance, "{}", row.situation);
    }
}

#[test]
fn a_chance_is_never_nothing_and_never_more_than_all() {
    assert_eq!((at_least(900, 1_000, 1), at_least(1, 1_000_000, 999_999)), (1, 1_000_000));
    assert_eq!((at_most(0, 200_000, 500_000), at_most(200_000, 200_000, 500_000)), (1, 1_000_000));
}

#[test]
fn correlations_are_those_that_are_known() {
    assert_eq!(correlation(&[1, 2, 3, 4], &[10, 20, 30, 40]), Some(1_000_000));
    assert_eq!(correlation(&[1, 2, 3, 4], &[4, 3, 2, 1]), Some(-1_000_000));
    assert_eq!(correlation(&[1, 2, 3, 4, 5], &[2, 1, 4, 3, 5]), Some(800_000));
    assert_eq!(correlation(&[1, 1, 1], &[1, 2, 3]), None);
    assert_eq!(correlation(&[1], &[1]), None);
}
