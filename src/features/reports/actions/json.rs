//! A report as JSON, its rows written one by one.

use std::{
    fs::File,
    io::{BufWriter, Write},
};

use serde_json::{Map, Value, json};

use crate::{
    features::reports::{
        catalogue::{Asked, Cell, Parameter, Report},
        wire::columns,
    },
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
    let mut out = BufWriter::new(file);
    let period = report.parameters().contains(&Parameter::Period);
    let head = json!({
        "name": report.name(),
        "title": language.text(&report.title()),
        "as_of": asked.as_of,
        "as_known": asked.as_known,
        "from": period.then_some(asked.from),
        "to": period.then_some(asked.to),
        "area": asked.area,
        "definitions": language.text(&report.definitions()),
        "source": report.source(),
        "columns": columns(report, language),
    });
    let head = head.to_string();
    let broken = |error: std::io::Error| Problem::internal(&error);
    write!(out, "{},\"rows\":[", head.trim_end_matches('}')).map_err(broken)?;
    let mut first = true;
    report.rows(conn, asked, &mut |cells| {
        let row: Map<String, Value> =
            report.columns().iter().map(|column| column.name.to_owned()).zip(cells.iter().map(value)).collect();
        let comma = if std::mem::take(&mut first) { "" } else { "," };
        write!(out, "{comma}{}", Value::Object(row)).map_err(broken)
    })?;
    out.write_all(b"]}").map_err(broken)?;
    out.into_inner().map_err(|error| Problem::internal(error.error()))
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => text.as_str().into(),
        Cell::Count(count) => (*count).into(),
        Cell::Amount(amount) => serde_json::to_value(amount).unwrap_or_default(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Nothing => Value::Null,
    }
}
