//! The journal: who did what to which subject and when, written in the transaction of the change, with an
//! outbox row that tells the sequencer there is something new.

use diesel::{Insertable, QueryResult};
use uuid::Uuid;

use super::db::{AnyConnection, Json, insert_rows};
use crate::{
    domain::{event::Event, id::Id, role::Role, time::Instant},
    schema::{journal, outbox},
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
    pub(super) id: Id<Entry>,
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

/// Writes the rows of one change, and their outbox rows.
pub(super) fn write(
    conn: &mut AnyConnection,
    operation: &str,
    actor: &Actor,
    at: Instant,
    entries: Vec<Entry>,
) -> QueryResult<()> {
    let notices: Vec<_> =
        entries.iter().map(|entry| OutboxRow { subject_id: entry.subject.into(), journal_id: entry.id }).collect();
    let rows: Vec<_> = entries
        .into_iter()
        .map(|entry| JournalRow {
            subject_id: entry.subject.into(),
            id: entry.id,
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
    insert_rows!(&mut *conn, journal::table, &rows)?;
    insert_rows!(conn, outbox::table, &notices)?;
    Ok(())
}
