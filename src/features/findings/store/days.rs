//! SQL of the nightly sweep: which days are done, and what each has left.

use chrono::Days;
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl,
    dsl::{max, min},
    insert_into,
};

use crate::{
    domain::{
        supervision::Fold,
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{supervision_days as table, supervision_facts as facts},
};

/// Days that were looked at by themselves.
const DAYS: &str = "days";
/// Days on which the window was looked at.
const WINDOWS: &str = "windows";

/// What a day leaves.
pub struct Left {
    /// The day.
    pub day: Day,
    /// So many facts.
    pub counted: i64,
    /// Their counts; none when it is the window that was looked at.
    pub fold: Option<Fold>,
}

/// The next day before today that has facts and was not looked at.
pub fn next_day(conn: &mut AnyConnection, today: Day) -> QueryResult<Option<Day>> {
    let last: Option<Day> = table::table.filter(table::work.eq(DAYS)).select(max(table::swept_on)).first(conn)?;
    let open =
        facts::table.filter(facts::recorded_on.lt(today)).filter(facts::recorded_on.gt(last.unwrap_or(Day::MIN)));
    open.select(min(facts::recorded_on)).first(conn)
}

/// Whether the window was looked at on a day.
pub fn is_done(conn: &mut AnyConnection, today: Day) -> QueryResult<bool> {
    let done: Option<Day> = table::table.find((WINDOWS, today)).select(table::swept_on).first(conn).optional()?;
    Ok(done.is_some())
}

/// Keeps what a day left; `false` when another process was faster.
pub fn keep_day(conn: &mut AnyConnection, left: &Left, at: Instant) -> QueryResult<bool> {
    let row = (
        table::work.eq(if left.fold.is_some() { DAYS } else { WINDOWS }),
        table::swept_on.eq(left.day),
        table::counted.eq(left.counted),
        table::fold.eq(Json(left.fold.clone().unwrap_or_default())),
        table::done_at.eq(at),
    );
    let kept = on_db!(conn, |engine| insert_into(table::table).values(row).on_conflict_do_nothing().execute(engine))?;
    Ok(kept == 1)
}

/// What the days before `today` left, so many of them; and the first of them.
pub fn fold_of_window(conn: &mut AnyConnection, today: Day, days: u64) -> QueryResult<(Fold, Day)> {
    let first = today.checked_sub_days(Days::new(days)).unwrap_or(Day::MIN);
    let within =
        table::table.filter(table::work.eq(DAYS)).filter(table::swept_on.ge(first)).filter(table::swept_on.lt(today));
    let swept: Vec<Day> = within.select(table::swept_on).order(table::swept_on).load(conn)?;
    let mut window = Fold::default();
    for day in swept {
        let fold: Json<Fold> = table::table.find((DAYS, day)).select(table::fold).first(conn)?;
        window.merge(&fold.0);
    }
    Ok((window, first))
}
