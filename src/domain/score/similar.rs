//! How many failures the vehicles of a station let expect, by what similar vehicles show at all other stations.

use std::collections::BTreeMap;

use crate::domain::{id::Id, party::Organisation, vehicle::stage::Stage};

/// A band of a vehicle's age at its test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeBand {
    /// 0 to 3 years.
    To3,
    /// 4 to 6 years.
    To6,
    /// 7 to 9 years.
    To9,
    /// 10 to 14 years.
    To14,
    /// 15 years and more.
    From15,
    /// Not known.
    Unknown,
}

/// What makes vehicles similar.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peers {
    /// The maker.
    pub maker: Option<String>,
    /// The age.
    pub age: AgeBand,
    /// The fuel.
    pub fuel: Option<String>,
    /// The emission stage.
    pub stage: Stage,
}

/// First tests, and how many of them failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tests {
    /// All.
    pub tests: i64,
    /// Failed.
    pub failed: i64,
}

/// The first tests of similar vehicles at a station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The station.
    pub station: Id<Organisation>,
    /// Of which vehicles.
    pub peers: Peers,
    /// How many.
    pub tests: Tests,
}

/// What was tested and failed, and how many failures were to be expected, in millionths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Expectation {
    /// Tests that have peers elsewhere.
    pub tests: i64,
    /// Failed among them.
    pub failed: i64,
    /// Expected among them, in millionths.
    pub expected: i64,
}

/// The same vehicles, less and less alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same(Peers),
    AnyMaker(AgeBand, Option<String>, Stage),
    Fuel(Option<String>),
    Any,
}

/// The city's first tests, by likeness, and each station's part of them.
#[derive(Debug, Default)]
pub struct City {
    all: BTreeMap<Likeness, Tests>,
    of_station: BTreeMap<(Likeness, Id<Organisation>), Tests>,
}

impl AgeBand {
    /// The band of an age in years.
    #[must_use]
    pub const fn of(years: Option<i64>) -> Self {
        match years {
            Some(..=3) => Self::To3,
            Some(4..=6) => Self::To6,
            Some(7..=9) => Self::To9,
            Some(10..=14) => Self::To14,
            Some(_) => Self::From15,
            None => Self::Unknown,
        }
    }
}

impl Tests {
    fn add(&mut self, other: Self) {
        self.tests += other.tests;
        self.failed += other.failed;
    }

    const fn without(self, other: Self) -> Self {
        Self { tests: self.tests - other.tests, failed: self.failed - other.failed }
    }
}

fn likenesses(peers: &Peers) -> [Likeness; 4] {
    [
        Likeness::Same(peers.clone()),
        Likeness::AnyMaker(peers.age, peers.fuel.clone(), peers.stage),
        Likeness::Fuel(peers.fuel.clone()),
        Likeness::Any,
    ]
}

impl City {
    /// Adds the groups of all stations.
    #[must_use]
    pub fn of<'a>(groups: impl IntoIterator<Item = &'a Group>) -> Self {
        let mut city = Self::default();
        for group in groups {
            for likeness in likenesses(&group.peers) {
                city.of_station.entry((likeness.clone(), group.station)).or_default().add(group.tests);
                city.all.entry(likeness).or_default().add(group.tests);
            }
        }
        city
    }

    /// What the vehicles of some groups let expect; `least` is how many must have been tested elsewhere. Groups without
    /// so many peers anywhere are left out.
    #[must_use]
    pub fn expect<'a>(&self, groups: impl IntoIterator<Item = &'a Group>, least: i64) -> Expectation {
        let mut sum = Expectation::default();
        for group in groups {
            let Some(elsewhere) = self.elsewhere(group, least) else { continue };
            sum.tests += group.tests.tests;
            sum.failed += group.tests.failed;
            let expected = i128::from(group.tests.tests) * i128::from(elsewhere.failed) * 1_000_000
                / i128::from(elsewhere.tests);
            sum.expected += i64::try_from(expected).unwrap_or(i64::MAX);
        }
        sum
    }

    fn elsewhere(&self, group: &Group, least: i64) -> Option<Tests> {
        likenesses(&group.peers).into_iter().find_map(|likeness| {
            let all = self.all.get(&likeness).copied().unwrap_or_default();
            let own = self.of_station.get(&(likeness, group.station)).copied().unwrap_or_default();
            let elsewhere = all.without(own);
            (elsewhere.tests > 0 && elsewhere.tests >= least).then_some(elsewhere)
        })
    }
}

impl Expectation {
    /// Failed by expected, in millionths, cut; none where nothing was expected.
    #[must_use]
    pub fn ratio(&self) -> Option<i64> {
        let ratio = i128::from(self.failed) * 1_000_000_000_000;
        (self.expected > 0).then(|| i64::try_from(ratio / i128::from(self.expected)).unwrap_or(i64::MAX))
    }
}
