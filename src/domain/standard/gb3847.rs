//! GB 3847-2018: what the diesel methods derive from their readings before a limit is met.

use crate::domain::quantity::Amount;

/// The result of free acceleration: the mean of the last three accelerations (GB 3847-2018, annex A), m⁻¹, not yet
/// rounded; `None` unless all three were measured.
#[must_use]
pub fn mean_k(last_three: [Option<Amount>; 3]) -> Option<Amount> {
    let [Some(first), Some(second), Some(third)] = last_three else { return None };
    Amount::mean(&[first, second, third])
}

/// The result of lug-down for power: corrected greatest wheel power as a percentage of rated power (GB 3847-2018,
/// annex B); `None` without a rated power.
#[must_use]
pub fn power_share(wheel_power: Amount, rated_power: Option<Amount>) -> Option<Amount> {
    wheel_power.percent_of(rated_power?)
}
