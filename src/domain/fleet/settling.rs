//! Settling a vehicle: its entries as they stand in the books become those that its history asks for.

use super::{Entry, Posting};

/// What is to be done to the books.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settlement {
    /// Entries that no longer hold: closed, never deleted.
    pub closed: Vec<Entry>,
    /// Entries that hold from now on.
    pub opened: Vec<Entry>,
}

/// Compares the entries that stand with those that should.
#[must_use]
pub fn settle(standing: &[Entry], wanted: &[Entry]) -> Settlement {
    Settlement { closed: without(standing, wanted), opened: without(wanted, standing) }
}

/// The entries that the others lack, each as often as it is missing.
fn without(entries: &[Entry], others: &[Entry]) -> Vec<Entry> {
    let mut rest = others.to_vec();
    let mut missing = Vec::new();
    for entry in entries {
        if let Some(place) = rest.iter().position(|other| other == entry) {
            rest.swap_remove(place);
        } else {
            missing.push(entry.clone());
        }
    }
    missing
}

impl Settlement {
    /// What it changes in the counts.
    #[must_use]
    pub fn postings(&self) -> Vec<Posting> {
        let reversed = self
            .closed
            .iter()
            .flat_map(Entry::postings)
            .map(|posting| Posting { change: -posting.change, ..posting });
        reversed.chain(self.opened.iter().flat_map(Entry::postings)).collect()
    }
}
