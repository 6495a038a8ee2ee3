//! One row, read cell by cell; everything that is wrong with it is gathered.

use std::fmt::Display;

use super::{columns::Mapping, table::Record};
use crate::platform::problem::{Fault, text};

/// Something wrong with a row; the pointer of the fault names the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The row, as a spreadsheet numbers it.
    pub row: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// A row under its headers.
pub struct Row<'a> {
    record: &'a Record,
    mapping: &'a Mapping,
    faults: Vec<Fault>,
}

impl<'a> Row<'a> {
    /// Begins to read a row.
    #[must_use]
    pub fn new(record: &'a Record, mapping: &'a Mapping) -> Self {
        let mut row = Self { record, mapping, faults: Vec::new() };
        let (cells, width) = (record.cells.len(), mapping.width());
        if cells != width {
            row.wrong(
                "",
                "cells",
                format!("has {cells} cells under {width} headers"),
                format!("有 {cells} 个单元格，而表头有 {width} 列"),
            );
        }
        if record.cells.iter().any(|cell| cell.contains('\u{FFFD}')) {
            row.wrong("", "characters", "has characters that were lost before", "含有已损坏的字符");
        }
        row
    }

    /// The text of a field; none when the file has no such column or the cell is empty.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&'a str> {
        let cell = self.record.cells.get(self.mapping.place(field)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The value of a field; a text that is none is a fault.
    pub fn read<T, E: Display>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        match read(self.text(field)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(field, "unreadable", error.to_string(), format!("无法识别：{error}"));
                None
            }
        }
    }

    /// The value of a field that every row has.
    pub fn need<T, E: Display>(&mut self, field: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        if self.text(field).is_none() {
            self.wrong(field, "missing", "needed in every row", "此项必填");
        }
        self.read(field, read)
    }

    /// Notes something that is wrong with a field; with the whole row when the field is empty.
    pub fn wrong(&mut self, field: &str, code: &'static str, en: impl Into<String>, zh: impl Into<String>) {
        let pointer = if field.is_empty() { String::new() } else { format!("/{field}") };
        self.faults.push(Fault { pointer, code: code.into(), detail: text(en.into(), zh.into()) });
    }

    /// The value, unless something is wrong.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn done<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }
}
