//! Intervals of a share and of a rate by the score method (Wilson 1927), which stays between nothing and all and holds
//! for few and for none.

use super::scale::{Level, Rounding, real, whole};

/// How shares are told: so many parts make the whole, so that 90 % is 900,000.
pub const PARTS: i64 = 1_000_000;

/// An interval of a share, in millionths; the low end is rounded down, the high end up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareInterval {
    /// The low end.
    pub low: i64,
    /// The high end.
    pub high: i64,
}

/// The share that a process shows behind `hits` of `total`; none of nothing.
#[must_use]
pub fn wilson(hits: i64, total: i64, level: Level) -> Option<ShareInterval> {
    score(hits, total, real(total), level)
}

/// Wilson's interval around `hits` of `total` as if `weight` had been observed.
pub(super) fn score(hits: i64, total: i64, weight: f64, level: Level) -> Option<ShareInterval> {
    if total <= 0 || hits < 0 || hits > total {
        return None;
    }
    let (share, z) = (real(hits) / real(total), level.z());
    let pull = z * z / weight;
    let middle = share + pull / 2.0;
    let reach = (pull * (share * (1.0 - share) + pull / 4.0)).sqrt();
    let end = |value: f64, rounding| whole(value / (1.0 + pull) * real(PARTS), rounding).clamp(0, PARTS);
    Some(ShareInterval { low: end(middle - reach, Rounding::Down), high: end(middle + reach, Rounding::Up) })
}

/// The ratio, in millionths, of what a process shows behind `events` to what was expected of it, in millionths of an
/// event; none where nothing was expected.
#[must_use]
pub fn ratio(events: i64, expected: i64, level: Level) -> Option<ShareInterval> {
    if events < 0 || expected <= 0 {
        return None;
    }
    let (low, high) = rate(events, level);
    let end = |value: f64, rounding| whole(value / real(expected) * real(PARTS) * real(PARTS), rounding);
    Some(ShareInterval { low: end(low, Rounding::Down), high: end(high, Rounding::Up) })
}

/// The ends of how many events a process of constant rate would show where `events` were seen.
pub(super) fn rate(events: i64, level: Level) -> (f64, f64) {
    let z = level.z();
    let (middle, reach) = (real(events) + z * z / 2.0, z * (real(events) + z * z / 4.0).sqrt());
    ((middle - reach).max(0.0), middle + reach)
}
