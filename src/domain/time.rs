//! Instants in UTC to the microsecond, and the legal day of Asia/Shanghai.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, SecondsFormat, SubsecRound, TimeZone, Timelike, Utc};
use chrono_tz::Asia::Shanghai;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A legal day, in Asia/Shanghai.
pub type Day = NaiveDate;

/// A point in time, UTC, exact to the microsecond: what both engines can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(from = "DateTime<Utc>", into = "DateTime<Utc>")]
#[schema(value_type = String, format = DateTime, examples("2026-08-22T02:30:00Z"))]
pub struct Instant(DateTime<Utc>);

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(6))
    }
}

impl From<Instant> for DateTime<Utc> {
    fn from(at: Instant) -> Self {
        at.0
    }
}

impl Instant {
    /// The first instant of a legal day: 00:00:00 in Asia/Shanghai.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        // Shanghai has had no change of clocks since 1991; before, the later reading is the legal one.
        Shanghai
            .from_local_datetime(&midnight)
            .latest()
            .map_or_else(|| Self::from(midnight.and_utc()), |local| Self::from(local.with_timezone(&Utc)))
    }

    /// The legal day on which this instant falls.
    #[must_use]
    pub fn local_day(self) -> Day {
        self.0.with_timezone(&Shanghai).date_naive()
    }

    /// The minute of the legal day, 0 to 1439.
    #[must_use]
    pub fn local_minute(self) -> u16 {
        let local = self.0.with_timezone(&Shanghai);
        u16::try_from(local.hour() * 60 + local.minute()).unwrap_or_default()
    }

    /// The calendar year of the legal day.
    #[must_use]
    pub fn local_year(self) -> i32 {
        self.local_day().year()
    }

    /// `20260822103000123`: local date and time to the millisecond, as acceptance numbers carry it.
    #[must_use]
    pub fn local_digits(self) -> String {
        self.0.with_timezone(&Shanghai).format("%Y%m%d%H%M%S%3f").to_string()
    }

    /// `2026-08-22 10:30`: local date and time to the minute, for people.
    #[must_use]
    pub fn local_text(self) -> String {
        self.0.with_timezone(&Shanghai).format("%Y-%m-%d %H:%M").to_string()
    }

    /// This instant moved by a span; unmoved when that is beyond what can be told.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        self.0.checked_add_signed(span).map_or(self, Self::from)
    }

    /// This instant moved back by a span.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        self.plus(-span)
    }

    /// The span since an earlier instant.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0 - earlier.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The instant that many microseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_micros(micros: i64) -> Self {
        Self(DateTime::from_timestamp_micros(micros).unwrap_or_default())
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

/// The last day of a period of `days` that a notice on `notice` starts: the count begins on the day after,
/// and the period ends at 24:00 of its last day.
#[must_use]
pub fn last_day(notice: Day, days: u32) -> Day {
    notice.checked_add_days(Days::new(u64::from(days))).unwrap_or(Day::MAX)
}

/// 24:00 of a legal day.
#[must_use]
pub fn end_of(last: Day) -> Instant {
    Instant::start_of(last.checked_add_days(Days::new(1)).unwrap_or(Day::MAX))
}

/// Whether a period that ends at 24:00 of `last` is over.
#[must_use]
pub fn is_past(last: Day, at: Instant) -> bool {
    at.local_day() > last
}
