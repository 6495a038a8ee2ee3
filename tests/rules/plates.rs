//! Plates: what is read, what is refused, and which kind a plate can be of.

use imfleet::domain::{
    vehicle::plate::{NevHint, Plate, PlateClass, PlateColour, PlateKind, kinds_of},
    words::Word,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct Row {
    raw: String,
    plate: String,
    class: Option<PlateClass>,
    issuer: Option<String>,
    nev_hint: Option<NevHint>,
    fits: String,
    misfits: String,
    error: String,
}

fn kinds(codes: &str) -> impl Iterator<Item = PlateKind> {
    codes.split_whitespace().map(|code| PlateKind::from_code(code).unwrap())
}

#[test]
fn plates_read_as_the_table_says() {
    for row in golden::rows::<Row>("plates.csv") {
        let raw = &row.raw;
        let plate = match Plate::read(raw) {
            Ok(plate) => plate,
            Err(error) => {
                assert_eq!(format!("{error:?}"), row.error, "{raw}");
                continue;
            }
        };
        assert_eq!((plate.as_str(), ""), (row.plate.as_str(), row.error.as_str()), "{raw}");
        assert_eq!(Some(plate.class()), row.class, "{raw}");
        assert_eq!(plate.issuer(), row.issuer.as_deref().filter(|issuer| !issuer.is_empty()), "{raw}");
        assert_eq!(plate.nev_hint(), row.nev_hint, "{raw}");
        kinds(&row.fits).for_each(|kind| assert!(plate.fits(kind), "{raw} is to fit {kind}"));
        kinds(&row.misfits).for_each(|kind| assert!(!plate.fits(kind), "{raw} is not to fit {kind}"));
    }
}

#[test]
fn a_vehicle_is_local_by_its_whole_issuer() {
    let plate = Plate::read("陕E00001").unwrap();
    assert!(plate.is_local("陕E"));
    assert!(!plate.is_local("陕"));
    assert!(!plate.is_local("陕A"));
    assert!(!Plate::read("军E00001").unwrap().is_local("陕E"));
}

#[test]
fn a_plate_travels_as_its_text() {
    let plate: Plate = serde_json::from_str(r#""陕e·00001""#).unwrap();
    assert_eq!(serde_json::to_string(&plate).unwrap(), r#""陕E00001""#);
    assert!(serde_json::from_str::<Plate>(r#""N/A""#).is_err());
}

#[test]
fn every_kind_is_found_by_its_code_and_by_nothing_else() {
    for kind in PlateKind::ALL {
        assert_eq!(PlateKind::from_code(kind.code()), Some(*kind));
    }
    assert_eq!(PlateKind::from_code("2"), None);
    assert_eq!(PlateKind::from_code("50"), None);
    assert_eq!(serde_json::to_string(&PlateKind::SmallCar).unwrap(), r#""small_car""#);
}

#[test]
fn a_colour_narrows_the_kinds_and_leaves_those_without_a_colour() {
    let coloured = |colour| -> Vec<&str> {
        kinds_of(colour).into_iter().filter(|kind| kind.colour().is_some()).map(PlateKind::code).collect()
    };
    assert_eq!(coloured(PlateColour::Yellow), ["01", "07", "13", "15", "16", "17"]);
    assert_eq!(coloured(PlateColour::Blue), ["02", "08"]);
    assert_eq!(coloured(PlateColour::NevGreen), ["52"]);
    assert_eq!(coloured(PlateColour::NevYellowGreen), ["51"]);
    for colour in PlateColour::ALL {
        assert!(kinds_of(*colour).contains(&PlateKind::Temporary), "{colour}");
    }
}

proptest! {
    #[test]
    fn what_was_read_reads_as_itself(raw in "(陕|京|粤|使|军|WJ)?[ -~　·ａＡ０挂警]{0,9}|\\PC{0,20}|.{0,20}") {
        if let Ok(plate) = Plate::read(&raw) {
            prop_assert_eq!(Plate::read(plate.as_str()), Ok(plate));
        }
    }
}
