//! Failed attempts, counted by key, that lock the key for a while: one minute, doubled with each further failure.

use chrono::Duration;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    delete, insert_into,
};

use super::{
    db::{Tx, on_db},
    problem::{Kind, Problem},
};
use crate::{domain::time::Instant, schema::failures};

const LONGEST_LOCK_MIN: i64 = 24 * 60;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = failures, treat_none_as_default_value = false)]
struct FailureRow {
    key: String,
    count: i64,
    last_at: Instant,
    locked_until: Option<Instant>,
}

/// Refuses while the key is locked.
///
/// # Errors
/// Locked (429, with `Retry-After`).
pub fn must_not_be_locked(tx: &mut Tx<'_>, key: &str) -> Result<(), Problem> {
    let at = tx.at();
    let until = load(tx, key)?.and_then(|row| row.locked_until).filter(|until| *until > at);
    let Some(until) = until else { return Ok(()) };
    let seconds = until.since(at).num_seconds().max(1).unsigned_abs();
    Err(Problem::new(Kind::TooManyRequests)
        .because("too many failed attempts; wait", "失败次数过多，请稍后再试")
        .retry_after(seconds))
}

/// Counts a failure; from `allowed` on each one locks twice as long.
///
/// # Errors
/// The database fails.
pub fn count(tx: &mut Tx<'_>, key: &str, allowed: i64) -> Result<(), Problem> {
    let at = tx.at();
    let count = load(tx, key)?.map_or(0, |row| row.count) + 1;
    let over = u32::try_from(count - allowed).ok();
    let locked_until = over.map(|over| {
        let minutes = 1_i64.checked_shl(over).unwrap_or(LONGEST_LOCK_MIN).clamp(1, LONGEST_LOCK_MIN);
        at.plus(Duration::minutes(minutes))
    });
    let row = FailureRow { key: key.to_owned(), count, last_at: at, locked_until };
    on_db!(tx.conn(), |engine| {
        insert_into(failures::table)
            .values(&row)
            .on_conflict(failures::key)
            .do_update()
            .set((failures::count.eq(count), failures::last_at.eq(at), failures::locked_until.eq(locked_until)))
            .execute(engine)
    })?;
    Ok(())
}

/// Forgets the failures after a success.
///
/// # Errors
/// The database fails.
pub fn forget(tx: &mut Tx<'_>, key: &str) -> Result<(), Problem> {
    delete(failures::table.find(key)).execute(tx.conn())?;
    Ok(())
}

fn load(tx: &mut Tx<'_>, key: &str) -> Result<Option<FailureRow>, Problem> {
    let row = failures::table.find(key).select(FailureRow::as_select());
    Ok(row.first(tx.conn()).optional()?)
}
