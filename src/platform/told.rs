//! The two bodies that many operations share: a step that needs no words, and a step that needs its reason.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// An empty object: the address says it all.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepIn {}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "分析仪当日校准失效" }))]
pub struct ReasonIn {
    /// The reason, as it will stand in the journal.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500)]
    pub reason: String,
}
