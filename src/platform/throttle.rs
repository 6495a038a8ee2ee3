//! Rates: how often a caller may do what is dear or what could be used to guess.

use std::{collections::HashMap, net::IpAddr, num::NonZeroU32};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use uuid::Uuid;

use super::problem::{Kind, Problem};

/// The limited operations and how often a minute each caller may do them.
const RATES: &[(&str, u32)] = &[
    ("judge_readings", 120),
    ("find_case", 60),
    ("sign_in", 30),
    ("issue_token", 120),
    ("file_tip", 10),
    ("read_tip_status", 30),
    ("check_as_owner", 30),
    ("appeal_as_owner", 10),
];

/// A limiter for each limited operation, keyed by caller.
pub struct Throttle(HashMap<&'static str, DefaultKeyedRateLimiter<Uuid>>);

impl Default for Throttle {
    fn default() -> Self {
        let limiter = |(operation, per_minute): &(&'static str, u32)| {
            let rate = NonZeroU32::new(*per_minute).unwrap_or(NonZeroU32::MIN);
            (*operation, RateLimiter::keyed(Quota::per_minute(rate)))
        };
        Self(RATES.iter().map(limiter).collect())
    }
}

/// An address as a caller, where nobody signs in.
#[must_use]
pub fn place_of(address: Option<IpAddr>) -> Uuid {
    Uuid::from_u128(match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => u128::from(u32::from(address)),
        Some(IpAddr::V6(address)) => u128::from(address),
        None => 0,
    })
}

impl Throttle {
    /// Counts one use.
    ///
    /// # Errors
    /// The caller has used up the rate (429).
    pub fn check(&self, operation: &str, caller: Uuid) -> Result<(), Problem> {
        let Some(limiter) = self.0.get(operation) else { return Ok(()) };
        limiter.check_key(&caller).map_err(|_| Problem::new(Kind::TooManyRequests).retry_after(60))
    }
}
