//! A tree that is built leaf by leaf and keeps no more than its peaks.

use super::{Hash, leaf_hash, node_hash};

/// A tree of which the peaks are known: the roots of its complete subtrees, the largest first.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    leaves: u64,
    /// Each with its height.
    peaks: Vec<(u32, Hash)>,
}

impl Tree {
    /// A tree of so many leaves with these peaks; none when their number does not fit.
    #[must_use]
    pub fn of_peaks(leaves: u64, peaks: &[Hash]) -> Option<Self> {
        let heights: Vec<u32> = (0..u64::BITS).rev().filter(|height| leaves >> height & 1 == 1).collect();
        if heights.len() != peaks.len() {
            return None;
        }
        Some(Self { leaves, peaks: heights.into_iter().zip(peaks.iter().copied()).collect() })
    }

    /// Adds a leaf.
    pub fn add(&mut self, leaf: &[u8]) {
        self.push(leaf_hash(leaf));
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut peak = (0, leaf);
        while let Some((_, left)) = self.peaks.pop_if(|(height, _)| *height == peak.0) {
            peak = (peak.0 + 1, node_hash(&left, &peak.1));
        }
        self.peaks.push(peak);
        self.leaves += 1;
    }

    /// How many leaves there are.
    #[must_use]
    pub const fn leaves(&self) -> u64 {
        self.leaves
    }

    /// The root; that of no leaves is the hash of nothing.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = peaks.next() else { return Hash::of(&[]) };
        peaks.fold(last, |right, left| node_hash(&left, &right))
    }
}
