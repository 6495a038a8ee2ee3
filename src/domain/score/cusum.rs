//! A cumulative sum of failures among re-inspections (Page 1954): it forgets good luck and remembers a change for the worse.

/// A chart in millionths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cusum {
    /// The sum after each outcome, the first first.
    pub sums: Vec<i64>,
    /// After which outcome, from 1, it reached the limit first.
    pub signal_at: Option<usize>,
}

/// Sums the outcomes, `true` a failure: each adds 1 less the reference for a failure and takes the reference for a pass,
/// and never falls below 0. Reference and limit are in millionths; a sum equal to the limit signals.
#[must_use]
pub fn cusum(outcomes: &[bool], reference: i64, limit: i64) -> Cusum {
    let mut sum: i64 = 0;
    let sums: Vec<i64> = outcomes
        .iter()
        .map(|failed| {
            let gain = if *failed { 1_000_000 } else { 0 };
            sum = sum.saturating_add(gain - reference).max(0);
            sum
        })
        .collect();
    let signal_at = sums.iter().position(|sum| limit > 0 && *sum >= limit).map(|index| index + 1);
    Cusum { sums, signal_at }
}
