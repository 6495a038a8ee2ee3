//! Counting: from the rollups where they end on the day, else from the entries of each vehicle.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::Question;
use crate::{
    domain::{
        fleet::{Book, Cell},
        target::Reading,
        time::Day,
        vehicle::area::areas,
    },
    features::{fleet, targets::wire::CountedFrom},
    platform::{db::AnyConnection, problem::Problem},
};

/// Counted vehicles.
pub type Counts = Vec<(Cell, i64)>;

/// What was counted for a question.
pub struct Counted {
    /// On its last day.
    pub counts: Counts,
    /// What each month of the year up to then added; empty where that is not known.
    pub months: BTreeMap<u32, Counts>,
    /// What it was counted from.
    pub from: CountedFrom,
}

/// Counts for a question; the readings tell which entries are looked at when the rollups do not end on the day.
///
/// # Errors
/// The database cannot be read.
pub fn count(conn: &mut AnyConnection, question: &Question) -> Result<Counted, Problem> {
    match (question.book(), question.is_rolled_up()) {
        (Book::Additions, true) => added(conn, question),
        (Book::Stock, true) => in_stock(conn, question),
        (Book::Additions, false) => {
            let mut counted = Counted { counts: Counts::new(), months: BTreeMap::new(), from: CountedFrom::Entries };
            for (day, cell, count) in fleet::daily(conn, &question.lookup(&widest(question)))? {
                counted.months.entry(day.month()).or_default().push((cell.clone(), count));
                counted.counts.push((cell, count));
            }
            Ok(counted)
        }
        (Book::Stock, false) => {
            let counts = fleet::counts(conn, &question.lookup(&widest(question)))?;
            Ok(Counted { counts, months: BTreeMap::new(), from: CountedFrom::Entries })
        }
    }
}

/// The stock at the end of a day, without its months.
///
/// # Errors
/// The database cannot be read.
pub fn stock_on(conn: &mut AnyConnection, question: &Question) -> Result<Counts, Problem> {
    if !question.is_rolled_up() {
        return Ok(fleet::counts(conn, &question.lookup(&widest(question)))?);
    }
    let mut counts = fleet::stock_now(conn)?;
    if question.as_of < question.now.local_day() {
        counts.extend(fleet::stock_after(conn, question.as_of)?.into_iter().map(|(cell, count)| (cell, -count)));
    }
    Ok(counts)
}

fn added(conn: &mut AnyConnection, question: &Question) -> Result<Counted, Problem> {
    let last = question.as_of.month();
    let whole_year = question.as_of >= question.now.local_day() || last == 12;
    let mut months = fleet::additions_by_month(conn, question.year, question.areas().as_deref())?;
    months.retain(|month, _| *month <= last);
    let counts = if whole_year {
        fleet::additions_of_year(conn, question.year)?
    } else {
        let everywhere: Vec<_> = areas().iter().map(|area| area.code.clone()).collect();
        let by_area = fleet::additions_by_month(conn, question.year, Some(&everywhere))?;
        by_area.into_iter().filter(|(month, _)| *month <= last).flat_map(|(_, counts)| counts).collect()
    };
    Ok(Counted { counts, months, from: CountedFrom::Rollups })
}

fn in_stock(conn: &mut AnyConnection, question: &Question) -> Result<Counted, Problem> {
    let counts = stock_on(conn, question)?;
    let mut months = fleet::stock_by_month(conn, question.year, question.areas().as_deref())?;
    months.retain(|month, _| *month <= question.as_of.month());
    Ok(Counted { counts, months, from: CountedFrom::Rollups })
}

/// The scope that holds every reading of the target.
fn widest(question: &Question) -> Reading {
    let readings = &question.target.readings;
    let mut widest = readings.first().cloned().unwrap_or_else(|| Reading {
        id: String::new(),
        zh: String::new(),
        en: String::new(),
        scope: crate::domain::target::Scope::default(),
    });
    let any = readings.iter().any(|reading| reading.scope.trades.is_empty());
    let trades = readings.iter().flat_map(|reading| reading.scope.trades.iter().copied());
    widest.scope.trades = if any { Vec::new() } else { trades.collect() };
    widest.scope.trades.sort_unstable();
    widest.scope.trades.dedup();
    widest.scope.trucks = readings.iter().all(|reading| reading.scope.trucks);
    let same_fuel = readings.windows(2).all(|two| two[0].scope.fuel == two[1].scope.fuel);
    widest.scope.fuel = widest.scope.fuel.filter(|_| same_fuel);
    widest
}

/// The last day of a month.
#[must_use]
pub fn month_end(day: Day) -> Day {
    let next = if day.month() == 12 {
        Day::from_ymd_opt(day.year() + 1, 1, 1)
    } else {
        Day::from_ymd_opt(day.year(), day.month() + 1, 1)
    };
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}
