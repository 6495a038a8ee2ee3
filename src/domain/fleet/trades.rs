//! The trades that a vehicle is in on a day: one set, so that a vehicle of two trades counts once in the whole.

use std::{collections::BTreeSet, fmt, str::FromStr};

use super::Trade;
use crate::domain::words::{UnknownWord, Word};

/// A set of trades; as text `bus+commuter`, in the vocabulary's order, empty for none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trades(BTreeSet<Trade>);

impl Trades {
    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of these is among them.
    #[must_use]
    pub fn meet(&self, any_of: &[Trade]) -> bool {
        any_of.iter().any(|trade| self.0.contains(trade))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Trade> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Trade> for Trades {
    fn from_iter<I: IntoIterator<Item = Trade>>(trades: I) -> Self {
        Self(trades.into_iter().collect())
    }
}

impl fmt::Display for Trades {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, trade) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { "+" })?;
            f.write_str(trade.word())?;
        }
        Ok(())
    }
}

impl FromStr for Trades {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        text.split('+').filter(|word| !word.is_empty()).map(Trade::parse).collect()
    }
}
