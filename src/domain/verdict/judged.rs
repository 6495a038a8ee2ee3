//! One item of a test, judged: what was sent, what was compared, with which row of law, and how it came out.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{JudgeError, Law};
use crate::domain::{
    quantity::{Amount, Unit},
    standard::{Bound, Finding, Item, LegalSource, Outcome, ReadingError, RuleRef, TestSubject},
};

/// One item and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JudgedItem {
    /// What was judged.
    pub item: Item,
    /// The unit of every amount here.
    pub unit: Unit,
    /// The value with all its digits; absent when it was not tested.
    pub sent: Option<Amount>,
    /// The value as the comparison rule sees it.
    pub compared: Option<Amount>,
    /// What the value had to keep to; absent when the item is not judged for this vehicle.
    pub bound: Option<Bound>,
    /// The row of law, by name and version.
    pub rule: Option<RuleRef>,
    /// Where that row stands.
    #[schema(value_type = Option<LegalSource>)]
    pub source: Option<Arc<LegalSource>>,
    /// How far inside its bound the compared value lies; negative outside.
    pub margin: Option<Amount>,
    /// How it came out.
    pub outcome: Outcome,
    /// How it would have come out by the other comparison rule (rounded or full value).
    pub other_rule_outcome: Outcome,
    /// What an inspection by eye or by OBD found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl JudgedItem {
    /// Judges a measured value against its limit.
    pub(super) fn measured(
        law: &Law<'_>,
        subject: &TestSubject,
        item: Item,
        sent: Option<Amount>,
    ) -> Result<Self, JudgeError> {
        let Some(rule) = law.book.rule_for(item, law.class, law.day, subject) else {
            let covered = law.book.covers(item, law.class, law.day);
            return if covered {
                Ok(Self::unjudged(item, sent))
            } else {
                Err(JudgeError::NoLimit { item, day: law.day })
            };
        };
        if item == Item::Lambda && sent.is_none() {
            return Err(JudgeError::Readings(vec![ReadingError::missing("/readings/high_idle/lambda")]));
        }
        let bound = subject.makers_bound(item).unwrap_or(rule.bound);
        let outcome = |value: Amount| rule.outcome(bound.holds(value), subject.fuel_under_test);
        let compared = sent.map(|value| rule.comparison.compared(value));
        let other = sent.map(|value| rule.comparison.other().compared(value));
        Ok(Self {
            compared,
            bound: Some(bound),
            rule: Some(rule.reference()),
            source: Some(Arc::clone(&rule.source)),
            margin: compared.map(|value| bound.margin(value)),
            outcome: compared.map_or(Outcome::NotTested, outcome),
            other_rule_outcome: other.map_or(Outcome::NotTested, outcome),
            ..Self::unjudged(item, sent)
        })
    }

    /// Books an inspection that is in order (1) or not (0).
    pub(super) fn inspected(
        law: &Law<'_>,
        subject: &TestSubject,
        item: Item,
        outcome: Outcome,
        findings: Vec<Finding>,
    ) -> Result<Self, JudgeError> {
        let sent = match outcome {
            Outcome::Pass => Some(Amount::whole(1)),
            Outcome::Fail | Outcome::Advisory => Some(Amount::ZERO),
            Outcome::NotTested => None,
        };
        let judged = Self::measured(law, subject, item, sent)?;
        Ok(Self { outcome, other_rule_outcome: outcome, findings, ..judged })
    }

    fn unjudged(item: Item, sent: Option<Amount>) -> Self {
        Self {
            item,
            unit: item.unit(),
            sent,
            compared: None,
            bound: None,
            rule: None,
            source: None,
            margin: None,
            outcome: Outcome::NotTested,
            other_rule_outcome: Outcome::NotTested,
            findings: Vec::new(),
        }
    }

    /// Whether the comparison rule decides how the item comes out.
    #[must_use]
    pub fn depends_on_rule(&self) -> bool {
        self.outcome != self.other_rule_outcome
    }

    /// Whether the item fails whichever comparison rule is in force.
    #[must_use]
    pub fn fails_by_either_rule(&self) -> bool {
        self.outcome == Outcome::Fail && !self.depends_on_rule()
    }

    /// The compared value as a percentage of its upper limit.
    pub(super) fn share_of_limit(&self) -> Option<Amount> {
        match (self.compared, self.bound) {
            (Some(value), Some(Bound::AtMost(limit))) => value.percent_of(limit),
            _ => None,
        }
    }
}
