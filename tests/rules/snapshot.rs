//! Copies of the list: one form for one list, deltas that lead to it, and bytes that are not ours refused.

use imfleet::domain::{
    snapshot::{Delta, Entry, Head, Record, Rules, Snapshot, kind_number, root_of},
    time::Instant,
    vehicle::plate::{Plate, PlateKind},
    words::Word,
};
use proptest::{collection::vec, prelude::*};

use crate::{cast::local, station::day};

fn entry(reason: &str, from: i64, until: Option<i64>) -> Entry {
    Entry { reason: reason.into(), from, until }
}

fn plate(text: &str) -> Plate {
    Plate::read(text).unwrap()
}

fn small(text: &str, entries: Vec<Entry>) -> Record {
    Record::new(text, kind_number(PlateKind::SmallCar), entries)
}

#[test]
fn every_kind_of_plates_has_a_number_of_its_own() {
    let mut numbers: Vec<_> = PlateKind::ALL.iter().map(|kind| kind_number(*kind)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!((numbers.len(), numbers[0]), (PlateKind::ALL.len(), 1));
}

#[test]
fn an_entry_bars_from_its_first_second_and_until_its_last() {
    let copy = Snapshot::new(Rules::default(), vec![small("陕E00001", vec![entry("decision", 100, Some(200))])]);
    let bars = |second: i64| !copy.barring(&plate("陕E00001"), PlateKind::SmallCar, second).is_empty();
    assert_eq!([99, 100, 199, 200].map(bars), [false, true, true, false]);
}

#[test]
fn an_instant_within_a_second_bars_from_the_next_one() {
    let whole = local("2026-08-22 00:00:00");
    assert_eq!(Entry::new("decision", whole, None).from, whole.micros() / 1_000_000);
    assert_eq!(
        Entry::new("decision", local("2026-08-22 00:00:00.000001"), None).from,
        whole.micros() / 1_000_000 + 1
    );
}

#[test]
fn evidence_bars_to_the_end_of_its_last_legal_day() {
    let last = Entry::new("remote_sensing", local("2026-08-01 10:00:00"), Some(day("2026-08-22")));
    let second = |text: &str| local(text).micros() / 1_000_000;
    assert!(last.is_in_effect(second("2026-08-22 23:59:59")));
    assert!(!last.is_in_effect(second("2026-08-23 00:00:00")));
}

#[test]
fn a_plate_matches_with_its_kind_and_never_by_its_beginning() {
    let copy = Snapshot::new(Rules::default(), vec![small("陕E00001", vec![entry("decision", 0, None)])]);
    let found = |text: &str, kind| copy.barring(&plate(text), kind, 1).len();
    assert_eq!(found("陕E00001", PlateKind::SmallCar), 1);
    assert_eq!(found("陕E00001", PlateKind::LargeCar), 0);
    assert_eq!(found("陕E0000", PlateKind::SmallCar) + found("陕E000011", PlateKind::SmallCar), 0);
}

#[test]
fn a_reason_that_this_program_does_not_know_is_kept() {
    let copy = Snapshot::new(Rules::default(), vec![small("陕E00001", vec![entry("a_reason_to_come", 0, None)])]);
    assert_eq!(Snapshot::decode(&copy.encode()), Ok(copy));
}

#[test]
fn bytes_after_the_end_before_the_end_or_of_another_form_are_refused() {
    let copy = Snapshot::new(Rules::default(), vec![small("陕E00001", vec![entry("decision", 7, Some(9))])]);
    let bytes = copy.encode();
    for end in 0..bytes.len() {
        assert!(Snapshot::decode(&bytes[..end]).is_err(), "{end} bytes");
    }
    assert!(Snapshot::decode(&[&bytes[..], b"0"].concat()).is_err());
    assert!(Delta::decode(&bytes).is_err());
    let empty = Delta::new(0, None, vec![small("陕E00001", Vec::new())]);
    let as_copy = [b"IMS1", &empty.encode()[4..]].concat();
    assert!(Snapshot::decode(&as_copy).is_err());
}

#[test]
fn a_head_ages_at_its_half_and_ends_at_its_instant() {
    let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
    let head = Head {
        sequence: 1,
        previous: 0,
        count: 0,
        root: root_of(b""),
        issued: at(100),
        expires: at(200),
        journal: None,
    };
    assert_eq!([149, 150].map(|second| head.is_ageing(at(second))), [false, true]);
    assert_eq!([199, 200].map(|second| head.is_fresh(at(second))), [true, false]);
    assert_eq!(head.root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/// A list: for each plate the reasons, as a gate would see them.
fn records() -> impl Strategy<Value = Vec<Record>> {
    let entries = vec(("[a-z]{3,8}", -5_i64..2_000_000_000, proptest::option::of(0_i64..3_000_000_000)), 0..4);
    let record = ("陕[A-E][0-9A-C]{2,4}", 1_u8..53, entries).prop_map(|(plate, kind, entries)| {
        let entries = entries.into_iter().map(|(reason, from, until)| entry(&reason, from, until)).collect();
        Record::new(&plate, kind, entries)
    });
    vec(record, 0..40)
}

proptest! {
    #[test]
    fn a_list_has_one_form_whatever_the_order_of_its_records(records in records()) {
        let mut other = records.clone();
        other.reverse();
        let copy = Snapshot::new(Rules("[1]".into()), records);
        let bytes = copy.encode();
        prop_assert_eq!(&Snapshot::new(Rules("[1]".into()), other).encode(), &bytes);
        prop_assert_eq!(Snapshot::decode(&bytes), Ok(copy));
    }

    #[test]
    fn a_delta_replaces_records_and_leaves_the_others(old in records(), news in records(), from in 0_i64..9) {
        let copy = Snapshot::new(Rules::default(), old.clone());
        let delta = Delta::new(from, Some(Rules("{\"a\":1}".into())), news);
        let read = Delta::decode(&delta.encode());
        prop_assert_eq!(read.as_ref(), Ok(&delta));
        let applied = copy.clone().apply(delta.clone());
        for record in &old {
            let told = Snapshot::default().apply(delta.clone()).record_of(&record.plate, record.kind);
            let untouched = copy.clone().apply(Delta::new(from, None, Vec::new()));
            prop_assert_eq!(&untouched, &copy);
            if !told.entries.is_empty() {
                prop_assert_eq!(applied.record_of(&record.plate, record.kind), told);
            }
        }
        prop_assert_eq!(&applied.rules.0[..], "{\"a\":1}");
        prop_assert_eq!(Snapshot::decode(&applied.encode()), Ok(applied));
    }

    #[test]
    fn no_bytes_whatever_break_the_reader(bytes in vec(any::<u8>(), 0..200)) {
        let copy = Snapshot::decode(&[b"IMS1", &bytes[..]].concat());
        if let Ok(copy) = copy {
            prop_assert_eq!(&copy.encode()[4..], &bytes[..]);
        }
        drop(Delta::decode(&[b"IMD1", &bytes[..]].concat()));
    }
}
