//! A vehicle's owner: personal data, kept apart from the vehicle's facts and shown masked.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Whom the vehicle belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "某某", "phone": "13800000000" }))]
pub struct Owner {
    /// Name.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// Telephone.
    #[validate(length(min = 3, max = 32))]
    #[schema(min_length = 3, max_length = 32)]
    pub phone: Option<String>,
}

impl Owner {
    /// The owner as offices see them: the first character of the name, the first three and last four digits of the
    /// telephone.
    #[must_use]
    pub fn masked(&self) -> Self {
        let phone = |phone: &String| {
            let marks = phone.chars().count();
            let shown = |place: usize| marks >= 8 && (place < 3 || place + 4 >= marks);
            phone.chars().enumerate().map(|(place, mark)| if shown(place) { mark } else { '*' }).collect()
        };
        Self {
            name: self.name.chars().enumerate().map(|(place, mark)| if place == 0 { mark } else { '*' }).collect(),
            phone: self.phone.as_ref().map(phone),
        }
    }
}
