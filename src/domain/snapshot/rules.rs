//! The zones, their rules, the table of holidays, the measures and the orders, as a copy holds them: one JSON document.

use crate::domain::zone::{Control, Controls, Order};

/// The document; `{}` in a copy that holds no rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules(pub Box<str>);

impl Default for Rules {
    fn default() -> Self {
        Self("{}".into())
    }
}

impl Rules {
    /// What leaves the house of these controls, in the order in which they were recorded. Permits and exempt vehicles
    /// stay, since they tell of single plates, and so does the name of whoever gave an order.
    ///
    /// # Errors
    /// They cannot be written as JSON.
    pub fn of(controls: impl IntoIterator<Item = Control>) -> serde_json::Result<Self> {
        let told = controls.into_iter().filter_map(|control| match control {
            Control::Permit(_) | Control::Exemption(_) => None,
            Control::Order(order) => Some(Control::Order(Order { ordered_by: String::new(), ..order })),
            other => Some(other),
        });
        serde_json::to_string(&told.collect::<Vec<_>>()).map(|text| Self(text.into()))
    }

    /// The controls; none when the copy holds none, or some that this program does not know.
    #[must_use]
    pub fn controls(&self) -> Option<Controls> {
        serde_json::from_str::<Vec<Control>>(&self.0).ok().map(Controls::new)
    }
}
