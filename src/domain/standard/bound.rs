//! What a value must keep to, and how a reading is made ready to meet it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{quantity::Amount, words::words};

words! {
    /// How a reading meets its limit (GB/T 8170).
    pub enum ComparisonRule {
        /// The reading is first rounded to the digits that the device reports, ties to even.
        Rounded = "rounded" / "修约值比较法",
        /// The reading is compared with all its digits.
        FullValue = "full_value" / "全数值比较法",
    }
}

/// What a value must keep to; a value equal to its bound keeps to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// At most this much.
    AtMost(Amount),
    /// At least this much.
    AtLeast(Amount),
    /// From `low` to `high`, both included.
    Within {
        /// The lower end.
        low: Amount,
        /// The upper end.
        high: Amount,
    },
}

/// A text that is no bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no bound: write <=0.6, >=40 or 0.95..1.05")]
pub struct BoundError(String);

impl Bound {
    /// The range between two ends, in whichever order they come: vendors swap upper and lower λ.
    #[must_use]
    pub fn between(one: Amount, other: Amount) -> Self {
        Self::Within { low: one.min(other), high: one.max(other) }
    }

    /// How far inside the bound the value lies; negative outside.
    #[must_use]
    pub fn margin(self, value: Amount) -> Amount {
        match self {
            Self::AtMost(high) => high.less(value),
            Self::AtLeast(low) => value.less(low),
            Self::Within { low, high } => high.less(value).min(value.less(low)),
        }
    }

    /// Whether the value keeps to the bound.
    #[must_use]
    pub fn holds(self, value: Amount) -> bool {
        self.margin(value) >= Amount::ZERO
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(high) => write!(f, "<={high}"),
            Self::AtLeast(low) => write!(f, ">={low}"),
            Self::Within { low, high } => write!(f, "{low}..{high}"),
        }
    }
}

impl FromStr for Bound {
    type Err = BoundError;

    fn from_str(text: &str) -> Result<Self, BoundError> {
        let amount = |part: &str| Amount::parse(part).map_err(|_| BoundError(text.to_owned()));
        if let Some(high) = text.strip_prefix("<=") {
            Ok(Self::AtMost(amount(high)?))
        } else if let Some(low) = text.strip_prefix(">=") {
            Ok(Self::AtLeast(amount(low)?))
        } else {
            let (one, other) = text.split_once("..").ok_or_else(|| BoundError(text.to_owned()))?;
            Ok(Self::between(amount(one)?, amount(other)?))
        }
    }
}

/// The rule by which a reading is compared, and the digits to which its device reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// The rule in force.
    pub rule: ComparisonRule,
    /// Decimals that the device reports.
    pub decimals: u32,
}

impl Comparison {
    /// The value as this comparison sees it.
    #[must_use]
    pub fn compared(self, value: Amount) -> Amount {
        match self.rule {
            ComparisonRule::Rounded => value.round_half_even(self.decimals),
            ComparisonRule::FullValue => value,
        }
    }

    /// The same digits under the other rule.
    #[must_use]
    pub const fn other(self) -> Self {
        let rule = match self.rule {
            ComparisonRule::Rounded => ComparisonRule::FullValue,
            ComparisonRule::FullValue => ComparisonRule::Rounded,
        };
        Self { rule, ..self }
    }
}
