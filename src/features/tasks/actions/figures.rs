//! The figures of tasks: what a register knows is filled by it, as of the last day that counts; the rest is what the
//! department entered and a reviewer accepted.

use std::collections::HashMap;

use crate::{
    domain::{
        id::Id,
        quantity::Amount,
        removal::RemovalGround,
        settings::Settings,
        task::{Entry, EntryStanding, FigureSource, Task, TaskVerdict},
        time::{Day, Instant},
    },
    features::{charging, removals, targets, tasks::store},
    platform::{db::AnyConnection, problem::Problem},
};

/// A task's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The figure.
    pub value: Amount,
    /// The day of which it tells.
    pub as_of: Day,
}

/// How a task stands: its figure, its entries and what they make of it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The task.
    pub task: Task,
    /// Its figure; none while nobody knows it.
    pub figure: Option<Figure>,
    /// How it stands.
    pub verdict: TaskVerdict,
    /// Its entries, the newest first.
    pub entries: Vec<Entry>,
}

impl Standing {
    /// What the department's newest report says where a register fills the figure, if it says something else.
    #[must_use]
    pub fn difference(&self) -> Option<Figure> {
        let told = self.entries.iter().filter(|entry| entry.standing() != EntryStanding::Returned);
        let mut stated = told.filter_map(|entry| Some(Figure { value: entry.stated?, as_of: entry.as_of }));
        let stated = stated.next()?;
        (self.figure.map(|figure| figure.value) != Some(stated.value)).then_some(stated)
    }
}

/// How tasks stand at an instant, as it was known at the end of a day or is known now.
pub fn standings(
    conn: &mut AnyConnection,
    settings: &Settings,
    tasks: Vec<Task>,
    (at, known_on): (Instant, Option<Day>),
) -> Result<Vec<Standing>, Problem> {
    let ids: Vec<Id<Task>> = tasks.iter().map(|task| task.id).collect();
    let mut entries = store::entries(conn, &ids)?;
    let mut known = HashMap::new();
    let mut standings = Vec::with_capacity(tasks.len());
    for task in tasks {
        let mut entries = entries.remove(&task.id).unwrap_or_default();
        if let Some(unknown_from) = unknown_from(known_on) {
            entries.retain(|entry| entry.entered_at < unknown_from);
            for entry in &mut entries {
                entry.review = entry.review.take().filter(|review| review.at < unknown_from);
            }
        }
        let figure = match task.source {
            FigureSource::Reported => reported(&entries),
            source => {
                let as_of = task.deadline_on.min(at.local_day());
                let key = (source, task.target.clone(), task.area.clone(), as_of);
                let value = if let Some(value) = known.get(&key) {
                    *value
                } else {
                    let value = by_register(conn, settings, &task, (as_of, known_on, at))?;
                    known.insert(key, value);
                    value
                };
                value.map(|value| Figure { value, as_of })
            }
        };
        let verdict = task.verdict(figure.map(|figure| figure.value), at);
        standings.push(Standing { task, figure, verdict, entries });
    }
    Ok(standings)
}

/// What the department entered and a reviewer accepted, of the newest day.
fn reported(entries: &[Entry]) -> Option<Figure> {
    let accepted = entries.iter().filter(|entry| entry.standing() == EntryStanding::Accepted);
    let figures = accepted.filter_map(|entry| Some((entry.as_of, entry.id, entry.figure?)));
    figures.max().map(|(as_of, _, value)| Figure { value, as_of })
}

/// The first instant of which nothing was known.
fn unknown_from(known_on: Option<Day>) -> Option<Instant> {
    known_on.and_then(|day| day.succ_opt()).map(Instant::start_of)
}

/// What the register knows of a task's area at the end of a day.
fn by_register(
    conn: &mut AnyConnection,
    settings: &Settings,
    task: &Task,
    (day, known_on, now): (Day, Option<Day>, Instant),
) -> Result<Option<Amount>, Problem> {
    Ok(match task.source {
        FigureSource::Reported => None,
        FigureSource::TargetStanding => targets::figure(conn, &task.target, (&task.area, day), (known_on, now))?,
        FigureSource::DieselTrucksLeft => {
            removals::left(conn, RemovalGround::DieselTruck, &task.area, day)?.map(Amount::whole)
        }
        FigureSource::GasVehiclesLeft => {
            removals::left(conn, RemovalGround::GasVehicle, &task.area, day)?.map(Amount::whole)
        }
        FigureSource::ChargingCapacity => {
            let known_at = unknown_from(known_on).map(|first| first.minus(chrono::Duration::microseconds(1)));
            Some(Amount::whole(charging::provision(conn, settings, (&task.area, day), known_at)?.vehicles))
        }
    })
}
