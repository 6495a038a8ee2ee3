//! Instants in UTC, legal days in Asia/Shanghai, and periods that end at 24:00 of their last day.

use chrono::{DateTime, Days, Duration, Utc};
use imfleet::domain::time::{Day, Instant, is_past, last_day};
use proptest::prelude::*;
use rstest::rstest;

use crate::{
    cast::{MICROSECOND, local},
    station::day,
};

#[rstest]
#[case::the_last_microsecond("2026-08-22T15:59:59.999999Z", "2026-08-22")]
#[case::midnight("2026-08-22T16:00:00Z", "2026-08-23")]
#[case::the_leap_day_begins("2024-02-28T16:00:00Z", "2024-02-29")]
#[case::the_leap_day_ends("2024-02-29T15:59:59.999999Z", "2024-02-29")]
#[case::after_the_leap_day("2024-02-29T16:00:00Z", "2024-03-01")]
#[case::no_leap_day("2026-02-28T16:00:00Z", "2026-03-01")]
#[case::the_year_ends("2026-12-31T15:59:59.999999Z", "2026-12-31")]
#[case::the_year_begins("2026-12-31T16:00:00Z", "2027-01-01")]
fn the_legal_day_changes_at_16_00_utc(#[case] at: &str, #[case] expected: Day) {
    assert_eq!(utc(at).local_day(), expected);
    assert_eq!(utc(at).local_year().to_string(), expected.to_string()[..4]);
}

#[rstest]
#[case::thirty_days("2026-08-22", 30, "2026-09-21")]
#[case::to_the_end_of_the_month("2026-08-01", 30, "2026-08-31")]
#[case::one_day_is_the_day_after("2026-08-22", 1, "2026-08-23")]
#[case::no_day_is_the_day_of_the_notice("2026-08-22", 0, "2026-08-22")]
#[case::the_leap_day_counts("2024-02-28", 1, "2024-02-29")]
#[case::over_the_leap_day("2024-02-28", 2, "2024-03-01")]
#[case::no_leap_day("2026-02-28", 1, "2026-03-01")]
#[case::over_the_year("2026-12-31", 1, "2027-01-01")]
fn a_period_of_days_is_counted_from_the_day_after_the_notice(
    #[case] notice: Day,
    #[case] days: u32,
    #[case] last: Day,
) {
    assert_eq!(last_day(notice, days), last);
}

#[rstest]
#[case::on_its_last_day("2026-09-21T02:00:00Z", false)]
#[case::a_microsecond_before_24_00("2026-09-21T15:59:59.999999Z", false)]
#[case::at_24_00("2026-09-21T16:00:00Z", true)]
fn a_period_ends_at_24_00_of_its_last_day(#[case] at: &str, #[case] past: bool) {
    assert_eq!(is_past(day("2026-09-21"), utc(at)), past);
}

#[test]
fn an_instant_is_read_with_its_offset_and_written_in_utc() {
    let read: Instant = serde_json::from_str(r#""2026-08-22T10:30:00.123+08:00""#).unwrap();
    assert_eq!(read, utc("2026-08-22T02:30:00.123Z"));
    assert_eq!(serde_json::to_string(&read).unwrap(), r#""2026-08-22T02:30:00.123Z""#);
    assert_eq!(read.to_string(), "2026-08-22T02:30:00.123000Z");
    assert_eq!(read.local_digits(), "20260822103000123");
}

#[test]
fn an_instant_without_an_offset_is_refused() {
    for text in [r#""2026-08-22T10:30:00""#, r#""2026-08-22""#, "1787365800"] {
        assert!(serde_json::from_str::<Instant>(text).is_err(), "{text}");
    }
}

#[test]
fn an_instant_is_exact_to_the_microsecond_and_no_finer() {
    assert_eq!(utc("2026-08-22T02:30:00.999999999Z"), utc("2026-08-22T02:30:00.999999Z"));
    let noon = local("2026-08-22 12:00:00");
    assert_eq!(noon.plus(Duration::nanoseconds(999)), noon);
    assert_eq!(noon.plus(MICROSECOND).since(noon), MICROSECOND);
}

#[test]
fn a_span_beyond_the_end_of_time_moves_nothing() {
    let end = Instant::from(DateTime::<Utc>::MAX_UTC);
    assert_eq!(end.plus(Duration::days(1)), end);
    assert_eq!(last_day(Day::MAX, 1), Day::MAX);
}

proptest! {
    #[test]
    fn a_legal_day_has_24_hours_from_its_first_instant_on(number in 0_u64..40_000) {
        let day = day("1992-01-01") + Days::new(number);
        let start = Instant::start_of(day);
        prop_assert_eq!(start.local_day(), day);
        prop_assert_eq!(start.minus(MICROSECOND).local_day(), day - Days::new(1));
        prop_assert_eq!(start.plus(Duration::hours(24)), Instant::start_of(day + Days::new(1)));
    }

    #[test]
    fn an_instant_comes_back_from_its_microseconds_and_from_its_text(micros in -62_135_596_800_000_000..253_402_300_800_000_000_i64) {
        let at = Instant::from_micros(micros);
        prop_assert_eq!(at.micros(), micros);
        prop_assert_eq!(serde_json::from_str::<Instant>(&serde_json::to_string(&at).unwrap()).unwrap(), at);
        prop_assert_eq!(utc(&at.to_string()), at);
    }
}

fn utc(text: &str) -> Instant {
    text.parse::<DateTime<Utc>>().unwrap().into()
}
