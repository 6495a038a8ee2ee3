//! Breaking a target into yearly tasks, amending and withdrawing them.

use chrono::Datelike;

use super::refused;
use crate::{
    domain::{
        event::Event,
        id::Id,
        task::{FigureSource, Task, TaskUnit},
        vehicle::area::AreaCode,
    },
    features::{
        targets,
        tasks::{
            store,
            wire::{AmendmentIn, AssignmentIn},
        },
    },
    platform::{
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

/// Breaks a target into one task for each area.
///
/// # Errors
/// What does not fit (422), or the department has this task in an area already (409).
pub fn assign_tasks(tx: &mut Tx<'_>, on: &Ground, told: &AssignmentIn) -> Result<Vec<Task>, Problem> {
    must_fit(on, told)?;
    if !targets::is_known(tx.conn(), &told.target)? {
        return Err(Problem::invalid("/target", "unknown_target", "no target of the plan", "规划中无此目标"));
    }
    let mut tasks = Vec::with_capacity(told.shares.len());
    for (place, share) in told.shares.iter().enumerate() {
        let pointer = format!("/shares/{place}/area");
        let area = AreaCode::read(&share.area).ok().filter(|area| area.area().is_some());
        let area = area.ok_or_else(|| {
            Problem::invalid(pointer.clone(), "unknown_area", "no area of this city", "不是本市行政区划代码")
        })?;
        let task = told.task(tx.mint(), area, share.wanted);

        let at = tx.at();
        if !store::insert(tx.conn(), &task, at)? {
            return Err(Problem::new(Kind::AlreadyExists)
                .because("the department has this task in this area already", "该单位在该区域已有同一任务")
                .with("pointer", pointer));
        }
        tx.record(on.caller.home(), Event::TaskAssigned { task: task.id, target: task.target.clone() });
        tasks.push(task);
    }
    Ok(tasks)
}

/// Gives a task another figure, deadline, department or post, with the reason.
///
/// # Errors
/// No such task (404), it was withdrawn (409), or what is told does not fit (422).
pub fn amend_task(tx: &mut Tx<'_>, on: &Ground, id: Id<Task>, told: &AmendmentIn) -> Result<Task, Problem> {
    let mut task = store::lock(tx.conn(), id)?;
    if task.withdrawn.is_some() {
        return Err(refused(crate::domain::task::TaskError::Withdrawn));
    }

    if let Some(deadline_on) = told.deadline_on {
        must_lie_in_year("/deadline_on", deadline_on.year(), task.year)?;
    }
    if let Some(organisation) = told.organisation_id {
        must_take_part(on, organisation)?;
    }
    task.wanted = told.wanted.unwrap_or(task.wanted);
    task.deadline_on = told.deadline_on.unwrap_or(task.deadline_on);
    task.department = told.department.clone().unwrap_or(task.department);
    task.post = told.post.clone().unwrap_or(task.post);
    task.organisation = told.organisation_id.map(Id::from).or(task.organisation);

    save(tx, &task)?;
    tx.record(on.caller.home(), Event::TaskAmended { task: id, reason: told.reason.clone() });
    Ok(task)
}

/// Withdraws a task; it stays in the history.
///
/// # Errors
/// No such task (404), or it was withdrawn already (409).
pub fn withdraw_task(tx: &mut Tx<'_>, on: &Ground, id: Id<Task>, reason: &str) -> Result<Task, Problem> {
    let task = store::lock(tx.conn(), id)?;

    let task = task.withdraw(reason.to_owned(), tx.at()).map_err(refused)?;

    save(tx, &task)?;
    tx.record(on.caller.home(), Event::TaskWithdrawn { task: id, reason: reason.to_owned() });
    Ok(task)
}

fn save(tx: &mut Tx<'_>, task: &Task) -> Result<(), Problem> {
    let at = tx.at();
    store::save(tx.conn(), task, at)?;
    Ok(())
}

fn must_fit(on: &Ground, told: &AssignmentIn) -> Result<(), Problem> {
    must_lie_in_year("/deadline_on", told.deadline_on.year(), told.year)?;
    let by_standing = told.source == FigureSource::TargetStanding;
    let other = by_standing && !matches!(told.unit, TaskUnit::Percent | TaskUnit::Vehicles);
    if other || told.source.unit().is_some_and(|unit| unit != told.unit) {
        let (en, zh) = ("the register fills this figure in another unit", "与台账数据的计量单位不符");
        return Err(Problem::invalid("/unit", "other_unit", en, zh));
    }
    told.organisation_id.map_or(Ok(()), |organisation| must_take_part(on, organisation))
}

fn must_lie_in_year(pointer: &'static str, year: i32, wanted: i32) -> Result<(), Problem> {
    if year == wanted {
        return Ok(());
    }
    Err(Problem::invalid(pointer, "other_year", "lies in another year than the task", "不在任务年度内"))
}

fn must_take_part(on: &Ground, organisation: uuid::Uuid) -> Result<(), Problem> {
    if on.directory.organisation(organisation).is_some() {
        return Ok(());
    }
    Err(Problem::invalid("/organisation_id", "unknown_organisation", "no organisation of this id", "未登记的单位"))
}
