//! Mandatory scrapping: the four triggers at their boundary days, and the dated table behind the first.

use imfleet::domain::{
    scrap::{Failing, Fired, ScrapClass, ScrapFacts, UseChange, fired, pro_rata_months, scrap_rows},
    settings::Settings,
    time::Day,
    vehicle::{Vehicle, use_nature::UseNature, vehicle_type::VehicleType},
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;

use crate::{cast::id, golden, settings::amended, station::day, vehicles::orderly_truck};

#[derive(Deserialize)]
struct Row {
    situation: String,
    vehicle_type: VehicleType,
    used: UseNature,
    registered_on: Option<Day>,
    built_on: Option<Day>,
    changed_from: Option<UseNature>,
    changed_on: Option<Day>,
    failed_retests: Option<i64>,
    unanswered: String,
    on: Day,
    settings: String,
    fired: String,
}

#[test]
fn the_triggers_fire_as_the_table_says() {
    for row in golden::rows::<Row>("scrap.csv") {
        let fired: Vec<_> = fired(&row.vehicle(), &row.facts(), &row.settings(), row.on).iter().map(told).collect();
        assert_eq!(fired.join(" "), row.fired, "{}", row.situation);
    }
}

#[test]
fn every_row_of_the_table_of_years_is_read_and_has_its_source() {
    let text = include_str!("../../src/domain/scrap/years.csv");
    assert_eq!(scrap_rows().len(), text.lines().count() - 1);
    for row in scrap_rows() {
        assert!(!row.source.is_empty() && row.confidence == "to_be_checked", "{row:?}");
        let twins = scrap_rows().iter().filter(|other| (other.class, other.size) == (row.class, row.size));
        assert_eq!(twins.filter(|other| other.effective_from == row.effective_from).count(), 1, "{row:?}");
    }
    for class in ScrapClass::ALL {
        assert!(scrap_rows().iter().any(|row| row.class == *class), "{class} has no row");
    }
}

#[test]
fn the_guided_kilometres_are_a_fact_and_no_trigger() {
    let facts = ScrapFacts { odometer_km: Some(2_000_000), ..ScrapFacts::default() };
    let truck = Vehicle { registered_on: Some(day("2012-01-01")), ..orderly_truck() };
    assert_eq!(fired(&truck, &facts, &Settings::delivered(), day("2026-08-22")), []);
    let found = fired(&truck, &facts, &Settings::delivered(), day("2027-01-01"));
    assert!(matches!(found[0], Fired::YearsReached { odometer_km: Some(2_000_000), guide_km: Some(700_000), .. }));
}

#[rstest]
#[case::nothing_used(0, 96, 204, 204)]
#[case::half_used(48, 96, 204, 150)]
#[case::cut_to_whole_months(1, 96, 204, 202)]
#[case::all_used(96, 96, 204, 96)]
#[case::more_than_all_used(120, 96, 204, 120)]
#[case::no_old_years(5, 0, 204, 5)]
fn a_change_of_use_counts_pro_rata(#[case] used: u32, #[case] old: u32, #[case] new: u32, #[case] months: u32) {
    assert_eq!(pro_rata_months(used, old, new), months);
}

fn told(fired: &Fired) -> String {
    match fired {
        Fired::YearsReached { reached_on, .. } => format!("years_reached@{reached_on}"),
        Fired::EmissionsFail { .. } => "emissions_fail".to_owned(),
        Fired::MarksMissing { expired_on, .. } => format!("marks_missing@{expired_on}"),
        Fired::SafetyFails { .. } => "safety_fails".to_owned(),
    }
}

impl Row {
    fn vehicle(&self) -> Vehicle {
        Vehicle {
            vehicle_type: self.vehicle_type.clone(),
            use_nature: self.used,
            registered_on: self.registered_on,
            built_on: self.built_on,
            ..orderly_truck()
        }
    }

    fn facts(&self) -> ScrapFacts {
        let change = self.changed_from.zip(self.changed_on).map(|(from, on)| UseChange { from, on });
        let failing = |failed_retests| Failing { case: id(2), failed_retests, last_on: day("2026-08-01") };
        ScrapFacts {
            change,
            odometer_km: None,
            failing: self.failed_retests.map(failing),
            unanswered: self.unanswered.split_whitespace().map(day).collect(),
        }
    }

    fn settings(&self) -> Settings {
        let amendments = self.settings.split_whitespace().map(|text| text.split_once('=').unwrap());
        amended(amendments.map(|(key, value)| (key, value, "2020-01-01")))
    }
}
