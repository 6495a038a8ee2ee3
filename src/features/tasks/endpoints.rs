//! HTTP of tasks.

use actix_web::{get, post, web};

use super::{
    actions::{self, Standing},
    wire::{
        AmendmentIn, AssignmentIn, EntryIn, EntryOut, ReviewIn, SheetOut, SheetQuery, TaskDetailOut, TaskFilter,
        TaskOut, TasksOut,
    },
};
use crate::{
    domain::{
        id::Id,
        task::{Entry, Task},
        vehicle::area::{AreaCode, CITY},
    },
    platform::{
        answer::Answer,
        auth::{
            Allowed,
            right::{
                AmendTask, AssignTasks, EnterProgress, ListTaskDifferences, ListTasks, ReadTask, ReadTaskSheet,
                ReviewProgress, WithdrawTask,
            },
        },
        body::Body,
        idempotency::Once,
        page::{Page, PageQuery},
        problem::Problem,
        state::State,
        told::ReasonIn,
    },
};

/// Breaks a target into yearly tasks of a department, one for each area.
#[utoipa::path(
    tag = "tasks", request_body = AssignmentIn,
    responses((status = 201, description = "Assigned", body = TasksOut))
)]
#[post("/v1/tasks")]
pub async fn assign_tasks(
    caller: Allowed<AssignTasks>,
    once: Once,
    body: Body<AssignmentIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, |tx, on, told| {
            let tasks = actions::assign_tasks(tx, on, told)?;
            let ids = tasks.into_iter().map(|task| task.id);
            let items = ids.map(|id| shown(tx, on, id)).collect::<Result<Vec<_>, _>>()?;
            Answer::created(&TasksOut { items }, format!("/v1/tasks?year={}&target={}", told.year, told.target))
        })
        .await
}

/// Tasks by year, area, target and organisation; `overdue` gives those past their last day and not reached.
#[utoipa::path(
    tag = "tasks", params(TaskFilter),
    responses((status = 200, description = "A page of tasks", body = Page<TaskOut>))
)]
#[get("/v1/tasks")]
pub async fn list_tasks(
    _caller: Allowed<ListTasks>,
    filter: web::Query<TaskFilter>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let page = PageQuery { cursor: filter.cursor.clone(), limit: filter.limit };
    let (size, after) = (page.size()?, page.after::<Id<Task>>()?);
    let (lawbook, now) = (state.lawbook.get(), state.clock.now());
    let look = move |conn: &mut _| actions::list(conn, &lawbook.settings, &filter, after, (size, now));
    let rows = state.db.read(look).await?;
    Answer::ok(&Page::cut(rows, size, |standing: &Standing| standing.task.id, TaskOut::from)?)
}

/// The yearly sheet of a district: its tasks by target, their figures, and how many stand how.
#[utoipa::path(
    tag = "tasks", params(SheetQuery),
    responses((status = 200, description = "The sheet", body = SheetOut))
)]
#[get("/v1/tasks/sheet")]
pub async fn read_task_sheet(
    _caller: Allowed<ReadTaskSheet>,
    query: web::Query<SheetQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (lawbook, now) = (state.lawbook.get(), state.clock.now());
    let area = query.area.clone().or_else(|| AreaCode::read(CITY).ok()).ok_or_else(Problem::not_found)?;
    let look = move |conn: &mut _| actions::sheet(conn, &lawbook.settings, (query.year, area.clone()), now);
    Answer::ok(&state.db.read(look).await?)
}

/// The tasks of a year in which the department's own figure differs from the register's.
#[utoipa::path(
    tag = "tasks", params(SheetQuery),
    responses((status = 200, description = "The differences", body = TasksOut))
)]
#[get("/v1/tasks/differences")]
pub async fn list_task_differences(
    _caller: Allowed<ListTaskDifferences>,
    query: web::Query<SheetQuery>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (lawbook, now) = (state.lawbook.get(), state.clock.now());
    let look = move |conn: &mut _| actions::differences(conn, &lawbook.settings, &query, now);
    let items = state.db.read(look).await?.into_iter().map(TaskOut::from).collect();
    Answer::ok(&TasksOut { items })
}

/// A task with its entries of progress.
#[utoipa::path(
    tag = "tasks", params(("task_id" = uuid::Uuid, Path, description = "The task")),
    responses((status = 200, description = "The task", body = TaskDetailOut))
)]
#[get("/v1/tasks/{task_id}")]
pub async fn read_task(
    _caller: Allowed<ReadTask>,
    path: web::Path<Id<Task>>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    let (lawbook, now) = (state.lawbook.get(), state.clock.now());
    let standing = state.db.read(move |conn| actions::read(conn, &lawbook.settings, *path, now)).await?;
    let entries = standing.entries.iter().cloned().map(EntryOut::from).collect();
    Answer::ok(&TaskDetailOut { task: TaskOut::from(standing), entries })
}

/// Gives a task another figure, last day, department or post, with the reason.
#[utoipa::path(
    tag = "tasks", request_body = AmendmentIn,
    params(("task_id" = uuid::Uuid, Path, description = "The task")),
    responses((status = 200, description = "Amended", body = TaskOut))
)]
#[post("/v1/tasks/{task_id}/amendments")]
pub async fn amend_task(
    caller: Allowed<AmendTask>,
    path: web::Path<Id<Task>>,
    once: Once,
    body: Body<AmendmentIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            actions::amend_task(tx, on, *path, told)?;
            Answer::ok(&shown(tx, on, *path)?)
        })
        .await
}

/// Withdraws a task; it stays in the history.
#[utoipa::path(
    tag = "tasks", request_body = ReasonIn,
    params(("task_id" = uuid::Uuid, Path, description = "The task")),
    responses((status = 200, description = "Withdrawn", body = TaskOut))
)]
#[post("/v1/tasks/{task_id}/withdrawals")]
pub async fn withdraw_task(
    caller: Allowed<WithdrawTask>,
    path: web::Path<Id<Task>>,
    once: Once,
    body: Body<ReasonIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            actions::withdraw_task(tx, on, *path, &told.reason)?;
            Answer::ok(&shown(tx, on, *path)?)
        })
        .await
}

/// The department of a task, or the bureau for it, enters progress. A figure that a register fills cannot be typed.
#[utoipa::path(
    tag = "tasks", request_body = EntryIn,
    params(("task_id" = uuid::Uuid, Path, description = "The task")),
    responses((status = 201, description = "Entered", body = EntryOut))
)]
#[post("/v1/tasks/{task_id}/entries")]
pub async fn enter_progress(
    caller: Allowed<EnterProgress>,
    path: web::Path<Id<Task>>,
    once: Once,
    body: Body<EntryIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            let entry = actions::enter_progress(tx, on, *path, told)?;
            Answer::created(&EntryOut::from(entry), format!("/v1/tasks/{}", *path))
        })
        .await
}

/// Somebody else than who entered it accepts an entry, or gives it back.
#[utoipa::path(
    tag = "tasks", request_body = ReviewIn,
    params(("task_id" = uuid::Uuid, Path, description = "The task"), ("entry_id" = uuid::Uuid, Path, description = "The entry")),
    responses((status = 200, description = "Reviewed", body = EntryOut))
)]
#[post("/v1/tasks/{task_id}/entries/{entry_id}/reviews")]
pub async fn review_progress(
    caller: Allowed<ReviewProgress>,
    path: web::Path<(Id<Task>, Id<Entry>)>,
    once: Once,
    body: Body<ReviewIn>,
    state: web::Data<State>,
) -> Result<Answer, Problem> {
    state
        .change(&caller, once, body, move |tx, on, told| {
            Answer::ok(&EntryOut::from(actions::review_progress(tx, on, *path, told)?))
        })
        .await
}

/// A task as it stands in the transaction.
fn shown(
    tx: &mut crate::platform::db::Tx<'_>,
    on: &crate::platform::state::Ground,
    id: Id<Task>,
) -> Result<TaskOut, Problem> {
    let at = tx.at();
    Ok(TaskOut::from(actions::read(tx.conn(), &on.lawbook.settings, id, at)?))
}
