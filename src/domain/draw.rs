//! Random re-inspection: tests are drawn by lot, more of them where the risk is higher, and the same again from the seed.
//!
//! Every test of the frame gets a lot that hangs on the seed and its id alone; in each class of risk those with the
//! smallest lots are drawn. Who has the seed and the frame can repeat it, and nobody can choose a seed for one test.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::Id,
    inspection::Inspection,
    party::Organisation,
    settings::Settings,
    time::{Day, Instant},
    vehicle::Vehicle,
    words::words,
};

words! {
    /// How likely a station is to need looking at.
    pub enum Risk {
        /// A case of supervision is open, or far fewer failures than its vehicles let expect.
        High = "high" / "高",
        /// Too little is known.
        Middle = "middle" / "中",
        /// Nothing speaks against it.
        Low = "low" / "低",
    }
}

/// A draw that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Its id.
    pub id: Id<Draw>,
    /// The seed.
    pub seed: Seed,
    /// The first day of the tests in the frame.
    pub from: Day,
    /// The last.
    pub to: Day,
    /// How many were to be drawn.
    pub size: usize,
    /// How many tests were in the frame.
    pub frame: usize,
    /// By what it was spread.
    pub spread: Spread,
    /// When it was made: tests recorded later are not in the frame.
    pub at: Instant,
}

/// By what a draw is spread: kept with it, so that it can be repeated when the law and the stations have changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Spread {
    /// The weights of high, middle and low risk.
    pub weights: [usize; 3],
    /// The risk of every station.
    pub stations: Vec<StationRisk>,
}

/// The risk of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationRisk {
    /// The station.
    #[schema(value_type = uuid::Uuid)]
    pub station_id: Id<Organisation>,
    /// Its risk.
    pub risk: Risk,
}

/// A test that may be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The vehicle.
    pub vehicle: Id<Vehicle>,
    /// The test.
    pub inspection: Id<Inspection>,
    /// The station.
    pub station: Id<Organisation>,
}

/// A seed of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// Reads sixteen hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }

    /// The lot of a test: `SplitMix64` over the seed and both halves of the id.
    fn lot(self, id: Id<Inspection>) -> u64 {
        let (high, low) = id.uuid().as_u64_pair();
        mix(mix(mix(self.0) ^ high) ^ low)
    }
}

impl std::fmt::Display for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Steele, Lea and Flood (2014), the finaliser of `SplitMix64`.
const fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The risk of a station: high with an open case of supervision, a signal of its re-inspections, or failures surely below
/// what its vehicles let expect; middle where too little is counted. `similar_high` is the high end, in millionths, of its
/// failures by those expected.
#[must_use]
pub fn risk(open_case: bool, signalled: bool, similar_high: Option<i64>) -> Risk {
    match similar_high {
        _ if open_case || signalled => Risk::High,
        Some(high) if high < 1_000_000 => Risk::High,
        Some(_) => Risk::Low,
        None => Risk::Middle,
    }
}

impl Spread {
    /// The risk of a station; middle when it was not counted.
    #[must_use]
    pub fn risk_of(&self, station: Id<Organisation>) -> Risk {
        self.stations.iter().find(|known| known.station_id == station).map_or(Risk::Middle, |known| known.risk)
    }
}

/// How often a class is drawn beside the others, by the dated settings: weights of high, middle and low.
#[must_use]
pub fn weights(settings: &Settings, day: Day) -> [usize; 3] {
    [
        settings.on("draw_weight_high", day),
        settings.on("draw_weight_middle", day),
        settings.on("draw_weight_low", day),
    ]
}

/// So many of each class: by its weight, the remainders to the classes of higher risk, and what a class cannot give to
/// the others in the same order. `there` is how many each class has.
#[must_use]
pub fn allocate(size: usize, weights: [usize; 3], there: [usize; 3]) -> [usize; 3] {
    let whole: usize = weights.iter().zip(there).filter(|(_, there)| *there > 0).map(|(weight, _)| weight).sum();
    let mut given = [0; 3];
    if whole == 0 {
        return given;
    }
    for ((given, weight), there) in given.iter_mut().zip(weights).zip(there) {
        *given = (size.saturating_mul(weight) / whole).min(there);
    }
    let mut left = size.saturating_sub(given.iter().sum());
    for (given, there) in given.iter_mut().zip(there) {
        let more = left.min(there - *given);
        *given += more;
        left -= more;
    }
    given
}

/// Draws; the drawn stand in the order of their lots, the high risk first.
#[must_use]
pub fn draw(
    seed: Seed,
    size: usize,
    weights: [usize; 3],
    frame: &[Candidate],
    risk_of: impl Fn(Id<Organisation>) -> Risk,
) -> Vec<(Risk, Candidate)> {
    let classes = [Risk::High, Risk::Middle, Risk::Low].map(|risk| {
        let mut class: Vec<_> = frame.iter().filter(|candidate| risk_of(candidate.station) == risk).collect();
        class.sort_by_key(|candidate| (seed.lot(candidate.inspection), candidate.inspection));
        (risk, class)
    });
    let [high, middle, low] = &classes;
    let given = allocate(size, weights, [high.1.len(), middle.1.len(), low.1.len()]);
    let drawn = classes
        .iter()
        .zip(given)
        .flat_map(|((risk, class), given)| class.iter().take(given).map(|candidate| (*risk, **candidate)));
    drawn.collect()
}
