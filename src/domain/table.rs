//! Tables of law and geography that ship with the program, as CSV beside the code.

use serde::de::DeserializeOwned;

/// The rows of an embedded CSV with a header; a test reads every table and counts its rows.
#[must_use]
pub fn rows<Row: DeserializeOwned>(csv: &str) -> Vec<Row> {
    csv::Reader::from_reader(csv.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
}
