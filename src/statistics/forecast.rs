//! Where the year will end at the present pace, what the rest of it needs, and when a remainder will be gone.
//!
//! The present pace is what was counted divided by the days that have passed; nothing is said of seasons or of plans.
//! Intervals of counts and shares are of the *outcome*, not of a mean: they hold both what is not known of the pace and the
//! chance of what is to come; those of a removal are of the pace. Vehicles come in lots, so the variance is multiplied by the spread that the complete months show.

use super::{
    intervals::{PARTS, ShareInterval, rate, score},
    scale::{Level, Rounding, real, whole},
};

/// The methods, as every forecast names its own.
pub const COUNT_METHOD: &str = "Constant pace; prediction interval of Krishnamoorthy and Peng (2011) for Poisson counts, \
     variance multiplied by the spread of complete months (Pearson)";
/// Of a share.
pub const SHARE_METHOD: &str = "Constant pace; Wilson score interval (1927) of the year's final share, the effective sample \
     being n·N/(N−n) divided by the spread of complete months (Pearson)";
/// Of a removal.
pub const REMOVAL_METHOD: &str = "Constant pace of the period; score interval of a Poisson rate, variance multiplied by the spread of \
     complete months (Pearson)";

/// Of a share of stock.
pub const STOCK_METHOD: &str = "Mean monthly change of the year goes on; normal prediction interval with the variance of the complete \
     months, the share's ends from the opposite ends of both counts";

/// How much of a period has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// The days that are counted, at least one.
    pub days: i64,
    /// The days that are to come.
    pub to_come: i64,
}

/// How many there will be at the end; the low end is rounded down, the high end up, the middle to the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountForecast {
    /// So many are there already.
    pub so_far: i64,
    /// So many are expected at the end.
    pub expected: i64,
    /// The low end.
    pub low: i64,
    /// The high end.
    pub high: i64,
}

/// Where a share will end, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareForecast {
    /// At the present pace, cut.
    pub expected: i64,
    /// The interval of the year's final share.
    pub interval: ShareInterval,
}

/// What the additions that are still to come need for the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// Nothing: the target is met whatever comes.
    Nothing,
    /// So many of those to come, and that share of them in millionths, rounded up.
    Share {
        /// So many.
        count: i64,
        /// Which share.
        share: i64,
    },
    /// Not even all of those to come are enough; it would take so many, all of which count. None where no number does.
    OutOfReach {
        /// So many.
        all_of: Option<i64>,
    },
}

/// When a remainder will be gone, in days from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemovalForecast {
    /// At the present pace; none when nothing was removed, or not within a hundred years.
    pub days: Option<i64>,
    /// The early end of the interval.
    pub earliest: Option<i64>,
    /// The late end; none when the pace may be as good as nothing.
    pub latest: Option<i64>,
}

const HUNDRED_YEARS: i64 = 36_525;

/// How much more than by pure chance the counts of complete months differ: Pearson's χ² by its degrees of freedom, in
/// thousandths, rounded up and never less than 1,000. Months are `(counted, expected by)`: events and their exposure.
#[must_use]
pub fn spread(months: &[(i64, i64)]) -> i64 {
    let (events, exposure) = months.iter().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
    let used = months.iter().filter(|month| month.1 > 0).count();
    if used < 2 || events == 0 || exposure == 0 {
        return 1_000;
    }
    let pace = real(events) / real(exposure);
    let square = |(seen, by): &(i64, i64)| {
        let expected = pace * real(*by);
        if expected > 0.0 { (real(*seen) - expected) * (real(*seen) - expected) / expected } else { 0.0 }
    };
    let chi: f64 = months.iter().map(square).sum();
    let freedom = real(i64::try_from(used).unwrap_or(i64::MAX) - 1);
    whole(chi / freedom * 1_000.0, Rounding::Up).max(1_000)
}

/// The same of a share: months are `(that count, all)`, and χ² is taken over both that count and those that do not.
#[must_use]
pub fn share_spread(months: &[(i64, i64)]) -> i64 {
    let (hits, total) = months.iter().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
    let used = months.iter().filter(|month| month.1 > 0).count();
    if used < 2 || hits == 0 || hits == total {
        return 1_000;
    }
    let share = real(hits) / real(total);
    let square = |(seen, all): &(i64, i64)| {
        let expected = share * real(*all);
        let off = (real(*seen) - expected) * (real(*seen) - expected);
        if expected > 0.0 { off / expected + off / (real(*all) - expected) } else { 0.0 }
    };
    let chi: f64 = months.iter().map(square).sum();
    let freedom = real(i64::try_from(used).unwrap_or(i64::MAX) - 1);
    whole(chi / freedom * 1_000.0, Rounding::Up).max(1_000)
}

/// Where a stock will stand: the mean change of the complete months goes on; its interval is that of a normal process with
/// their variance, and none for fewer than three months. `ahead` is in thousandths of a month.
#[must_use]
pub fn drift(now: i64, changes: &[i64], ahead: i64, level: Level) -> Option<(i64, Option<(i64, i64)>)> {
    let months = real(i64::try_from(changes.len()).unwrap_or(i64::MAX));
    if changes.is_empty() {
        return None;
    }
    let mean = real(changes.iter().sum()) / months;
    let ahead = real(ahead.max(0)) / 1_000.0;
    let expected = whole(real(now) + mean * ahead, Rounding::Nearest).max(0);
    if changes.len() < 3 {
        return Some((expected, None));
    }
    let squares: f64 = changes.iter().map(|change| (real(*change) - mean) * (real(*change) - mean)).sum();
    let reach = level.z() * (squares / (months - 1.0) * ahead * (1.0 + ahead / months)).sqrt();
    let middle = real(now) + mean * ahead;
    let low = whole(middle - reach, Rounding::Down).max(0);
    Some((expected, Some((low, whole(middle + reach, Rounding::Up).max(0)))))
}

/// How many there will be at the end of the period. `spread` is in thousandths.
#[must_use]
pub fn count(so_far: i64, elapsed: Elapsed, spread: i64, level: Level) -> CountForecast {
    let (seen, ratio) = (real(so_far.max(0)), real(elapsed.to_come.max(0)) / real(elapsed.days.max(1)));
    let square = level.z() * level.z() * real(spread) / 1_000.0;
    let middle = seen * ratio;
    let centre = middle + square * ratio / 2.0;
    let reach = (square * (seen * ratio * (1.0 + ratio) + square * ratio * ratio / 4.0)).sqrt();
    let end = |value: f64, rounding| so_far + whole(value.max(0.0), rounding);
    CountForecast {
        so_far,
        expected: end(middle, Rounding::Nearest),
        low: end(centre - reach, Rounding::Down),
        high: end(centre + reach, Rounding::Up),
    }
}

/// Where the share `hits` of `total` will end when `to_come` more are added; none of nothing. `spread` is in thousandths.
#[must_use]
pub fn share((hits, total): (i64, i64), to_come: i64, spread: i64, level: Level) -> Option<ShareForecast> {
    if total <= 0 || hits < 0 || hits > total {
        return None;
    }
    let expected = cut(hits, total);
    if to_come <= 0 {
        let high = if i128::from(expected) * i128::from(total) == i128::from(hits) * i128::from(PARTS) {
            expected
        } else {
            expected + 1
        };
        return Some(ShareForecast { expected, interval: ShareInterval { low: expected, high } });
    }
    let weight = real(total) * real(total + to_come) / real(to_come) / (real(spread) / 1_000.0);
    Some(ShareForecast { expected, interval: score(hits, total, weight, level)? })
}

/// What `to_come` additions need, so that at the end at least `num` of `den` count. Whole numbers throughout.
#[must_use]
pub fn needed((hits, total): (i64, i64), to_come: i64, (num, den): (i64, i64)) -> Needed {
    let wanted = |more: i64| up(i128::from(total + more) * i128::from(num), i128::from(den)) - i128::from(hits);
    let missing = wanted(to_come.max(0));
    if missing <= 0 {
        return Needed::Nothing;
    }
    if missing <= i128::from(to_come) {
        let share = up(missing * i128::from(PARTS), i128::from(to_come));
        return Needed::Share { count: narrow(missing), share: narrow(share) };
    }
    // With x more that all count: (hits + x) · den ≥ (total + x) · num.
    let short = i128::from(total) * i128::from(num) - i128::from(hits) * i128::from(den);
    let gain = i128::from(den - num);
    Needed::OutOfReach { all_of: (gain > 0).then(|| narrow(up(short, gain))) }
}

/// When `remaining` will be gone, where `removed` went in `days`. `spread` is in thousandths.
#[must_use]
pub fn removal(remaining: i64, removed: i64, days: i64, spread: i64, level: Level) -> RemovalForecast {
    if remaining <= 0 {
        return RemovalForecast { days: Some(0), earliest: Some(0), latest: Some(0) };
    }
    // Events that come in lots of `spread` are as sure as that many fewer events.
    let lots = real(spread) / 1_000.0;
    let (low, high) = rate(whole(real(removed) / lots, Rounding::Down), level);
    let after = |events: f64, rounding| {
        let wait = real(remaining) * real(days) / events;
        (events > 0.0 && wait <= real(HUNDRED_YEARS)).then(|| whole(wait, rounding))
    };
    if removed <= 0 {
        return RemovalForecast { days: None, earliest: None, latest: None };
    }
    let days = after(real(removed), Rounding::Up);
    RemovalForecast { days, earliest: after(high * lots, Rounding::Down), latest: after(low * lots, Rounding::Up) }
}

fn cut(hits: i64, total: i64) -> i64 {
    narrow(i128::from(hits) * i128::from(PARTS) / i128::from(total))
}

fn up(dividend: i128, divisor: i128) -> i128 {
    dividend.div_euclid(divisor) + i128::from(dividend.rem_euclid(divisor) > 0)
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
