//! Polygons: which points lie inside, to the ten-millionth of a degree, and what is no polygon.

use imfleet::domain::zone::{Degrees, Point, Polygon, PolygonError};
use proptest::prelude::*;
use rstest::rstest;

fn ring(points: &[(i64, i64)]) -> Vec<Point> {
    points.iter().map(|(x, y)| Point::e7(*x, *y)).collect()
}

/// A square of side 100 with a square hole of side 20 in its middle.
fn square() -> Polygon {
    let outer = ring(&[(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]);
    let hole = ring(&[(40, 40), (60, 40), (60, 60), (40, 60), (40, 40)]);
    Polygon::new(vec![outer, hole]).unwrap()
}

#[rstest]
#[case::inside(20, 20, true)]
#[case::outside(101, 50, false)]
#[case::one_step_inside_the_edge(99, 50, true)]
#[case::on_the_edge(100, 50, true)]
#[case::one_step_outside_the_edge(101, 50, false)]
#[case::on_the_lower_edge(50, 0, true)]
#[case::on_the_upper_edge(50, 100, true)]
#[case::on_a_corner(0, 0, true)]
#[case::on_the_opposite_corner(100, 100, true)]
#[case::beside_the_edge_s_line(-1, 0, false)]
#[case::in_the_hole(50, 50, false)]
#[case::on_the_hole_s_edge(40, 50, true)]
#[case::on_the_hole_s_corner(60, 60, true)]
#[case::one_step_inside_the_hole(41, 50, false)]
#[case::level_with_a_corner_of_the_hole(20, 40, true)]
fn a_point_lies_inside_when_the_row_says_so(#[case] x: i64, #[case] y: i64, #[case] inside: bool) {
    assert_eq!(square().contains(Point::e7(x, y)), inside);
}

#[test]
fn a_slanted_edge_is_exact_to_the_last_digit() {
    // A third of the way along an edge of 3 steps up for 1 aside; a floating-point test is wrong here.
    let far = 900_000_000;
    let triangle = Polygon::new(vec![ring(&[(0, 0), (far, 0), (far / 3, far), (0, 0)])]).unwrap();
    assert!(triangle.contains(Point::e7(100_000_001, 300_000_003)));
    assert!(!triangle.contains(Point::e7(100_000_001, 300_000_004)));
    assert!(triangle.contains(Point::e7(100_000_001, 300_000_002)));
}

#[test]
fn a_ring_that_touches_itself_is_a_polygon() {
    let two_squares = ring(&[(0, 0), (10, 0), (10, 10), (20, 10), (20, 20), (10, 20), (10, 10), (0, 10), (0, 0)]);
    let polygon = Polygon::new(vec![two_squares]).unwrap();
    assert!(polygon.contains(Point::e7(5, 5)) && polygon.contains(Point::e7(15, 15)));
    assert!(polygon.contains(Point::e7(10, 10)) && !polygon.contains(Point::e7(15, 5)));
}

#[rstest]
#[case::no_ring(vec![], PolygonError::Empty, "/coordinates")]
#[case::three_positions(vec![ring(&[(0, 0), (1, 1), (0, 0)])], PolygonError::TooShort(0), "/coordinates/0")]
#[case::an_open_ring(vec![ring(&[(0, 0), (9, 0), (9, 9), (0, 9)])], PolygonError::Open(0), "/coordinates/0")]
#[case::nothing_inside(vec![ring(&[(0, 0), (5, 5), (9, 9), (0, 0)])], PolygonError::Flat(0), "/coordinates/0")]
#[case::off_the_globe(
    vec![ring(&[(0, 0), (1_800_000_001, 0), (9, 9), (0, 0)])], PolygonError::OutOfRange(0, 1), "/coordinates/0/1"
)]
#[case::beyond_the_pole(
    vec![ring(&[(0, 0), (9, 0), (9, 900_000_001), (0, 0)])], PolygonError::OutOfRange(0, 2), "/coordinates/0/2"
)]
#[case::an_open_hole(
    vec![ring(&[(0, 0), (9, 0), (9, 9), (0, 0)]), ring(&[(1, 1), (2, 1), (2, 2), (1, 2)])],
    PolygonError::Open(1), "/coordinates/1"
)]
fn rings_that_are_no_polygon_are_refused(
    #[case] rings: Vec<Vec<Point>>,
    #[case] error: PolygonError,
    #[case] pointer: &str,
) {
    assert_eq!(Polygon::new(rings), Err(error));
    assert_eq!(error.pointer(), pointer);
}

#[test]
fn geojson_keeps_every_digit() {
    let text = r#"{"type":"Polygon","coordinates":[[[109.4812345,34.4912345],[109.53,34.49],[109.5,34.5199999],[109.4812345,34.4912345]]]}"#;
    let polygon: Polygon = serde_json::from_str(text).unwrap();
    assert_eq!(polygon.rings()[0][0], Point::e7(1_094_812_345, 344_912_345));
    assert_eq!(serde_json::to_string(&polygon).unwrap(), text);
}

#[rstest]
#[case("109.50210001", false)]
#[case("109.5021000", true)]
#[case("-0.0000001", true)]
#[case("1e2", false)]
#[case("", false)]
#[case("99999", false)]
fn degrees_have_seven_decimals(#[case] text: &str, #[case] fits: bool) {
    assert_eq!(Degrees::parse(text).is_ok(), fits);
}

/// A simple ring: points around the origin at growing angles (a star-shaped polygon).
fn star() -> impl Strategy<Value = Vec<Point>> {
    let corner = prop::collection::vec(1_i64..1_000, 8);
    corner.prop_map(|far| {
        let directions = [(2, 0), (1, 1), (0, 2), (-1, 1), (-2, 0), (-1, -1), (0, -2), (1, -1)];
        let mut ring: Vec<Point> =
            directions.iter().zip(far).map(|((x, y), far)| Point::e7(x * far, y * far)).collect();
        ring.push(ring[0]);
        ring
    })
}

/// The same ring begun at another corner.
fn rotated(ring: &[Point], by: usize) -> Vec<Point> {
    let mut open = ring[..ring.len() - 1].to_vec();
    let by = by % open.len();
    open.rotate_left(by);
    open.push(open[0]);
    open
}

fn moved(ring: &[Point], dx: i64, dy: i64) -> Vec<Point> {
    ring.iter().map(|point| Point::e7(point.0.e7() + dx, point.1.e7() + dy)).collect()
}

proptest! {
    #[test]
    fn the_same_ring_begun_elsewhere_turned_around_or_moved_gives_the_same_answer(
        ring in star(), x in -2_100_i64..2_100, y in -2_100_i64..2_100,
        by in 0_usize..8, dx in -1_000_000_i64..1_000_000, dy in -1_000_000_i64..1_000_000,
    ) {
        let inside = |ring: Vec<Point>, x, y| Polygon::new(vec![ring]).unwrap().contains(Point::e7(x, y));
        let expected = inside(ring.clone(), x, y);
        prop_assert_eq!(inside(rotated(&ring, by), x, y), expected);
        let reversed: Vec<Point> = ring.iter().rev().copied().collect();
        prop_assert_eq!(inside(reversed, x, y), expected);
        prop_assert_eq!(inside(moved(&ring, dx, dy), x + dx, y + dy), expected);
        // A quarter turn about the origin.
        let turned = ring.iter().map(|point| Point::e7(-point.1.e7(), point.0.e7())).collect();
        prop_assert_eq!(inside(turned, -y, x), expected);
    }

    #[test]
    fn every_corner_and_the_middle_of_every_even_edge_lie_inside(ring in star()) {
        let polygon = Polygon::new(vec![ring.clone()]).unwrap();
        for pair in ring.windows(2) {
            prop_assert!(polygon.contains(pair[0]));
            let (x, y) = (pair[0].0.e7() + pair[1].0.e7(), pair[0].1.e7() + pair[1].1.e7());
            if x % 2 == 0 && y % 2 == 0 {
                prop_assert!(polygon.contains(Point::e7(x / 2, y / 2)));
            }
        }
    }
}
