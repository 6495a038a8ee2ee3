//! SQL of tips, and of who reported them.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, insert_into, update,
};

use super::wire::{ReporterIn, ReporterOut};
use crate::{
    domain::{
        id::Id,
        time::Instant,
        tip::{Tip, TipProgress, TipSighting, TipState},
    },
    platform::db::{AnyConnection, Json},
    schema::{tip_reporters, tips},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = tips, treat_none_as_default_value = false)]
struct TipRow {
    id: Id<Tip>,
    receipt_hash: String,
    state: TipState,
    sighting: Json<TipSighting>,
    progress: Json<TipProgress>,
    received_at: Instant,
}

impl From<TipRow> for Tip {
    fn from(row: TipRow) -> Self {
        Self { id: row.id, sighting: row.sighting.0, received_at: row.received_at, progress: row.progress.0 }
    }
}

/// A new tip under the hash of its receipt.
pub fn insert(conn: &mut AnyConnection, tip: &Tip, receipt_hash: &str) -> QueryResult<usize> {
    let row = TipRow {
        id: tip.id,
        receipt_hash: receipt_hash.to_owned(),
        state: tip.state_name(),
        sighting: Json(tip.sighting.clone()),
        progress: Json(tip.progress.clone()),
        received_at: tip.received_at,
    };
    insert_into(tips::table).values(row).execute(conn)
}

/// A tip was decided.
pub fn save(conn: &mut AnyConnection, tip: &Tip) -> QueryResult<usize> {
    update(tips::table.find(tip.id))
        .set((tips::state.eq(tip.state_name()), tips::progress.eq(Json(tip.progress.clone()))))
        .execute(conn)
}

/// A tip, locked until the end of the transaction.
pub fn lock(conn: &mut AnyConnection, id: Id<Tip>) -> QueryResult<Option<Tip>> {
    let tip = tips::table.find(id);
    let row = match conn {
        AnyConnection::Postgres(pg) => tip.select(TipRow::as_select()).for_update().first(pg).optional()?,
        AnyConnection::Sqlite(sqlite) => tip.select(TipRow::as_select()).first(sqlite).optional()?,
    };
    Ok(row.map(Tip::from))
}

/// The tip of a receipt.
pub fn of_receipt(conn: &mut AnyConnection, receipt_hash: &str) -> QueryResult<Option<Tip>> {
    let tip = tips::table.filter(tips::receipt_hash.eq(receipt_hash)).select(TipRow::as_select());
    Ok(tip.first(conn).optional()?.map(Tip::from))
}

/// The tips at which nobody has looked, the oldest first, one more than a page holds.
pub fn received(conn: &mut AnyConnection, after: Option<Id<Tip>>, size: i64) -> QueryResult<Vec<Tip>> {
    let mut query = tips::table.filter(tips::state.eq(TipState::Received)).into_boxed();
    if let Some(after) = after {
        query = query.filter(tips::id.gt(after));
    }
    let rows = query.order(tips::id).limit(size + 1).select(TipRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Tip::from).collect())
}

/// Who reported a tip.
pub fn insert_reporter(
    conn: &mut AnyConnection,
    tip: Id<Tip>,
    reporter: &ReporterIn,
    at: Instant,
) -> QueryResult<usize> {
    let row = (
        tip_reporters::tip_id.eq(tip),
        tip_reporters::name.eq(&reporter.name),
        tip_reporters::phone.eq(&reporter.phone),
        tip_reporters::recorded_at.eq(at),
    );
    insert_into(tip_reporters::table).values(row).execute(conn)
}

/// Who reported a tip.
pub fn reporter_of(conn: &mut AnyConnection, tip: Id<Tip>) -> QueryResult<Option<ReporterOut>> {
    let row = tip_reporters::table.find(tip).select((tip_reporters::name, tip_reporters::phone));
    let row = row.first::<(String, String)>(conn).optional()?;
    Ok(row.map(|(name, phone)| ReporterOut { name, phone }))
}

/// Forgets who reported before an instant.
pub fn forget_before(conn: &mut AnyConnection, before: Instant) -> QueryResult<usize> {
    delete(tip_reporters::table.filter(tip_reporters::recorded_at.lt(before))).execute(conn)
}
