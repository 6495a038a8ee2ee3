//! Days, instants and numbers as people there write them.

use chrono::{DateTime, Utc};
use chrono_tz::Asia::Shanghai;

use crate::{
    domain::time::{Day, Instant},
    platform::problem::Language,
};

/// `2026年8月22日 10:30`, `22 Aug 2026 10:30`.
pub fn instant(language: Language, at: Instant) -> String {
    let local = DateTime::<Utc>::from(at).with_timezone(&Shanghai);
    format!("{} {}", day(language, local.date_naive()), local.format("%H:%M"))
}

/// `2026年8月22日`, `22 Aug 2026`.
pub fn day(language: Language, day: Day) -> String {
    day.format(language.pick("%-d %b %Y", "%Y年%-m月%-d日")).to_string()
}

/// `12,345`.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("−{text}") } else { text }
}

#[test]
fn numbers_have_their_thousands_apart() {
    let written: Vec<_> = [0, 12, 999, 1_000, 1_234_567, -12_345].into_iter().map(number).collect();
    assert_eq!(written, ["0", "12", "999", "1,000", "1,234,567", "−12,345"]);
}

#[test]
fn a_day_is_written_as_people_there_write_it() {
    let noon = "2026-08-22T16:30:00Z".parse::<DateTime<Utc>>().map(Instant::from);
    let written = noon.map(|noon| [Language::Chinese, Language::English].map(|language| instant(language, noon)));
    assert_eq!(written, Ok(["2026年8月23日 00:30".to_owned(), "23 Aug 2026 00:30".to_owned()]));
}
