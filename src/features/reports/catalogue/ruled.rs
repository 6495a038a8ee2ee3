//! A target of the plan as the reports of the transition judge by it: in the version of the day, by the definitions of the
//! day, both as they were known then.

use chrono::Duration;

use super::{Asked, Cell};
use crate::{
    domain::{
        fleet::{self, Book, Trade},
        quantity::Amount,
        target::{Measured, Merit, NewEnergy, Reading, Scope, Tally, Target, TargetVerdict},
        time::{Day, Instant},
        words::Word as _,
    },
    features::{
        fleet::{Lookup, counts},
        rules, targets,
    },
    platform::{db::AnyConnection, problem::Problem},
};

/// Counted vehicles by what they are.
pub type Counts = Vec<(fleet::Cell, i64)>;

/// A target, and how it is read.
pub struct Ruled {
    /// The target; none before its first version.
    pub target: Option<Target>,
    /// What makes a new-energy vehicle.
    pub new_energy: NewEnergy,
    /// The name of the reading to judge by.
    judging: Option<String>,
    /// Whether each trade by itself must reach the share.
    each_trade: bool,
}

impl Ruled {
    /// A target on a day.
    pub fn on(conn: &mut AnyConnection, asked: &Asked, id: &str, day: Day) -> Result<Self, Problem> {
        let known_at = last_known(asked);
        let settings = rules::settings_known(conn, known_at)?;
        let target = targets::version_known(conn, id, day, Some(known_at))?;
        let (reading, each_trade) = target.as_ref().map_or((None, false), |target| target.judging(&settings, day));
        let judging = reading.map(|reading| reading.id.clone());
        Ok(Self { target, new_energy: settings.on("new_energy_kinds", day), judging, each_trade })
    }

    /// Its readings.
    pub fn readings(&self) -> &[Reading] {
        self.target.as_ref().map_or(&[], |target| target.readings.as_slice())
    }

    /// Whether the target is judged by a reading.
    pub fn is_judging(&self, reading: &Reading) -> bool {
        self.judging.as_ref() == Some(&reading.id)
    }

    /// Whether a trade by itself stands in the reading to judge by.
    pub fn rules(&self, trade: Trade) -> bool {
        self.readings().iter().any(|reading| self.is_judging(reading) && reading.scope.trades.contains(&trade))
    }

    /// The six cells of a reading: all, new-energy, unknown, share, what is wanted, and the verdict.
    pub fn of_reading(&self, asked: &Asked, reading: &Reading, counts: &Counts) -> [Cell; 6] {
        let Some(target) = &self.target else { return [const { Cell::Nothing }; 6] };
        let measured: Measured = target.measure(reading, &self.new_energy, asked.area.as_ref(), counts);
        let verdict = target.verdict_of(&measured, self.each_trade && self.is_judging(reading));
        self.cells(measured.whole, Some(verdict))
    }

    /// The same of one trade, which has a verdict where the rule names it.
    pub fn of_trade(&self, asked: &Asked, trade: Trade, counts: &Counts) -> [Cell; 6] {
        let scope = Scope { trades: vec![trade], ..Scope::default() };
        let mut sum = Tally::default();
        for (cell, count) in counts.iter().filter(|(cell, _)| self.counts(asked, cell)) {
            sum.add(scope.tally(cell, *count, (Merit::NewEnergy, &self.new_energy)).unwrap_or_default());
        }
        let target = self.target.as_ref().filter(|_| self.rules(trade));
        self.cells(sum, target.map(|target| target.verdict(sum)))
    }

    fn counts(&self, asked: &Asked, cell: &fleet::Cell) -> bool {
        let within = asked.area.as_ref();
        let anywhere = within.is_none_or(|area| cell.area.is_within(area));
        self.target.as_ref().map_or(anywhere, |target| target.counts_area(&cell.area, within))
    }

    fn cells(&self, tally: Tally, verdict: Option<TargetVerdict>) -> [Cell; 6] {
        let threshold = self.target.as_ref().and_then(|target| target.threshold).filter(|_| verdict.is_some());
        let wanted = threshold.and_then(|own| Amount::whole(own.num).percent_of(Amount::whole(own.den)));
        let said = verdict.filter(|verdict| *verdict != TargetVerdict::NoData);
        let said = said.map(|verdict| format!("{} {}", verdict.zh(), verdict.word().replace('_', " ")));
        let share = tally.shown(threshold).and_then(|shown| shown.replace('.', "").parse::<i64>().ok());
        [
            Cell::Count(tally.total),
            Cell::Count(tally.counted),
            Cell::Count(tally.unknown),
            share.map_or(Cell::Nothing, |tenths| Cell::Amount(Amount::from_micros(tenths * 100_000))),
            wanted.map_or(Cell::Nothing, Cell::Amount),
            said.map_or(Cell::Nothing, Cell::Text),
        ]
    }
}

/// Additions and renewals of the period, or the stock at the end of the day asked for, as they were known then.
pub fn counted(conn: &mut AnyConnection, asked: &Asked, book: Book) -> Result<Counts, Problem> {
    let (from, to) = match book {
        Book::Additions => (asked.from, asked.to),
        Book::Stock => (asked.as_of, asked.as_of),
    };
    let lookup = Lookup {
        book,
        from,
        to,
        as_known: Some(last_known(asked)),
        operator: None,
        areas: Vec::new(),
        trades: Vec::new(),
        trucks: false,
        fuel: None,
        energies: Vec::new(),
        stages: Vec::new(),
        either: None,
    };
    Ok(counts(conn, &lookup)?)
}

fn last_known(asked: &Asked) -> Instant {
    asked.unknown_from().minus(Duration::microseconds(1))
}
