//! SQL of the nightly walk: the place it has reached on a legal day.

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, dsl::max, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, on_db},
    schema::nightly_walks::{self, dsl},
};

const WORK: &str = "removals";

/// How far the walk of a day has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walk {
    /// Whether it has begun.
    pub started: bool,
    /// The last vehicle that was looked at.
    pub after: Option<Id<Vehicle>>,
    /// How many were looked at.
    pub seen: i64,
    /// Whether it has come to the end.
    pub done: bool,
}

/// The walk of a day.
pub fn walk_of(conn: &mut AnyConnection, day: Day) -> QueryResult<Walk> {
    type Columns = (Option<Id<Vehicle>>, i64, Option<Instant>);
    let row: Option<Columns> = dsl::nightly_walks
        .find((WORK, day))
        .select((dsl::after_id, dsl::seen, dsl::done_at))
        .first(conn)
        .optional()?;
    let walk = |(after, seen, done_at): Columns| Walk { started: true, after, seen, done: done_at.is_some() };
    Ok(row.map(walk).unwrap_or_default())
}

/// Moves the walk on; `false` when another process has moved it in the meantime.
pub fn advance(conn: &mut AnyConnection, day: Day, from: &Walk, to: &Walk, at: Instant) -> QueryResult<bool> {
    let reached = (dsl::after_id.eq(to.after), dsl::seen.eq(to.seen), dsl::done_at.eq(to.done.then_some(at)));
    if !from.started {
        let row = (dsl::work.eq(WORK), dsl::walked_on.eq(day), dsl::started_at.eq(at), reached);
        let begun = on_db!(conn, |engine| {
            insert_into(nightly_walks::table).values(row).on_conflict_do_nothing().execute(engine)
        })?;
        return Ok(begun == 1);
    }
    let there = dsl::nightly_walks.find((WORK, day)).filter(dsl::seen.eq(from.seen)).filter(dsl::done_at.is_null());
    Ok(update(there).set(reached).execute(conn)? == 1)
}

/// The newest day whose walk is done.
pub fn last_done(conn: &mut AnyConnection) -> QueryResult<Option<Day>> {
    let done = dsl::nightly_walks.filter(dsl::work.eq(WORK)).filter(dsl::done_at.is_not_null());
    done.select(max(dsl::walked_on)).first(conn)
}
