//! A report as a workbook of one sheet, whose rows leave the memory as they are written.

use std::fs::File;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{about, label};
use crate::{
    features::reports::catalogue::{Asked, Cell, Report},
    platform::{
        db::AnyConnection,
        problem::{Kind, Language, Problem},
    },
};

/// How wide columns are, in characters.
const WIDTH: u8 = 18;

pub(super) fn write(
    conn: &mut AnyConnection,
    report: &dyn Report,
    asked: &Asked,
    language: Language,
    mut file: File,
) -> Result<File, Problem> {
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(|error| broken(&error))?;
    let mut row = head(sheet, report, asked, language, &bold).map_err(|error| broken(&error))?;
    report.rows(conn, asked, &mut |cells| {
        for (place, cell) in (0..).zip(&cells) {
            put(sheet, (row, place), cell, &day).map_err(|error| broken(&error))?;
        }
        row += 1;
        Ok(())
    })?;
    book.save_to_writer(&mut file).map_err(|error| broken(&error))?;
    Ok(file)
}

/// What the report is about, an empty row, and the headers; tells where the rows begin.
fn head(
    sheet: &mut Worksheet,
    report: &dyn Report,
    asked: &Asked,
    language: Language,
    bold: &Format,
) -> Result<u32, XlsxError> {
    for (place, _) in (0..).zip(report.columns()) {
        sheet.set_column_width(place, WIDTH)?;
    }
    let mut row = 0;
    for (label, text) in about(report, asked, language) {
        sheet.write_string_with_format(row, 0, label, bold)?;
        sheet.write_string(row, 1, text)?;
        row += 1;
    }
    row += 1;
    for (place, column) in (0..).zip(report.columns()) {
        sheet.write_string_with_format(row, place, label(column, language), bold)?;
    }
    Ok(row + 1)
}

fn put(sheet: &mut Worksheet, (row, place): (u32, u16), cell: &Cell, day: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string(row, place, text)?,
        // Counts and shares are far below 2^53, where a workbook's numbers are exact.
        Cell::Count(count) => sheet.write_number(row, place, number(&count.to_string()))?,
        Cell::Amount(amount) => sheet.write_number(row, place, number(&amount.to_string()))?,
        Cell::Day(on) => sheet.write_with_format(row, place, on, day)?,
        Cell::Nothing => sheet,
    };
    Ok(())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

fn broken(error: &XlsxError) -> Problem {
    match error {
        XlsxError::RowColumnLimitError => Problem::new(Kind::Invalid)
            .because("the report has more rows than a sheet can hold; ask for CSV", "行数超出工作表上限，请改用 CSV"),
        other => Problem::internal(other),
    }
}
