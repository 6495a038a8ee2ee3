//! Three failed samplings in one inspection cycle (陕西省打赢蓝天保卫战三年行动方案 2018-2020: 一个检验周期内三次抽测不合格).

use crate::domain::{
    listing::Evidence,
    time::{Day, Instant},
};

/// A sampling (监督抽测): a roadside or premises check, or a supervisory test at a station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sampling {
    /// When it was.
    pub at: Instant,
    /// Whether the vehicle failed.
    pub failed: bool,
    /// What it was.
    pub evidence: Evidence,
}

/// The failed samplings of the cycle that began on a day, the first first.
#[must_use]
pub fn failed_samplings(samplings: &[Sampling], since: Day) -> Vec<&Sampling> {
    let mut failed: Vec<_> =
        samplings.iter().filter(|sampling| sampling.failed && sampling.at.local_day() >= since).collect();
    failed.sort_by_key(|sampling| sampling.at);
    failed
}
