//! JSON of scores.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::{
    id::Id,
    party::{Line, Organisation},
    quantity::Amount,
    role::Role,
    score::{FigureStanding, Indicator, ScoreOf},
    time::Day,
};

/// Of which period.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScoreQuery {
    /// Its first day; by the dated setting when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub from: Option<Day>,
    /// Its last day; today when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub to: Option<Day>,
}

/// Which scores to list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScoreFilter {
    /// Of stations or of shops.
    #[param(inline)]
    pub role: Role,
    /// The first day; by the dated setting when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub from: Option<Day>,
    /// The last day; today when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub to: Option<Day>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

/// The scores of a station with its lines and inspectors, or of a shop.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScoresOut {
    /// The first day of the period.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// Its last day.
    #[schema(value_type = chrono::NaiveDate)]
    pub to: Day,
    /// The smallest number that makes a figure.
    pub minimum_sample: i64,
    /// The station first, then its lines, then its inspectors.
    pub items: Vec<ScoreOut>,
}

/// A score: figures with their intervals of 95 %.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ScoreOut {
    /// Whose it is.
    pub of: ScoreOf,
    /// The station or shop.
    #[schema(value_type = uuid::Uuid)]
    pub organisation_id: Id<Organisation>,
    /// The line.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub line_id: Option<Id<Line>>,
    /// The operator, as the station names them.
    pub inspector: Option<String>,
    /// The figures.
    pub figures: Vec<FigureOut>,
    /// The chart of the random re-inspections; of stations alone.
    pub cusum: Option<CusumOut>,
}

/// A figure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FigureOut {
    /// What it says.
    pub indicator: Indicator,
    /// Whether enough was counted; a figure that stands on too little is not told.
    pub standing: FigureStanding,
    /// What was counted.
    pub hits: i64,
    /// Of how many.
    pub of: i64,
    /// What was expected, where it is a ratio to that.
    pub expected: Option<Amount>,
    /// The share, or the ratio to what was expected.
    pub value: Option<Amount>,
    /// The low end of the interval.
    pub low: Option<Amount>,
    /// The high end.
    pub high: Option<Amount>,
    /// The same share of the whole city.
    pub city: Option<Amount>,
}

/// A cumulative sum over the random re-inspections.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CusumOut {
    /// k: what each outcome takes.
    pub reference: Amount,
    /// h: where it signals.
    pub limit: Amount,
    /// The sum after each outcome, the first first.
    pub sums: Vec<Amount>,
    /// After which outcome, from 1, it signalled first.
    pub signal_at: Option<usize>,
}

/// The published formulas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormulasOut {
    /// All of them.
    pub items: Vec<FormulaOut>,
}

/// How a figure is computed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FormulaOut {
    /// The figure.
    pub indicator: Indicator,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}
