//! Fingerprints of per-second records: one that is equal where the rounded series are equal, and a sketch of 256 bits that
//! is alike where the series rise and fall alike (random hyperplanes, Charikar 2002).
//!
//! What every test by a method shares is its slow course, so the sketch is of what is left when the mean of the nine seconds
//! around is taken away. A series that hardly moves is like every other of a clean vehicle, and has neither.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::quantity::Amount;

/// 256 signs; two sketches differ in about the share of the angle between their series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sketch(pub [u64; 4]);

/// How many bits a sketch has.
pub const BITS: u32 = 256;
const BANDS: u32 = 4;
/// Seconds to each side whose mean is taken away.
const AROUND: usize = 4;
/// Fewer different values, and the series is too still.
const LEAST_VALUES: usize = 12;
/// Fewer seconds, and chance makes series alike.
const LEAST_SECONDS: usize = 30;
const DECIMALS: u32 = 2;

impl Sketch {
    /// In how many bits two sketches differ.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(ours, theirs)| (ours ^ theirs).count_ones()).sum()
    }

    /// Sixteen keys of sixteen bits; alike series share one of them almost surely, others hardly ever.
    pub fn keys(self) -> impl Iterator<Item = (u32, u64)> {
        let keys = self.0.into_iter().flat_map(|word| (0..BANDS).map(move |band| (word >> (band * 16)) & 0xffff));
        (0..).zip(keys)
    }

    /// Hexadecimal.
    #[must_use]
    pub fn to_hex(self) -> String {
        self.0.iter().map(|word| format!("{word:016x}")).collect()
    }

    /// From hexadecimal.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let word = |at: usize| u64::from_str_radix(hex.get(at * 16..at * 16 + 16)?, 16).ok();
        Some(Self([word(0)?, word(1)?, word(2)?, word(3)?]))
    }
}

/// The fingerprint of the rounded series, in hexadecimal.
#[must_use]
pub fn print_of(channels: &[&[Amount]]) -> Option<String> {
    if is_still(channels) {
        return None;
    }
    let mut hash = Sha256::new();
    for channel in channels {
        hash.update(channel.len().to_le_bytes());
        for sample in *channel {
            hash.update(sample.round_half_even(DECIMALS).micros().to_le_bytes());
        }
    }
    Some(hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

/// The sketch of the series.
#[must_use]
pub fn sketch_of(channels: &[&[Amount]]) -> Option<Sketch> {
    if is_still(channels) {
        return None;
    }
    let mut sums = [0_i64; 256];
    let mut seed = 0_u64;
    let moving: Vec<Vec<i64>> = channels.iter().map(|channel| residuals(channel)).collect();
    if moving.iter().all(Vec::is_empty) {
        return None;
    }
    for rests in moving {
        for rest in rests {
            for sums in sums.chunks_exact_mut(64) {
                seed = seed.wrapping_add(1);
                let signs = mix(seed);
                for (bit, sum) in (0_u32..).zip(sums) {
                    // All ones or none: takes the sign without a branch.
                    let flip = -i64::from((signs >> bit) & 1 == 1);
                    *sum += (rest ^ flip) - flip;
                }
            }
        }
    }
    let mut words = [0_u64; 4];
    for (word, sums) in words.iter_mut().zip(sums.chunks_exact(64)) {
        *word = (0_u32..).zip(sums).fold(0, |word, (bit, sum)| word | (u64::from(*sum > 0) << bit));
    }
    Some(Sketch(words))
}

fn is_still(channels: &[&[Amount]]) -> bool {
    let seconds = channels.first().map_or(0, |channel| channel.len());
    let values: BTreeSet<Amount> = channels.iter().flat_map(|channel| channel.iter().copied()).collect();
    seconds < LEAST_SECONDS || values.len() < LEAST_VALUES
}

/// What is left of each second when the mean around it is taken away, in thousandths of the channel's usual rest; nothing of
/// a channel that is mostly still.
fn residuals(channel: &[Amount]) -> Vec<i64> {
    let mut total = 0_i64;
    let mut before = Vec::with_capacity(channel.len() + 1);
    before.push(0);
    for sample in channel {
        total = total.saturating_add(sample.micros());
        before.push(total);
    }
    let rest = |(at, sample): (usize, &Amount)| {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(channel.len()));
        let sum = before.get(to).copied().unwrap_or_default() - before.get(from).copied().unwrap_or_default();
        sample.micros() - sum / i64::try_from(to - from).unwrap_or(1).max(1)
    };
    let rests: Vec<i64> = channel.iter().enumerate().map(rest).collect();
    // The change from one phase to the next is in every test; held to twice the usual rest, it weighs little.
    let mut sizes: Vec<i64> = rests.iter().map(|rest| rest.saturating_abs()).collect();
    sizes.sort_unstable();
    let Some(usual) = sizes.get(sizes.len() / 2).copied().filter(|usual| *usual > 0) else { return Vec::new() };
    rests.into_iter().map(|rest| rest.clamp(-2 * usual, 2 * usual).saturating_mul(1_000) / usual).collect()
}

/// Sixty-four signs for a number (SplitMix64).
const fn mix(number: u64) -> u64 {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
