//! When a rule speaks: days from and until, weekdays, hours that may cross midnight, and the table of holidays.

use std::{collections::BTreeMap, fmt};

use chrono::{Datelike, Days};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use super::{DayKind, HolidayTerm};
use crate::domain::{
    time::{Day, Instant},
    words::words,
};

const MINUTES_OF_A_DAY: u16 = 1_440;
/// How far ahead a change is looked for: the longest holidays and a week behind them.
const DAYS_AHEAD: u64 = 21;

words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday" / "星期一",
        /// Tuesday.
        Tuesday = "tuesday" / "星期二",
        /// Wednesday.
        Wednesday = "wednesday" / "星期三",
        /// Thursday.
        Thursday = "thursday" / "星期四",
        /// Friday.
        Friday = "friday" / "星期五",
        /// Saturday.
        Saturday = "saturday" / "星期六",
        /// Sunday.
        Sunday = "sunday" / "星期日",
    }
}

/// When a rule speaks, in Asia/Shanghai.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "from": "2026-01-01", "weekdays": ["monday"], "hours": [{ "from": "22:00", "to": "06:00" }],
    "holidays": "except"
}))]
pub struct When {
    /// The first day.
    #[schema(value_type = chrono::NaiveDate)]
    pub from: Day,
    /// The last day; open when absent.
    #[serde(default)]
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub until: Option<Day>,
    /// Days of the week; every day when empty.
    #[serde(default)]
    #[validate(length(max = 7))]
    #[schema(max_items = 7)]
    pub weekdays: Vec<Weekday>,
    /// Hours; the whole day when empty. Hours that cross midnight belong to the day on which they begin.
    #[serde(default)]
    #[validate(length(max = 12), custom(function = spans))]
    #[schema(max_items = 12)]
    pub hours: Vec<Hours>,
    /// What the table of holidays does.
    #[serde(default = "HolidayTerm::ignore")]
    pub holidays: HolidayTerm,
}

/// Hours of a day: the first minute belongs to them, the last does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// `22:00`.
    pub from: ClockTime,
    /// `06:00`; earlier than `from` when midnight lies between; `24:00` is the end of the day.
    pub to: ClockTime,
}

/// A time of the clock on the wall, in minutes: `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, examples("22:00"))]
pub struct ClockTime(u16);

/// What makes a time impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhenError {
    /// Not `HH:MM`.
    #[error("not a time from 00:00 to 24:00")]
    NotATime,
}

/// An entry of the table of holidays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SpecialDay {
    /// The day.
    #[schema(value_type = chrono::NaiveDate)]
    pub day: Day,
    /// What it is.
    pub kind: DayKind,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub source: String,
}

/// The table of holidays.
pub type Holidays = BTreeMap<Day, DayKind>;

/// An instant with its legal day and minute, told once for all rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Instant,
    /// The legal day.
    pub day: Day,
    minute: u16,
}

impl Moment {
    /// The moment of an instant.
    #[must_use]
    pub fn of(at: Instant) -> Self {
        Self { at, day: at.local_day(), minute: at.local_minute() }
    }
}

impl When {
    /// Always from a day on.
    #[must_use]
    pub const fn always_from(day: Day) -> Self {
        Self { from: day, until: None, weekdays: Vec::new(), hours: Vec::new(), holidays: HolidayTerm::Ignore }
    }

    /// Whether it is that time.
    #[must_use]
    pub fn holds(&self, moment: &Moment, holidays: &Holidays) -> bool {
        let on = |day: Day| self.is_day(day, holidays);
        if self.hours.is_empty() {
            return on(moment.day);
        }
        self.hours.iter().any(|span| {
            if span.from < span.to {
                return span.from.0 <= moment.minute && moment.minute < span.to.0 && on(moment.day);
            }
            let tonight = span.from.0 <= moment.minute && on(moment.day);
            tonight || (moment.minute < span.to.0 && moment.day.pred_opt().is_some_and(on))
        })
    }

    /// When that next changes; `None` when it does not within three weeks.
    #[must_use]
    pub fn next_change(&self, at: Instant, holidays: &Holidays) -> Option<Instant> {
        let today = at.local_day();
        let now = self.holds(&Moment::of(at), holidays);
        let days = (0..=DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        let mut edges: Vec<Instant> = days
            .flat_map(|day| {
                let spans = self.hours.iter().flat_map(|span| [span.from.0, span.to.0]);
                let minutes: Vec<u16> = std::iter::once(0).chain(spans).collect();
                minutes
                    .into_iter()
                    .map(move |minute| Instant::start_of(day).plus(chrono::Duration::minutes(i64::from(minute))))
            })
            .filter(|edge| *edge > at)
            .collect();
        edges.sort_unstable();
        edges.into_iter().find(|edge| self.holds(&Moment::of(*edge), holidays) != now)
    }

    fn is_day(&self, day: Day, holidays: &Holidays) -> bool {
        if day < self.from || self.until.is_some_and(|last| last < day) {
            return false;
        }
        let special = match self.holidays {
            HolidayTerm::Ignore => None,
            HolidayTerm::Except | HolidayTerm::Only => holidays.get(&day),
        };
        let holiday = special == Some(&DayKind::Holiday);
        match self.holidays {
            HolidayTerm::Only => holiday && self.is_weekday(day),
            HolidayTerm::Except if holiday => false,
            HolidayTerm::Except if special == Some(&DayKind::WorkingDay) => {
                self.weekdays.is_empty() || self.weekdays.iter().any(|day| *day <= Weekday::Friday)
            }
            _ => self.is_weekday(day),
        }
    }

    fn is_weekday(&self, day: Day) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&Weekday::of(day))
    }
}

impl Weekday {
    /// The day of the week of a legal day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        match day.weekday() {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}

impl HolidayTerm {
    const fn ignore() -> Self {
        Self::Ignore
    }
}

impl ClockTime {
    /// Reads `06:00`.
    ///
    /// # Errors
    /// Not two digits, a colon and two digits within a day.
    pub fn read(text: &str) -> Result<Self, WhenError> {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let two = |part: &str| part.parse::<u16>().ok().filter(|_| digits(part));
        let parted = text.split_once(':').and_then(|(hour, minute)| two(hour).zip(two(minute)));
        let minutes = parted.filter(|(_, minute)| *minute < 60).map(|(hour, minute)| hour * 60 + minute);
        minutes.filter(|minutes| *minutes <= MINUTES_OF_A_DAY).map(Self).ok_or(WhenError::NotATime)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

crate::domain::vehicle::text::text_faces!(ClockTime, WhenError);

fn spans(hours: &[Hours]) -> Result<(), ValidationError> {
    let empty = |span: &Hours| span.from == span.to || span.from.0 == MINUTES_OF_A_DAY;
    if hours.iter().any(empty) {
        return Err(ValidationError::new("empty_hours").with_message("hours that never come | 时段为空".into()));
    }
    Ok(())
}
