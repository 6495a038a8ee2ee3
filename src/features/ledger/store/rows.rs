//! The rows of the journal as the log reads them, and the queue of those that wait to be sealed.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl,
    delete,
};
use serde_json::{Value, json};

use crate::{
    domain::{
        id::Id,
        ledger::Content,
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json},
    schema::{journal, journal_unsealed},
};

/// A row of the journal.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is about.
    pub subject: Id<()>,
    /// The row.
    pub id: Id<()>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// All that it says beside these.
    pub content: Content,
}

type Columns = (
    Id<()>,
    Id<()>,
    Instant,
    Day,
    String,
    Json<Value>,
    Option<Id<()>>,
    Option<Id<()>>,
    Option<String>,
    Option<String>,
);

const COLUMNS: (
    journal::subject_id,
    journal::id,
    journal::recorded_at,
    journal::recorded_on,
    journal::operation,
    journal::event,
    journal::actor_id,
    journal::organisation_id,
    journal::role,
    journal::trace_id,
) = (
    journal::subject_id,
    journal::id,
    journal::recorded_at,
    journal::recorded_on,
    journal::operation,
    journal::event,
    journal::actor_id,
    journal::organisation_id,
    journal::role,
    journal::trace_id,
);

fn row(columns: Columns) -> Row {
    let (subject, id, recorded_at, day, operation, event, actor, organisation, role, trace) = columns;
    let content = json!({
        "recorded_on": day,
        "operation": operation,
        "event": event.0,
        "actor_id": actor,
        "organisation_id": organisation,
        "role": role,
        "trace_id": trace,
    });
    Row { subject, id, recorded_at, content: Content(content) }
}

/// Rows that wait, in the order of their ids.
pub fn waiting(conn: &mut AnyConnection, limit: i64) -> QueryResult<Vec<Row>> {
    let same = journal::subject_id.eq(journal_unsealed::subject_id).and(journal::id.eq(journal_unsealed::journal_id));
    let rows: Vec<Columns> = journal_unsealed::table
        .inner_join(journal::table.on(same))
        .order(journal_unsealed::journal_id)
        .limit(limit)
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(row).collect())
}

/// Whether any row waits.
pub fn is_any_waiting(conn: &mut AnyConnection) -> QueryResult<bool> {
    let first: Vec<Id<()>> = journal_unsealed::table.select(journal_unsealed::journal_id).limit(1).load(conn)?;
    Ok(!first.is_empty())
}

/// The subject of a row that waits.
pub fn subject_waiting(conn: &mut AnyConnection, id: Id<()>) -> QueryResult<Option<Id<()>>> {
    let found = journal_unsealed::table.filter(journal_unsealed::journal_id.eq(id));
    found.select(journal_unsealed::subject_id).first(conn).optional()
}

/// Takes rows off the queue.
pub fn leave_queue(conn: &mut AnyConnection, rows: &[Row]) -> QueryResult<()> {
    if let AnyConnection::Postgres(pg) = conn {
        // A row has one subject, so the two lists meet in just these rows.
        let subjects = journal_unsealed::subject_id.eq_any(rows.iter().map(|row| row.subject));
        let ids = journal_unsealed::journal_id.eq_any(rows.iter().map(|row| row.id));
        return delete(journal_unsealed::table.filter(subjects).filter(ids)).execute(pg).map(drop);
    }
    for row in rows {
        delete(journal_unsealed::table.find((row.subject, row.id))).execute(conn)?;
    }
    Ok(())
}

/// Rows by subject and id; one that is gone is left out.
pub fn rows(conn: &mut AnyConnection, keys: &[(Id<()>, Id<()>)]) -> QueryResult<Vec<Row>> {
    if let AnyConnection::Postgres(pg) = conn {
        let subjects = journal::subject_id.eq_any(keys.iter().map(|(subject, _)| *subject));
        let ids = journal::id.eq_any(keys.iter().map(|(_, id)| *id));
        let found: Vec<Columns> = journal::table.filter(subjects).filter(ids).select(COLUMNS).load(pg)?;
        return Ok(found.into_iter().map(row).collect());
    }
    let mut found = Vec::with_capacity(keys.len());
    for (subject, id) in keys {
        let columns: Option<Columns> = journal::table.find((*subject, *id)).select(COLUMNS).first(conn).optional()?;
        found.extend(columns.map(row));
    }
    Ok(found)
}

/// A subject's rows after one of them, the oldest first.
pub fn of_subject(
    conn: &mut AnyConnection,
    subject: Id<()>,
    after: Option<Id<()>>,
    limit: i64,
) -> QueryResult<Vec<Row>> {
    let mut rows = journal::table.filter(journal::subject_id.eq(subject)).select(COLUMNS).into_boxed();
    if let Some(after) = after {
        rows = rows.filter(journal::id.gt(after));
    }
    let rows: Vec<Columns> = rows.order(journal::id).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(row).collect())
}

/// Forgets rows whose content is erased.
pub fn delete_rows(conn: &mut AnyConnection, keys: &[(Id<()>, Id<()>)]) -> QueryResult<()> {
    if let AnyConnection::Postgres(pg) = conn {
        let subjects = journal::subject_id.eq_any(keys.iter().map(|(subject, _)| *subject));
        let ids = journal::id.eq_any(keys.iter().map(|(_, id)| *id));
        return delete(journal::table.filter(subjects).filter(ids)).execute(pg).map(drop);
    }
    for (subject, id) in keys {
        delete(journal::table.find((*subject, *id))).execute(conn)?;
    }
    Ok(())
}
