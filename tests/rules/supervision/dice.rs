//! The dice of the simulated city, from a seed.

use imfleet::domain::id::Id;
use uuid::Uuid;

/// `SplitMix64`.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.next() % span).unwrap()
    }

    pub fn happens(&mut self, permille: i64) -> bool {
        self.between(0, 999) < permille
    }

    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[usize::try_from(self.between(0, i64::try_from(things.len()).unwrap() - 1)).unwrap()]
    }

    pub fn id<Noun>(&mut self) -> Id<Noun> {
        let (high, low) = (u128::from(self.next()), u128::from(self.next()));
        Uuid::from_u128((high << 64) | low).into()
    }

    /// About normal, with a standard deviation of a thousand: the sum of twelve.
    pub fn noise(&mut self) -> i64 {
        (0..12).map(|_| self.between(0, 1_000)).sum::<i64>() - 6_000
    }
}
