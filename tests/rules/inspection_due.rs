//! When the periodic inspection is due and overdue, at and beside every boundary.

use imfleet::domain::{
    listing_rule::{PeriodClass, cycle_start, due_after, inspection_periods, is_overdue, period_class, unanswered},
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, use_nature::UseNature},
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{golden, settings::amended, station::day, vehicles::orderly_truck};

#[derive(Deserialize)]
struct Row {
    clause: String,
    vehicle_type: String,
    use_nature: UseNature,
    registered_on: Option<Day>,
    passed_on: Option<Day>,
    today: Day,
    due_on: Option<Day>,
    overdue_since: Option<Day>,
}

#[test]
fn a_vehicle_is_due_and_overdue_as_the_table_says() {
    let settings = Settings::delivered();
    for row in golden::rows::<Row>("inspection_due.csv") {
        let vehicle = vehicle(&row.vehicle_type, row.use_nature, row.registered_on);
        assert_eq!(due_after(&vehicle, row.passed_on, &settings, row.today), row.due_on, "{}", row.clause);
        assert_eq!(is_overdue(&vehicle, row.passed_on, &settings, row.today), row.overdue_since, "{}", row.clause);
    }
}

#[test]
fn every_class_has_periods_from_its_first_day_on() {
    let delivered = include_str!("../../src/domain/inspection_periods.csv").lines().count() - 1;
    assert_eq!(inspection_periods().len(), delivered);
    for class in PeriodClass::ALL {
        let rows: Vec<_> = inspection_periods().iter().filter(|row| row.class == *class).collect();
        assert!(rows.iter().any(|row| row.from_age_months == 0), "{class}");
        assert!(rows.iter().all(|row| row.months > 0 && !row.source.is_empty()), "{class}");
    }
}

#[test]
fn a_vehicle_without_exhaust_has_no_emission_inspection() {
    let mut electric = vehicle("K33", UseNature::NonOperating, Some(day("2015-03-15")));
    electric.fuel = "C".parse().unwrap();
    assert_eq!(period_class(&electric), None);
    assert_eq!(is_overdue(&electric, None, &Settings::delivered(), day("2030-01-01")), None);
}

#[rstest]
#[case::days_of_grace("overdue_inspection_grace_days", "10", "2027-06-10", None)]
#[case::after_the_days_of_grace("overdue_inspection_grace_days", "10", "2027-06-11", Some("2027-05-31"))]
#[case::on_the_day_itself("inspection_due_at_month_end", "off", "2027-05-11", Some("2027-05-10"))]
#[case::a_longer_history("overdue_inspection_counts_from", "2026-01-01", "2026-12-31", Some("2026-05-31"))]
fn the_day_follows_the_dated_settings(
    #[case] key: &str,
    #[case] value: &str,
    #[case] today: &str,
    #[case] overdue: Option<&str>,
) {
    let truck = vehicle("H11", UseNature::Freight, Some(day("2020-05-10")));
    let settings = amended([(key, value, "2026-01-01")].into_iter());
    assert_eq!(is_overdue(&truck, None, &settings, day(today)), overdue.map(day));
}

#[rstest]
#[case::the_first_cycle_begins_with_the_registration("2020-12-01", "2020-05-10")]
#[case::on_the_due_day_it_is_still_the_old_one("2026-05-31", "2025-06-01")]
#[case::the_next_begins_the_day_after("2026-06-01", "2026-06-01")]
fn a_cycle_runs_from_due_day_to_due_day(#[case] on: &str, #[case] start: &str) {
    let truck = vehicle("H11", UseNature::Freight, Some(day("2020-05-10")));
    assert_eq!(cycle_start(&truck, &Settings::delivered(), day(on)), Some(day(start)));
}

#[rstest]
#[case::nothing_is_due("2026-05-30", None, "")]
#[case::the_mark_expires("2026-05-31", None, "2026-05-31")]
#[case::each_period_ends_without_a_mark("2028-05-31", None, "2026-05-31 2027-05-31 2028-05-31")]
#[case::a_pass_begins_anew("2028-05-31", Some("2026-04-01"), "2027-05-31 2028-05-31")]
#[case::a_pass_too_early_answers_nothing("2026-12-31", Some("2026-01-31"), "2026-05-31")]
fn the_due_days_that_no_pass_answers_follow_each_other(
    #[case] today: &str,
    #[case] passed_on: Option<&str>,
    #[case] expected: &str,
) {
    let truck = vehicle("H11", UseNature::Freight, Some(day("2020-05-10")));
    let settings = amended([("overdue_inspection_counts_from", "2026-01-01", "2026-01-01")].into_iter());
    let found = unanswered(&truck, passed_on.map(day), &settings, day(today));
    assert_eq!(found.iter().map(Day::to_string).collect::<Vec<_>>().join(" "), expected);
}

fn vehicle(vehicle_type: &str, use_nature: UseNature, registered_on: Option<Day>) -> Vehicle {
    let mut vehicle = orderly_truck();
    vehicle.vehicle_type = vehicle_type.parse().unwrap();
    vehicle.use_nature = use_nature;
    vehicle.registered_on = registered_on;
    vehicle
}
