//! Reads the golden tables of `tests/rules/tables`.

use std::path::Path;

use serde::de::DeserializeOwned;

/// Every row of a golden table; a row that does not read, or a table without rows, fails the test.
pub fn rows<Row: DeserializeOwned>(table: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/tables").join(table);
    let rows: Vec<Row> = csv::Reader::from_path(path).unwrap().into_deserialize().map(Result::unwrap).collect();
    assert!(!rows.is_empty(), "{table} has no rows");
    rows
}
