//! A report as CSV: what it is about, an empty line, its headers, its rows.

use std::{fs::File, io::BufWriter};

use super::{about, cell_text, label};
use crate::{
    features::reports::catalogue::{Asked, Report},
    import::CsvOut,
    platform::{
        db::AnyConnection,
        problem::{Language, Problem},
    },
};

pub(super) fn write(
    conn: &mut AnyConnection,
    report: &dyn Report,
    asked: &Asked,
    language: Language,
    file: File,
) -> Result<File, Problem> {
    let mut out = CsvOut::new(BufWriter::new(file))?;
    for (label, text) in about(report, asked, language) {
        out.row([label, &text])?;
    }
    out.row([""])?;
    let labels: Vec<String> = report.columns().iter().map(|column| label(column, language)).collect();
    out.row(labels.iter().map(String::as_str))?;
    report.rows(conn, asked, &mut |cells| {
        let cells: Vec<String> = cells.iter().map(cell_text).collect();
        out.row(cells.iter().map(String::as_str))
    })?;
    out.end()?.into_inner().map_err(|error| Problem::internal(error.error()))
}
