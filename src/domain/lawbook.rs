//! The law in force: dated limits and dated settings, read together.

use super::{settings::Settings, standard::LimitBook};

/// Every dated rule.
#[derive(Debug, Default)]
pub struct Lawbook {
    /// Limits of the standards.
    pub limits: LimitBook,
    /// Deadlines, tolerances and switches.
    pub settings: Settings,
}
