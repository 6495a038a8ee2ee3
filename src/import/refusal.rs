//! The rows that were not taken, with what is wrong, under the same headers: corrected and sent again as it is.

use std::{collections::BTreeMap, io::Write};

use super::{columns::Mapping, row::RowFault, table::Table, writing::CsvOut};
use crate::platform::problem::Problem;

/// The columns that are added; a file that carries them is read as if it did not.
pub const COLUMNS: [&str; 4] = ["原行号 row", "错误列 error_column", "错误代码 error_code", "错误说明 error_detail"];

/// Rows read at a time.
const AT_A_TIME: usize = 1_000;

/// Whether a header is one of those that are added here.
#[must_use]
pub fn is_ours(header: &str) -> bool {
    COLUMNS.contains(&header.trim())
}

/// A refused chunk: its first row and its last.
pub type Refused = (i64, i64);

/// Writes every row of the refused chunks: those at fault with what is wrong, the others of their chunks as they are.
///
/// # Errors
/// The table cannot be read or the file not be written.
pub fn write(
    mut table: Table,
    mapping: &Mapping,
    refused: &[Refused],
    faults: &BTreeMap<i64, Vec<RowFault>>,
    out: impl Write,
) -> Result<u64, Problem> {
    let kept: Vec<usize> = (0..table.headers.len()).filter(|place| !is_ours(&table.headers[*place])).collect();
    let mut out = CsvOut::new(out)?;
    let headers = kept.iter().map(|place| table.headers[*place].as_str()).chain(COLUMNS);
    out.row(headers)?;
    let mut written = 0;
    loop {
        let chunk = table.chunk(AT_A_TIME)?;
        if chunk.is_empty() {
            break;
        }
        for record in chunk {
            if !refused.iter().any(|(first, last)| (*first..=*last).contains(&record.row)) {
                continue;
            }
            let of_row = faults.get(&record.row).map(Vec::as_slice).unwrap_or_default();
            let added = [record.row.to_string(), columns(of_row, mapping), codes(of_row), details(of_row)];
            let cells = kept.iter().map(|place| record.cells.get(*place).map_or("", String::as_str));
            out.row(cells.chain(added.iter().map(String::as_str)))?;
            written += 1;
        }
    }
    out.end()?;
    Ok(written)
}

fn columns(faults: &[RowFault], mapping: &Mapping) -> String {
    joined(faults, |fault| mapping.header(fault.fault.pointer.trim_start_matches('/')))
}

fn codes(faults: &[RowFault]) -> String {
    if faults.is_empty() { "chunk_refused".to_owned() } else { joined(faults, |fault| fault.fault.code.to_string()) }
}

fn details(faults: &[RowFault]) -> String {
    if faults.is_empty() {
        return "本行无误；同批有误，整批未导入 (nothing is wrong here; another row of its chunk is)".to_owned();
    }
    joined(faults, |fault| format!("{} ({})", fault.fault.detail.zh, fault.fault.detail.en))
}

fn joined(faults: &[RowFault], part: impl Fn(&RowFault) -> String) -> String {
    faults.iter().map(part).collect::<Vec<_>>().join("; ")
}
