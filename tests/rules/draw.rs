//! Draws: the same from the same seed, spread by risk, and nobody's choice.

use imfleet::domain::{
    draw::{Candidate, Risk, Seed, allocate, draw, weights},
    id::Id,
    party::Organisation,
    settings::Settings,
};

use crate::{cast::id, station::day};

/// Three hundred tests, a hundred at each of three stations.
fn frame() -> Vec<Candidate> {
    let test =
        |number: u128| Candidate { vehicle: id(number), inspection: id(1_000 + number), station: id(number % 3) };
    (0..300).map(test).collect()
}

fn risk(station: Id<Organisation>) -> Risk {
    [Risk::High, Risk::Middle, Risk::Low].into_iter().zip(0..).find(|(_, number)| station == id(*number)).unwrap().0
}

#[test]
fn a_draw_is_the_same_again_from_its_seed_whatever_the_order_of_the_frame() {
    let seed = Seed::read("00000000000004d2").unwrap();
    let first = draw(seed, 30, [5, 3, 2], &frame(), risk);
    let mut turned = frame();
    turned.reverse();
    assert_eq!(draw(seed, 30, [5, 3, 2], &turned, risk), first);
    assert_ne!(draw(Seed(1235), 30, [5, 3, 2], &frame(), risk), first);
    let numbers: Vec<_> = first.iter().map(|(_, drawn)| drawn.inspection.uuid().as_u128() - 1_000).take(4).collect();
    assert_eq!(numbers, GOLDEN, "a seed that was recorded must draw the same for ever");
}

/// The first four of seed 1234.
const GOLDEN: [u128; 4] = [267, 222, 156, 153];

#[test]
fn a_draw_is_spread_by_risk() {
    let drawn = draw(Seed(7), 30, weights(&Settings::delivered(), day("2026-08-22")), &frame(), risk);
    let count = |risk| drawn.iter().filter(|(of, _)| *of == risk).count();
    assert_eq!([count(Risk::High), count(Risk::Middle), count(Risk::Low)], [15, 9, 6]);
    let mut once: Vec<_> = drawn.iter().map(|(_, drawn)| drawn.inspection).collect();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 30, "nothing is drawn twice");
}

#[test]
fn what_a_class_cannot_give_the_others_give() {
    assert_eq!(allocate(10, [5, 3, 2], [100, 100, 100]), [5, 3, 2]);
    assert_eq!(allocate(11, [5, 3, 2], [100, 100, 100]), [6, 3, 2]);
    assert_eq!(allocate(10, [5, 3, 2], [1, 100, 100]), [1, 7, 2]);
    assert_eq!(allocate(10, [5, 3, 2], [0, 0, 4]), [0, 0, 4]);
    assert_eq!(allocate(10, [5, 3, 2], [2, 2, 2]), [2, 2, 2]);
    assert_eq!(allocate(10, [0, 0, 0], [9, 9, 9]), [0, 0, 0]);
    assert_eq!(allocate(0, [5, 3, 2], [9, 9, 9]), [0, 0, 0]);
}

#[test]
fn every_test_of_a_class_is_drawn_about_equally_often() {
    let mut hits = [0_u32; 300];
    for seed in 0..2_000 {
        for (_, drawn) in draw(Seed(seed), 30, [1, 1, 1], &frame(), risk) {
            hits[usize::try_from(drawn.inspection.uuid().as_u128() - 1_000).unwrap()] += 1;
        }
    }
    // 200 times each are expected; six standard deviations are 80.
    assert!(hits.iter().all(|count| (120..=280).contains(count)), "{hits:?}");
}

#[test]
fn a_seed_is_sixteen_hexadecimal_digits() {
    assert_eq!(Seed::read("ffffffffffffffff").unwrap().to_string(), "ffffffffffffffff");
    for bad in ["", "1", "00000000000000000", "000000000000000g", "+00000000000004d2"] {
        assert!(Seed::read(bad).is_none(), "{bad}");
    }
}
