//! Guessing made slow: attempts are counted by name, and beyond the free ones each locks the name for longer.
//!
//! An attempt is counted, in a change of its own, before anybody looks whether it is right; so guesses made at
//! the same moment count as well. One that was right is forgotten.

use chrono::Duration;
use diesel::{ExpressionMethods, Insertable, QueryDsl, QueryResult, RunQueryDsl, delete, insert_into, update};

use super::{
    db::{AnyConnection, Tx, on_db},
    problem::{Kind, Problem},
};
use crate::{
    domain::time::Instant,
    schema::failures::{self, dsl},
};

/// The first lock; each further one takes twice as long.
const FIRST_LOCK_S: i64 = 30;
/// The longest lock is the first one doubled so often: 64 minutes.
const DOUBLINGS: i64 = 7;
/// After so many hours without an attempt the count begins anew.
const REMEMBERED_H: i64 = 24;

#[derive(Insertable)]
#[diesel(table_name = failures, treat_none_as_default_value = false)]
struct AttemptRow<'a> {
    key: &'a str,
    count: i64,
    last_at: Instant,
    locked_until: Option<Instant>,
}

/// Counts an attempt under a name; from the last of the `free` ones on, each locks the name against the next.
///
/// # Errors
/// The name is locked (429, with the seconds to wait).
pub fn count(tx: &mut Tx<'_>, name: &str, free: i64) -> Result<(), Problem> {
    let at = tx.at();
    let forgotten = at.minus(Duration::hours(REMEMBERED_H));
    delete(dsl::failures.filter(dsl::key.eq(name)).filter(dsl::last_at.lt(forgotten))).execute(tx.conn())?;

    let (count, locked_until) = raise(tx.conn(), name, at)?;
    if let Some(until) = locked_until.filter(|until| *until > at) {
        return Err(locked(until.since(at)));
    }
    if count >= free {
        let lock = Duration::seconds(FIRST_LOCK_S << (count - free).clamp(0, DOUBLINGS));
        update(dsl::failures.filter(dsl::key.eq(name)))
            .set(dsl::locked_until.eq(Some(at.plus(lock))))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Forgets the attempts under a name: the last one was right.
///
/// # Errors
/// The database cannot be written.
pub fn forget(tx: &mut Tx<'_>, name: &str) -> Result<(), Problem> {
    delete(dsl::failures.filter(dsl::key.eq(name))).execute(tx.conn())?;
    Ok(())
}

/// Forgets the names that nobody has tried for long.
///
/// # Errors
/// The database cannot be written.
pub fn sweep(tx: &mut Tx<'_>) -> Result<(), Problem> {
    let forgotten = tx.at().minus(Duration::hours(REMEMBERED_H));
    delete(dsl::failures.filter(dsl::last_at.lt(forgotten))).execute(tx.conn())?;
    Ok(())
}

/// One statement raises the count, so that attempts at the same moment wait for one another.
fn raise(conn: &mut AnyConnection, name: &str, at: Instant) -> QueryResult<(i64, Option<Instant>)> {
    let first = AttemptRow { key: name, count: 1, last_at: at, locked_until: None };
    on_db!(conn, |engine| {
        insert_into(dsl::failures)
            .values(&first)
            .on_conflict(dsl::key)
            .do_update()
            .set((dsl::count.eq(failures::count + 1), dsl::last_at.eq(at)))
            .returning((dsl::count, dsl::locked_until))
            .get_result(engine)
    })
}

fn locked(wait: Duration) -> Problem {
    let seconds = u64::try_from(wait.num_seconds()).unwrap_or_default() + 1;
    Problem::new(Kind::TooManyRequests)
        .because("too many failed attempts; wait before the next", "失败次数过多，请稍后再试")
        .retry_after(seconds)
}
