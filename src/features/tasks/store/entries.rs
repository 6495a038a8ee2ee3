//! SQL of entries of progress.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        quantity::Amount,
        task::{Entry, EntryStanding, Evidence, Review, Task},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json},
    schema::task_entries,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = task_entries, treat_none_as_default_value = false)]
struct EntryRow {
    task_id: Id<Task>,
    id: Id<Entry>,
    as_of: Day,
    said: String,
    figure: Option<Amount>,
    stated: Option<Amount>,
    evidence: Json<Vec<Evidence>>,
    entered_by: Option<Id<()>>,
    entered_at: Instant,
    standing: EntryStanding,
    review: Option<Json<Review>>,
}

impl From<EntryRow> for Entry {
    fn from(row: EntryRow) -> Self {
        Self {
            id: row.id,
            task: row.task_id,
            as_of: row.as_of,
            text: row.said,
            figure: row.figure,
            stated: row.stated,
            evidence: row.evidence.0,
            entered_by: row.entered_by.map(Id::uuid),
            entered_at: row.entered_at,
            review: row.review.map(|review| review.0),
        }
    }
}

/// A new entry.
pub fn insert_entry(conn: &mut AnyConnection, entry: &Entry) -> QueryResult<usize> {
    let row = EntryRow {
        task_id: entry.task,
        id: entry.id,
        as_of: entry.as_of,
        said: entry.text.clone(),
        figure: entry.figure,
        stated: entry.stated,
        evidence: Json(entry.evidence.clone()),
        entered_by: entry.entered_by.map(Id::from),
        entered_at: entry.entered_at,
        standing: entry.standing(),
        review: entry.review.clone().map(Json),
    };
    insert_into(task_entries::table).values(row).execute(conn)
}

/// An entry.
pub fn entry(conn: &mut AnyConnection, task: Id<Task>, id: Id<Entry>) -> QueryResult<Option<Entry>> {
    let row = task_entries::table.find((task, id)).select(EntryRow::as_select()).first(conn).optional()?;
    Ok(row.map(Entry::from))
}

/// The reviewer has spoken.
pub fn save_review(conn: &mut AnyConnection, entry: &Entry) -> QueryResult<usize> {
    update(task_entries::table.find((entry.task, entry.id)))
        .set((task_entries::standing.eq(entry.standing()), task_entries::review.eq(entry.review.clone().map(Json))))
        .execute(conn)
}

/// The entries of some tasks, the newest first.
pub fn entries(conn: &mut AnyConnection, tasks: &[Id<Task>]) -> QueryResult<HashMap<Id<Task>, Vec<Entry>>> {
    let rows: Vec<EntryRow> = task_entries::table
        .filter(task_entries::task_id.eq_any(tasks))
        .order(task_entries::id.desc())
        .select(EntryRow::as_select())
        .load(conn)?;
    let mut found = HashMap::<_, Vec<Entry>>::new();
    for row in rows {
        found.entry(row.task_id).or_default().push(row.into());
    }
    Ok(found)
}
