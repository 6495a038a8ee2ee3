//! The growing edge of the log: the unfinished tile of each level. To append is to write these and what they fill.

use std::collections::{BTreeMap, BTreeSet};

use super::{Hash, Nodes, node_in_tile, tile_of};

/// Hashes in a whole tile.
pub const TILE: u64 = 256;

/// A tile as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// 0 holds leaves, 1 the roots over 256 leaves each, and so on.
    pub level: u32,
    /// Its place in its level.
    pub number: u64,
    /// The hashes, 256 in a whole one.
    pub hashes: Vec<Hash>,
}

/// What is needed of a log to append to it.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    size: u64,
    tiles: BTreeMap<(u32, u64), Vec<Hash>>,
}

impl Edge {
    /// The unfinished tiles of a log of this size: level and number.
    #[must_use]
    pub fn places(size: u64) -> Vec<(u32, u64)> {
        (0..u64::BITS / 8)
            .map(|level| (level, size >> (8 * level)))
            .filter(|(_, count)| count % TILE != 0)
            .map(|(level, count)| (level, count / TILE))
            .collect()
    }

    /// The edge of a log of this size; none when a tile is missing or does not hold what it must.
    #[must_use]
    pub fn new(size: u64, tiles: Vec<Tile>) -> Option<Self> {
        let tiles: BTreeMap<_, _> = tiles.into_iter().map(|tile| ((tile.level, tile.number), tile.hashes)).collect();
        let is_whole = Self::places(size).into_iter().all(|(level, number)| {
            let held = tiles.get(&(level, number)).and_then(|hashes| u64::try_from(hashes.len()).ok());
            held == Some((size >> (8 * level)) % TILE)
        });
        is_whole.then_some(Self { size, tiles })
    }

    /// How many leaves the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends leaves by their hashes, and gives every tile that changed.
    pub fn append(&mut self, leaves: impl IntoIterator<Item = Hash>) -> Vec<Tile> {
        let mut changed = BTreeSet::new();
        for leaf in leaves {
            let (mut level, mut place, mut hash) = (0, self.size, leaf);
            self.size += 1;
            loop {
                let key = (level, place / TILE);
                let tile = self.tiles.entry(key).or_default();
                tile.push(hash);
                changed.insert(key);
                if place % TILE != TILE - 1 {
                    break;
                }
                let Some(above) = node_in_tile(tile, 0, tile.len()) else { break };
                (level, place, hash) = (level + 1, place / TILE, above);
            }
        }
        let whole = |(level, number)| {
            let hashes = self.tiles.get(&(level, number)).cloned().unwrap_or_default();
            Tile { level, number, hashes }
        };
        changed.into_iter().map(whole).collect()
    }
}

impl Nodes for Edge {
    type Error = ();

    fn node(&mut self, height: u32, place: u64) -> Result<Hash, ()> {
        let (level, number, offset, count) = tile_of(height, place);
        let found = self.tiles.get(&(level, number)).and_then(|hashes| node_in_tile(hashes, offset, count));
        found.ok_or(())
    }
}
