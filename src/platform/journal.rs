//! The journal: who did what to which subject and when, written in the transaction of the change, with a row in the
//! outbox for those who subscribed, and one in the queue of the log into which it will be sealed.

use diesel::{Insertable, QueryResult};
use uuid::Uuid;

use super::{
    clock::Clock,
    db::{AnyConnection, Json, insert_rows},
};
use crate::{
    domain::{event::Event, id::Id, role::Role, time::Instant},
    schema::{journal, journal_unsealed, outbox},
};

/// Who acts: a machine client, a person, or the service itself.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The client's or person's id; none for the service itself.
    pub id: Option<Uuid>,
    /// The organisation for which they act.
    pub organisation: Option<Uuid>,
    /// In which role.
    pub role: Option<Role>,
    /// The request that caused the change.
    pub trace_id: Option<String>,
}

impl Actor {
    /// The service itself: deadlines, lapses, seeding.
    #[must_use]
    pub const fn service() -> Self {
        Self { id: None, organisation: None, role: None, trace_id: None }
    }
}

/// A row to be.
pub(super) struct Entry {
    pub(super) subject: Uuid,
    pub(super) event: Event,
}

#[derive(Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
struct JournalRow<'a> {
    subject_id: Id<()>,
    id: Id<Entry>,
    recorded_at: Instant,
    recorded_on: chrono::NaiveDate,
    operation: &'a str,
    event: Json<Event>,
    actor_id: Option<Id<()>>,
    organisation_id: Option<Id<()>>,
    role: Option<Role>,
    trace_id: Option<String>,
}

#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
struct OutboxRow {
    subject_id: Id<()>,
    journal_id: Id<Entry>,
}

#[derive(Insertable)]
#[diesel(table_name = journal_unsealed, treat_none_as_default_value = false)]
struct UnsealedRow {
    subject_id: Id<()>,
    journal_id: Id<Entry>,
}

/// Writes the rows of one change, with what tells that they wait to be sealed and to be told.
///
/// Their ids are minted here, at the end of the transaction and under its locks: so the rows of one subject have their
/// ids in the order of their commits, also when an earlier transaction waited for a later one.
pub(super) fn write(
    conn: &mut AnyConnection,
    clock: &Clock,
    operation: &str,
    actor: &Actor,
    at: Instant,
    entries: Vec<Entry>,
) -> QueryResult<()> {
    let now = clock.now();
    let rows: Vec<_> = entries
        .into_iter()
        .map(|entry| JournalRow {
            subject_id: entry.subject.into(),
            id: clock.mint(now),
            recorded_at: at,
            recorded_on: at.local_day(),
            operation,
            event: Json(entry.event),
            actor_id: actor.id.map(Id::from),
            organisation_id: actor.organisation.map(Id::from),
            role: actor.role,
            trace_id: actor.trace_id.clone(),
        })
        .collect();
    let notices: Vec<_> =
        rows.iter().map(|row| OutboxRow { subject_id: row.subject_id, journal_id: row.id }).collect();
    let unsealed: Vec<_> =
        rows.iter().map(|row| UnsealedRow { subject_id: row.subject_id, journal_id: row.id }).collect();
    insert_rows!(&mut *conn, journal::table, &rows)?;
    insert_rows!(&mut *conn, outbox::table, &notices)?;
    insert_rows!(conn, journal_unsealed::table, &unsealed)?;
    Ok(())
}
