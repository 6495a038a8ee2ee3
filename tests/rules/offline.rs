//! What a gate decides from its copy alone: what it cannot know is never allowed and never refused.

use imfleet::{
    domain::{
        id::Id,
        snapshot::{Entry, Head, Record, Rules, Snapshot, kind_number, root_of},
        standard::Confidence,
        time::Instant,
        vehicle::{
            area::AreaCode,
            plate::{Plate, PlateKind},
            stage::Stage,
        },
        zone::{
            AlertLevel, Control, Effect, Exemption, HolidayTerm, Order, PermitKind, Rule, When, Who, Zone, ZoneKind,
        },
    },
    gate::{Decision, Kept, Ledger, Way, decide},
};
use rstest::rstest;

use crate::cast::{august, id};

fn rule(name: &str, who: Who, unless_permit: Vec<PermitKind>) -> Rule {
    Rule {
        id: name.to_owned(),
        title: "国三及以下柴油货车禁行".to_owned(),
        effect: Effect::Deny,
        who,
        when: When {
            from: august(1).local_day(),
            until: None,
            weekdays: Vec::new(),
            hours: Vec::new(),
            holidays: HolidayTerm::Ignore,
        },
        unless_permit,
        detour: None,
        basis: "test".to_owned(),
        confidence: Confidence::ToBeChecked,
    }
}

fn zone(number: u128, rules: Vec<Rule>) -> Control {
    Control::Zone(Zone {
        id: id(number),
        version: 1,
        name: "主城区".to_owned(),
        kind: ZoneKind::EnterpriseGate,
        area: AreaCode::read("610502").unwrap(),
        gate: None,
        polygon: None,
        exempts: Vec::new(),
        rules,
        effective_from: august(1),
        withdrawn: false,
    })
}

fn low_stages() -> Who {
    Who { stages: vec![Stage::China3], ..Who::default() }
}

/// A copy with one listed plate and these rules, fresh until the 23rd.
fn kept(rules: Rules) -> Kept {
    let listed =
        Record::new("陕E00001", kind_number(PlateKind::SmallCar), vec![Entry::new("decision", august(2), None)]);
    let snapshot = Snapshot::new(rules, vec![listed]);
    let (bytes, count) = (snapshot.encode(), snapshot.count());
    let head = Head {
        sequence: 9,
        previous: 8,
        count,
        root: root_of(&bytes),
        issued: august(22),
        expires: august(23),
        journal: None,
    };
    Kept { head, signed: String::new(), successions: Vec::new(), snapshot }
}

fn controls() -> Rules {
    let closed = rule("low-stages", low_stages(), Vec::new());
    let with_permit = rule("low-stages", low_stages(), vec![PermitKind::ConstructionWaste]);
    Rules::of([zone(1, vec![closed]), zone(2, vec![with_permit])]).unwrap()
}

fn decided(plate: &str, stage: Option<Stage>, zone: u128, at: Instant) -> Decision {
    let (kept, plate) = (kept(controls()), Plate::read(plate).unwrap());
    let (ledger, way) = (Ledger { stage, ..Ledger::default() }, Way { zone_id: Some(id(zone)), point: None });
    decide(Some(&kept), (&plate, PlateKind::SmallCar), &ledger, way, at).decision
}

#[rstest]
#[case::listed("陕E00001", Some(Stage::China6), 1, Decision::Deny)]
#[case::a_stage_that_may_pass("陕E00002", Some(Stage::China6), 1, Decision::Allow)]
#[case::a_stage_that_may_not("陕E00002", Some(Stage::China3), 1, Decision::Deny)]
#[case::a_stage_that_the_ledger_lacks("陕E00002", None, 1, Decision::Unknown)]
#[case::a_permit_that_may_exist("陕E00002", Some(Stage::China3), 2, Decision::Unknown)]
#[case::a_zone_that_the_copy_lacks("陕E00002", Some(Stage::China6), 3, Decision::Unknown)]
fn a_gate_decides_by_the_list_and_the_stage_of_its_ledger(
    #[case] plate: &str,
    #[case] stage: Option<Stage>,
    #[case] zone: u128,
    #[case] expected: Decision,
) {
    assert_eq!(decided(plate, stage, zone, august(22)), expected);
    assert_eq!(decided(plate, stage, zone, august(23)), Decision::Stale, "past its expiry");
}

#[test]
fn without_rules_or_without_a_copy_nothing_is_allowed() {
    let plate = Plate::read("陕E00002").unwrap();
    let ledger = Ledger { stage: Some(Stage::China6), ..Ledger::default() };
    let way = Way { zone_id: Some(id(1)), point: None };
    for kept in [None, Some(kept(Rules::default())), Some(kept(Rules("[{\"control\":\"to_come\"}]".into())))] {
        let decided = decide(kept.as_ref(), (&plate, PlateKind::SmallCar), &ledger, way, august(22));
        assert_eq!(decided.decision, Decision::Unknown);
    }
}

#[test]
fn no_single_plate_and_no_name_leaves_the_house_with_the_rules() {
    let exemption = Control::Exemption(Exemption {
        id: id(5),
        plate: Plate::read("陕E00009").unwrap(),
        plate_kind: PlateKind::SmallCar,
        zones: Vec::new(),
        from: august(1).local_day(),
        until: None,
        basis: "test".to_owned(),
        revoked_at: None,
    });
    let order = Control::Order(Order {
        id: Id::from(uuid::Uuid::from_u128(6)),
        level: AlertLevel::Orange,
        response: None,
        measures: Vec::new(),
        area: AreaCode::read("610500").unwrap(),
        zone_kinds: Vec::new(),
        enterprises: Vec::new(),
        starts_at: august(1),
        ends_at: None,
        basis: "test".to_owned(),
        ordered_by: "某某某".to_owned(),
    });
    let rules = Rules::of([exemption, order]).unwrap();
    assert!(!rules.0.contains("陕E00009") && !rules.0.contains("某某某"), "{}", rules.0);
    assert_eq!(rules.controls().unwrap().orders().len(), 1);
}
