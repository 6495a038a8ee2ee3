//! Polygons on the map (GeoJSON, RFC 7946): integer coordinates, and a test of points that never rounds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Degrees;

const HALF_TURN_E7: i64 = 1_800_000_000;
const QUARTER_TURN_E7: i64 = 900_000_000;
const MOST_POINTS: usize = 5_000;

/// A place on the map: longitude, then latitude, as GeoJSON has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[schema(value_type = [f64; 2], examples(json!([109.5021, 34.4994])))]
pub struct Point(pub Degrees, pub Degrees);

/// A polygon: an outer ring and the holes in it, each closed. A ring may touch itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "GeoJson", into = "GeoJson")]
pub struct Polygon {
    rings: Vec<Vec<Point>>,
    low: Point,
    high: Point,
}

/// A polygon as GeoJSON writes it (RFC 7946), right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "type": "Polygon", "coordinates": [[[109.48, 34.49], [109.53, 34.49], [109.53, 34.52], [109.48, 34.49]]]
}))]
pub struct GeoJson {
    /// `Polygon`.
    #[serde(rename = "type")]
    pub kind: GeoJsonKind,
    /// Rings of positions, longitude before latitude; the outer ring first, each closed.
    #[schema(value_type = Vec<Vec<Vec<f64>>>)]
    pub coordinates: Vec<Vec<Point>>,
}

/// The only geometry that a zone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum GeoJsonKind {
    /// A polygon.
    Polygon,
}

/// What makes rings no polygon; the numbers are the ring's, and the point's in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PolygonError {
    /// No ring at all.
    #[error("the polygon has no ring")]
    Empty,
    /// A ring has fewer than four positions.
    #[error("ring {0} has fewer than four positions")]
    TooShort(usize),
    /// A ring's last position is not its first.
    #[error("ring {0} is open: its last position must be its first")]
    Open(usize),
    /// A position is not on the globe.
    #[error("position {1} of ring {0} is out of range: longitude −180 to 180, latitude −90 to 90")]
    OutOfRange(usize, usize),
    /// A ring without ground inside.
    #[error("ring {0} encloses nothing")]
    Flat(usize),
    /// More positions than a zone may have.
    #[error("more than 5000 positions")]
    TooLong,
}

impl Point {
    /// The place at these ten-millionths of a degree.
    #[must_use]
    pub const fn e7(longitude: i64, latitude: i64) -> Self {
        Self(Degrees::from_e7(longitude), Degrees::from_e7(latitude))
    }

    /// Whether it is a place on the globe.
    #[must_use]
    pub const fn is_on_the_globe(self) -> bool {
        self.0.e7().abs() <= HALF_TURN_E7 && self.1.e7().abs() <= QUARTER_TURN_E7
    }
}

impl Polygon {
    /// A polygon of rings, the outer one first.
    ///
    /// # Errors
    /// What makes them none.
    pub fn new(rings: Vec<Vec<Point>>) -> Result<Self, PolygonError> {
        let outer = rings.first().ok_or(PolygonError::Empty)?;
        if rings.iter().map(Vec::len).sum::<usize>() > MOST_POINTS {
            return Err(PolygonError::TooLong);
        }
        for (number, ring) in rings.iter().enumerate() {
            check_ring(number, ring)?;
        }
        let bound = |pick: fn(&[i64]) -> i64| {
            let of = |axis: fn(&Point) -> i64| pick(&outer.iter().map(axis).collect::<Vec<_>>());
            Point::e7(of(|point| point.0.e7()), of(|point| point.1.e7()))
        };
        let low = bound(|all| all.iter().copied().min().unwrap_or_default());
        let high = bound(|all| all.iter().copied().max().unwrap_or_default());
        Ok(Self { rings, low, high })
    }

    /// The rings, the outer one first.
    #[must_use]
    pub fn rings(&self) -> &[Vec<Point>] {
        &self.rings
    }

    /// Whether a point lies inside; every edge belongs to the polygon, that of a hole too.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let within =
            self.low.0 <= point.0 && point.0 <= self.high.0 && self.low.1 <= point.1 && point.1 <= self.high.1;
        if !within {
            return false;
        }
        let mut inside = false;
        for ring in &self.rings {
            match side(ring, point) {
                Side::Edge => return true,
                Side::Inside => inside = !inside,
                Side::Outside => {}
            }
        }
        inside
    }
}

enum Side {
    Inside,
    Edge,
    Outside,
}

/// Counts the edges that a ray to the east crosses (even–odd); all in integers, so that nothing is near an edge: a
/// point is on it or not.
fn side(ring: &[Point], point: Point) -> Side {
    let mut inside = false;
    for pair in ring.windows(2) {
        let [from, to] = pair else { continue };
        let turn = cross(*from, *to, point);
        if turn == 0 && is_between(*from, *to, point) {
            return Side::Edge;
        }
        // An edge holds its lower end and not its upper one, so that a corner is crossed once.
        let rises = from.1 <= point.1 && to.1 > point.1;
        let falls = to.1 <= point.1 && from.1 > point.1;
        if (rises && turn > 0) || (falls && turn < 0) {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// Twice the area of the triangle, positive when the point lies left of the edge.
fn cross(from: Point, to: Point, point: Point) -> i128 {
    let span = |high: Degrees, low: Degrees| i128::from(high.e7()) - i128::from(low.e7());
    span(to.0, from.0) * span(point.1, from.1) - span(to.1, from.1) * span(point.0, from.0)
}

fn is_between(from: Point, to: Point, point: Point) -> bool {
    let within = |a: Degrees, b: Degrees, value: Degrees| a.min(b) <= value && value <= a.max(b);
    within(from.0, to.0, point.0) && within(from.1, to.1, point.1)
}

fn check_ring(number: usize, ring: &[Point]) -> Result<(), PolygonError> {
    if ring.len() < 4 {
        return Err(PolygonError::TooShort(number));
    }
    if ring.first() != ring.last() {
        return Err(PolygonError::Open(number));
    }
    if let Some(stray) = ring.iter().position(|point| !point.is_on_the_globe()) {
        return Err(PolygonError::OutOfRange(number, stray));
    }
    let Some(first) = ring.first() else { return Err(PolygonError::TooShort(number)) };
    let flat = ring.windows(2).all(|pair| matches!(pair, [from, to] if cross(*first, *from, *to) == 0));
    if flat { Err(PolygonError::Flat(number)) } else { Ok(()) }
}

impl TryFrom<GeoJson> for Polygon {
    type Error = PolygonError;

    fn try_from(GeoJson { kind: GeoJsonKind::Polygon, coordinates }: GeoJson) -> Result<Self, PolygonError> {
        Self::new(coordinates)
    }
}

impl From<Polygon> for GeoJson {
    fn from(polygon: Polygon) -> Self {
        Self { kind: GeoJsonKind::Polygon, coordinates: polygon.rings }
    }
}

impl PolygonError {
    /// Where in the GeoJSON it is: a JSON pointer.
    #[must_use]
    pub fn pointer(self) -> String {
        match self {
            Self::Empty | Self::TooLong => "/coordinates".to_owned(),
            Self::TooShort(ring) | Self::Open(ring) | Self::Flat(ring) => format!("/coordinates/{ring}"),
            Self::OutOfRange(ring, position) => format!("/coordinates/{ring}/{position}"),
        }
    }

    /// What is wrong, in Chinese.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Empty => "多边形没有环",
            Self::TooShort(_) => "环的坐标点少于 4 个",
            Self::Open(_) => "环未闭合：末点须与首点相同",
            Self::OutOfRange(..) => "坐标超出范围：经度 −180 至 180，纬度 −90 至 90",
            Self::Flat(_) => "环没有面积",
            Self::TooLong => "坐标点超过 5000 个",
        }
    }

    /// A stable word for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "no_ring",
            Self::TooShort(_) => "ring_too_short",
            Self::Open(_) => "ring_open",
            Self::OutOfRange(..) => "out_of_range",
            Self::Flat(_) => "ring_flat",
            Self::TooLong => "too_many_positions",
        }
    }
}
