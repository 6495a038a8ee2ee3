//! Decisions: who speaks in which order, what decides, what stays open, and what would change the answer.

use std::collections::BTreeSet;

use imfleet::domain::{
    id::Id,
    party::Organisation,
    standard::Confidence,
    time::Instant,
    vehicle::{
        area::AreaCode,
        plate::{Plate, PlateKind},
    },
    words::Word,
    zone::{
        AlertLevel, Change, ChangeKind, Control, Controls, Decision, Effect, Exemption, ExemptionGround, Gate,
        HolidayTerm, Order, OrderError, Outcome, Permit, PermitError, PermitKind, Place, Point, Polygon, Rule, Voice,
        VoiceSource, Weekday, When, Zone, ZoneKind, decide, delivered,
    },
};
use serde::Deserialize;

use crate::{
    cast::{id, local},
    golden,
    station::day,
    zone_when::hours,
    zone_who::{subject, who},
};

const CITY: u128 = 1;
const TRUCKS: u128 = 2;
const GATE: u128 = 3;

#[derive(Debug, Deserialize)]
struct Row {
    situation: String,
    /// `type=H11 fuel=B stage=china_3`.
    vehicle: String,
    /// `city`, `trucks`, `gate`, or a point `75,50`.
    place: String,
    at: String,
    /// `measure_2 <area> <start>..<end> [kind|enterprise]`; the start and end are days.
    order: String,
    answer: Outcome,
    /// In order: `rule:listed!`; `!` decides, `?fact` is not known, `^permit` is lifted.
    voices: String,
    changes: String,
}

#[test]
fn a_decision_is_what_the_table_says() {
    for row in golden::rows::<Row>("zone_decision.csv") {
        let decision = row.decide();
        let voices: Vec<String> = decision.voices.iter().map(written).collect();
        let changes: Vec<String> = decision.changes.iter().map(changed).collect();
        let found = (decision.outcome, voices.join(" "), changes.join(" "));
        assert_eq!(found, (row.answer, row.voices.clone(), row.changes.clone()), "{}", row.situation);
        assert!(!decision.words().zh.is_empty() && !decision.words().en.is_empty());
    }
}

#[test]
fn the_table_tries_every_answer_voice_exemption_and_change() {
    let rows = golden::rows::<Row>("zone_decision.csv");
    let all = |of: fn(&Row) -> &str| rows.iter().map(of).collect::<Vec<_>>().join(" ");
    let (voices, changes) = (all(|row| &row.voices), all(|row| &row.changes));
    assert!(Outcome::ALL.iter().all(|outcome| rows.iter().any(|row| row.answer == *outcome)));
    assert!(VoiceSource::ALL.iter().all(|source| voices.contains(source.word())));
    assert!(ExemptionGround::ALL.iter().all(|ground| voices.contains(ground.word())));
    assert!(ChangeKind::ALL.iter().all(|kind| changes.contains(kind.word())));
}

#[test]
fn controls_survive_being_sent_to_a_gate() {
    let sent = serde_json::to_string(&controls().collect::<Vec<_>>()).unwrap();
    let read: Vec<Control> = serde_json::from_str(&sent).unwrap();
    assert_eq!(read, controls().collect::<Vec<_>>());
}

#[test]
fn measures_and_holidays_are_delivered() {
    let (mut measures, mut days) = (BTreeSet::new(), 0);
    for control in delivered() {
        match control {
            Control::Measure(version) => assert!(measures.insert(version.measure) && !version.bans.is_empty()),
            Control::SpecialDay(_) => days += 1,
            other => panic!("{other:?} is delivered"),
        }
    }
    assert_eq!((measures.len(), days), (4, 39));
}

#[test]
fn a_later_version_holds_from_its_first_instant_and_the_earlier_one_before() {
    let changed =
        Zone { version: 2, rules: Vec::new(), effective_from: local("2026-08-22 00:00:00"), ..zone(TRUCKS) };
    let ended = Zone { version: 3, withdrawn: true, effective_from: local("2026-09-01 00:00:00"), ..changed.clone() };
    let controls = Controls::new(controls().chain([Control::Zone(changed), Control::Zone(ended)]));
    let version = |at: &str| controls.zone(id(TRUCKS), local(at)).map(|zone| zone.version);
    assert_eq!(version("2025-12-31 23:59:59"), None);
    assert_eq!(version("2026-08-21 23:59:59.999999"), Some(1));
    assert_eq!(version("2026-08-22 00:00:00"), Some(2));
    assert_eq!(version("2026-09-01 00:00:00"), None);
    assert_eq!(controls.versions(id(TRUCKS)).len(), 3);
}

#[test]
fn an_order_ends_once_and_not_before_it_starts() {
    let order = order("measure_1 610502 2026-08-22..2026-08-25");
    let ended = order.clone().end(local("2026-08-23 08:00:00")).unwrap();
    assert!(
        ended.is_in_force(local("2026-08-23 07:59:59.999999")) && !ended.is_in_force(local("2026-08-23 08:00:00"))
    );
    assert_eq!(ended.end(local("2026-08-24 00:00:00")), Err(OrderError::Ended));
    let never = order.clone().end(local("2026-08-20 00:00:00")).unwrap();
    assert_eq!(never.ends_at, Some(never.starts_at));
    assert_eq!(Order { ends_at: Some(order.starts_at), ..order }.check(), Err(OrderError::EndsBeforeItStarts));
}

#[test]
fn a_permit_of_construction_waste_has_three_limits_a_card_and_both_sites() {
    assert_eq!(waste_permit().check(), Ok(()));
    let lacks = |change: fn(&mut Permit)| {
        let mut permit = waste_permit();
        change(&mut permit);
        permit.check()
    };
    assert_eq!(lacks(|permit| permit.route = None), Err(PermitError::Lacks("route")));
    assert_eq!(lacks(|permit| permit.speed_limit_kmh = None), Err(PermitError::Lacks("speed_limit_kmh")));
    assert_eq!(lacks(|permit| permit.card = None), Err(PermitError::Lacks("card")));
    assert_eq!(lacks(|permit| permit.origin_site = None), Err(PermitError::Lacks("origin_site")));
    assert_eq!(lacks(|permit| permit.tip_site = None), Err(PermitError::Lacks("tip_site")));
    assert_eq!(lacks(|permit| permit.when.hours.clear()), Err(PermitError::Lacks("hours")));
    assert_eq!(lacks(|permit| permit.zones.clear()), Err(PermitError::NoZone));
    assert_eq!(delivery_permit().check(), Ok(()));
}

impl Row {
    fn decide(&self) -> Decision {
        let orders =
            Some(self.order.as_str()).filter(|text| !text.is_empty()).map(|text| Control::Order(order(text)));
        let controls = Controls::new(controls().chain(orders));
        let place = match self.place.as_str() {
            "city" => Place::Zone(id(CITY)),
            "trucks" => Place::Zone(id(TRUCKS)),
            "gate" => Place::Zone(id(GATE)),
            point => {
                let (x, y) = point.split_once(' ').unwrap();
                Place::Point(Point::e7(x.parse().unwrap(), y.parse().unwrap()))
            }
        };
        decide(&subject(&self.vehicle), place, &controls, local(&self.at))
    }
}

fn written(voice: &Voice) -> String {
    let id = if voice.source == VoiceSource::Order { "o" } else { &voice.id };
    let id = if voice.source == VoiceSource::Register { "e" } else { id };
    let missing = voice.missing.iter().map(|fact| format!("?{fact}")).collect::<Vec<_>>().concat();
    let lifted = voice.lifted_by.iter().map(|number| format!("^{number}")).collect::<Vec<_>>().concat();
    format!("{}:{id}{missing}{lifted}{}", voice.source, if voice.decides { "!" } else { "" })
}

fn changed(change: &Change) -> String {
    let words = change.words();
    assert!(!words.zh.is_empty() && !words.en.is_empty());
    let fact = change.fact.map(|fact| format!(":{fact}"));
    let at = change.at.map(|at| format!(":{}", at.local_text().replace(' ', "T")));
    let permit = change.permit.map(|permit| format!(":{permit}"));
    let listing = change.listing.map(|reason| format!(":{reason}"));
    let detail = [fact, at, permit, listing].into_iter().flatten().collect::<String>();
    format!("{}{detail}", change.kind)
}

/// Two zones that overlap, a gate, an exempt vehicle, two permits, and what is delivered.
fn controls() -> impl Iterator<Item = Control> {
    let zones = [CITY, TRUCKS, GATE].map(|number| Control::Zone(zone(number)));
    let exemption = Control::Exemption(Exemption {
        id: id(51),
        plate: Plate::read("陕E99999").unwrap(),
        plate_kind: PlateKind::LargeCar,
        zones: vec![id(TRUCKS)],
        from: day("2026-08-01"),
        until: Some(day("2026-08-31")),
        basis: "市政抢修".to_owned(),
        revoked_at: Some(local("2026-08-30 12:00:00")),
    });
    let permits = [Control::Permit(waste_permit()), Control::Permit(delivery_permit())];
    delivered().chain(zones).chain([exemption]).chain(permits)
}

fn zone(number: u128) -> Zone {
    let square = |low: i64, high: i64| {
        let corners = [(low, 0), (high, 0), (high, 100), (low, 100), (low, 0)];
        Some(Polygon::new(vec![corners.iter().map(|(x, y)| Point::e7(*x, *y)).collect()]).unwrap())
    };
    let (name, kind, polygon, rules) = match number {
        CITY => ("主城区", ZoneKind::MainUrban, square(0, 100), vec![rule("listed", Effect::Deny, "listed=yes")]),
        TRUCKS => ("货车限行区", ZoneKind::TruckRestriction, square(50, 150), truck_rules()),
        _ => (
            "东门",
            ZoneKind::EnterpriseGate,
            None,
            vec![rule(
                "stage",
                Effect::Deny,
                "groups=truck stages=china_0+china_1+china_2+china_3+china_4 except_new_energy=yes",
            )],
        ),
    };
    let zone = Zone {
        id: id(number),
        version: 1,
        name: name.to_owned(),
        kind,
        area: AreaCode::read("610502").unwrap(),
        gate: (number == GATE).then(|| Gate { organisation_id: enterprise(), entrance: "1".to_owned() }),
        polygon,
        exempts: ExemptionGround::ALL.to_vec(),
        rules,
        effective_from: local("2026-01-01 00:00:00"),
        withdrawn: false,
    };
    assert_eq!(zone.check(), Ok(()));
    zone
}

fn truck_rules() -> Vec<Rule> {
    let weekdays = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let daytime = When {
        weekdays: weekdays.to_vec(),
        hours: vec![hours("07:00-20:00")],
        holidays: HolidayTerm::Except,
        ..When::always_from(day("2026-01-01"))
    };
    vec![
        rule("electric", Effect::Allow, "stages=electric"),
        rule(
            "old_diesel",
            Effect::Deny,
            "groups=heavy_truck+medium_truck fuels=diesel stages=china_0+china_1+china_2+china_3",
        ),
        Rule {
            when: daytime,
            unless_permit: vec![PermitKind::Delivery],
            detour: Some("经310国道绕行".to_owned()),
            ..rule("daytime", Effect::Deny, "groups=truck")
        },
        Rule {
            unless_permit: vec![PermitKind::ConstructionWaste],
            ..rule("waste", Effect::Deny, "groups=dump_truck")
        },
    ]
}

fn rule(id: &str, effect: Effect, means: &str) -> Rule {
    Rule {
        id: id.to_owned(),
        title: id.to_owned(),
        effect,
        who: who(means),
        when: When::always_from(day("2026-01-01")),
        unless_permit: Vec::new(),
        detour: None,
        basis: "通告".to_owned(),
        confidence: Confidence::ToBeChecked,
    }
}

fn waste_permit() -> Permit {
    let corridor = [(50, 0), (60, 0), (60, 100), (50, 100), (50, 0)].map(|(x, y)| Point::e7(x, y));
    Permit {
        id: id(61),
        kind: PermitKind::ConstructionWaste,
        number: "W-1".to_owned(),
        plate: Plate::read("陕E66666").unwrap(),
        plate_kind: PlateKind::LargeCar,
        zones: vec![id(TRUCKS)],
        when: When { hours: vec![hours("21:00-05:00")], ..When::always_from(day("2026-08-01")) },
        route: Some("工地—消纳场".to_owned()),
        corridor: Some(Polygon::new(vec![corridor.to_vec()]).unwrap()),
        speed_limit_kmh: Some(40),
        card: Some("K-1".to_owned()),
        origin_site: Some("一号工地".to_owned()),
        tip_site: Some("二号消纳场".to_owned()),
        revoked_at: None,
    }
}

fn delivery_permit() -> Permit {
    Permit {
        id: id(62),
        kind: PermitKind::Delivery,
        number: "D-1".to_owned(),
        plate: Plate::read("陕E55555").unwrap(),
        when: When { hours: vec![hours("10:00-16:00")], ..When::always_from(day("2026-08-01")) },
        route: None,
        corridor: None,
        speed_limit_kmh: None,
        card: None,
        origin_site: None,
        tip_site: None,
        revoked_at: Some(local("2026-08-28 12:00:00")),
        ..waste_permit()
    }
}

fn enterprise() -> Id<Organisation> {
    id(71)
}

/// Reads `measure_2 610502 2026-08-22..2026-08-25 main_urban`.
fn order(text: &str) -> Order {
    let mut words = text.split(' ');
    let mut word = || words.next().unwrap_or_default();
    let measures = word().split('+').map(|measure| Word::parse(measure).unwrap()).collect();
    let area = AreaCode::read(word()).unwrap();
    let (start, end) = word().split_once("..").unwrap();
    let bound = word();
    Order {
        id: id(81),
        level: AlertLevel::Orange,
        response: None,
        measures,
        area,
        zone_kinds: ZoneKind::parse(bound).into_iter().collect(),
        enterprises: match bound {
            "this_enterprise" => vec![enterprise()],
            "other_enterprise" => vec![id(72)],
            _ => Vec::new(),
        },
        starts_at: Instant::start_of(day(start)),
        ends_at: (!end.is_empty()).then(|| Instant::start_of(day(end))),
        basis: "重污染天气橙色预警".to_owned(),
        ordered_by: "市应急指挥部".to_owned(),
    }
}
