//! Imports in JSON.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{
    actions::Order,
    store::{ChunkRow, ImportRow},
};
use crate::{
    domain::{
        id::Id,
        import::{Import, ImportKind, ImportState, Tally},
        time::Instant,
    },
    import::{Encoding, Format, RowFault, explicit_map},
    platform::problem::{Language, Problem},
};

/// How to import a file.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// What the rows are.
    pub kind: ImportKind,
    /// `true` only tells what would change.
    #[serde(default)]
    pub dry_run: bool,
    /// Columns that the dictionary does not know: `列=field,列=field`; `列=-` leaves a column out.
    #[param(max_length = 2000)]
    pub map: Option<String>,
}

impl ImportQuery {
    /// The order that it gives.
    ///
    /// # Errors
    /// The map cannot be read (422).
    pub fn order(&self) -> Result<Order, Problem> {
        let map = explicit_map(self.map.as_deref().unwrap_or_default())?;
        Ok(Order { kind: self.kind, dry_run: self.dry_run, map, resume: false })
    }
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportOut {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub import_id: Id<Import>,
    /// What the rows are.
    pub kind: ImportKind,
    /// Where it stands.
    pub state: ImportState,
    /// Whether it only tells what would change.
    pub dry_run: bool,
    /// The file's SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// The file's format, once it was opened.
    pub format: Option<Format>,
    /// The file's encoding, once it was opened.
    pub encoding: Option<Encoding>,
    /// How the columns were understood.
    pub columns: Vec<ColumnOut>,
    /// Columns that are not read.
    pub ignored_columns: Vec<String>,
    /// How many rows did what, so far.
    pub rows: RowsOut,
    /// The chunks that were refused, and so not imported at all.
    pub refused_chunks: Vec<RefusedOut>,
    /// The first of the faults; all of them stand in `…/errors`.
    pub faults: Vec<RowFaultOut>,
    /// Why the file could not be read.
    #[schema(value_type = Option<Object>)]
    pub failure: Option<Value>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it last went on.
    pub changed_at: Instant,
}

/// A column and its field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ColumnOut {
    /// What the file calls it.
    pub column: String,
    /// The field.
    pub field: String,
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct RowsOut {
    /// Worked off.
    pub read: i64,
    /// Added something.
    pub added: i64,
    /// Changed something that was known.
    pub changed: i64,
    /// Said nothing new.
    pub unchanged: i64,
    /// Not taken, since a row of their chunk is at fault.
    pub refused: i64,
}

/// A refused chunk, by the numbers of its rows in a spreadsheet.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedOut {
    /// Its first row.
    pub first_row: i64,
    /// Its last row.
    pub last_row: i64,
}

/// Something wrong with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowFaultOut {
    /// The row, as a spreadsheet numbers it.
    pub row: i64,
    /// The field; empty for the whole row.
    pub field: String,
    /// A stable word for machines.
    pub code: String,
    /// What is wrong.
    pub detail: String,
}

impl From<Tally> for RowsOut {
    fn from(tally: Tally) -> Self {
        let Tally { added, changed, unchanged, refused } = tally;
        Self { read: tally.rows(), added, changed, unchanged, refused }
    }
}

impl ImportOut {
    /// An import with its chunks and the first of its faults.
    #[must_use]
    pub fn new(row: ImportRow, chunks: &[ChunkRow], faults: &[RowFault], language: Language) -> Self {
        let columns = row.understood.map(|columns| columns.0).unwrap_or_default();
        let tally = chunks.iter().fold(Tally::default(), |sum, chunk| sum.and(chunk.tally()));
        let refused = chunks.iter().filter(|chunk| chunk.refused > 0);
        let failure = row.failure.map(|failure| failure.0[language.pick("en", "zh")].clone());
        Self {
            import_id: row.id,
            kind: row.kind,
            state: row.state,
            dry_run: row.dry_run,
            sha256: row.sha256,
            format: row.format,
            encoding: row.encoding,
            columns: columns.read.into_iter().map(|(column, field)| ColumnOut { column, field }).collect(),
            ignored_columns: columns.ignored,
            rows: tally.into(),
            refused_chunks: refused
                .map(|chunk| RefusedOut { first_row: chunk.first_row, last_row: chunk.last_row })
                .collect(),
            faults: faults.iter().map(|fault| RowFaultOut::new(fault, language)).collect(),
            failure,
            requested_at: row.requested_at,
            changed_at: row.changed_at,
        }
    }
}

impl RowFaultOut {
    fn new(RowFault { row, fault }: &RowFault, language: Language) -> Self {
        Self {
            row: *row,
            field: fault.pointer.trim_start_matches('/').to_owned(),
            code: fault.code.to_string(),
            detail: language.text(&fault.detail).to_owned(),
        }
    }
}
