//! Limits and settings in JSON.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::domain::{
    settings::Setting,
    standard::{Bound, Comparison, Confidence, LegalSource, LimitRule},
    time::{Day, Instant},
};

/// A version of a limit.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitOut {
    /// The limit.
    #[serde(flatten)]
    pub rule: LimitRule,
    /// Why this version was made; empty when it was delivered.
    pub reason: String,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// Every version of every limit.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitListOut {
    /// By name and version.
    pub items: Vec<LimitOut>,
}

/// A new version of a limit; item, class and condition stay those of its first version.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "bound": { "at_most": 0.5 },
    "comparison": { "rule": "rounded", "decimals": 2 },
    "effective_from": "2027-01-01",
    "source": { "standard": "GB 18285-2018", "table": "表1", "clause": "第8章" },
    "confidence": "confirmed",
    "reason": "核对标准文本后更正"
}))]
pub struct LimitAmendmentIn {
    /// What a value must keep to, in the item's unit.
    pub bound: Bound,
    /// How a reading meets the bound.
    pub comparison: Comparison,
    /// First day in force.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Day,
    /// Last day in force; open when absent.
    #[schema(value_type = Option<String>, format = Date)]
    pub effective_to: Option<Day>,
    /// Where the limit stands.
    pub source: LegalSource,
    /// How sure it is.
    pub confidence: Confidence,
    /// Why.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}

/// A dated value of a setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingOut {
    /// The setting.
    #[serde(flatten)]
    pub setting: Setting,
    /// Why it was amended; empty when it was delivered.
    pub reason: String,
    /// When it was recorded; of two values for one day the later one holds.
    pub recorded_at: Instant,
}

/// Every dated value of every setting.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingListOut {
    /// By name, day and time of recording.
    pub items: Vec<SettingOut>,
}

/// A new value of a setting.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "value": "45",
    "effective_from": "2027-01-01",
    "source": "渭环发〔2026〕1号",
    "reason": "文件规定"
}))]
pub struct SettingAmendmentIn {
    /// Its value.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub value: String,
    /// The first day on which it holds. A day in the past needs a reason.
    #[schema(value_type = String, format = Date)]
    pub effective_from: Day,
    /// Where it comes from.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub source: String,
    /// Why; needed when the value holds for days that have passed.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: Option<String>,
}
