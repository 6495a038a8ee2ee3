//! Reading and writing tables in files: CSV in UTF-8 or GB18030, and sheets of XLSX, row by row.
//!
//! This room knows files and no feature: [`Table`] gives the rows of a file, [`Mapping`] says which column is which
//! field, [`Row`] reads cells as values and gathers what is wrong with them, [`refusal`] writes the rows that were not
//! taken so that they can be corrected and sent again. What a kind of rows means stands in `features::imports`.

pub mod cells;
mod columns;
mod encoding;
pub mod refusal;
mod row;
mod sheet;
mod table;
mod vehicle_types;
mod writing;

pub use columns::{Column, Mapping, MapsTo, explicit_map};
pub use encoding::{Encoding, Inspected, inspect};
pub use row::{Row, RowFault};
pub use sheet::MOST_ROWS as MOST_SHEET_ROWS;
pub use table::{Format, Record, Table};
pub use vehicle_types::vehicle_type;
pub use writing::CsvOut;
