//! An exhibit: a photograph, video, report or letter that a procedure refers to; it is kept where it was made.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// A reference to a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "路检现场照片", "reference": "photo/2026/08/0001.jpg" }))]
pub struct Exhibit {
    /// What it is.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Where it is found: a file number, a report number, an address inside the network.
    #[validate(length(min = 1, max = 300))]
    #[schema(min_length = 1, max_length = 300)]
    pub reference: String,
    /// SHA-256 of its bytes, in hexadecimal digits, so that it cannot be exchanged.
    #[validate(length(equal = 64))]
    #[schema(min_length = 64, max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}
