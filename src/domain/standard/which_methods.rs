//! Which method a vehicle must be tested by, and which weaker ones need a reason (非工况原因).
//!
//! GB 18285-2018 and GB 3847-2018 as in use: a dynamometer method unless the vehicle cannot run on one. Choosing a
//! weaker method without a reason is a known fraud.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Method, TestFuel};
use crate::domain::words::words;

/// The facts on which the method depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodFacts {
    /// The fuel of the engine; `None` for a vehicle without exhaust (battery or fuel cell).
    pub fuel: Option<TestFuel>,
    /// Heavier than 3,500 kg.
    pub heavy: bool,
    /// Whether the vehicle can run on a dynamometer (drive, traction control, mass); `None` where it is not on record.
    pub dyno_capable: Option<bool>,
    /// The one driving-mode method of the province for petrol vehicles.
    pub provincial_petrol_method: Method,
}

/// The methods that a vehicle may be tested by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MethodChoice {
    /// The method that the law means for the vehicle.
    pub regular: Method,
    /// Weaker methods, each only with a reason.
    pub weaker: Vec<Method>,
}

words! {
    /// What a station may do with a method.
    pub enum Permission {
        /// Use it.
        Regular = "regular" / "规定方法",
        /// Use it with a reason, which is then audited.
        NeedsReason = "needs_reason" / "须说明非工况原因",
        /// Not use it.
        Refused = "refused" / "不适用",
    }
}

impl MethodChoice {
    /// What a station may do with this method.
    #[must_use]
    pub fn permission(&self, method: Method) -> Permission {
        if method == self.regular {
            Permission::Regular
        } else if self.weaker.contains(&method) {
            Permission::NeedsReason
        } else {
            Permission::Refused
        }
    }
}

/// Tells the regular method of a vehicle and the weaker ones.
///
/// A light vehicle and any diesel is taken to run on a dynamometer until the record says otherwise; a heavy petrol
/// vehicle, beyond most dynamometers, is taken not to.
#[must_use]
pub fn allowed_methods(facts: &MethodFacts) -> MethodChoice {
    let Some(fuel) = facts.fuel else {
        return MethodChoice { regular: Method::Exempt, weaker: Vec::new() };
    };
    let diesel = fuel == TestFuel::Diesel;
    let (loaded, unloaded) = if diesel {
        (Method::LugDown, Method::FreeAcceleration)
    } else {
        (facts.provincial_petrol_method, Method::DoubleIdle)
    };
    let on_dyno = facts.dyno_capable.unwrap_or(diesel || !facts.heavy);
    if on_dyno && loaded != unloaded {
        MethodChoice { regular: loaded, weaker: vec![unloaded] }
    } else {
        MethodChoice { regular: unloaded, weaker: Vec::new() }
    }
}
