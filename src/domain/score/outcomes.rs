//! What became of a shop's repairs: the first retest after each, and whether the vehicle failed again.

use chrono::Duration;

use super::Share;
use crate::domain::{
    time::{Day, Instant},
    verdict::Verdict,
};

/// How long a repair has to hold.
const HOLDS_DAYS: i64 = 90;

/// A counted test of a vehicle: when it ended, on which day, and how.
pub type Tested = (Instant, Day, Verdict);

/// The repairs of a shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Completed repairs.
    pub repairs: i64,
    /// With a test afterwards.
    pub retested: i64,
    /// That passed the first of them.
    pub passed: i64,
    /// Passes whose 90 days are over, or that failed before.
    pub watched: i64,
    /// That failed again within 90 days.
    pub failed_again: i64,
}

impl Outcomes {
    /// Counts a repair that was completed at an instant. `tests` are the vehicle's counted tests in their order.
    pub fn add(&mut self, completed_at: Instant, tests: &[Tested], as_of: Day) {
        self.repairs += 1;
        let mut later = tests.iter().filter(|(at, _, _)| *at > completed_at);
        let Some((_, passed_on, verdict)) = later.next() else { return };
        self.retested += 1;
        if *verdict != Verdict::Pass {
            return;
        }
        self.passed += 1;
        let last = passed_on.checked_add_signed(Duration::days(HOLDS_DAYS)).unwrap_or(Day::MAX);
        let failed_again = later.any(|(_, day, verdict)| *verdict == Verdict::Fail && *day <= last);
        self.watched += i64::from(failed_again || last < as_of);
        self.failed_again += i64::from(failed_again);
    }

    /// Passed at the first retest, of those retested.
    #[must_use]
    pub const fn first_retest(&self) -> Share {
        Share { hits: self.passed, of: self.retested }
    }

    /// Failed again within 90 days, of those watched.
    #[must_use]
    pub const fn again(&self) -> Share {
        Share { hits: self.failed_again, of: self.watched }
    }
}
