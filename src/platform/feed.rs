//! The feed: one order of the changes that copies of the register follow, numbered at commit.
//!
//! The numbers are drawn from a counter row by the last statements of the transaction, so their order is the order of
//! the commits, on both engines and with many processes: a reader who has seen n never meets a smaller number later.

use std::collections::BTreeSet;

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    update,
};
use uuid::Uuid;

use super::db::{AnyConnection, insert_rows, on_db};
use crate::{
    domain::{change::Changed, id::Id, time::Instant},
    schema::{feed_entries, feed_heads},
};

/// The only feed today.
const GATE: &str = "gate";

/// One change, as its readers see it: what is new of the subject they read for themselves.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = feed_entries, treat_none_as_default_value = false)]
pub struct FeedEntry {
    feed: String,
    /// Its number.
    pub sequence: i64,
    /// The vehicle, zone or order.
    pub subject_id: Id<()>,
    /// What changed of it.
    pub changed: Changed,
    /// When.
    pub recorded_at: Instant,
}

/// Numbers and writes what a transaction published; gives the last number.
pub(super) fn write(
    conn: &mut AnyConnection,
    at: Instant,
    published: &BTreeSet<(Uuid, Changed)>,
) -> QueryResult<Option<i64>> {
    if published.is_empty() {
        return Ok(None);
    }
    let count = i64::try_from(published.len()).unwrap_or(i64::MAX);
    let advance = update(feed_heads::table.find(GATE)).set(feed_heads::sequence.eq(feed_heads::sequence + count));
    let last: i64 = on_db!(&mut *conn, |engine| advance.returning(feed_heads::sequence).get_result(engine))?;
    let rows: Vec<_> = published
        .iter()
        .zip(last - count + 1..)
        .map(|((subject, changed), sequence)| FeedEntry {
            feed: GATE.to_owned(),
            sequence,
            subject_id: (*subject).into(),
            changed: *changed,
            recorded_at: at,
        })
        .collect();
    insert_rows!(conn, feed_entries::table, &rows)?;
    Ok(Some(last))
}

/// The number of the last change that was committed.
///
/// # Errors
/// The database fails.
pub fn head(conn: &mut AnyConnection) -> QueryResult<i64> {
    feed_heads::table.find(GATE).select(feed_heads::sequence).first(conn)
}

/// The changes after a number, in order of commit.
///
/// # Errors
/// The database fails.
pub fn after(conn: &mut AnyConnection, sequence: i64, limit: i64) -> QueryResult<Vec<FeedEntry>> {
    feed_entries::table
        .filter(feed_entries::feed.eq(GATE))
        .filter(feed_entries::sequence.gt(sequence))
        .order(feed_entries::sequence)
        .limit(limit)
        .select(FeedEntry::as_select())
        .load(conn)
}
