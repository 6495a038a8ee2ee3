//! Writing reports: the same rows in every shape, each row gone before the next one comes.

mod csv;
mod json;
mod xlsx;

use std::fs::File;

use super::{
    catalogue::{Asked, Cell, Parameter, Report},
    wire::Shape,
};
use crate::platform::{
    db::AnyConnection,
    problem::{Language, Problem},
};

/// Writes a report to a nameless file that goes when it is closed.
///
/// # Errors
/// The database fails, or the file cannot be written.
pub fn write_report(
    conn: &mut AnyConnection,
    report: &dyn Report,
    asked: &Asked,
    shape: Shape,
    language: Language,
) -> Result<File, Problem> {
    let file = tempfile::tempfile().map_err(|error| Problem::internal(&error))?;
    match shape {
        Shape::Json => json::write(conn, report, asked, language, file),
        Shape::Csv => csv::write(conn, report, asked, language, file),
        Shape::Xlsx => xlsx::write(conn, report, asked, language, file),
    }
}

/// What stands above the rows: each line a label and a text.
fn about(report: &dyn Report, asked: &Asked, language: Language) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        (language.pick("Report", "报表"), language.text(&report.title()).to_owned()),
        (language.pick("As of", "统计截至日"), asked.as_of.to_string()),
        (language.pick("As known on", "知悉截至日"), asked.as_known.to_string()),
    ];
    if report.parameters().contains(&Parameter::Period) {
        lines.push((language.pick("Period", "统计期间"), format!("{} – {}", asked.from, asked.to)));
    }
    if let Some(area) = &asked.area {
        lines.push((language.pick("Area", "行政区划"), area.to_string()));
    }
    lines.push((language.pick("Definitions", "统计口径"), language.text(&report.definitions()).to_owned()));
    lines.push((language.pick("Legal source", "依据"), report.source().to_owned()));
    lines
}

/// The label of a column with its unit.
fn label(column: &super::catalogue::Column, language: Language) -> String {
    let label = language.pick(column.en, column.zh);
    if column.unit.is_empty() { label.to_owned() } else { format!("{label} ({})", column.unit) }
}

/// A cell as a text; no data is empty.
fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Nothing => String::new(),
    }
}
