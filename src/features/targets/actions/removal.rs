//! The burn-down of what is to be cleared: from a dated baseline, by month and by way of removal.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Question, counting};
use crate::{
    domain::{
        fleet::MovementKind,
        target::{Merit, Reading},
        time::Day,
        vehicle::stage::Stage,
        words::Word,
    },
    features::{
        fleet,
        targets::{
            store,
            wire::{RemovalMonthOut, RemovalOut, WayOut},
        },
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// How many vehicles took which way in a month.
type Ways = BTreeMap<MovementKind, i64>;

/// The burn-down of a target's judging reading; none where nothing is to be cleared.
///
/// # Errors
/// The database cannot be read.
pub fn removal(conn: &mut AnyConnection, question: &Question) -> Result<Option<RemovalOut>, Problem> {
    let (judging, _) = question.target.judging(&question.settings, question.as_of);
    let Some(reading) = judging.filter(|_| question.target.merit == Merit::Remaining) else { return Ok(None) };
    let baseline_on: Day = question.settings.on("removal_baseline_on", question.as_of);
    if baseline_on >= question.as_of {
        return Ok(None);
    }
    let at_baseline = question.about(baseline_on, question.known_on);
    let counts = counting::stock_on(conn, &at_baseline)?;
    let whole = question.target.measure(reading, &question.new_energy, question.area.as_ref(), &counts).whole;
    let as_taken = store::snapshot(conn, &question.target.id, BASELINE, baseline_on)?;
    let as_taken = as_taken.filter(|_| question.area.is_none() && question.operator.is_none());
    let of_reading = |readings: store::Readings| readings.into_iter().find(|(id, _)| *id == reading.id);

    let (came, left) = flows(conn, question, reading, baseline_on)?;
    let mut all = Ways::new();
    left.values().flatten().for_each(|(way, count)| *all.entry(*way).or_default() += count);
    let months = months(baseline_on, question.as_of, whole.counted, (&came, &left));
    Ok(Some(RemovalOut {
        baseline_on,
        baseline: whole.counted,
        baseline_as_taken: as_taken.and_then(of_reading).map(|(_, tally)| tally.counted),
        remaining: months.last().map_or(whole.counted, |month| month.remaining),
        months,
        left: ways_out(&all),
    }))
}

/// The name of the snapshot at the baseline.
pub const BASELINE: &str = "baseline";

/// How vehicles came or went, by month.
type Months = BTreeMap<String, Ways>;

fn flows(
    conn: &mut AnyConnection,
    question: &Question,
    reading: &Reading,
    baseline_on: Day,
) -> Result<(Months, Months), Problem> {
    let limit = reading.scope.stage_at_most;
    let stages = Stage::ALL.iter().copied().filter(|stage| limit.is_none_or(|limit| stage.at_most(limit)));
    let lookup = fleet::Lookup { from: baseline_on, stages: stages.collect(), ..question.lookup(reading) };
    let (ins, outs) = fleet::ins_and_outs(conn, &lookup)?;
    let by_month = |moves: Vec<(Day, MovementKind, i64)>| {
        let mut months = BTreeMap::<String, Ways>::new();
        for (day, way, count) in moves {
            *months.entry(name(day)).or_default().entry(way).or_default() += count;
        }
        months
    };
    Ok((by_month(ins), by_month(outs)))
}

fn months(
    baseline_on: Day,
    as_of: Day,
    baseline: i64,
    (came, left): (&BTreeMap<String, Ways>, &BTreeMap<String, Ways>),
) -> Vec<RemovalMonthOut> {
    let mut months = Vec::new();
    let mut remaining = baseline;
    let mut day = baseline_on.succ_opt().unwrap_or(baseline_on);
    while day <= as_of {
        let month = name(day);
        let (came, left) = (came.get(&month), left.get(&month));
        let count = |ways: Option<&Ways>| ways.map_or(0, |ways| ways.values().sum());
        let (more, fewer): (i64, i64) = (count(came), count(left));
        remaining += more - fewer;
        let out = |ways: Option<&Ways>| ways.map(ways_out).unwrap_or_default();
        months.push(RemovalMonthOut { month, came: out(came), left: out(left), remaining });
        day = counting::month_end(day).succ_opt().unwrap_or(Day::MAX);
    }
    months
}

fn ways_out(ways: &Ways) -> Vec<WayOut> {
    ways.iter().map(|(way, vehicles)| WayOut { way: *way, vehicles: *vehicles }).collect()
}

fn name(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
