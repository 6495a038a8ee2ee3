//! The heads that were issued.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into,
};

use crate::{
    domain::{snapshot::Head, time::Instant},
    platform::db::{AnyConnection, on_db},
    schema::snapshot_heads,
};

const GATE: &str = "gate";

/// A head, as it was signed.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = snapshot_heads, treat_none_as_default_value = false)]
pub struct HeadRow {
    feed: String,
    pub sequence: i64,
    issued_at: Instant,
    expires_at: Instant,
    pub previous: i64,
    entries: i64,
    root: String,
    document: String,
}

impl HeadRow {
    /// The row of a head.
    pub fn new(head: &Head, document: &str) -> Self {
        Self {
            feed: GATE.to_owned(),
            sequence: head.sequence,
            issued_at: head.issued,
            expires_at: head.expires,
            previous: head.previous,
            entries: head.count,
            root: head.root.clone(),
            document: document.to_owned(),
        }
    }
}

/// The head that was issued last.
pub fn last_head(conn: &mut AnyConnection) -> QueryResult<Option<HeadRow>> {
    snapshot_heads::table
        .filter(snapshot_heads::feed.eq(GATE))
        .order((snapshot_heads::sequence.desc(), snapshot_heads::issued_at.desc()))
        .select(HeadRow::as_select())
        .first(conn)
        .optional()
}

/// A head was issued; another process may have issued the same at the same instant.
pub fn insert_head(conn: &mut AnyConnection, row: &HeadRow) -> QueryResult<usize> {
    on_db!(conn, |engine| insert_into(snapshot_heads::table).values(row).on_conflict_do_nothing().execute(engine))
}
