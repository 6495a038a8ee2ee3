//! The vehicle as far as its test depends on it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bound, Item};
use crate::domain::{quantity::Amount, time::Day, words::words};

words! {
    /// The fuel on which the engine ran during the test; a bi-fuel vehicle is judged by this one.
    pub enum TestFuel {
        /// Petrol, also with ethanol.
        Petrol = "petrol" / "汽油",
        /// Diesel.
        Diesel = "diesel" / "柴油",
        /// Compressed or liquefied natural gas.
        NaturalGas = "natural_gas" / "天然气",
        /// Liquefied petroleum gas.
        Lpg = "lpg" / "液化石油气",
        /// Anything else, such as methanol.
        Other = "other" / "其他",
    }
}

/// The facts of a vehicle on which its limits depend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TestSubject {
    /// The fuel of this test.
    pub fuel_under_test: TestFuel,
    /// Closed-loop control with a three-way catalyst: λ is judged.
    pub closed_loop_catalyst: bool,
    /// Heavier than 3,500 kg.
    pub heavy: bool,
    /// Rated engine power, kW.
    pub rated_power: Option<Amount>,
    /// Altitude of the station, m.
    pub altitude_m: Option<i64>,
    /// Day of production.
    #[schema(value_type = Option<String>, format = Date)]
    pub built_on: Option<Day>,
    /// The maker's own range of λ, which takes the place of the standard's.
    pub makers_lambda: Option<Bound>,
}

impl TestSubject {
    /// A light vehicle of which only the fuel is known.
    #[must_use]
    pub const fn of(fuel_under_test: TestFuel) -> Self {
        Self {
            fuel_under_test,
            closed_loop_catalyst: false,
            heavy: false,
            rated_power: None,
            altitude_m: None,
            built_on: None,
            makers_lambda: None,
        }
    }

    /// The maker's bound of an item where the standard lets it take precedence (λ: GB 18285-2018, double idle).
    #[must_use]
    pub fn makers_bound(&self, item: Item) -> Option<Bound> {
        self.makers_lambda.filter(|_| item == Item::Lambda)
    }
}
