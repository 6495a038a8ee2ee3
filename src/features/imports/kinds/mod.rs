//! The kinds of rows that files hold: their columns, how a row is read, and which area takes a batch of them.

mod fleet;
mod memberships;
mod movements;
mod scrappages;
mod vehicles;

use crate::{
    domain::{
        import::{Effect, ImportKind},
        role::Role,
    },
    import::{Column, Mapping, Record, Row, RowFault},
    platform::{
        db::{AnyConnection, Tx},
        problem::{Fault, Problem},
        state::Ground,
    },
};

/// What a batch does, row by row, or everything that is wrong with it by the place of the row.
pub type Taken = Result<Vec<Effect>, Vec<(usize, Fault)>>;

/// A page of rows to export, and the key after which the next begins.
pub type ExportPage = (Vec<Vec<String>>, Option<String>);

/// A kind of rows.
pub trait Rows: Send + Sync + 'static {
    /// Every column that is read and written.
    fn columns(&self) -> &'static [Column];

    /// The fields without which a file is not of this kind.
    fn needed(&self) -> &'static [&'static str];

    /// Who imports them.
    fn importers(&self) -> &'static [Role];

    /// Reads a chunk of rows.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    fn read(&self, records: &[Record], mapping: &Mapping) -> Result<Box<dyn Batch>, Vec<RowFault>>;

    /// The next rows of the register, in the order of [`Rows::columns`].
    ///
    /// # Errors
    /// The database fails.
    fn page(
        &self,
        conn: &mut AnyConnection,
        after: Option<&str>,
        size: i64,
        with_owners: bool,
    ) -> Result<ExportPage, Problem>;
}

/// Rows that could be read.
pub trait Batch: Send + Sync {
    /// Lets their area take them; what it did is taken back when there is a single fault.
    ///
    /// # Errors
    /// The database fails, or another change was faster.
    fn take(&self, tx: &mut Tx<'_>, on: &Ground, reason: &str) -> Result<Taken, Problem>;
}

/// The rows of a kind.
#[must_use]
pub fn of(kind: ImportKind) -> &'static dyn Rows {
    match kind {
        ImportKind::Vehicles => &vehicles::Vehicles,
        ImportKind::Memberships => &memberships::Memberships,
        ImportKind::Movements => &movements::Movements,
        ImportKind::Scrappages => &scrappages::Scrappages,
    }
}

/// Reads every record by a function; all faults are told.
fn read_all<T>(
    records: &[Record],
    mapping: &Mapping,
    read: impl Fn(Row<'_>) -> Result<T, Vec<Fault>>,
) -> Result<Vec<T>, Vec<RowFault>> {
    let (mut values, mut faults) = (Vec::with_capacity(records.len()), Vec::new());
    for record in records {
        match read(Row::new(record, mapping)) {
            Ok(value) => values.push(value),
            Err(found) => faults.extend(found.into_iter().map(|fault| RowFault { row: record.row, fault })),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}
