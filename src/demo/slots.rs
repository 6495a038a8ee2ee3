//! The times of a working day at which something happens in the demo.

use chrono::{Datelike, Duration, Weekday};

use crate::domain::time::{Day, Instant};

/// Minutes after midnight. Nothing is accepted at the last, so that every test has its result on its own day.
const TIMES: [i64; 5] = [9 * 60, 11 * 60, 14 * 60 + 30, 16 * 60 + 30, 18 * 60];
const LAST: usize = TIMES.len() - 1;

/// One of the times of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The day; never a Sunday.
    pub day: Day,
    number: usize,
}

impl Slot {
    /// A slot in which vehicles are accepted, on the day or, when it is a Sunday, on the day after.
    pub fn on(day: Day, number: i64) -> Self {
        let number = usize::try_from(number).unwrap_or_default() % LAST;
        let open = if day.weekday() == Weekday::Sun { day.succ_opt().unwrap_or(day) } else { day };
        Self { day: open, number }
    }

    /// The next slot of the same day; its last is followed by itself.
    pub fn next(self) -> Self {
        Self { number: (self.number + 1).min(LAST), ..self }
    }

    /// The next slot in which vehicles are accepted.
    pub fn next_open(self) -> Self {
        let next = self.next();
        if next.number < LAST { next } else { Self::on(self.day.succ_opt().unwrap_or(self.day), 0) }
    }

    /// When it is.
    pub fn at(self) -> Instant {
        let minutes = TIMES.get(self.number).copied().unwrap_or_default();
        Instant::start_of(self.day).plus(Duration::minutes(minutes))
    }
}
