//! The subscriptions.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        time::Instant,
        webhook::{EventKind, Webhook},
    },
    platform::db::{AnyConnection, Json},
    schema::webhooks,
};

/// A subscription.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = webhooks, treat_none_as_default_value = false)]
pub struct WebhookRow {
    pub id: Id<Webhook>,
    pub organisation_id: Id<Organisation>,
    pub url: String,
    pub events: Json<Vec<EventKind>>,
    pub registered_at: Instant,
    pub ended_at: Option<Instant>,
    pub end_reason: Option<String>,
}

/// A new subscription.
pub fn insert(conn: &mut AnyConnection, row: &WebhookRow) -> QueryResult<usize> {
    insert_into(webhooks::table).values(row).execute(conn)
}

/// A subscription of an organisation.
pub fn find(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    id: Id<Webhook>,
) -> QueryResult<Option<WebhookRow>> {
    let webhook = webhooks::table.find(id).filter(webhooks::organisation_id.eq(organisation));
    webhook.select(WebhookRow::as_select()).first(conn).optional()
}

/// An organisation's subscriptions, the first registered first.
pub fn of_organisation(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    after: Option<Id<Webhook>>,
    limit: i64,
) -> QueryResult<Vec<WebhookRow>> {
    let mut query = webhooks::table
        .filter(webhooks::organisation_id.eq(organisation))
        .select(WebhookRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(webhooks::id.gt(after));
    }
    query.order(webhooks::id).limit(limit).load(conn)
}

/// Every subscription that goes on.
pub fn active(conn: &mut AnyConnection) -> QueryResult<Vec<WebhookRow>> {
    let going_on = webhooks::table.filter(webhooks::ended_at.is_null());
    going_on.order(webhooks::id).select(WebhookRow::as_select()).load(conn)
}

/// Ends a subscription; tells whether it went on until now.
pub fn end(conn: &mut AnyConnection, id: Id<Webhook>, reason: &str, at: Instant) -> QueryResult<bool> {
    let going_on = webhooks::table.filter(webhooks::id.eq(id)).filter(webhooks::ended_at.is_null());
    let set = (webhooks::ended_at.eq(Some(at)), webhooks::end_reason.eq(Some(reason)));
    Ok(update(going_on).set(set).execute(conn)? == 1)
}
