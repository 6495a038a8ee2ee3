//! What a question came to: a numerator, a denominator, whom it was compared with, and how likely that is by chance.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::{
    finding::{FindingKind, Standing},
    id::Id,
    inspection::Inspection,
    party::{Line, Organisation},
    time::Day,
    vehicle::Vehicle,
};

/// Of whom or what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The station or the repair shop.
    pub organisation: Id<Organisation>,
    /// The line.
    pub line: Option<Id<Line>>,
    /// The person, as the fingerprint of what the station calls them.
    pub person: Option<String>,
    /// The vehicle.
    pub vehicle: Option<Id<Vehicle>>,
    /// The test.
    pub inspection: Option<Id<Inspection>>,
}

/// Whom the subject was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Peers {
    /// The group in words: `similar_vehicles_elsewhere`, `same_model`, …
    pub group: String,
    /// So many of them.
    pub numerator: i64,
    /// Of so many.
    pub denominator: i64,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Which question.
    pub kind: FindingKind,
    /// Of whom.
    pub subject: Subject,
    /// What it came to.
    pub standing: Standing,
    /// So many.
    pub numerator: i64,
    /// Of so many.
    pub denominator: i64,
    /// Compared with whom.
    pub peers: Option<Peers>,
    /// How likely that is by chance, in millionths, rounded up.
    pub chance: Option<i64>,
    /// The interval of 95 % of the share, in millionths.
    pub interval: Option<(i64, i64)>,
    /// The facts.
    pub facts: Value,
}

impl Subject {
    /// An organisation as a whole.
    #[must_use]
    pub const fn organisation(organisation: Id<Organisation>) -> Self {
        Self { organisation, line: None, person: None, vehicle: None, inspection: None }
    }
}

impl Measured {
    /// What makes it the same finding when it is looked for again: a test or a repair once and for all, everything else
    /// once in a calendar month.
    #[must_use]
    pub fn natural_key(&self, day: Day) -> String {
        let told = |name: &str| self.facts.get(name).and_then(Value::as_str).map(|text| format!("/{text}"));
        let mut key = self.kind.to_string();
        if let Some(test) = self.subject.inspection {
            key.push_str(&format!("/{test}"));
            key.extend(told("of"));
            return key;
        }
        if let Some(repair) = told("repair_id") {
            return key + &repair;
        }
        key.extend(self.subject.vehicle.map(|vehicle| format!("/{vehicle}")));
        for name in ["calid", "cvn", "model"] {
            key.extend(told(name));
        }
        key + &day.format("/%Y-%m").to_string()
    }

    /// Something that does not fit, by its facts alone: one of one.
    #[must_use]
    pub const fn found(kind: FindingKind, subject: Subject, facts: Value) -> Self {
        Self {
            kind,
            subject,
            standing: Standing::Found,
            numerator: 1,
            denominator: 1,
            peers: None,
            chance: None,
            interval: None,
            facts,
        }
    }

    /// The same with so many of so many.
    #[must_use]
    pub const fn of(mut self, numerator: i64, denominator: i64) -> Self {
        (self.numerator, self.denominator) = (numerator, denominator);
        self
    }
}
