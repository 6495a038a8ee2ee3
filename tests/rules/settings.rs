//! Dated settings: a value holds from its day, what is delivered has a meaning, and nothing asks in vain.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use imfleet::domain::settings::{DELIVERED, Setting, Settings, check};
use rstest::rstest;

use crate::station::day;

#[rstest]
#[case::before_the_first_value("2020-06-30", None)]
#[case::on_the_first_day("2020-07-01", Some("30"))]
#[case::on_the_last_day_of_a_value("2026-12-31", Some("30"))]
#[case::on_the_day_of_the_next("2027-01-01", Some("15"))]
#[case::long_after("2099-01-01", Some("15"))]
fn a_value_holds_from_its_day_until_the_next(#[case] on: &str, #[case] value: Option<&str>) {
    let rows = [setting("deadline", "15", "2027-01-01"), setting("deadline", "30", "2020-07-01")];
    let settings = Settings::new(rows);
    assert_eq!(settings.text("deadline", day(on)), value);
    assert_eq!(settings.on::<i64>("deadline", day(on)), value.map_or(0, |value| value.parse().unwrap()));
}

#[test]
fn of_two_values_for_one_day_the_later_row_holds() {
    let settings = Settings::new([setting("switch", "off", "2020-07-01"), setting("switch", "on", "2020-07-01")]);
    assert!(settings.is_on("switch", day("2020-07-01")));
}

#[test]
fn a_switch_is_on_by_that_word_alone() {
    for value in ["off", "true", "1", "ON", ""] {
        assert!(
            !Settings::new([setting("switch", value, "2020-07-01")]).is_on("switch", day("2026-08-22")),
            "{value}"
        );
    }
    assert!(!Settings::default().is_on("switch", day("2026-08-22")));
}

#[test]
fn amendments_are_kept_beside_what_they_amend() {
    let before = Settings::delivered();
    let after = amended([("retests_per_day", "1", "2027-01-01")].into_iter());
    assert_eq!(after.rows().count(), before.rows().count() + 1);
    assert!(after.knows("retests_per_day") && !after.knows("retests_per_night"));
}

#[test]
fn every_delivered_setting_is_read_and_its_value_fits_its_meaning() {
    let rows: Vec<_> = Settings::delivered_rows().collect();
    assert_eq!(rows.len(), DELIVERED.lines().count() - 1);
    for Setting { key, value, source, confidence, note, .. } in rows {
        assert_eq!(check(&key, &value), Ok(()), "{key}");
        assert!(!source.is_empty() && !note.is_empty(), "{key} needs a source and a note");
        assert!(["to_be_checked", "confirmed"].contains(&confidence.as_str()), "{key} is {confidence}");
    }
}

#[rstest]
fn a_value_that_its_setting_cannot_have_is_refused(
    #[values(
        ("retest_deadline_days", "thirty"), ("retest_deadline_days", ""), ("retest_deadline_days", "-1"),
        ("retest_deadline_days", "+1"), ("retest_deadline_days", " 30"), ("retest_deadline_days", "30.0"),
        ("retest_deadline_days", "3661"), ("minutes_between_tests", "1441"),
        ("asm_fast_pass_percent", "101"), ("limit_class", "c"), ("petrol_method", "lug_down"),
        ("overdue_case_lists", "ON"), ("shop_kin_of_station", "off"), ("obd_diesel_from", "2018-13-01"),
        ("retests_per_night", "2")
    )]
    (key, value): (&str, &str),
) {
    assert!(check(key, value).is_err(), "{key} = {value:?}");
}

#[test]
fn every_setting_that_the_code_asks_for_is_delivered_and_every_delivered_one_is_asked_for() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut asked: BTreeSet<_> =
        sources(&src).iter().flat_map(|path| asked_by(&fs::read_to_string(path).unwrap())).collect();
    // A target names the setting that picks its reading in its own data.
    asked.extend(imfleet::domain::target::delivered().into_iter().filter_map(|target| target.judged_by));
    // A finding names its thresholds in the catalogue.
    let thresholds = imfleet::domain::supervision::FINDINGS.iter().flat_map(|finding| finding.about().settings);
    asked.extend(thresholds.map(|key| (*key).to_owned()));
    let delivered: BTreeSet<_> = Settings::delivered_rows().map(|row| row.key).collect();
    assert_eq!(asked, delivered);
}

#[test]
fn an_ask_is_found_however_it_is_written() {
    let source = r#"
        settings.on("a", day); self.settings.on::<i64>("b", day); on.lawbook.settings.is_on("c", day);
        settings
            .text("d", day); message.text("vin"); settings.rows(); settings.knows("e");
    "#;
    assert_eq!(asked_by(source), ["a", "b", "c", "d"].map(str::to_owned).into());
}

fn setting(key: &str, value: &str, from: &str) -> Setting {
    let [source, confidence, note] = ["test", "to_be_checked", "test"].map(str::to_owned);
    Setting { key: key.to_owned(), value: value.to_owned(), effective_from: day(from), source, confidence, note }
}

/// The delivered settings with some amended: key, value and first day of each.
pub fn amended<'a>(amendments: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> Settings {
    let amendments = amendments.map(|(key, value, from)| {
        assert_eq!(check(key, value), Ok(()), "{key} = {value:?}");
        setting(key, value, from)
    });
    Settings::new(Settings::delivered_rows().chain(amendments))
}

/// The settings that a source asks for: `settings.on("…"`, `settings.is_on("…"`, `settings.text("…"`.
pub fn asked_by(source: &str) -> BTreeSet<String> {
    let source: String = source.split_whitespace().collect();
    let asks = source.split("settings.").skip(1).filter_map(|ask| ask.split_once("(\""));
    asks.filter(|(method, _)| matches!(method.split("::").next(), Some("on" | "is_on" | "text")))
        .filter_map(|(_, rest)| rest.split_once('"').map(|(key, _)| key.to_owned()))
        .collect()
}

/// The Rust files of a folder and of the folders in it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}
