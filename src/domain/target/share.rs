//! Shares as exact fractions: judged by whole numbers, shown with one decimal that never contradicts the verdict.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// At least `num` of `den`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "num": 90, "den": 100 }))]
pub struct Threshold {
    /// The numerator.
    #[schema(minimum = 1)]
    pub num: i64,
    /// The denominator.
    #[schema(minimum = 1)]
    pub den: i64,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    /// In the numerator; of a stock to be cleared, what remains.
    pub counted: i64,
    /// In the denominator.
    pub total: i64,
    /// Of the total, those of which the register does not know whether they belong in the numerator: to be cleared.
    pub unknown: i64,
}

/// How far a share is from its threshold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Distance {
    /// How many more that count would have to be added; none where adding cannot reach it (100 %).
    pub more_needed: Option<i64>,
    /// How many of the others would have to be replaced by such that count.
    pub to_replace: i64,
    /// How many that do not count may still be added.
    pub others_allowed: i64,
}

impl Threshold {
    /// Whether it is a share between nothing and all.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        0 < self.num && self.num <= self.den && self.den <= 1_000_000
    }

    /// Whether a tally reaches it: `counted * den >= total * num`, without rounding.
    #[must_use]
    pub const fn is_met(self, tally: Tally) -> bool {
        tally.counted * self.den >= tally.total * self.num
    }

    /// The least whole number that reaches it of so many.
    #[must_use]
    pub fn share_of(self, total: i64) -> i64 {
        up(total * self.num, self.den).unwrap_or_default()
    }

    /// How far a tally is from it.
    #[must_use]
    pub fn distance(self, tally: Tally) -> Distance {
        let missing = (tally.total * self.num - tally.counted * self.den).max(0);
        Distance {
            more_needed: if missing == 0 { Some(0) } else { up(missing, self.den - self.num) },
            to_replace: up(missing, self.den).unwrap_or_default(),
            others_allowed: (tally.counted * self.den / self.num - tally.total).max(0),
        }
    }
}

/// The quotient rounded up; none when there is nothing to divide by.
fn up(dividend: i64, divisor: i64) -> Option<i64> {
    if divisor == 0 { None } else { Some((dividend + divisor - 1) / divisor) }
}

impl Tally {
    /// The share in percent with one decimal, cut towards the side of the verdict; none of nothing.
    #[must_use]
    pub fn shown(self, threshold: Option<Threshold>) -> Option<String> {
        if self.total == 0 {
            return None;
        }
        let down = self.counted * 1_000 / self.total;
        let contradicts =
            |threshold: Threshold| threshold.is_met(self) && down * threshold.den < 1_000 * threshold.num;
        let tenths = if threshold.is_some_and(contradicts) { down + 1 } else { down };
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }

    /// Adds another tally.
    pub const fn add(&mut self, other: Self) {
        self.counted += other.counted;
        self.total += other.total;
        self.unknown += other.unknown;
    }
}
