//! VINs: kept as read, and what their structure tells.

use imfleet::domain::vehicle::vin::{Vin, VinStatus};
use proptest::prelude::*;
use serde::Deserialize;

use crate::golden;

/// Model years run one year ahead of the calendar: the latest in 2026.
const LATEST: i32 = 2027;

#[derive(Deserialize)]
struct Row {
    raw: String,
    vin: String,
    status: Option<VinStatus>,
    tail: String,
    model_year: Option<i32>,
    error: String,
}

#[test]
fn vins_read_as_the_table_says() {
    for row in golden::rows::<Row>("vins.csv") {
        let raw = &row.raw;
        match Vin::read(raw) {
            Ok(vin) => {
                assert_eq!((vin.as_str(), ""), (row.vin.as_str(), row.error.as_str()), "{raw}");
                assert_eq!(Some(vin.status()), row.status, "{raw}");
                assert_eq!(vin.tail(6), row.tail, "{raw}");
                assert_eq!(vin.model_year(LATEST), row.model_year, "{raw}");
            }
            Err(error) => assert_eq!(format!("{error:?}"), row.error, "{raw}"),
        }
    }
}

#[test]
fn a_model_year_is_never_after_the_latest() {
    let vin = Vin::read("1M8GDM9AXKP042788").unwrap();
    assert_eq!(vin.model_year(2019), Some(2019));
    assert_eq!(vin.model_year(2018), Some(1989));
}

proptest! {
    #[test]
    fn no_vin_of_letters_and_digits_is_lost(raw in "[0-9A-Za-z]{1,32}") {
        let vin = Vin::read(&raw).unwrap();
        prop_assert_eq!(vin.as_str(), raw.to_ascii_uppercase());
        prop_assert_eq!(Vin::read(vin.as_str()), Ok(vin));
    }

    #[test]
    fn one_wrong_character_never_passes_as_valid(place in 9_usize..17, wrong in "[0-9]") {
        let right = "LSVAA4182E2184847";
        let vin = format!("{}{wrong}{}", &right[..place], &right[place + 1..]);
        let valid = Vin::read(&vin).unwrap().status() == VinStatus::Valid;
        // E (5) and 5 weigh the same in the sum.
        prop_assert_eq!(valid, vin == right || (place == 9 && wrong == "5"));
    }
}
