//! Chances: what findings ask of statistics, whose floating point stays outside the domain.

/// Probabilities, given back in whole millionths; deterministic.
pub trait Chances: Sync {
    /// The chance, rounded up and never nothing, of at least `hits` of `total` when each is a hit with a share of so many
    /// millionths.
    fn at_least(&self, hits: i64, total: i64, share: i64) -> i64;

    /// The chance, rounded up and never nothing, of at most `hits` of `total`.
    fn at_most(&self, hits: i64, total: i64, share: i64) -> i64;

    /// The interval of 95 % of the share behind `hits` of `total`; none of nothing.
    fn interval(&self, hits: i64, total: i64) -> Option<(i64, i64)>;
}
