//! One field of the readings: where it stands, whether it is needed, and whether its value can be true.

use super::Item;
use crate::domain::{
    quantity::{Amount, Unit},
    words::words,
};

words! {
    /// What is wrong with a reading.
    pub enum ReadingFault {
        /// The method needs it.
        Missing = "missing" / "缺少必需的读数",
        /// No engine or device gives such a value.
        Implausible = "implausible" / "读数超出物理可能范围",
    }
}

/// A reading that cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {detail}")]
pub struct ReadingError {
    /// JSON pointer within the test record.
    pub pointer: String,
    /// What is wrong.
    pub code: ReadingFault,
    /// The same in words.
    pub detail: String,
}

impl ReadingError {
    /// A needed value that is not there.
    #[must_use]
    pub fn missing(pointer: &str) -> Self {
        let detail = "is needed and missing".to_owned();
        Self { pointer: pointer.to_owned(), code: ReadingFault::Missing, detail }
    }
}

/// One value of a test record: where it stands, what it measures, whether the method needs it.
pub(super) struct Field {
    pointer: &'static str,
    item: Option<Item>,
    unit: Unit,
    value: Option<Amount>,
    needed: bool,
}

impl Field {
    pub(super) const fn needed(pointer: &'static str, item: Item, value: Option<Amount>) -> Self {
        let unit = if matches!(item, Item::LugDownPower) { Unit::Kilowatt } else { item.unit() };
        Self { pointer, item: Some(item), unit, value, needed: true }
    }

    pub(super) const fn optional(pointer: &'static str, item: Item, value: Option<Amount>) -> Self {
        Self { needed: false, ..Self::needed(pointer, item, value) }
    }

    pub(super) const fn recorded(pointer: &'static str, unit: Unit, value: Option<Amount>) -> Self {
        Self { pointer, item: None, unit, value, needed: false }
    }

    pub(super) fn measured(&self) -> Option<(Item, Option<Amount>)> {
        Some((self.item?, self.value))
    }

    pub(super) fn fault(&self) -> Option<ReadingError> {
        let Some(value) = self.value else {
            return self.needed.then(|| ReadingError::missing(self.pointer));
        };
        let (low, high) = plausible(self.unit);
        (value < low || value > high).then(|| ReadingError {
            pointer: self.pointer.to_owned(),
            code: ReadingFault::Implausible,
            detail: format!("{value} is not between {low} and {high} {}", self.unit),
        })
    }
}

/// What engines and devices can give at all, both ends included.
const fn plausible(unit: Unit) -> (Amount, Amount) {
    let (low, high) = match unit {
        Unit::Percent => (Amount::ZERO, 20),
        Unit::Ppm | Unit::PerMinute => (Amount::ZERO, 20_000),
        Unit::Ratio => (Amount::from_micros(100_000), 10),
        Unit::GramPerKilometre | Unit::PercentOfRatedPower => (Amount::ZERO, 1_000),
        Unit::PerMetre => (Amount::ZERO, 16),
        Unit::Kilowatt => (Amount::ZERO, 2_000),
        Unit::Grade => (Amount::ZERO, 5),
        Unit::Check => (Amount::ZERO, 1),
    };
    (low, Amount::whole(high))
}
