//! How likely counts are by chance alone: the tails of the binomial and of the hypergeometric distribution, and the
//! correlation of two series. A tail is the sum of terms relative to the greatest, each from the one beside it by `× ÷`
//! alone, so that neither logarithms nor great factorials are needed and every machine finds the same.

use super::{
    Level,
    intervals::wilson,
    scale::{Rounding, real, whole},
};
use crate::domain::supervision::Chances;

/// The chances that findings ask for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures;

const MILLION: f64 = 1_000_000.0;
/// Terms smaller than this beside the greatest add nothing.
const NOTHING: f64 = 1e-18;

impl Chances for Figures {
    fn at_least(&self, hits: i64, total: i64, share: i64) -> i64 {
        at_least(hits, total, share)
    }

    fn at_most(&self, hits: i64, total: i64, share: i64) -> i64 {
        at_most(hits, total, share)
    }

    fn interval(&self, hits: i64, total: i64) -> Option<(i64, i64)> {
        wilson(hits, total, Level::Percent95).map(|interval| (interval.low, interval.high))
    }
}

/// The chance of at least `hits` of `total`, each a hit with `share` millionths; in millionths, rounded up.
#[must_use]
pub fn at_least(hits: i64, total: i64, share: i64) -> i64 {
    if hits <= 0 || share >= 1_000_000 {
        return 1_000_000;
    }
    if hits > total || share <= 0 {
        return 1;
    }
    millionths(tail(total, hits, binomial(total, share)))
}

/// The chance of at most `hits` of `total`; in millionths, rounded up.
#[must_use]
pub fn at_most(hits: i64, total: i64, share: i64) -> i64 {
    at_least(total.saturating_sub(hits), total, 1_000_000_i64.saturating_sub(share))
}

/// Fisher's exact test of two shares, one-sided: the chance, in millionths and rounded up, that the first group has at least
/// its hits when both are drawn from one urn.
#[must_use]
pub fn fisher((hits, total): (i64, i64), (others, all): (i64, i64)) -> i64 {
    let (drawn, marked) = (total, hits + others);
    let (least, most) = ((marked - all).max(0), drawn.min(marked));
    if hits <= least || total <= 0 || all <= 0 {
        return 1_000_000;
    }
    let up = move |at: i64| real(marked - at) / real(at + 1) * (real(drawn - at) / real(all - marked + at + 1));
    millionths(tail_within((least, most), hits, up))
}

/// Pearson's correlation of two series of equal length, in millionths, to the nearest; none where one of them is still.
#[must_use]
pub fn correlation(first: &[i64], second: &[i64]) -> Option<i64> {
    let count = first.len().min(second.len());
    let (first, second) = (first.get(..count)?, second.get(..count)?);
    let length = real(i64::try_from(count).ok().filter(|count| *count > 1)?);
    let mean = |series: &[i64]| series.iter().map(|value| real(*value)).sum::<f64>() / length;
    let (of_first, of_second) = (mean(first), mean(second));
    let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
    for (left, right) in first.iter().zip(second) {
        let (left, right) = (real(*left) - of_first, real(*right) - of_second);
        both += left * right;
        one += left * left;
        other += right * right;
    }
    let spread = (one * other).sqrt();
    (spread > 0.0).then(|| whole(both / spread * MILLION, Rounding::Nearest))
}

/// How much likelier `at + 1` hits are than `at`.
fn binomial(total: i64, share: i64) -> impl Fn(i64) -> f64 {
    let odds = real(share) / real(1_000_000 - share);
    move |at| real(total - at) / real(at + 1) * odds
}

fn tail(total: i64, hits: i64, up: impl Fn(i64) -> f64) -> f64 {
    tail_within((0, total), hits, up)
}

/// The share of all terms that lies at `from` or above. Terms rise to one greatest and fall from there.
fn tail_within((least, most): (i64, i64), from: i64, up: impl Fn(i64) -> f64) -> f64 {
    let (mut low, mut high) = (least, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if up(middle) >= 1.0 { low = middle + 1 } else { high = middle }
    }
    let peak = low;
    let (mut all, mut above) = (0.0, 0.0);
    let (mut at, mut term) = (peak, 1.0);
    while at <= most && term > NOTHING {
        all += term;
        above += if at >= from { term } else { 0.0 };
        term *= up(at);
        at += 1;
    }
    (at, term) = (peak, 1.0);
    while at > least {
        at -= 1;
        term /= up(at);
        if term <= NOTHING {
            break;
        }
        all += term;
        above += if at >= from { term } else { 0.0 };
    }
    above / all
}

fn millionths(chance: f64) -> i64 {
    whole(chance * MILLION, Rounding::Up).clamp(1, 1_000_000)
}
