//! Writing CSV that spreadsheets open right: UTF-8 with its mark.

use std::io::Write;

use crate::platform::problem::Problem;

/// The mark by which spreadsheets know UTF-8.
pub const MARK: &str = "\u{FEFF}";

/// A CSV file under way.
pub struct CsvOut<W: Write>(csv::Writer<W>);

impl<W: Write> CsvOut<W> {
    /// Begins a file, with the mark.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(mut out: W) -> Result<Self, Problem> {
        out.write_all(MARK.as_bytes()).map_err(|error| Problem::internal(&error))?;
        Ok(Self::going_on(out))
    }

    /// Goes on with a file that has its mark.
    pub fn going_on(out: W) -> Self {
        Self(csv::WriterBuilder::new().flexible(true).from_writer(out))
    }

    /// One row.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), Problem> {
        self.0.write_record(cells).map_err(|error| Problem::internal(&error))
    }

    /// The end; gives the file back.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(self) -> Result<W, Problem> {
        self.0.into_inner().map_err(|error| Problem::internal(error.error()))
    }
}
