//! SQL of tasks.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        quantity::Amount,
        task::{Aim, FigureSource, Task, TaskUnit, Withdrawal},
        time::{Day, Instant},
        vehicle::area::{AreaCode, areas},
    },
    features::tasks::wire::TaskFilter,
    platform::db::{AnyConnection, Json, on_db},
    schema::tasks,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = tasks, treat_none_as_default_value = false)]
struct TaskRow {
    id: Id<Task>,
    target: String,
    year: i64,
    area: String,
    title: String,
    department: String,
    post: String,
    organisation_id: Option<Id<Organisation>>,
    aim: Aim,
    wanted: Amount,
    unit: TaskUnit,
    deadline_on: Day,
    source: FigureSource,
    withdrawn: Option<Json<Withdrawal>>,
    recorded_at: Instant,
    changed_at: Instant,
}

impl TaskRow {
    fn new(task: &Task, at: Instant) -> Self {
        Self {
            id: task.id,
            target: task.target.clone(),
            year: i64::from(task.year),
            area: task.area.to_string(),
            title: task.title.clone(),
            department: task.department.clone(),
            post: task.post.clone(),
            organisation_id: task.organisation,
            aim: task.aim,
            wanted: task.wanted,
            unit: task.unit,
            deadline_on: task.deadline_on,
            source: task.source,
            withdrawn: task.withdrawn.clone().map(Json),
            recorded_at: at,
            changed_at: at,
        }
    }
}

impl TryFrom<TaskRow> for Task {
    type Error = diesel::result::Error;

    fn try_from(row: TaskRow) -> Result<Self, Self::Error> {
        let broken = |error: Box<dyn std::error::Error + Send + Sync>| Self::Error::DeserializationError(error);
        Ok(Self {
            id: row.id,
            target: row.target,
            year: i32::try_from(row.year).map_err(|error| broken(Box::new(error)))?,
            area: AreaCode::read(&row.area).map_err(|error| broken(Box::new(error)))?,
            title: row.title,
            department: row.department,
            post: row.post,
            organisation: row.organisation_id,
            aim: row.aim,
            wanted: row.wanted,
            unit: row.unit,
            deadline_on: row.deadline_on,
            source: row.source,
            withdrawn: row.withdrawn.map(|withdrawn| withdrawn.0),
        })
    }
}

/// A new task; `false` when the department has it in this area already.
pub fn insert(conn: &mut AnyConnection, task: &Task, at: Instant) -> QueryResult<bool> {
    let row = TaskRow::new(task, at);
    let added =
        on_db!(conn, |engine| insert_into(tasks::table).values(&row).on_conflict_do_nothing().execute(engine))?;
    Ok(added == 1)
}

/// A task.
pub fn load(conn: &mut AnyConnection, id: Id<Task>) -> QueryResult<Option<Task>> {
    let row = tasks::table.find(id).select(TaskRow::as_select()).first(conn).optional()?;
    row.map(Task::try_from).transpose()
}

/// A task, locked until the end of the transaction.
///
/// # Errors
/// There is no such task, or the database fails.
pub fn lock(conn: &mut AnyConnection, id: Id<Task>) -> QueryResult<Task> {
    let task = tasks::table.find(id);
    let row = match conn {
        AnyConnection::Postgres(pg) => task.select(TaskRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => task.select(TaskRow::as_select()).first(sqlite)?,
    };
    row.try_into()
}

/// The task was amended or withdrawn.
pub fn save(conn: &mut AnyConnection, task: &Task, at: Instant) -> QueryResult<usize> {
    update(tasks::table.find(task.id))
        .set((
            tasks::department.eq(&task.department),
            tasks::post.eq(&task.post),
            tasks::organisation_id.eq(task.organisation),
            tasks::wanted.eq(task.wanted),
            tasks::deadline_on.eq(task.deadline_on),
            tasks::withdrawn.eq(task.withdrawn.clone().map(Json)),
            tasks::changed_at.eq(at),
        ))
        .execute(conn)
}

/// Tasks of a filter after a key, one more than a page holds; those withdrawn are left out.
pub fn page(
    conn: &mut AnyConnection,
    filter: &TaskFilter,
    today: Day,
    after: Option<Id<Task>>,
    size: i64,
) -> QueryResult<Vec<Task>> {
    let mut query = tasks::table.filter(tasks::withdrawn.is_null()).into_boxed();
    if let Some(year) = filter.year {
        query = query.filter(tasks::year.eq(i64::from(year)));
    }
    if let Some(area) = &filter.area {
        query = query.filter(tasks::area.eq_any(within(area)));
    }
    if let Some(target) = &filter.target {
        query = query.filter(tasks::target.eq(target));
    }
    if let Some(organisation) = filter.organisation_id {
        query = query.filter(tasks::organisation_id.eq(Id::<Organisation>::from(organisation)));
    }
    if filter.overdue == Some(true) {
        query = query.filter(tasks::deadline_on.lt(today));
    }
    if let Some(after) = after {
        query = query.filter(tasks::id.gt(after));
    }
    rows(query.order(tasks::id).limit(size + 1).select(TaskRow::as_select()).load(conn)?)
}

/// The tasks of a year in an area and what lies in it, those withdrawn left out; those recorded before an instant.
pub fn of_year(
    conn: &mut AnyConnection,
    year: i32,
    area: Option<&AreaCode>,
    before: Option<Instant>,
) -> QueryResult<Vec<Task>> {
    let mut query =
        tasks::table.filter(tasks::withdrawn.is_null()).filter(tasks::year.eq(i64::from(year))).into_boxed();
    if let Some(area) = area {
        query = query.filter(tasks::area.eq_any(within(area)));
    }
    if let Some(before) = before {
        query = query.filter(tasks::recorded_at.lt(before));
    }
    rows(query.order((tasks::area, tasks::target, tasks::id)).select(TaskRow::as_select()).load(conn)?)
}

/// The tasks of a year that are an area's own.
pub fn of_area(conn: &mut AnyConnection, year: i32, area: &AreaCode) -> QueryResult<Vec<Task>> {
    let own = tasks::table
        .filter(tasks::withdrawn.is_null())
        .filter(tasks::year.eq(i64::from(year)))
        .filter(tasks::area.eq(area.as_str()));
    rows(own.order((tasks::target, tasks::id)).select(TaskRow::as_select()).load(conn)?)
}

fn rows(rows: Vec<TaskRow>) -> QueryResult<Vec<Task>> {
    rows.into_iter().map(Task::try_from).collect()
}

fn within(area: &AreaCode) -> Vec<String> {
    areas().iter().filter(|inner| inner.code.is_within(area)).map(|inner| inner.code.to_string()).collect()
}
