//! The first sheet of an XLSX workbook, whose cells become texts. A sheet is held in memory, so its rows are capped.

use std::io::{BufReader, Read, Seek};

use calamine::{DataRef, DataType, Reader, Xlsx};

use crate::platform::problem::{Kind, Problem};

/// The most rows of a sheet, the headers not counted; more belong into a CSV file, which is read row by row.
pub const MOST_ROWS: usize = 50_000;
/// The most cells in a row.
const MOST_COLUMNS: usize = 256;

/// The rows of the first sheet, the headers first.
///
/// # Errors
/// It is no workbook, or has more rows or columns than are read (422).
pub fn rows(file: impl Read + Seek) -> Result<Vec<Vec<String>>, Problem> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(BufReader::new(file)).map_err(|error| no_book(&error))?;
    let sheet = book.sheet_names().first().cloned().unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|error| no_book(&error))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|error| no_book(&error))? {
        let (row, column) = cell.get_position();
        let (row, column) =
            (usize::try_from(row).unwrap_or(usize::MAX), usize::try_from(column).unwrap_or(usize::MAX));
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if row > MOST_ROWS || column >= MOST_COLUMNS {
            return Err(too_large());
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        text.clone_into(&mut rows[row][column]);
    }
    // Cells that a sheet leaves out at the end of a row are empty, not missing.
    let width = rows.first().map_or(0, Vec::len);
    for row in &mut rows {
        let full = row.len().max(width);
        row.resize(full, String::new());
    }
    Ok(rows)
}

/// A cell as its text: days as `2015-06-18`, whole numbers without a fraction.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::Int(value) => value.to_string(),
        // The shortest text that is this number: 12000 and 2.5, never 12000.0.
        DataRef::Float(value) => value.to_string(),
        other => match other.as_datetime() {
            Some(at) if at.time() == chrono::NaiveTime::MIN => at.date().to_string(),
            Some(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            None => other.get_string().unwrap_or_default().to_owned(),
        },
    }
}

fn no_book(error: &calamine::XlsxError) -> Problem {
    Problem::new(Kind::Invalid)
        .because(format!("the file cannot be read as XLSX: {error}"), format!("文件无法按 XLSX 读取：{error}"))
}

fn too_large() -> Problem {
    Problem::new(Kind::Invalid).with("most_rows", MOST_ROWS).because(
        format!("a sheet has at most {MOST_ROWS} rows and {MOST_COLUMNS} columns; send more as CSV"),
        format!("工作表最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列，更多请以 CSV 提交"),
    )
}
