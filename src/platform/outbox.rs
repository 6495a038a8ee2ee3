//! The outbox: journal rows that nobody has looked through yet, to be told to those who subscribed.

use chrono::Duration;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, QueryResult, RunQueryDsl, delete, insert_into,
    update,
};
use serde_json::Value;
use uuid::Uuid;

use super::db::{AnyConnection, Json, Tx, on_db};
use crate::{
    domain::{id::Id, time::Instant},
    schema::{journal, leases, outbox},
};

/// A journal row as subscribers may be told of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The vehicle, organisation, client, … that it is about.
    pub subject: Id<()>,
    /// The row.
    pub id: Id<()>,
    /// The event, with ids and words only.
    pub event: Value,
    /// When it happened.
    pub at: Instant,
    /// The organisation that made the change.
    pub organisation: Option<Id<()>>,
}

/// Some of the rows that wait, each subject's in order.
///
/// # Errors
/// The database fails.
pub fn waiting(conn: &mut AnyConnection, limit: i64) -> QueryResult<Vec<Told>> {
    type Row = (Id<()>, Id<()>, Json<Value>, Instant, Option<Id<()>>);
    let rows: Vec<Row> = outbox::table
        .inner_join(
            journal::table.on(journal::subject_id.eq(outbox::subject_id).and(journal::id.eq(outbox::journal_id))),
        )
        .order((outbox::subject_id, outbox::journal_id))
        .limit(limit)
        .select((journal::subject_id, journal::id, journal::event, journal::recorded_at, journal::organisation_id))
        .load(conn)?;
    let told = |(subject, id, event, at, organisation): Row| Told { subject, id, event: event.0, at, organisation };
    Ok(rows.into_iter().map(told).collect())
}

/// Whether any row waits.
///
/// # Errors
/// The database fails.
pub fn is_any_waiting(conn: &mut AnyConnection) -> QueryResult<bool> {
    let first: Vec<Id<()>> = outbox::table.select(outbox::journal_id).limit(1).load(conn)?;
    Ok(!first.is_empty())
}

/// Takes rows off that were looked through.
///
/// # Errors
/// The database fails.
pub fn done(conn: &mut AnyConnection, told: &[Told]) -> QueryResult<()> {
    if let AnyConnection::Postgres(pg) = conn {
        // A journal row has one subject, so the two lists meet in just these rows.
        let subjects = outbox::subject_id.eq_any(told.iter().map(|row| row.subject));
        let rows = outbox::journal_id.eq_any(told.iter().map(|row| row.id));
        return delete(outbox::table.filter(subjects).filter(rows)).execute(pg).map(drop);
    }
    for row in told {
        delete(outbox::table.find((row.subject, row.id))).execute(conn)?;
    }
    Ok(())
}

/// Takes or keeps the lease on a work that one process does for all; `false` while another holds it.
///
/// # Errors
/// The database fails.
pub fn hold(tx: &mut Tx<'_>, work: &str, process: Uuid, span: Duration) -> QueryResult<bool> {
    let (at, holder) = (tx.at(), Id::<()>::from(process));
    let until = at.plus(span);
    let mine = leases::table
        .filter(leases::name.eq(work))
        .filter(leases::holder_id.eq(holder).or(leases::expires_at.le(at)));
    let kept = update(mine).set((leases::holder_id.eq(holder), leases::expires_at.eq(until))).execute(tx.conn())?;
    if kept == 1 {
        return Ok(true);
    }
    let row = (leases::name.eq(work), leases::holder_id.eq(holder), leases::expires_at.eq(until));
    let taken = on_db!(tx.conn(), |engine| {
        insert_into(leases::table).values(row).on_conflict_do_nothing().execute(engine)
    })?;
    Ok(taken == 1)
}
