//! The book of limits: finds the row that applies to an item, a day and a vehicle.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use super::{Item, LimitClass, LimitError, LimitRule, Method, TestSubject, table};
use crate::domain::{time::Day, words::Word};

/// The limits as the service knows them at its release; a manager amends them by rows with a higher version.
const EMBEDDED: &str = include_str!("limits.csv");

/// All limit rows, by item, in the order in which they take precedence.
#[derive(Debug, Clone, Default)]
pub struct LimitBook {
    rows: BTreeMap<Item, Vec<Arc<LimitRule>>>,
}

impl LimitBook {
    /// A book of these rows.
    #[must_use]
    pub fn new(rows: Vec<LimitRule>) -> Self {
        let mut book = Self::default();
        for row in rows {
            book.rows.entry(row.item).or_default().push(Arc::new(row));
        }
        for rows in book.rows.values_mut() {
            rows.sort_by_key(|row| Reverse((row.condition.map_or(0, super::Condition::rank), row.version)));
        }
        book
    }

    /// The book that the service carries: the limits of 2018 with their transitions.
    ///
    /// # Errors
    /// The embedded table does not parse, which a test excludes.
    pub fn embedded() -> Result<Self, LimitError> {
        Self::parse_csv(EMBEDDED).map(Self::new)
    }

    /// Reads limit rows from CSV.
    ///
    /// # Errors
    /// The first row that does not parse, with its line.
    pub fn parse_csv(text: &str) -> Result<Vec<LimitRule>, LimitError> {
        table::parse_csv(text)
    }

    /// Every row, grouped by item.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<LimitRule>> {
        self.rows.values().flatten()
    }

    /// The row that limits this item of this vehicle on this day: the most special one whose condition is met,
    /// and of its versions the highest in force.
    #[must_use]
    pub fn rule_for(
        &self,
        item: Item,
        class: LimitClass,
        day: Day,
        subject: &TestSubject,
    ) -> Option<&Arc<LimitRule>> {
        self.in_force(item, class, day).find(|row| row.condition.is_none_or(|condition| condition.met_by(subject)))
    }

    /// Whether the law of that day limits this item for any vehicle at all.
    #[must_use]
    pub fn covers(&self, item: Item, class: LimitClass, day: Day) -> bool {
        self.in_force(item, class, day).next().is_some()
    }

    /// The rows that limit a test by this method, one for each item.
    #[must_use]
    pub fn rows_for(&self, method: Method, class: LimitClass, day: Day, subject: &TestSubject) -> Vec<&LimitRule> {
        let items = Item::ALL.iter().filter(|item| item.method() == Some(method));
        items.filter_map(|item| self.rule_for(*item, class, day, subject)).map(AsRef::as_ref).collect()
    }

    fn in_force(&self, item: Item, class: LimitClass, day: Day) -> impl Iterator<Item = &Arc<LimitRule>> {
        self.rows.get(&item).into_iter().flatten().filter(move |row| row.in_force(class, day))
    }
}
