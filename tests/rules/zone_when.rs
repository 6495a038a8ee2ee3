//! When a rule speaks: every boundary of days, weekdays, hours and holidays, and when that next changes.

use std::collections::BTreeMap;

use imfleet::domain::{
    time::Day,
    words::Word,
    zone::{ClockTime, Control, Controls, DayKind, HolidayTerm, Hours, Moment, SpecialDay, Weekday, When, delivered},
};
use proptest::prelude::*;
use rstest::rstest;
use serde::Deserialize;

use crate::{
    cast::local,
    golden::{self, column},
    station::day,
};

#[derive(Debug, Deserialize)]
struct Row {
    situation: String,
    from: Day,
    until: Option<Day>,
    weekdays: String,
    /// `07:00-09:00 17:00-19:00`.
    hours: String,
    holidays: HolidayTerm,
    at: String,
    holds: Holds,
}

column! {
    Holds { Yes, No }
}

#[test]
fn a_rule_speaks_when_the_table_says_so() {
    let controls = Controls::new(delivered());
    for row in golden::rows::<Row>("zone_when.csv") {
        let holds = row.when().holds(&Moment::of(local(&row.at)), controls.holidays());
        assert_eq!(holds, row.holds == Holds::Yes, "{}", row.situation);
    }
}

#[test]
fn the_table_tries_every_term_both_ways() {
    let rows = golden::rows::<Row>("zone_when.csv");
    for term in HolidayTerm::ALL {
        let tried = |holds: Holds| rows.iter().any(|row| row.holidays == *term && row.holds == holds);
        assert!(Holds::ALL.iter().all(|holds| tried(*holds)), "{term}");
    }
}

impl Row {
    fn when(&self) -> When {
        When {
            from: self.from,
            until: self.until,
            weekdays: self.weekdays.split_whitespace().map(|word| Weekday::parse(word).unwrap()).collect(),
            hours: self.hours.split_whitespace().map(hours).collect(),
            holidays: self.holidays,
        }
    }
}

/// Reads `22:00-06:00`.
pub fn hours(text: &str) -> Hours {
    let (from, to) = text.split_once('-').unwrap();
    Hours { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

#[rstest]
#[case::to_the_end_of_its_hours("2026-08-21 08:00:00", "07:00-20:00", "2026-08-21 20:00:00")]
#[case::to_the_end_of_the_night("2026-08-21 23:00:00", "22:00-06:00", "2026-08-22 06:00:00")]
#[case::to_the_first_of_its_hours("2026-08-21 20:00:00", "07:00-20:00", "2026-08-22 07:00:00")]
fn the_next_change_is_told(#[case] at: &str, #[case] span: &str, #[case] next: &str) {
    let when = When { hours: vec![hours(span)], ..When::always_from(day("2026-01-01")) };
    assert_eq!(when.next_change(local(at), &BTreeMap::default()), Some(local(next)));
}

#[test]
fn a_rule_without_an_end_does_not_change() {
    let when = When::always_from(day("2026-01-01"));
    assert_eq!(when.next_change(local("2026-08-21 12:00:00"), &BTreeMap::default()), None);
    let last = When { until: Some(day("2026-08-22")), ..when };
    assert_eq!(
        last.next_change(local("2026-08-21 12:00:00"), &BTreeMap::default()),
        Some(local("2026-08-23 00:00:00"))
    );
}

#[test]
fn an_entry_of_the_table_is_taken_back_by_a_later_one() {
    let entry = |kind| {
        Control::SpecialDay(SpecialDay {
            day: day("2026-10-01"),
            kind,
            name: "国庆节".to_owned(),
            source: "通知".to_owned(),
        })
    };
    let controls = Controls::new([entry(DayKind::Holiday), entry(DayKind::Ordinary)]);
    let when = When { holidays: HolidayTerm::Except, ..When::always_from(day("2026-01-01")) };
    assert!(when.holds(&Moment::of(local("2026-10-01 12:00:00")), controls.holidays()));
}

#[rstest]
#[case("24:01")]
#[case("7:00")]
#[case("07:60")]
#[case("0700")]
#[case("")]
#[case("+7:00")]
fn a_text_that_is_no_time_is_refused(#[case] text: &str) {
    assert!(text.parse::<ClockTime>().is_err());
}

proptest! {
    #[test]
    fn between_now_and_the_next_change_nothing_changes(minute in 0_i64..20_160, from in 0_u32..24, to in 0_u32..=24) {
        prop_assume!(from != to);
        let span = hours(&format!("{from:02}:00-{to:02}:00"));
        let weekdays = vec![Weekday::Monday, Weekday::Wednesday, Weekday::Saturday];
        let when = When { hours: vec![span], weekdays, ..When::always_from(day("2026-01-01")) };
        let at = local("2026-08-01 00:00:30").plus(chrono::Duration::minutes(minute));
        let next = when.next_change(at, &BTreeMap::default()).unwrap();
        let holds = |at| when.holds(&Moment::of(at), &BTreeMap::default());
        prop_assert_ne!(holds(at), holds(next));
        prop_assert_eq!(holds(at), holds(next.minus(crate::cast::MICROSECOND)));
    }
}
