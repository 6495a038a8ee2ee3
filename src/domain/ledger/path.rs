//! Paths through the tree (RFC 6962, sections 2.1.1 and 2.1.2), from the roots of complete subtrees alone.
//!
//! Those roots lie in tiles of 256 hashes: tile level 0 holds the leaves, level 1 the roots over 256 leaves each, and so
//! on. A path through ten million leaves reads some three tiles.

use super::{Hash, TILE, node_hash};

/// Gives the root of the complete subtree of this height and place: node (0, 5) is the sixth leaf.
pub trait Nodes {
    /// Why it cannot.
    type Error;

    /// The root of the leaves from `place << height` on, `1 << height` of them.
    ///
    /// # Errors
    /// It cannot be read.
    fn node(&mut self, height: u32, place: u64) -> Result<Hash, Self::Error>;
}

/// Levels of the tree in one tile.
const STEP: u32 = 8;

/// Where the hashes under a node lie: the tile's level and number, the first of them, and how many.
#[must_use]
pub fn tile_of(height: u32, place: u64) -> (u32, u64, usize, usize) {
    let within = height % STEP;
    let first = place << within;
    let offset = usize::try_from(first % TILE).unwrap_or_default();
    (height / STEP, first / TILE, offset, 1 << within)
}

/// The node over some of a tile's hashes; none when the tile does not hold them all.
#[must_use]
pub fn node_in_tile(hashes: &[Hash], offset: usize, count: usize) -> Option<Hash> {
    let mut level = hashes.get(offset..offset + count)?.to_vec();
    while level.len() > 1 {
        level = level
            .chunks_exact(2)
            .map(|pair| node_hash(pair.first().unwrap_or(&EMPTY), pair.last().unwrap_or(&EMPTY)))
            .collect();
    }
    level.first().copied()
}

const EMPTY: Hash = Hash([0; 32]);

/// The largest power of two below a number of leaves.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The root of the leaves from `start` to before `end`, where they are a subtree of the whole.
fn range<N: Nodes + ?Sized>(nodes: &mut N, start: u64, end: u64) -> Result<Hash, N::Error> {
    let count = end - start;
    if count.is_power_of_two() {
        let height = count.ilog2();
        return nodes.node(height, start >> height);
    }
    let middle = start + split(count);
    let left = range(nodes, start, middle)?;
    Ok(node_hash(&left, &range(nodes, middle, end)?))
}

/// The root of the first `size` leaves.
///
/// # Errors
/// A node cannot be read.
pub fn root<N: Nodes + ?Sized>(nodes: &mut N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 { Ok(Hash::of(&[])) } else { range(nodes, 0, size) }
}

/// The roots of the complete subtrees of the first `size` leaves, the largest first.
///
/// # Errors
/// A node cannot be read.
pub fn peaks<N: Nodes + ?Sized>(nodes: &mut N, size: u64) -> Result<Vec<Hash>, N::Error> {
    let heights = (0..u64::BITS).rev().filter(|height| size >> height & 1 == 1);
    heights.map(|height| nodes.node(height, (size >> height) - 1)).collect()
}

/// What proves that a leaf is among the first `size`.
///
/// # Errors
/// A node cannot be read.
pub fn inclusion_path<N: Nodes + ?Sized>(nodes: &mut N, leaf: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    let (mut start, mut end, mut path) = (0, size, Vec::new());
    while end - start > 1 {
        let middle = start + split(end - start);
        if leaf < middle {
            path.push(range(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range(nodes, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// What proves that the first `old` leaves are the beginning of the first `size`.
///
/// # Errors
/// A node cannot be read.
pub fn consistency_path<N: Nodes + ?Sized>(nodes: &mut N, old: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    if old == 0 || old >= size {
        return Ok(Vec::new());
    }
    let (mut start, mut end, mut path) = (0, size, Vec::new());
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(range(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(range(nodes, start, middle)?);
            start = middle;
        }
    }
    if start > 0 {
        path.push(range(nodes, start, end)?);
    }
    path.reverse();
    Ok(path)
}
