//! Lists of tasks: by page, with their differences, and the yearly sheet of a district.

use chrono::{Datelike, Duration};

use super::figures::{Standing, standings};
use crate::{
    domain::{
        id::Id,
        settings::Settings,
        task::{Task, TaskVerdict},
        time::{Day, Instant},
        vehicle::area::AreaCode,
    },
    features::tasks::{
        store,
        wire::{SheetOut, SheetQuery, TaskFilter, TaskOut},
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// A page of tasks, one more than it holds.
///
/// # Errors
/// The database fails.
pub fn list(
    conn: &mut AnyConnection,
    settings: &Settings,
    filter: &TaskFilter,
    after: Option<Id<Task>>,
    (size, at): (i64, Instant),
) -> Result<Vec<Standing>, Problem> {
    let wanted = usize::try_from(size).unwrap_or_default() + 1;
    let (mut after, mut found) = (after, Vec::new());
    loop {
        let tasks = store::page(conn, filter, at.local_day(), after, size)?;
        let (read, last) = (tasks.len(), tasks.last().map(|task| task.id));
        let standings = standings(conn, settings, tasks, (at, None))?;
        let is_wanted = |standing: &Standing| match filter.overdue {
            Some(overdue) => overdue == (standing.verdict == TaskVerdict::Overdue),
            None => true,
        };
        found.extend(standings.into_iter().filter(is_wanted));
        if read < wanted || found.len() >= wanted {
            return Ok(found);
        }
        after = last;
    }
}

/// A task with its entries.
///
/// # Errors
/// There is no such task (404).
pub fn read(conn: &mut AnyConnection, settings: &Settings, id: Id<Task>, at: Instant) -> Result<Standing, Problem> {
    let task = store::load(conn, id)?.ok_or_else(Problem::not_found)?;
    standings(conn, settings, vec![task], (at, None))?.pop().ok_or_else(Problem::not_found)
}

/// The tasks of a year whose department's own figure differs from the register's.
///
/// # Errors
/// The database fails.
pub fn differences(
    conn: &mut AnyConnection,
    settings: &Settings,
    query: &SheetQuery,
    at: Instant,
) -> Result<Vec<Standing>, Problem> {
    let tasks = store::of_year(conn, query.year, query.area.as_ref(), None)?;
    let all = standings(conn, settings, tasks, (at, None))?;
    Ok(all.into_iter().filter(|standing| standing.difference().is_some()).collect())
}

/// The rows of the yearly sheets of an area and what lies in it, at the end of a day, as they were known at the end of
/// another.
///
/// # Errors
/// The database fails.
pub fn sheets_known(
    conn: &mut AnyConnection,
    settings: &Settings,
    area: Option<&AreaCode>,
    (as_of, known_on): (Day, Day),
) -> Result<Vec<Standing>, Problem> {
    let first_after = |day: Day| day.succ_opt().map_or_else(|| Instant::start_of(day), Instant::start_of);
    let tasks = store::of_year(conn, as_of.year(), area, Some(first_after(known_on)))?;
    let at = first_after(as_of).minus(Duration::microseconds(1));
    standings(conn, settings, tasks, (at, Some(known_on)))
}

/// The yearly sheet of an area: its tasks by target, and how many stand how.
///
/// # Errors
/// The database fails.
pub fn sheet(
    conn: &mut AnyConnection,
    settings: &Settings,
    (year, area): (i32, AreaCode),
    at: Instant,
) -> Result<SheetOut, Problem> {
    let tasks = store::of_area(conn, year, &area)?;
    let rows = standings(conn, settings, tasks, (at, None))?;
    let count = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let (met, overdue) = (count(TaskVerdict::Met), count(TaskVerdict::Overdue));
    let (under_way, no_data) = (count(TaskVerdict::UnderWay), count(TaskVerdict::NoData));
    Ok(SheetOut {
        year,
        area_name: area.area().map(|area| area.name.clone()).unwrap_or_default(),
        area,
        drawn_at: at,
        met,
        under_way,
        overdue,
        no_data,
        rows: rows.into_iter().map(TaskOut::from).collect(),
    })
}
