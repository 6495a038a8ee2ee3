//! Repairs: what does not fit the failing test, at and beside every boundary, and the way to a recall.

use imfleet::domain::{
    case::FailingTest,
    repair::{Repair, RepairError, RepairFault, RepairItem, RepairProgress, RepairRecord, RepairState},
    time::Day,
    words::Word,
};
use rstest::rstest;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use crate::{
    cast::{MICROSECOND, august, failing, local, record, repair},
    golden,
    settings::amended,
    station::day,
};

/// A record as it meets the failing test R-1.
#[derive(Deserialize)]
struct Row {
    situation: String,
    failed_at: String,
    odometer_km: Option<i64>,
    report_number: String,
    received_on: Day,
    settled_on: Option<Day>,
    mileage_km: Option<i64>,
    items: usize,
    today: Day,
    /// `50`, or from a day on `0@2026-08-25`.
    tolerance_km: String,
    /// `received_on:in_the_future items:no_items`.
    faults: String,
}

#[test]
fn records_have_the_faults_that_the_table_tells() {
    for row in golden::rows::<Row>("repair.csv") {
        let (value, from) = row.tolerance_km.split_once('@').unwrap_or((&row.tolerance_km, "2020-07-01"));
        let settings = amended([("mileage_tolerance_km", value, from)].into_iter());
        let found = row.record().faults(&row.failing(), &settings, row.today);
        let found: Vec<_> = found.iter().map(|(pointer, fault)| format!("{}:{fault}", &pointer[1..])).collect();
        assert_eq!(found.join(" "), row.faults, "{}", row.situation);
    }
}

#[test]
fn the_table_has_every_fault() {
    let rows = golden::rows::<Row>("repair.csv");
    for fault in RepairFault::ALL {
        assert!(rows.iter().any(|row| row.faults.ends_with(&format!(":{fault}"))), "{fault}");
    }
}

#[rstest]
#[case(RepairState::Recorded, Repair::completed, Ok(RepairState::Completed))]
#[case(RepairState::Completed, Repair::completed, Err(RepairError(RepairState::Completed)))]
#[case(RepairState::Recalled, Repair::completed, Err(RepairError(RepairState::Recalled)))]
#[case(RepairState::Recorded, Repair::recalled, Ok(RepairState::Recalled))]
#[case(RepairState::Completed, Repair::recalled, Ok(RepairState::Recalled))]
#[case(RepairState::Recalled, Repair::recalled, Err(RepairError(RepairState::Recalled)))]
fn every_state_answers_every_step(
    #[case] state: RepairState,
    #[case] step: fn(Repair) -> Result<Repair, RepairError>,
    #[case] outcome: Result<RepairState, RepairError>,
) {
    assert_eq!(step(repair_in(state)).map(|repair| repair.state_name()), outcome);
}

#[test]
fn completing_settles_a_repair_on_the_legal_day_unless_the_shop_has_told_its_own() {
    let settled = |told: Option<Day>, at| {
        let recorded = repair(RepairRecord { settled_on: told, ..record() }, RepairProgress::Recorded);
        recorded.complete(local(at)).unwrap().record.settled_on
    };
    assert_eq!(settled(None, "2026-08-03 23:59:59"), Some(day("2026-08-03")));
    assert_eq!(settled(None, "2026-08-04 00:00:00"), Some(day("2026-08-04")));
    assert_eq!(settled(Some(day("2026-08-02")), "2026-08-04 00:00:00"), Some(day("2026-08-02")));
}

#[test]
fn a_repair_is_complete_from_its_completion_until_its_recall() {
    let completed = repair(record(), RepairProgress::Recorded).complete(august(3)).unwrap();
    assert!(!completed.is_complete_by(august(3).minus(MICROSECOND)));
    assert!(completed.is_complete_by(august(3)));

    let recalled = completed.recalled().unwrap();
    assert!(recalled.is_recalled() && !recalled.is_complete_by(august(31)));
}

#[test]
fn a_repair_names_a_report_by_its_whole_number() {
    let repair = repair(record(), RepairProgress::Recorded);
    assert!(repair.names("R-1"));
    assert!(["", "R-", "R-10", "r-1", " R-1"].iter().all(|other| !repair.names(other)));
}

#[rstest]
#[case::no_report(RepairRecord { report_number: String::new(), ..record() }, "report_number")]
#[case::no_settlement_list(RepairRecord { settlement_number: String::new(), ..record() }, "settlement_number")]
#[case::odometer_below_zero(RepairRecord { mileage_km: Some(-1), ..record() }, "mileage_km")]
#[case::nothing_found(RepairRecord { findings: String::new(), ..record() }, "findings")]
#[case::an_item_without_a_name(
    RepairRecord { items: vec![RepairItem { name: String::new(), hours: None }], ..record() }, "items")]
#[case::too_many_items(
    RepairRecord { items: vec![RepairItem { name: "清洗".to_owned(), hours: None }; 101], ..record() }, "items")]
fn a_record_out_of_bounds_is_told_by_its_field(#[case] record: RepairRecord, #[case] field: &str) {
    let errors = record.validate().unwrap_err();
    assert_eq!(errors.errors().keys().collect::<Vec<_>>(), [field]);
}

#[test]
fn a_record_with_a_field_that_nobody_knows_is_refused() {
    assert_eq!(record().validate(), Ok(()));
    let mut sent = serde_json::to_value(record()).unwrap();
    assert_eq!(serde_json::from_value::<RepairRecord>(sent.clone()).unwrap(), record());
    sent["price"] = json!(1200);
    assert!(serde_json::from_value::<RepairRecord>(sent).is_err());
}

impl Row {
    fn failing(&self) -> FailingTest {
        FailingTest { odometer_km: self.odometer_km, ..failing(1, "R-1", local(&self.failed_at)) }
    }

    fn record(&self) -> RepairRecord {
        RepairRecord {
            report_number: self.report_number.clone(),
            received_on: self.received_on,
            settled_on: self.settled_on,
            mileage_km: self.mileage_km,
            items: vec![RepairItem { name: "更换三元催化器".to_owned(), hours: None }; self.items],
            ..record()
        }
    }
}

/// The steps of a repair, at a fixed time.
trait Steps: Sized {
    fn completed(self) -> Result<Self, RepairError>;
    fn recalled(self) -> Result<Self, RepairError>;
}

impl Steps for Repair {
    fn completed(self) -> Result<Self, RepairError> {
        self.complete(august(3))
    }

    fn recalled(self) -> Result<Self, RepairError> {
        self.recall("登记有误".to_owned(), august(4))
    }
}

fn repair_in(state: RepairState) -> Repair {
    let recorded = repair(record(), RepairProgress::Recorded);
    match state {
        RepairState::Recorded => recorded,
        RepairState::Completed => recorded.completed().unwrap(),
        RepairState::Recalled => recorded.recalled().unwrap(),
    }
}
