//! Stations: checks judged by their points, what a line lacks, which assets hold, and when a suspension bars.

use imfleet::domain::{
    id::Id,
    party::Line,
    quantity::Amount,
    role::Role,
    settings::Settings,
    standard::Method,
    station::{
        Asset, AssetError, AssetFacts, AssetKind, DeviceKind,
        line_check::{CheckPoint, CheckResult, LineCheckKind, judge, tolerance},
        readiness::{LineFault, LineLack, NewestCheck, UnreadyRule, lacks, unready_rule},
    },
    suspension::{Suspension, SuspensionError},
    time::Day,
    words::Word,
};
use serde::Deserialize;

use crate::{
    cast::{MICROSECOND, august, id, local, other_station, station},
    golden,
    settings::amended,
    station::{amount, day},
};

/// A row of `line_checks.csv`; points are `set=actual`.
#[derive(Deserialize)]
struct CheckRow {
    kind: LineCheckKind,
    points: String,
    told: CheckResult,
    result: CheckResult,
}

#[test]
fn a_check_passes_when_the_station_and_every_point_say_so() {
    let rows = golden::rows::<CheckRow>("line_checks.csv");
    for kind in LineCheckKind::ALL {
        assert!(rows.iter().any(|row| row.kind == *kind), "no row for {kind}");
    }
    for CheckRow { kind, points, told, result } in rows {
        let read = |point: &str| {
            let (set, actual) = point.split_once('=').unwrap();
            CheckPoint { name: "p".to_owned(), set: amount(set), actual: amount(actual) }
        };
        let read: Vec<_> = points.split_whitespace().map(read).collect();
        let bound = tolerance(&Settings::delivered(), kind, day("2026-08-22"));
        assert_eq!(told.and(judge(&read, bound).result), result, "{kind} {points}");
    }
}

#[test]
fn a_deviation_is_told_in_percent_of_what_was_set() {
    let point = |set, actual| CheckPoint { name: "p".to_owned(), set: amount(set), actual: amount(actual) };
    let found = judge(&[point("50", "51"), point("50", "49.5"), point("0", "1")], None);
    assert_eq!(found.deviations, [Some(amount("2")), Some(amount("-1")), None]);
    assert_eq!(found.tolerance, None::<Amount>);
}

/// A row of `line_lacks.csv`, asked on 2026-08-22 at 10:00.
#[derive(Deserialize)]
struct LackRow {
    situation: String,
    method: Method,
    checks: String,
    assets: String,
    settings: String,
    lacks: String,
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

impl LackRow {
    fn checks(&self) -> Vec<NewestCheck> {
        let read = |text: &str| {
            let [kind, on, time, result] = text.split(' ').collect::<Vec<_>>().try_into().unwrap();
            NewestCheck {
                kind: LineCheckKind::parse(kind).unwrap(),
                ended_at: local(&format!("{on} {time}:00")),
                result: CheckResult::parse(result).unwrap(),
            }
        };
        parts(&self.checks).map(read).collect()
    }

    fn assets(&self) -> Vec<Asset> {
        let read = |text: &str| {
            let (kind, valid_to) = text.split_once(' ').unwrap();
            let (kind, method) = kind.split_once(':').unwrap_or((kind, ""));
            let facts = AssetFacts { method: Method::parse(method).ok(), ..AssetFacts::default() };
            asset(AssetKind::parse(kind).unwrap(), facts, Some(day(valid_to)))
        };
        parts(&self.assets).map(read).collect()
    }

    fn settings(&self) -> Settings {
        let read = |text| str::split_once(text, '=').map(|(key, value)| (key, value, "2026-01-01")).unwrap();
        amended(self.settings.split_whitespace().map(read))
    }
}

fn asset(kind: AssetKind, facts: AssetFacts, valid_to: Option<Day>) -> Asset {
    let valid_from = day("2020-01-01");
    Asset { id: id(1), station: station(), line: Some(line()), kind, facts, valid_from, valid_to, ended_on: None }
}

fn line() -> Id<Line> {
    id(6)
}

#[test]
fn a_line_lacks_what_the_table_says() {
    let mut named = Vec::new();
    for row in golden::rows::<LackRow>("line_lacks.csv") {
        let at = local("2026-08-22 10:00:00");
        let found = lacks(row.method, &row.checks(), &row.assets(), &row.settings(), at);
        let word = |lack: &LineLack| match lack.check {
            Some(check) => format!("{}:{check}", lack.fault),
            None => lack.fault.to_string(),
        };
        let words: Vec<_> = found.iter().map(word).collect();
        assert_eq!(words.join(" "), row.lacks, "{}", row.situation);
        named.extend(found.into_iter().map(|lack| lack.fault));
    }
    for fault in LineFault::ALL {
        assert!(named.contains(fault), "no row lacks {fault}");
    }
}

#[test]
fn the_dated_rule_says_what_follows() {
    for rule in UnreadyRule::ALL {
        let settings = amended([("unready_line_acceptances", rule.word(), "2026-09-01")].into_iter());
        assert_eq!(unready_rule(&settings, day("2026-09-01")), *rule);
        assert_eq!(unready_rule(&settings, day("2026-08-31")), UnreadyRule::Flag, "as delivered");
    }
}

#[test]
fn an_asset_needs_what_its_kind_needs() {
    let whole = AssetFacts {
        certificate: Some("C".to_owned()),
        device: Some(DeviceKind::Opacimeter),
        method: Some(Method::LugDown),
        ..AssetFacts::default()
    };
    let until = Some(day("2027-01-01"));
    let lacking = |kind, facts: AssetFacts, until, line: Option<Id<Line>>| {
        Asset { line, ..asset(kind, facts, until) }.check().unwrap_err()
    };
    for kind in AssetKind::ALL {
        assert_eq!(asset(*kind, whole.clone(), until).check(), Ok(()), "{kind}");
        assert_eq!(lacking(*kind, whole.clone(), Some(day("2019-01-01")), Some(line())), AssetError::Order);
    }
    let some = Some(line());
    let without_paper = AssetFacts { certificate: None, ..whole.clone() };
    let without_device = AssetFacts { device: None, ..whole.clone() };
    let without_method = AssetFacts { method: None, ..whole.clone() };
    for (kind, facts, until, line, member) in [
        (AssetKind::Qualification, whole.clone(), None, some, "valid_to"),
        (AssetKind::Equipment, whole.clone(), until, None, "line_code"),
        (AssetKind::Equipment, without_device, until, some, "device"),
        (AssetKind::Equipment, without_paper.clone(), until, some, "certificate"),
        (AssetKind::Equipment, whole.clone(), None, some, "valid_to"),
        (AssetKind::Staff, without_paper, until, None, "certificate"),
        (AssetKind::Staff, whole.clone(), None, None, "valid_to"),
        (AssetKind::Method, whole.clone(), until, None, "line_code"),
        (AssetKind::Method, without_method, until, some, "method"),
    ] {
        assert_eq!(lacking(kind, facts, until, line), AssetError::Missing(member), "{kind}");
    }
}

#[test]
fn a_station_tells_of_its_devices_and_people_and_the_offices_of_everything() {
    for kind in AssetKind::ALL {
        let own = matches!(kind, AssetKind::Equipment | AssetKind::Staff);
        assert_eq!(kind.is_told_by(Role::InspectionStation), own, "{kind}");
        assert!(kind.is_told_by(Role::EcologyBureau) && kind.is_told_by(Role::MarketRegulator));
        assert!(!kind.is_told_by(Role::RepairShop));
    }
}

fn suspension(line: Option<Id<Line>>, from: u32, until: u32) -> Suspension {
    Suspension {
        id: id(31),
        station: station(),
        line,
        case: id(32),
        from: august(from),
        until: august(until),
        reason: "过程数据雷同".to_owned(),
        ended: None,
    }
}

#[test]
fn a_suspension_bars_from_its_first_instant_to_before_its_last() {
    let whole = suspension(None, 10, 20);
    assert!(!whole.bars(line(), august(10).minus(MICROSECOND)));
    assert!(whole.bars(line(), august(10)) && whole.bars(line(), august(20).minus(MICROSECOND)));
    assert!(!whole.bars(line(), august(20)));
    let one = suspension(Some(line()), 10, 20);
    assert!(one.bars(line(), august(15)) && !one.bars(id(7), august(15)));
    let ended = one.end_now("申诉成立".to_owned(), august(15)).unwrap();
    assert!(ended.bars(line(), august(15).minus(MICROSECOND)) && !ended.bars(line(), august(15)));
    assert_eq!(ended.end_now("再次".to_owned(), august(14)), Err(SuspensionError::Over));
    assert_eq!(whole.end_now("太晚".to_owned(), august(20)), Err(SuspensionError::Over));
}

#[test]
fn suspensions_overlap_at_one_place_and_one_instant() {
    let base = suspension(Some(line()), 10, 20);
    for (other, overlaps) in [
        (suspension(Some(line()), 19, 25), true),
        (suspension(Some(line()), 20, 25), false),
        (suspension(Some(line()), 5, 10), false),
        (suspension(Some(line()), 12, 13), true),
        (suspension(Some(id(7)), 12, 13), false),
        (suspension(None, 12, 13), true),
        (Suspension { station: other_station(), ..suspension(None, 12, 13) }, false),
    ] {
        assert_eq!((base.overlaps(&other), other.overlaps(&base)), (overlaps, overlaps), "{other:?}");
    }
    let ended = base.end_now("申诉成立".to_owned(), august(12)).unwrap();
    assert!(!ended.overlaps(&suspension(None, 12, 13)));
}

#[test]
fn a_suspension_neither_begins_in_the_past_nor_ends_before_it_begins() {
    assert_eq!(suspension(None, 10, 20).check(august(10)), Ok(()));
    assert_eq!(suspension(None, 10, 20).check(august(11)), Err(SuspensionError::Past));
    assert_eq!(suspension(None, 10, 10).check(august(9)), Err(SuspensionError::Order));
}
