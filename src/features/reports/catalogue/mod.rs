//! The catalogue: one unit struct for each report, in one list.

mod blacklist;
mod blacklist_entries;
mod china_iii_removal;
mod closure_times;
mod entries;
mod names;
mod nev_additions;
mod pass_rates;
mod public_fleet;
mod repair_outcomes;
mod ruled;
mod stock;
mod yearly_sheet;

use chrono::{Datelike, Days};

pub use repair_outcomes::outcomes;

use crate::{
    domain::{
        quantity::Amount,
        role::Role,
        time::{Day, Instant},
        vehicle::area::AreaCode,
        words::words,
    },
    platform::{
        db::AnyConnection,
        problem::{Problem, Text},
    },
};

/// Every report.
pub const ALL: &[&dyn Report] = &[
    &stock::StockByStageAndFuel,
    &closure_times::CaseClosureTimes,
    &pass_rates::PassRates,
    &repair_outcomes::RepairOutcomes,
    &blacklist::BlacklistInAndOut,
    &blacklist_entries::BlacklistEntries,
    &nev_additions::NevAdditions,
    &china_iii_removal::ChinaIiiRemoval,
    &public_fleet::PublicFleet2027,
    &yearly_sheet::YearlySheet,
];

/// What a row is handed to.
pub type Emit<'a> = dyn FnMut(Vec<Cell>) -> Result<(), Problem> + 'a;

/// A report.
pub trait Report: Send + Sync + 'static {
    /// Its name in addresses.
    fn name(&self) -> &'static str;

    /// Its title.
    fn title(&self) -> Text;

    /// What is counted, and what is not.
    fn definitions(&self) -> Text;

    /// The legal source.
    fn source(&self) -> &'static str;

    /// Who reads it.
    fn readers(&self) -> &'static [Role];

    /// What it can be asked by, beside as of and as known on a day.
    fn parameters(&self) -> &'static [Parameter];

    /// Its columns.
    fn columns(&self) -> &'static [Column];

    /// Its rows, one after another.
    ///
    /// # Errors
    /// The database fails, or the row cannot be written.
    fn rows(&self, conn: &mut AnyConnection, asked: &Asked, emit: &mut Emit<'_>) -> Result<(), Problem>;
}

words! {
    /// What a report can be asked by.
    pub enum Parameter {
        /// The first and the last day of its period.
        Period = "period" / "期间",
        /// The area.
        Area = "area" / "行政区划",
    }
}

/// A column with its unit.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its label in English.
    pub en: &'static str,
    /// Its label in Chinese.
    pub zh: &'static str,
    /// Its unit; empty for words.
    pub unit: &'static str,
}

/// What a report is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The first day of its period.
    pub from: Day,
    /// The last day of its period; never after `as_of`.
    pub to: Day,
    /// The day for which it is asked.
    pub as_of: Day,
    /// What was known at the end of this day.
    pub as_known: Day,
    /// The area, with those in it.
    pub area: Option<AreaCode>,
}

impl Asked {
    /// The first instant of which nothing is known: the midnight after `as_known`.
    #[must_use]
    pub fn unknown_from(&self) -> Instant {
        Instant::start_of(after(self.as_known))
    }

    /// The first instant and the first instant no longer in the period.
    #[must_use]
    pub fn span(&self) -> (Instant, Instant) {
        (Instant::start_of(self.from), Instant::start_of(after(self.to)))
    }

    /// Whether an area is within what was asked.
    #[must_use]
    pub fn is_within(&self, area: &str) -> bool {
        let Some(wanted) = &self.area else { return true };
        AreaCode::read(area).is_ok_and(|area| area.is_within(wanted))
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A count.
    Count(i64),
    /// An amount of the column's unit.
    Amount(Amount),
    /// A legal day.
    Day(Day),
    /// No data: never 0 and never 100 %.
    Nothing,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A share in percent with one decimal, cut down so that it never shows what is not reached; no data of nothing.
    #[must_use]
    pub fn percent(part: i64, whole: i64) -> Self {
        if whole <= 0 {
            return Self::Nothing;
        }
        Self::Amount(Amount::from_micros(part.saturating_mul(1_000) / whole * 100_000))
    }
}

/// The day after.
fn after(day: Day) -> Day {
    day.checked_add_days(Days::new(1)).unwrap_or(Day::MAX)
}

/// `2026-08`.
fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

const fn column(name: &'static str, en: &'static str, zh: &'static str, unit: &'static str) -> Column {
    Column { name, en, zh, unit }
}
