//! What is asked of targets, and their versions.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use crate::domain::{
    fleet::Trade,
    id::Id,
    party::Organisation,
    target::{Reading, Register, Target, Threshold},
    time::{Day, Instant},
    vehicle::{area::AreaCode, stage::Confidence},
    words::words,
};

/// A version of a target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetOut {
    /// The target.
    #[serde(flatten)]
    pub target: Target,
    /// Why this version was made; empty when it was delivered.
    pub reason: String,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// Every version of every target.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TargetsOut {
    /// In the order of the plan, then by version.
    pub items: Vec<TargetOut>,
}

/// A new version of a target, told in full: what is absent is none. Kind, clause and names stay.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "effective_from": "2027-01-01", "counts_hancheng": false, "threshold": { "num": 90, "den": 100 },
    "readings": [{
        "id": "whole", "zh": "合计", "en": "Together",
        "scope": { "trades": ["bus", "taxi", "ride_hailing", "logistics", "refuse", "light_sanitation", "postal"] }
    }],
    "source": "渭环发〔2026〕1号", "confidence": "sourced", "reason": "文件规定邮政车辆计入"
}))]
pub struct TargetAmendmentIn {
    /// The first day on which it holds.
    #[schema(value_type = chrono::NaiveDate)]
    pub effective_from: Day,
    /// The ways to read it.
    #[validate(length(max = 10))]
    #[schema(max_items = 10)]
    pub readings: Vec<Reading>,
    /// The share to be reached.
    pub threshold: Option<Threshold>,
    /// Whether the number is reported and not judged.
    #[serde(default)]
    pub indicative: bool,
    /// The last day.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub deadline: Option<Day>,
    /// Whether 韩城 counts.
    pub counts_hancheng: bool,
    /// The register without which nothing can be counted.
    pub waits_for: Option<Register>,
    /// Where it stands.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is not clear.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub ambiguities: Vec<String>,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// Of when, of where and of whom a standing is asked.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StandingsQuery {
    /// The calendar year; that of `as_of` when absent.
    pub year: Option<i32>,
    /// The last day that counts; today, or the last day of a past year, when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_of: Option<Day>,
    /// As it was known at the end of that day; as it is known now when absent.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_known: Option<Day>,
    /// Within an area.
    pub area: Option<AreaCode>,
    /// Of one operator; a fleet operator asks of itself.
    #[param(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
}

words! {
    /// A part of what is counted.
    pub enum Part {
        /// All of it.
        All = "all" / "全部",
        /// What stands in the numerator, or remains.
        Counted = "counted" / "计入",
        /// What does not.
        Others = "others" / "未计入",
        /// What is to be cleared first.
        Unknown = "unknown" / "待核",
    }
}

/// Which of the vehicles behind a number.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StandingVehiclesQuery {
    /// The reading; the one to judge by when absent.
    pub reading: Option<String>,
    /// Of one trade alone.
    pub trade: Option<Trade>,
    /// The part; all when absent.
    pub part: Option<Part>,
    /// As for the standing.
    pub year: Option<i32>,
    /// As for the standing.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_of: Option<Day>,
    /// As for the standing.
    #[param(value_type = Option<chrono::NaiveDate>)]
    pub as_known: Option<Day>,
    /// As for the standing.
    pub area: Option<AreaCode>,
    /// As for the standing.
    #[param(value_type = Option<uuid::Uuid>)]
    pub operator_id: Option<Id<Organisation>>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most, 1 to 200; 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}
