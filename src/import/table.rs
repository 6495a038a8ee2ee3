//! A table in a file: its headers, and its rows one after another.

use std::io::{Read, Seek, SeekFrom};

use super::{
    encoding::{Decoded, Encoding, Inspected, inspect},
    sheet,
};
use crate::{
    domain::words::words,
    platform::problem::{Kind, Problem},
};

words! {
    /// The format of a file of rows.
    pub enum Format {
        /// Values parted by commas.
        Csv = "csv" / "CSV",
        /// The first sheet of a workbook.
        Xlsx = "xlsx" / "XLSX",
    }
}

/// The first bytes of every XLSX file, which is a ZIP archive.
const ARCHIVE: [u8; 4] = *b"PK\x03\x04";

/// One row: its number as a spreadsheet shows it (the headers are row 1), and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The number.
    pub row: i64,
    /// The cells, as texts.
    pub cells: Vec<String>,
}

/// A file that can be read from its beginning again.
pub trait File: Read + Seek + Send {}
impl<T: Read + Seek + Send> File for T {}

/// The rows of a file, read as they are asked for.
pub struct Table {
    /// What the columns are called.
    pub headers: Vec<String>,
    /// The format.
    pub format: Format,
    /// The file's hash, size and encoding.
    pub inspected: Inspected,
    rows: Rows,
    row: i64,
}

enum Rows {
    Csv(Box<csv::Reader<Decoded<Box<dyn File>>>>),
    Sheet(std::vec::IntoIter<Vec<String>>),
}

impl Table {
    /// Opens a file: tells its format by its first bytes, its encoding by all of them, and reads its headers.
    ///
    /// # Errors
    /// The file cannot be read, is of no known encoding, has no headers, or its sheet has too many rows (422).
    pub fn open(mut file: Box<dyn File>) -> Result<Self, Problem> {
        let mut inspected = inspect_any(&mut file)?;
        rewind(&mut file)?;
        let (format, headers, rows) = if inspected.is_archive {
            let mut rows = sheet::rows(file)?.into_iter();
            inspected.facts.lines = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            (Format::Xlsx, rows.next().unwrap_or_default(), Rows::Sheet(rows))
        } else {
            let mut reader =
                csv::ReaderBuilder::new().flexible(true).from_reader(Decoded::new(file, inspected.facts.encoding));
            let headers = reader.headers().map_err(|error| unreadable(&error))?.iter().map(str::to_owned).collect();
            (Format::Csv, headers, Rows::Csv(Box::new(reader)))
        };
        if headers.iter().all(|header: &String| header.trim().is_empty()) {
            return Err(Problem::new(Kind::Invalid).because("the file has no headers", "文件没有表头"));
        }
        Ok(Self { headers, format, inspected: inspected.facts, rows, row: 1 })
    }

    /// The next rows, at most so many; fewer at the end, then none. Rows without a single value are passed over.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub fn chunk(&mut self, most: usize) -> Result<Vec<Record>, Problem> {
        let mut chunk = Vec::with_capacity(most);
        while chunk.len() < most {
            let Some(record) = self.next_row()? else { break };
            if record.cells.iter().any(|cell| !cell.trim().is_empty()) {
                chunk.push(record);
            }
        }
        Ok(chunk)
    }

    fn next_row(&mut self) -> Result<Option<Record>, Problem> {
        let cells = match &mut self.rows {
            Rows::Sheet(rows) => rows.next(),
            Rows::Csv(reader) => {
                let mut record = csv::StringRecord::new();
                let more = reader.read_record(&mut record).map_err(|error| unreadable(&error))?;
                more.then(|| record.iter().map(str::to_owned).collect())
            }
        };
        self.row += 1;
        Ok(cells.map(|cells| Record { row: self.row, cells }))
    }
}

struct Looked {
    facts: Inspected,
    is_archive: bool,
}

/// An archive has no encoding; its texts are UTF-8 inside.
fn inspect_any(file: &mut Box<dyn File>) -> Result<Looked, Problem> {
    let mut first = Vec::with_capacity(ARCHIVE.len());
    file.by_ref().take(4).read_to_end(&mut first).map_err(|error| Problem::internal(&error))?;
    rewind(file)?;
    if first == ARCHIVE {
        let (sha256, bytes) = super::encoding::hash_of(file)?;
        return Ok(Looked {
            facts: Inspected { encoding: Encoding::Utf8, sha256, bytes, lines: 0 },
            is_archive: true,
        });
    }
    Ok(Looked { facts: inspect(file)?, is_archive: false })
}

fn rewind(file: &mut Box<dyn File>) -> Result<(), Problem> {
    file.seek(SeekFrom::Start(0)).map(drop).map_err(|error| Problem::internal(&error))
}

fn unreadable(error: &csv::Error) -> Problem {
    Problem::new(Kind::Invalid)
        .because(format!("the file cannot be read as CSV: {error}"), format!("文件无法按 CSV 读取：{error}"))
}
