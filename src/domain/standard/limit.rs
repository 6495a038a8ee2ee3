//! One limit as a row of law: item, bound, condition, dates and legal source.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bound, Comparison, Item, LimitClass, Outcome, TestFuel, TestSubject};
use crate::domain::{time::Day, words::words};

words! {
    /// How sure the row is.
    pub enum Confidence {
        /// Found in a source.
        Confirmed = "confirmed" / "已确认",
        /// To be checked against the printed standard before any legal use.
        ToBeChecked = "to_be_checked" / "待核对",
    }
}

/// What a vehicle or its station must be for a row to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The engine does not run on diesel.
    SparkIgnition,
    /// The engine runs on diesel.
    CompressionIgnition,
    /// The vehicle has closed-loop control and a three-way catalyst.
    ClosedLoopCatalyst,
    /// The station lies at least so many metres high.
    AltitudeFromM(i64),
}

impl Condition {
    /// Whether the vehicle under test meets the condition.
    #[must_use]
    pub fn met_by(self, subject: &TestSubject) -> bool {
        match self {
            Self::SparkIgnition => subject.fuel_under_test != TestFuel::Diesel,
            Self::CompressionIgnition => subject.fuel_under_test == TestFuel::Diesel,
            Self::ClosedLoopCatalyst => subject.closed_loop_catalyst,
            Self::AltitudeFromM(metres) => subject.altitude_m.is_some_and(|altitude| altitude >= metres),
        }
    }

    /// How special the condition is: of two rows that apply, the more special one counts.
    pub(super) const fn rank(self) -> i64 {
        match self {
            Self::AltitudeFromM(metres) => metres,
            _ => 1,
        }
    }
}

/// Where a limit stands in the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LegalSource {
    /// The standard with its year.
    #[schema(examples("GB 18285-2018"))]
    pub standard: String,
    /// The table; absent where it is not known or there is none.
    #[schema(examples("表1"))]
    pub table: Option<String>,
    /// The chapter, clause or annex.
    #[schema(examples("第8章"))]
    pub clause: String,
}

impl fmt::Display for LegalSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.standard, self.clause)?;
        self.table.iter().try_for_each(|table| write!(f, " {table}"))
    }
}

/// One limit, dated and versioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LimitRule {
    /// Name of the limit, the same in all its versions.
    #[schema(value_type = String, examples("gb18285.idle_co.a"))]
    pub id: Arc<str>,
    /// Of versions in force on the same day the highest counts.
    pub version: i64,
    /// What is limited.
    pub item: Item,
    /// The column of limits it stands in; absent when both columns agree.
    pub class: Option<LimitClass>,
    /// What a value must keep to, in the item's unit.
    pub bound: Bound,
    /// How a reading meets the bound.
    pub comparison: Comparison,
    /// The fuel for which the limit is only recommended (HC of natural gas).
    pub advisory_for: Option<TestFuel>,
    /// What vehicle or station must be for the row to apply.
    pub condition: Option<Condition>,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Day,
    /// Last day in force.
    #[schema(value_type = Option<String>, format = Date)]
    pub effective_to: Option<Day>,
    /// Where the limit stands.
    #[schema(value_type = LegalSource)]
    pub source: Arc<LegalSource>,
    /// How sure the row is.
    pub confidence: Confidence,
}

/// Which version of which limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RuleRef {
    /// Name of the limit.
    #[schema(value_type = String)]
    pub id: Arc<str>,
    /// Its version.
    pub version: i64,
}

impl LimitRule {
    /// This version of this limit, by name.
    #[must_use]
    pub fn reference(&self) -> RuleRef {
        RuleRef { id: Arc::clone(&self.id), version: self.version }
    }

    /// Whether the row is in force for this column of limits on this day.
    #[must_use]
    pub fn in_force(&self, class: LimitClass, day: Day) -> bool {
        self.class.is_none_or(|own| own == class)
            && self.effective_from <= day
            && self.effective_to.is_none_or(|last| day <= last)
    }

    /// What the row says of a value that keeps, or does not keep, to its bound.
    #[must_use]
    pub fn outcome(&self, holds: bool, fuel: TestFuel) -> Outcome {
        match (holds, self.advisory_for == Some(fuel)) {
            (true, _) => Outcome::Pass,
            (false, true) => Outcome::Advisory,
            (false, false) => Outcome::Fail,
        }
    }
}
