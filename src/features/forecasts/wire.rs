//! JSON of forecasts: shares in percent with four decimals, counts whole, each with its method.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::domain::{
    quantity::Amount,
    target::{Register, TargetKind},
    time::Day,
    vehicle::area::AreaCode,
    words::words,
};

/// Of which year, from which day, in which area.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ForecastQuery {
    /// The calendar year; that of `as_of` when absent.
    pub year: Option<i32>,
    /// The last day that counts; today, or the last day of a past year, when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_of: Option<Day>,
    /// Within an area.
    #[param(inline)]
    pub area: Option<AreaCode>,
}

words! {
    /// How the year is likely to end.
    pub enum Outlook {
        /// The whole interval reaches the target.
        Met = "met" / "预计达标",
        /// The interval holds the target.
        Open = "open" / "尚不确定",
        /// The whole interval misses it.
        Missed = "missed" / "预计不达标",
        /// Nothing to count, or no number to reach.
        NoData = "no_data" / "无数据",
    }

    /// What the rest of the year needs.
    pub enum NeededKind {
        /// Nothing: the target is met whatever comes.
        Nothing = "nothing" / "已锁定",
        /// That share of what is to come.
        Share = "share" / "需达到的比例",
        /// Not even all of it is enough.
        OutOfReach = "out_of_reach" / "按现有增量无法达到",
    }
}

/// A number at the end of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NumberOut {
    /// As counted.
    pub so_far: Amount,
    /// At the end, at the present pace.
    pub expected: Amount,
    /// The low end; none where there are too few months.
    pub low: Option<Amount>,
    /// The high end.
    pub high: Option<Amount>,
}

/// What the rest of the year needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NeededOut {
    /// What kind of answer it is.
    pub kind: NeededKind,
    /// How many are to come at the present pace.
    pub to_come: i64,
    /// How many of those must count; out of reach: how many would be needed that all count.
    pub count: Option<i64>,
    /// Which share of those to come, percent, rounded up.
    pub share_percent: Option<Amount>,
}

/// The forecast of a reading.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReadingForecastOut {
    /// The reading.
    pub reading: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Whether the target is judged by it.
    pub judging: bool,
    /// How the year is likely to end.
    pub outlook: Outlook,
    /// The share, percent; none of nothing.
    pub share_percent: Option<NumberOut>,
    /// What is in the numerator.
    pub counted: Option<NumberOut>,
    /// What is in the denominator.
    pub total: Option<NumberOut>,
    /// What the rest of the year needs for the target.
    pub needed: Option<NeededOut>,
    /// By how much more than by chance the complete months differ: 1 is chance.
    pub spread: Option<Amount>,
    /// How the share was forecast.
    pub share_method: String,
    /// How the counts were.
    pub count_method: Option<String>,
}

/// When what is to be cleared will be gone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemovalForecastOut {
    /// What remains.
    pub remaining: i64,
    /// What went in the period, less what came.
    pub removed: i64,
    /// The first day of the period.
    #[schema(value_type = chrono::NaiveDate)]
    pub since: Day,
    /// The day on which nothing remains at that pace; none when the pace is nothing.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub gone_on: Option<Day>,
    /// The early end of the interval.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub earliest_on: Option<Day>,
    /// The late end; none when it may never be.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub latest_on: Option<Day>,
    /// How it was forecast.
    pub method: String,
}

/// A target's forecast.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ForecastOut {
    /// The target.
    pub target_id: String,
    /// The version of the day.
    pub version: i64,
    /// What kind of number it is.
    pub kind: TargetKind,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The calendar year.
    pub year: i32,
    /// The last day that counts.
    #[schema(value_type = chrono::NaiveDate)]
    pub as_of: Day,
    /// The area; none for the whole city.
    pub area: Option<AreaCode>,
    /// The days of the year that have passed.
    pub days_passed: i64,
    /// The days of the year that are to come.
    pub days_to_come: i64,
    /// How sure the intervals are, percent.
    pub level_percent: i64,
    /// The register that is missing, where nothing can be counted.
    pub waits_for: Option<Register>,
    /// How the year is likely to end, by the reading to judge by.
    pub outlook: Outlook,
    /// Every reading.
    pub readings: Vec<ReadingForecastOut>,
    /// When what is to be cleared will be gone.
    pub removal: Option<RemovalForecastOut>,
}
