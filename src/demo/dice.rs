//! The dice of the demo: from a fixed seed, so that the city is the same each time.

use chrono::Days;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use crate::domain::{quantity::Amount, time::Day};

const SEED: u64 = 610_511;

/// The dice.
pub struct Dice(StdRng);

impl Dice {
    /// The dice of the demo.
    pub fn new() -> Self {
        Self::of(SEED)
    }

    /// Dice of another seed, whose throws disturb nobody else's.
    pub fn of(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high)
    }

    /// Whether something happens that happens so many times in a thousand.
    pub fn happens(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    /// One of some things.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.choose(&mut self.0)
    }

    /// An amount from `low` to `high` hundredths of its unit.
    pub fn hundredths(&mut self, low: i64, high: i64) -> Amount {
        Amount::from_micros(self.between(low, high) * 10_000)
    }

    /// An amount of whole units.
    pub fn whole(&mut self, low: i64, high: i64) -> Amount {
        Amount::whole(self.between(low, high))
    }

    /// So many days after a day.
    pub fn days_after(&mut self, day: Day, low: i64, high: i64) -> Day {
        let days = Days::new(self.between(low, high).unsigned_abs());
        day.checked_add_days(days).unwrap_or(day)
    }

    /// So many days before a day.
    pub fn days_before(&mut self, day: Day, low: i64, high: i64) -> Day {
        let days = Days::new(self.between(low, high).unsigned_abs());
        day.checked_sub_days(days).unwrap_or(day)
    }
}
