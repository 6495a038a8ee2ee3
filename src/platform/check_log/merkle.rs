//! The hash tree of RFC 6962 (section 2.1) over the lines of a segment: one line is proven without showing the others.

use sha2::{Digest, Sha256};

/// A tree that is built leaf by leaf.
#[derive(Debug, Default)]
pub struct Tree {
    leaves: u64,
    /// The roots of the complete trees, the largest first, each with its height.
    peaks: Vec<(u32, [u8; 32])>,
}

impl Tree {
    /// Adds a leaf.
    pub fn add(&mut self, leaf: &[u8]) {
        let mut peak = (0, Sha256::new().chain_update([0]).chain_update(leaf).finalize().into());
        while let Some((_, left)) = self.peaks.pop_if(|(height, _)| *height == peak.0) {
            peak = (peak.0 + 1, node(&left, &peak.1));
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
    pub fn root(&self) -> [u8; 32] {
        let mut peaks = self.peaks.iter().rev().map(|(_, hash)| *hash);
        let Some(last) = peaks.next() else { return Sha256::digest([]).into() };
        peaks.fold(last, |right, left| node(&left, &right))
    }
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}
