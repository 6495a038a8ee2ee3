//! Fuels: the field of GA 24.9 as a set.

use imfleet::domain::{vehicle::fuel::Fuel, words::Word};
use serde::Deserialize;

use crate::golden;

#[derive(Deserialize)]
struct Row {
    field: String,
    code: String,
    kinds: String,
    diesel: Option<bool>,
    natural_gas: Option<bool>,
    gas: Option<bool>,
    spark_ignition: Option<bool>,
    pure_electric: Option<bool>,
    error: String,
}

#[test]
fn fuels_read_as_the_table_says() {
    for row in golden::rows::<Row>("fuels.csv") {
        let field = &row.field;
        let fuel = match Fuel::read(field) {
            Ok(fuel) => fuel,
            Err(error) => {
                assert_eq!(format!("{error:?}"), row.error, "{field}");
                continue;
            }
        };
        assert_eq!((fuel.to_string().as_str(), ""), (row.code.as_str(), row.error.as_str()), "{field}");
        assert_eq!(fuel.kinds().map(Word::word).collect::<Vec<_>>().join(" "), row.kinds, "{field}");
        assert!(fuel.kinds().all(|kind| fuel.contains(kind)), "{field}");
        assert_eq!(Some(fuel.is_diesel()), row.diesel, "{field}");
        assert_eq!(Some(fuel.is_natural_gas()), row.natural_gas, "{field}");
        assert_eq!(Some(fuel.is_gas()), row.gas, "{field}");
        assert_eq!(Some(fuel.is_spark_ignition()), row.spark_ignition, "{field}");
        assert_eq!(Some(fuel.is_pure_electric()), row.pure_electric, "{field}");
    }
}

#[test]
fn a_fuel_travels_as_its_code() {
    let fuel: Fuel = serde_json::from_str(r#""1a""#).unwrap();
    assert_eq!(serde_json::to_string(&fuel).unwrap(), r#""A1""#);
}
