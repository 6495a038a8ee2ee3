//! SQL of kept repair messages.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};
use serde_json::Value;

use crate::{
    domain::{id::Id, party::Organisation, repair::Repair, time::Instant},
    platform::db::{AnyConnection, Json, on_db},
    schema::repair_messages,
};

/// A kept message.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = repair_messages, treat_none_as_default_value = false)]
pub struct MessageRow {
    pub shop_id: Id<Organisation>,
    pub id: Id<MessageRow>,
    pub settlement_number: String,
    pub vin: String,
    pub message: Json<Value>,
    pub received_at: Instant,
    pub repair_id: Option<Id<Repair>>,
}

/// Keeps a message; `false` when the shop's settlement number was kept before.
pub fn keep(conn: &mut AnyConnection, row: &MessageRow) -> QueryResult<bool> {
    let kept = on_db!(conn, |engine| insert_into(repair_messages::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(engine))?;
    Ok(kept == 1)
}

/// The message has become a repair.
pub fn link(
    conn: &mut AnyConnection,
    shop: Id<Organisation>,
    id: Id<MessageRow>,
    repair: Id<Repair>,
) -> QueryResult<usize> {
    update(repair_messages::table.find((shop, id))).set(repair_messages::repair_id.eq(repair)).execute(conn)
}

/// A message that waits for its case.
pub fn waiting(
    conn: &mut AnyConnection,
    shop: Id<Organisation>,
    id: Id<MessageRow>,
) -> QueryResult<Option<MessageRow>> {
    repair_messages::table
        .find((shop, id))
        .filter(repair_messages::repair_id.is_null())
        .select(MessageRow::as_select())
        .first(conn)
        .optional()
}

/// Messages that wait after a key, one more than a page holds; a shop sees its own.
pub fn page(
    conn: &mut AnyConnection,
    shop: Option<Id<Organisation>>,
    after: Option<Id<MessageRow>>,
    size: i64,
) -> QueryResult<Vec<MessageRow>> {
    let mut query = repair_messages::table.filter(repair_messages::repair_id.is_null()).into_boxed();
    if let Some(shop) = shop {
        query = query.filter(repair_messages::shop_id.eq(shop));
    }
    if let Some(after) = after {
        query = query.filter(repair_messages::id.gt(after));
    }
    query.order(repair_messages::id).limit(size + 1).select(MessageRow::as_select()).load(conn)
}
