//! The queue of messages, and what became of them.

use diesel::{
    ExpressionMethods, Insertable, JoinOnDsl, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, update,
};

use crate::{
    domain::{
        id::Id,
        time::Instant,
        webhook::{Delivery, DeliveryState, EventKind, Webhook},
    },
    platform::db::{AnyConnection, insert_rows},
    schema::{deliveries, webhooks},
};

/// A message.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = deliveries, treat_none_as_default_value = false)]
pub struct DeliveryRow {
    pub webhook_id: Id<Webhook>,
    pub id: Id<Delivery>,
    pub event: EventKind,
    pub body: String,
    pub state: DeliveryState,
    pub attempts: i64,
    pub made_at: Instant,
    pub due_at: Instant,
    pub attempted_at: Option<Instant>,
    pub status: Option<i64>,
    pub fault: Option<String>,
    pub ended_at: Option<Instant>,
}

/// A message that is due, and where it goes.
#[derive(Debug, Clone)]
pub struct Due {
    pub row: DeliveryRow,
    pub url: String,
}

/// What an attempt came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub state: DeliveryState,
    pub due_at: Instant,
    pub status: Option<i64>,
    pub fault: Option<String>,
}

/// New messages; one that is there already stays as it is.
pub fn insert_deliveries(conn: &mut AnyConnection, rows: &[DeliveryRow]) -> QueryResult<usize> {
    insert_rows!(conn, deliveries::table, rows, on_conflict_do_nothing)
}

/// Messages that are due, the longest first, but none for a target that is being served.
pub fn due(conn: &mut AnyConnection, at: Instant, busy: &[Id<Webhook>], limit: i64) -> QueryResult<Vec<Due>> {
    let rows: Vec<(DeliveryRow, String)> = deliveries::table
        .inner_join(webhooks::table.on(webhooks::id.eq(deliveries::webhook_id)))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::due_at.le(at))
        .filter(deliveries::webhook_id.ne_all(busy))
        .order((deliveries::due_at, deliveries::id))
        .limit(limit)
        .select((DeliveryRow::as_select(), webhooks::url))
        .load(conn)?;
    Ok(rows.into_iter().map(|(row, url)| Due { row, url }).collect())
}

/// Claims a message that is due until an instant; `false` when another process was faster.
pub fn claim(conn: &mut AnyConnection, row: &DeliveryRow, at: Instant, until: Instant) -> QueryResult<bool> {
    let mine = deliveries::table
        .find((row.webhook_id, row.id))
        .filter(deliveries::state.eq(DeliveryState::Waiting))
        .filter(deliveries::due_at.le(at));
    Ok(update(mine).set(deliveries::due_at.eq(until)).execute(conn)? == 1)
}

/// A claimed message was not tried after all.
pub fn put_off(conn: &mut AnyConnection, row: &DeliveryRow, until: Instant) -> QueryResult<usize> {
    let mine = deliveries::table.find((row.webhook_id, row.id));
    update(mine.filter(deliveries::state.eq(DeliveryState::Waiting))).set(deliveries::due_at.eq(until)).execute(conn)
}

/// A message was tried.
pub fn settle(conn: &mut AnyConnection, row: &DeliveryRow, outcome: &Outcome, at: Instant) -> QueryResult<usize> {
    let ended = (outcome.state != DeliveryState::Waiting).then_some(at);
    let mine = deliveries::table.find((row.webhook_id, row.id));
    update(mine.filter(deliveries::state.eq(DeliveryState::Waiting)))
        .set((
            deliveries::state.eq(outcome.state),
            deliveries::attempts.eq(deliveries::attempts + 1),
            deliveries::due_at.eq(outcome.due_at),
            deliveries::attempted_at.eq(Some(at)),
            deliveries::status.eq(outcome.status),
            deliveries::fault.eq(outcome.fault.clone()),
            deliveries::ended_at.eq(ended),
        ))
        .execute(conn)
}

/// The messages of an ended subscription are given up.
pub fn give_up_of(conn: &mut AnyConnection, webhook: Id<Webhook>, at: Instant) -> QueryResult<usize> {
    let waiting = deliveries::table
        .filter(deliveries::webhook_id.eq(webhook))
        .filter(deliveries::state.eq(DeliveryState::Waiting));
    update(waiting)
        .set((
            deliveries::state.eq(DeliveryState::Dead),
            deliveries::fault.eq(Some("the webhook was ended")),
            deliveries::ended_at.eq(Some(at)),
        ))
        .execute(conn)
}

/// Sends one message once more, or every dead one; tells how many.
pub fn replay(
    conn: &mut AnyConnection,
    webhook: Id<Webhook>,
    one: Option<Id<Delivery>>,
    at: Instant,
) -> QueryResult<usize> {
    let set = (
        deliveries::state.eq(DeliveryState::Waiting),
        deliveries::attempts.eq(0),
        deliveries::due_at.eq(at),
        deliveries::ended_at.eq(None::<Instant>),
    );
    let of_webhook = deliveries::table.filter(deliveries::webhook_id.eq(webhook));
    match one {
        Some(one) => update(of_webhook.filter(deliveries::id.eq(one))).set(set).execute(conn),
        None => update(of_webhook.filter(deliveries::state.eq(DeliveryState::Dead))).set(set).execute(conn),
    }
}

/// A webhook's messages, the newest first.
pub fn page(
    conn: &mut AnyConnection,
    webhook: Id<Webhook>,
    state: Option<DeliveryState>,
    before: Option<Id<Delivery>>,
    size: i64,
) -> QueryResult<Vec<DeliveryRow>> {
    let mut query =
        deliveries::table.filter(deliveries::webhook_id.eq(webhook)).select(DeliveryRow::as_select()).into_boxed();
    if let Some(state) = state {
        query = query.filter(deliveries::state.eq(state));
    }
    if let Some(before) = before {
        query = query.filter(deliveries::id.lt(before));
    }
    query.order(deliveries::id.desc()).limit(size + 1).load(conn)
}

/// Forgets messages that ended before an instant.
pub fn sweep(conn: &mut AnyConnection, before: Instant) -> QueryResult<usize> {
    delete(deliveries::table.filter(deliveries::ended_at.lt(before))).execute(conn)
}
