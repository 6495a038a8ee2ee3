//! How much a client may ask: so many checks a day, and so many in a burst that refills within a minute.

use crate::domain::{
    role::Role,
    settings::Settings,
    time::{Day, Instant, end_of},
};

const MINUTE_MICROS: u64 = 60_000_000;
const MINUTE_S: u64 = 60;
const DAY_S: u64 = 86_400;

/// What a role's clients may ask; zero is without bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Checks on a legal day.
    pub per_day: u64,
    /// Checks in a burst, refilled evenly within a minute.
    pub per_minute: u64,
}

/// What a client has asked.
#[derive(Debug, Clone, Default)]
pub struct Spent {
    day: Option<Day>,
    today: u64,
    /// When the burst is full again, microseconds since 1970.
    full_again: i64,
}

/// One of the two bounds, and what is left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The bound's name.
    pub name: &'static str,
    /// How many checks in all.
    pub quota: u64,
    /// How many are left.
    pub left: u64,
    /// The seconds for which the quota stands.
    pub window_s: u64,
    /// The seconds until it is whole again.
    pub reset_s: u64,
}

/// What is left of both bounds; a bound that is switched off is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left(pub Vec<Share>);

/// The allowance is used up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the allowance `{name}` is used up")]
pub struct UsedUp {
    /// Which one.
    pub name: &'static str,
    /// When a repetition may succeed.
    pub retry_after_s: u64,
    /// What is left of both.
    pub left: Left,
}

impl Allowance {
    /// The allowance of a role's clients on a day.
    #[must_use]
    pub fn of(role: Role, settings: &Settings, day: Day) -> Self {
        let (per_day, per_minute) = match role {
            Role::TrafficPolice => (
                settings.on("checks_per_day_traffic_police", day),
                settings.on("checks_per_minute_traffic_police", day),
            ),
            Role::EnterpriseGate => (
                settings.on("checks_per_day_enterprise_gate", day),
                settings.on("checks_per_minute_enterprise_gate", day),
            ),
            _ => (settings.on("checks_per_day_office", day), settings.on("checks_per_minute_office", day)),
        };
        Self { per_day, per_minute }
    }
}

impl Spent {
    /// Takes so many checks at an instant: all of them or none.
    ///
    /// # Errors
    /// One of the bounds does not allow them.
    pub fn take(&mut self, allowance: Allowance, count: u64, at: Instant) -> Result<Left, UsedUp> {
        let today = at.local_day();
        if self.day != Some(today) {
            (self.day, self.today) = (Some(today), 0);
        }
        let until_midnight = seconds_to_midnight(at);
        if allowance.per_day > 0 && self.today + count > allowance.per_day {
            return Err(self.used_up("daily", until_midnight, allowance, at));
        }
        if let Some(cost) = (MINUTE_MICROS * count).checked_div(allowance.per_minute) {
            let full_again = self.debt(at) + cost;
            if full_again > MINUTE_MICROS {
                let wait = (full_again - MINUTE_MICROS).div_ceil(1_000_000).min(MINUTE_S);
                return Err(self.used_up("burst", wait, allowance, at));
            }
            self.full_again = at.micros().saturating_add_unsigned(full_again);
        }
        self.today += count;
        Ok(self.left(allowance, at))
    }

    /// Takes over what the client asked today of other processes, or before this one began.
    pub fn add(&mut self, count: u64, day: Day) {
        if self.day == Some(day) {
            self.today += count;
        } else {
            (self.day, self.today) = (Some(day), count);
        }
    }

    /// Microseconds until the burst is full again.
    fn debt(&self, at: Instant) -> u64 {
        u64::try_from(self.full_again.saturating_sub(at.micros())).unwrap_or_default()
    }

    fn left(&self, allowance: Allowance, at: Instant) -> Left {
        let mut shares = Vec::with_capacity(2);
        if allowance.per_minute > 0 {
            let debt = self.debt(at).min(MINUTE_MICROS);
            let left = (MINUTE_MICROS - debt) * allowance.per_minute / MINUTE_MICROS;
            let reset_s = debt.div_ceil(1_000_000);
            shares.push(Share { name: "burst", quota: allowance.per_minute, left, window_s: MINUTE_S, reset_s });
        }
        if allowance.per_day > 0 {
            let left = allowance.per_day.saturating_sub(self.today);
            let reset_s = seconds_to_midnight(at);
            shares.push(Share { name: "daily", quota: allowance.per_day, left, window_s: DAY_S, reset_s });
        }
        Left(shares)
    }

    fn used_up(&self, name: &'static str, retry_after_s: u64, allowance: Allowance, at: Instant) -> UsedUp {
        UsedUp { name, retry_after_s: retry_after_s.max(1), left: self.left(allowance, at) }
    }
}

impl Left {
    /// The value of `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers); none when nothing is bounded.
    #[must_use]
    pub fn policy(&self) -> Option<String> {
        self.list(|share| format!("\"{}\";q={};w={}", share.name, share.quota, share.window_s))
    }

    /// The value of `RateLimit`.
    #[must_use]
    pub fn rate_limit(&self) -> Option<String> {
        self.list(|share| format!("\"{}\";r={};t={}", share.name, share.left, share.reset_s))
    }

    fn list(&self, item: impl Fn(&Share) -> String) -> Option<String> {
        let items: Vec<_> = self.0.iter().map(item).collect();
        (!items.is_empty()).then(|| items.join(", "))
    }
}

fn seconds_to_midnight(at: Instant) -> u64 {
    u64::try_from(end_of(at.local_day()).since(at).num_seconds()).unwrap_or_default().max(1)
}
