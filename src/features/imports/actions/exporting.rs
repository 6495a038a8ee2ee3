//! Exports: everything that an import of the same kind can read, page by page.

use std::io::Write;

use crate::{
    domain::import::ImportKind,
    features::imports::kinds::{self, ExportPage},
    import::CsvOut,
    platform::{
        db::{AnyConnection, Db},
        problem::Problem,
    },
};

/// Rows read at a time.
const AT_A_TIME: i64 = 1_000;

/// The mark and the headers.
///
/// # Errors
/// They cannot be written.
pub fn header(kind: ImportKind) -> Result<Vec<u8>, Problem> {
    let mut out = CsvOut::new(Vec::new())?;
    out.row(kinds::of(kind).columns().iter().map(|column| column.zh))?;
    out.end()
}

/// The next rows as CSV, and the key after which those that follow begin; none at the end.
///
/// # Errors
/// The database fails.
pub fn page(
    conn: &mut AnyConnection,
    kind: ImportKind,
    after: Option<&str>,
    with_owners: bool,
) -> Result<(Vec<u8>, Option<String>), Problem> {
    let (rows, next): ExportPage = kinds::of(kind).page(conn, after, AT_A_TIME, with_owners)?;
    let mut out = CsvOut::going_on(Vec::new());
    for row in &rows {
        out.row(row.iter().map(String::as_str))?;
    }
    Ok((out.end()?, next))
}

/// Writes the whole register of a kind; tells how far it is after each page.
///
/// # Errors
/// The database fails, or the file cannot be written.
pub async fn write_export(
    db: &Db,
    kind: ImportKind,
    with_owners: bool,
    mut out: impl Write,
    mut tell: impl FnMut(u64),
) -> Result<(), Problem> {
    let wrong = |error: std::io::Error| Problem::internal(&error);
    out.write_all(&header(kind)?).map_err(wrong)?;
    let mut after = None;
    loop {
        let (rows, next) = db.read(move |conn| page(conn, kind, after.as_deref(), with_owners)).await?;
        out.write_all(&rows).map_err(wrong)?;
        tell(u64::try_from(rows.len()).unwrap_or_default());
        if next.is_none() {
            return out.flush().map_err(wrong);
        }
        after = next;
    }
}
