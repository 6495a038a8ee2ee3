//! The same number posted again: whether the second readings are lower than the first, which stay.

use serde_json::{Value, json};

use crate::domain::{finding::FindingKind, standard::Readings};

/// What a second result under a known number is, with the readings that went down.
#[must_use]
pub fn reposted(first: Option<&Readings>, again: Option<&Readings>) -> (FindingKind, Value) {
    let (first, again) = (first.map(Readings::measured), again.map(Readings::measured));
    let (first, again) = (first.unwrap_or_default(), again.unwrap_or_default());
    let pairs = first.iter().filter_map(|(item, was)| {
        let is = again.iter().find(|(other, _)| other == item)?.1?;
        Some((*item, (*was)?, is))
    });
    let changed: Vec<_> = pairs.filter(|(_, was, is)| was != is).collect();
    let lower: Vec<_> = changed.iter().filter(|(_, was, is)| is < was).collect();
    let kind = if !lower.is_empty() && lower.len() == changed.len() {
        FindingKind::RepostedLower
    } else {
        FindingKind::SameNumberOtherReadings
    };
    let told: Vec<_> =
        changed.iter().map(|(item, was, is)| json!({ "item": item, "first": was, "then": is })).collect();
    (kind, json!({ "readings": told }))
}
