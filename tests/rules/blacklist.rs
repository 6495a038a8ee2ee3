//! The blacklist in memory: whatever is changed one by one is what would be read anew, and it answers at an instant.

use std::collections::BTreeMap;

use imfleet::domain::{
    blacklist::{Asked, Index, Known, ListStatus, Mark, Wearing},
    listing::ListingReason,
    time::Instant,
    vehicle::{
        energy::EnergyKind,
        plate::{Plate, PlateColour, PlateKind},
        stage::Stage,
        use_nature::UseNature,
        vin::Vin,
    },
    words::Word,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rstest::rstest;
use uuid::Uuid;

use crate::cast::{august, local};

const KINDS: [PlateKind; 4] = [PlateKind::SmallCar, PlateKind::LargeCar, PlateKind::Moped, PlateKind::Military];
const PLATES: [&str; 5] = ["陕EA0001", "陕EA0002", "陕EA0001挂", "WJ陕1234567", "军豫字A12345678"];
const VINS: [&str; 4] = ["LZZ5ELND6KN123456", "LSVAA4182E2184847", "X", "A123456789012345678901234"];

fn known(id: u128, plate: Option<(&str, PlateKind)>, vin: Option<&str>, marks: Vec<Mark>) -> Known {
    Known {
        id: Uuid::from_u128(id),
        plate: plate.map(|(text, kind)| (text.to_owned(), kind)),
        vin: vin.map(str::to_owned),
        vehicle_type: Some("H11".to_owned()),
        fuel: Some("BO".to_owned()),
        stage: Stage::China3,
        energy: EnergyKind::Ice,
        use_nature: Some(UseNature::Freight),
        marks,
    }
}

fn since(at: Instant) -> Mark {
    Mark::new(ListingReason::Roadside, Some(at), false)
}

fn by_plate(text: &str, wearing: Wearing) -> Asked {
    Asked { plate: Some((Plate::read(text).unwrap(), wearing)), vin: None }
}

fn by_vin(text: &str) -> Asked {
    Asked { plate: None, vin: Some(Vin::read(text).unwrap()) }
}

/// Everything that can be asked of the plates and VINs above.
fn questions() -> Vec<Asked> {
    let wearings = KINDS.map(Wearing::Kind).into_iter();
    let wearings: Vec<_> = wearings.chain([Wearing::Colour(PlateColour::Blue), Wearing::Anything]).collect();
    let plates = PLATES.iter().flat_map(|plate| wearings.iter().map(|wearing| by_plate(plate, *wearing)));
    plates.chain(VINS.iter().map(|vin| by_vin(vin))).collect()
}

fn vehicles() -> impl Strategy<Value = (u128, Option<Known>)> {
    let plate = option::of((select(&PLATES[..]), select(&KINDS[..])));
    let reasons = vec((select(ListingReason::ALL), any::<bool>(), option::of(0..3_i64)), 0..3);
    let told = (plate, option::of(select(&VINS[..])), reasons);
    (1..12_u128, option::of(told)).prop_map(|(id, told)| {
        let known = told.map(|(plate, vin, reasons)| {
            let mark = |(reason, suspended, day): &(ListingReason, bool, Option<i64>)| {
                Mark::new(*reason, day.map(|day| august(20 + u32::try_from(day).unwrap())), *suspended)
            };
            known(id, plate, vin, reasons.iter().map(mark).collect())
        });
        (id, known)
    })
}

proptest! {
    #[test]
    fn what_was_changed_one_by_one_is_what_is_read_anew(changes in vec(vehicles(), 0..80)) {
        let (mut changed, mut last) = (Index::default(), BTreeMap::new());
        for (id, known) in changes {
            match &known {
                Some(known) => changed.put(known),
                None => changed.remove(Uuid::from_u128(id)),
            }
            last.insert(id, known);
        }
        let mut anew = Index::with_room(last.len());
        last.values().flatten().for_each(|known| anew.put(known));
        let at = august(21);
        for question in questions() {
            prop_assert_eq!(changed.check(&question, at), anew.check(&question, at), "{:?}", question);
        }
        prop_assert_eq!(changed.marked(), anew.marked());
        for (id, known) in &last {
            let found = changed.vehicle(Uuid::from_u128(*id));
            prop_assert_eq!(found.map(|found| found.marks).unwrap_or_default(), known.as_ref().map(|known| known.marks.clone()).unwrap_or_default());
        }
    }

    #[test]
    fn every_vehicle_is_found_by_all_it_is_known_by(vehicles in vec(vehicles(), 0..12)) {
        let last: BTreeMap<_, _> = vehicles.into_iter().collect();
        let mut index = Index::default();
        last.values().flatten().for_each(|known| index.put(known));
        for known in last.values().flatten() {
            let holds = |asked: &Asked| index.find(asked).iter().any(|found| found.id == known.id);
            if let Some((text, kind)) = &known.plate {
                prop_assert!(holds(&by_plate(text, Wearing::Kind(*kind))) && holds(&by_plate(text, Wearing::Anything)));
            }
            if let Some(vin) = &known.vin {
                prop_assert!(holds(&by_vin(vin)));
            }
        }
    }
}

#[rstest]
#[case::a_microsecond_before("2026-08-21 23:59:59.999999", ListStatus::NotListed)]
#[case::at_its_first_instant("2026-08-22 00:00:00", ListStatus::Listed)]
#[case::later("2027-01-01 00:00:00", ListStatus::Listed)]
fn a_listing_bars_from_its_first_instant_on(#[case] at: &str, #[case] status: ListStatus) {
    let mut index = Index::default();
    let plate = Some(("陕EA0001", PlateKind::LargeCar));
    index.put(&known(1, plate, None, vec![since(local("2026-08-22 00:00:00"))]));
    assert_eq!(index.check(&by_plate("陕EA0001", Wearing::Kind(PlateKind::LargeCar)), local(at)).status, status);
}

#[test]
fn what_waits_for_its_notice_or_is_held_off_by_an_appeal_bars_nobody() {
    let mut index = Index::default();
    let waits = Mark::new(ListingReason::RemoteSensing, None, false);
    let suspended = Mark::new(ListingReason::Roadside, Some(august(1)), true);
    index.put(&known(1, None, Some("LZZ5ELND6KN123456"), vec![waits, suspended]));
    let checked = index.check(&by_vin("LZZ5ELND6KN123456"), local("2099-12-31 00:00:00"));
    assert_eq!((checked.status, checked.vehicles[0].marks.len()), (ListStatus::NotListed, 2));
}

#[test]
fn the_strictest_comes_first_and_a_plate_is_never_matched_by_prefix() {
    let mut index = Index::default();
    index.put(&known(1, Some(("陕EA0001", PlateKind::SmallCar)), None, vec![]));
    index.put(&known(2, Some(("陕EA0001", PlateKind::Moped)), None, vec![since(august(1))]));
    index.put(&known(3, Some(("陕EA0001", PlateKind::LargeCar)), None, vec![since(august(1)), since(august(2))]));
    let checked = index.check(&by_plate("陕EA0001", Wearing::Anything), august(20));
    let ids: Vec<_> = checked.vehicles.iter().map(|found| found.id.as_u128()).collect();
    assert_eq!((checked.status, checked.ambiguous, ids), (ListStatus::Listed, true, vec![3, 2, 1]));
    for other in ["陕EA000", "陕EA00010", "陕EA0001挂"] {
        assert_eq!(
            index.check(&by_plate(other, Wearing::Anything), august(20)).status,
            ListStatus::Unknown,
            "{other}"
        );
    }
}

#[test]
fn what_a_vehicle_is_comes_out_as_it_went_in() {
    let mut index = Index::default();
    index.put(&known(1, Some(("陕EA0001", PlateKind::LargeCar)), None, vec![]));
    let facts = index.vehicle(Uuid::from_u128(1)).unwrap().facts;
    assert_eq!(facts.vehicle_type().unwrap().as_str(), "H11");
    assert_eq!(facts.fuel().unwrap().to_string(), "BO");
    assert_eq!(
        (facts.stage(), facts.energy(), facts.use_nature()),
        (Stage::China3, EnergyKind::Ice, Some(UseNature::Freight))
    );
}
