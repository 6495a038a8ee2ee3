//! What days leave: counts by finding, group and member. Adding two folds is adding their counts, so that a window is the
//! sum of its days and no test is read twice.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::finding::FindingKind;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell(pub i64, pub i64);

type Members = BTreeMap<String, Cell>;
type Groups = BTreeMap<String, Members>;

/// Counts by finding, group and member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fold(BTreeMap<FindingKind, Groups>);

impl Fold {
    /// Counts one more, a hit or not.
    pub fn add(&mut self, kind: FindingKind, group: &str, member: &str, hit: bool) {
        self.put(kind, group, member, Cell(i64::from(hit), 1));
    }

    /// Adds what another day left.
    pub fn merge(&mut self, other: &Self) {
        for (kind, groups) in &other.0 {
            for (group, members) in groups {
                for (member, cell) in members {
                    self.put(*kind, group, member, *cell);
                }
            }
        }
    }

    /// The groups of a finding with their members.
    pub fn groups(&self, kind: FindingKind) -> impl Iterator<Item = (&str, &BTreeMap<String, Cell>)> {
        self.0.get(&kind).into_iter().flatten().map(|(group, members)| (group.as_str(), members))
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn put(&mut self, kind: FindingKind, group: &str, member: &str, Cell(hits, total): Cell) {
        let groups = self.0.entry(kind).or_default();
        if !groups.contains_key(group) {
            groups.insert(group.to_owned(), Members::new());
        }
        let Some(members) = groups.get_mut(group) else { return };
        if let Some(cell) = members.get_mut(member) {
            cell.0 += hits;
            cell.1 += total;
        } else {
            members.insert(member.to_owned(), Cell(hits, total));
        }
    }
}
