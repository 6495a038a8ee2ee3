//! SQL of imports.

use std::collections::{BTreeMap, HashMap};

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, NullableExpressionMethods, OptionalExtension, QueryDsl,
    QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper, delete, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        import::{Import, ImportKind, ImportState, Tally},
        party::Organisation,
        role::Role,
        time::Instant,
    },
    import::{Encoding, Format, MapsTo, RowFault},
    platform::{
        db::{AnyConnection, Json, insert_rows, on_db},
        problem::{Fault, text},
    },
    schema::{import_chunks, import_faults, import_parts, imports, organisations},
};

/// What the sender says of the columns.
pub type Map = BTreeMap<String, MapsTo>;

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
pub struct ImportRow {
    pub id: Id<Import>,
    pub kind: ImportKind,
    pub state: ImportState,
    pub dry_run: bool,
    pub format: Option<Format>,
    pub encoding: Option<Encoding>,
    pub sha256: String,
    pub map: Json<Map>,
    pub understood: Option<Json<Columns>>,
    pub failure: Option<Json<serde_json::Value>>,
    pub requested_by: Option<Id<()>>,
    pub organisation_id: Option<Id<Organisation>>,
    pub role: Option<Role>,
    pub requested_at: Instant,
    pub changed_at: Instant,
    pub leased_until: Option<Instant>,
}

/// How the columns of a file were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Columns {
    /// Each column that is read, with its field.
    pub read: Vec<(String, String)>,
    /// Columns that are not.
    pub ignored: Vec<String>,
}

#[derive(Debug, Clone, Copy, Insertable, Queryable, Selectable)]
#[diesel(table_name = import_chunks)]
pub struct ChunkRow {
    pub import_id: Id<Import>,
    pub ordinal: i64,
    pub first_row: i64,
    pub last_row: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
}

impl ChunkRow {
    pub fn new(import_id: Id<Import>, ordinal: i64, (first_row, last_row): (i64, i64), tally: Tally) -> Self {
        let Tally { added, changed, unchanged, refused } = tally;
        Self { import_id, ordinal, first_row, last_row, added, changed, unchanged, refused }
    }

    pub const fn tally(&self) -> Tally {
        Tally { added: self.added, changed: self.changed, unchanged: self.unchanged, refused: self.refused }
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = import_faults)]
struct FaultRow {
    import_id: Id<Import>,
    row_number: i64,
    ordinal: i64,
    field: String,
    code: String,
    detail_en: String,
    detail_zh: String,
}

#[derive(Insertable)]
#[diesel(table_name = import_parts)]
struct PartRow<'a> {
    import_id: Id<Import>,
    ordinal: i64,
    bytes: &'a [u8],
}

/// How large a part of an uploaded file is.
const PART: usize = 1 << 20;

pub fn insert(conn: &mut AnyConnection, row: &ImportRow) -> QueryResult<usize> {
    insert_into(imports::table).values(row.clone()).execute(conn)
}

pub fn load(conn: &mut AnyConnection, id: Id<Import>) -> QueryResult<Option<ImportRow>> {
    imports::table.find(id).select(ImportRow::as_select()).first(conn).optional()
}

/// The newest import of a file that was not a dry run.
pub fn newest_of_file(conn: &mut AnyConnection, kind: ImportKind, sha256: &str) -> QueryResult<Option<ImportRow>> {
    imports::table
        .filter(imports::sha256.eq(sha256))
        .filter(imports::kind.eq(kind))
        .filter(imports::dry_run.eq(false))
        .order(imports::id.desc())
        .select(ImportRow::as_select())
        .first(conn)
        .optional()
}

/// Imports of an organisation, the newest first, one more than a page holds.
pub fn page(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    after: Option<Id<Import>>,
    size: i64,
) -> QueryResult<Vec<ImportRow>> {
    let mut mine = imports::table.filter(imports::organisation_id.eq(organisation)).into_boxed();
    if let Some(after) = after {
        mine = mine.filter(imports::id.lt(after));
    }
    mine.order(imports::id.desc()).limit(size + 1).select(ImportRow::as_select()).load(conn)
}

/// Uploaded imports that wait, or whose worker has fallen silent.
pub fn waiting(conn: &mut AnyConnection, at: Instant) -> QueryResult<Option<Id<Import>>> {
    let silent = imports::state.eq(ImportState::Running).and(imports::leased_until.assume_not_null().lt(at));
    imports::table
        .filter(imports::organisation_id.is_not_null())
        .filter(imports::state.eq(ImportState::Waiting).or(silent))
        .order(imports::id)
        .select(imports::id)
        .first(conn)
        .optional()
}

/// Takes an import on until an instant; `false` when another worker was faster.
pub fn lease(conn: &mut AnyConnection, id: Id<Import>, at: Instant, until: Instant) -> QueryResult<bool> {
    let free = imports::table
        .find(id)
        .filter(imports::state.eq_any([ImportState::Waiting, ImportState::Running]))
        .filter(imports::leased_until.is_null().or(imports::leased_until.assume_not_null().lt(at)));
    let taken = update(free).set((
        imports::state.eq(ImportState::Running),
        imports::leased_until.eq(until),
        imports::changed_at.eq(at),
    ));
    Ok(taken.execute(conn)? == 1)
}

/// What the file turned out to be.
pub fn describe(
    conn: &mut AnyConnection,
    id: Id<Import>,
    format: Format,
    encoding: Encoding,
    columns: Columns,
) -> QueryResult<usize> {
    let described =
        (imports::format.eq(format), imports::encoding.eq(encoding), imports::understood.eq(Json(columns)));
    update(imports::table.find(id)).set(described).execute(conn)
}

/// The import goes on, is done, or failed.
pub fn set_state(
    conn: &mut AnyConnection,
    id: Id<Import>,
    state: ImportState,
    leased_until: Option<Instant>,
    at: Instant,
) -> QueryResult<usize> {
    let now = (imports::state.eq(state), imports::leased_until.eq(leased_until), imports::changed_at.eq(at));
    update(imports::table.find(id)).set(now).execute(conn)
}

/// Why it failed.
pub fn set_failure(conn: &mut AnyConnection, id: Id<Import>, failure: serde_json::Value) -> QueryResult<usize> {
    update(imports::table.find(id)).set(imports::failure.eq(Json(failure))).execute(conn)
}

/// Writes a chunk; `false` when it was worked off before.
pub fn insert_chunk(conn: &mut AnyConnection, row: ChunkRow) -> QueryResult<bool> {
    let inserted = on_db!(conn, |engine| {
        insert_into(import_chunks::table).values(row).on_conflict_do_nothing().execute(engine)
    })?;
    Ok(inserted == 1)
}

/// The chunks of an import, in order.
pub fn chunks(conn: &mut AnyConnection, id: Id<Import>) -> QueryResult<Vec<ChunkRow>> {
    let mine = import_chunks::table.filter(import_chunks::import_id.eq(id)).order(import_chunks::ordinal);
    mine.select(ChunkRow::as_select()).load(conn)
}

/// Writes what is wrong.
pub fn insert_faults(conn: &mut AnyConnection, id: Id<Import>, faults: &[RowFault]) -> QueryResult<usize> {
    let mut places = BTreeMap::<i64, i64>::new();
    let rows = faults.iter().map(|RowFault { row, fault }| {
        let ordinal = places.entry(*row).or_default();
        *ordinal += 1;
        FaultRow {
            import_id: id,
            row_number: *row,
            ordinal: *ordinal,
            field: fault.pointer.trim_start_matches('/').to_owned(),
            code: fault.code.to_string(),
            detail_en: fault.detail.en.to_string(),
            detail_zh: fault.detail.zh.to_string(),
        }
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() { Ok(0) } else { insert_rows!(conn, import_faults::table, &rows) }
}

/// What is wrong, by row; so many at most.
pub fn faults(conn: &mut AnyConnection, id: Id<Import>, most: i64) -> QueryResult<Vec<RowFault>> {
    let rows: Vec<FaultRow> = import_faults::table
        .filter(import_faults::import_id.eq(id))
        .order((import_faults::row_number, import_faults::ordinal))
        .limit(most)
        .select(FaultRow::as_select())
        .load(conn)?;
    let fault = |row: FaultRow| RowFault {
        row: row.row_number,
        fault: Fault {
            pointer: if row.field.is_empty() { String::new() } else { format!("/{}", row.field) },
            code: row.code.into(),
            detail: text(row.detail_en, row.detail_zh),
        },
    };
    Ok(rows.into_iter().map(fault).collect())
}

/// Keeps an uploaded file.
pub fn keep_file(conn: &mut AnyConnection, id: Id<Import>, file: &[u8]) -> QueryResult<()> {
    for (ordinal, bytes) in (1..).zip(file.chunks(PART)) {
        insert_into(import_parts::table).values(PartRow { import_id: id, ordinal, bytes }).execute(conn)?;
    }
    Ok(())
}

/// The uploaded file, whole: uploads are limited.
pub fn file(conn: &mut AnyConnection, id: Id<Import>) -> QueryResult<Vec<u8>> {
    let parts = import_parts::table.filter(import_parts::import_id.eq(id)).order(import_parts::ordinal);
    Ok(parts.select(import_parts::bytes).load::<Vec<u8>>(conn)?.concat())
}

/// Forgets an import with its chunks, faults and file; what it brought stays.
pub fn forget(conn: &mut AnyConnection, id: Id<Import>) -> QueryResult<()> {
    delete(import_parts::table.filter(import_parts::import_id.eq(id))).execute(conn)?;
    delete(import_faults::table.filter(import_faults::import_id.eq(id))).execute(conn)?;
    delete(import_chunks::table.filter(import_chunks::import_id.eq(id))).execute(conn)?;
    delete(imports::table.find(id)).execute(conn)?;
    Ok(())
}

/// Imports on which nothing has happened since an instant.
pub fn quiet_since(conn: &mut AnyConnection, at: Instant, most: i64) -> QueryResult<Vec<Id<Import>>> {
    imports::table.filter(imports::changed_at.lt(at)).order(imports::id).limit(most).select(imports::id).load(conn)
}

/// The code of every organisation: there are hundreds.
pub fn organisation_codes(conn: &mut AnyConnection) -> QueryResult<HashMap<Id<Organisation>, String>> {
    let rows: Vec<(Id<Organisation>, String)> =
        organisations::table.select((organisations::id, organisations::code)).load(conn)?;
    Ok(rows.into_iter().collect())
}
