//! The two books: what one vehicle adds to the counts, worked out from all that is known of it.
//!
//! *Additions*: in each calendar year a vehicle counts once, by its first registration, renewal or transfer-in of that
//! year, else by its first change of use, in the trades and the area that it had on that day. *Stock*: a vehicle counts
//! from the day it comes until the day it leaves; a change of trade, operator or area closes one entry and opens another.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{Book, FuelGroup, History, Movement, MovementKind, Trades, TruckClass};
use crate::domain::{
    id::Id,
    party::Organisation,
    time::Day,
    vehicle::{
        Vehicle,
        area::AreaCode,
        energy::EnergyKind,
        stage::Stage,
        vehicle_type::{SizeClass, VehicleType},
    },
};

/// What a vehicle is, as far as targets tell vehicles apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Build {
    /// Its size as a truck.
    pub truck: TruckClass,
    /// Its fuel.
    pub fuel: FuelGroup,
    /// Its emission stage.
    pub stage: Stage,
    /// What drives it.
    pub energy: EnergyKind,
}

/// What one vehicle adds to a book.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The book.
    pub book: Book,
    /// The day of the addition, or the first day in stock.
    pub from: Day,
    /// The first day no longer in stock.
    pub until: Option<Day>,
    /// How it came; of stock `changed_use` when it only moved here from another entry.
    pub way_in: MovementKind,
    /// How it left; `changed_use` when it only moved to another entry.
    pub way_out: Option<MovementKind>,
    /// Where it counts: the area of its oldest membership, else of its registration.
    pub area: AreaCode,
    /// Who runs it, by its oldest membership.
    pub operator: Option<Id<Organisation>>,
    /// Its trades.
    pub trades: Trades,
    /// What it is.
    pub build: Build,
}

/// What entries are counted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Where.
    pub area: AreaCode,
    /// The trades.
    pub trades: Trades,
    /// How they came.
    pub way_in: MovementKind,
    /// What they are.
    pub build: Build,
}

/// A change of a count on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// The book.
    pub book: Book,
    /// The day.
    pub day: Day,
    /// What is counted.
    pub cell: Cell,
    /// By how much: 1 or −1.
    pub change: i64,
}

impl TruckClass {
    /// Whether it is a truck of the plan (货车).
    #[must_use]
    pub fn is_truck(self) -> bool {
        self != Self::NotATruck
    }

    fn of(vehicle_type: &VehicleType) -> Self {
        if !vehicle_type.is_truck() {
            return Self::NotATruck;
        }
        match vehicle_type.size() {
            Some(SizeClass::Heavy | SizeClass::Large) => Self::Heavy,
            Some(SizeClass::Medium) => Self::Medium,
            Some(SizeClass::Light | SizeClass::Small) => Self::Light,
            Some(SizeClass::Micro) => Self::Micro,
            None => Self::Unsized,
        }
    }
}

impl Build {
    /// Of a vehicle as it is known now.
    #[must_use]
    pub fn of(vehicle: &Vehicle) -> Self {
        let fuel = if vehicle.fuel.is_diesel() {
            FuelGroup::Diesel
        } else if vehicle.fuel.is_gas() {
            FuelGroup::Gas
        } else {
            FuelGroup::Other
        };
        let truck = TruckClass::of(&vehicle.vehicle_type);
        Self { truck, fuel, stage: vehicle.stage, energy: vehicle.energy }
    }
}

/// Everything that a vehicle adds to both books.
#[must_use]
pub fn entries(history: &History, build: Build) -> Vec<Entry> {
    let mut all = additions(history, build);
    all.extend(stock(history, build));
    all
}

fn additions(history: &History, build: Build) -> Vec<Entry> {
    let mut first = BTreeMap::<i32, &Movement>::new();
    for movement in history.movements() {
        let year = movement.held_on.year();
        if movement.kind.adds() && first.get(&year).is_none_or(|known| !known.kind.adds()) {
            first.insert(year, movement);
        } else if movement.kind == MovementKind::ChangedUse {
            first.entry(year).or_insert(movement);
        }
    }
    let entry = |movement: &Movement| Entry {
        book: Book::Additions,
        way_out: None,
        until: None,
        ..piece(history, (movement.kind, &movement.area), movement.held_on, build)
    };
    // The plan counts additions to trades; a vehicle of no trade is in stock alone.
    first.into_values().map(entry).filter(|entry| !entry.trades.is_empty()).collect()
}

fn stock(history: &History, build: Build) -> Vec<Entry> {
    let mut pieces = Vec::<Entry>::new();
    let mut here: Option<(MovementKind, &Movement)> = None;
    let mut movements = history.movements().iter().peekable();
    while let Some(movement) = movements.next() {
        if movement.kind.removes() {
            if let Some(last) = pieces.last_mut().filter(|last| last.until == Some(movement.held_on)) {
                last.way_out.get_or_insert(movement.kind);
            }
            here = None;
            continue;
        }
        let way_in = here.filter(|_| !movement.kind.adds()).map_or(movement.kind, |(way_in, _)| way_in);
        here = Some((way_in, movement));
        let until = movements.peek().map(|next| next.held_on);
        pieces.extend(cut(history, (way_in, &movement.area), (movement.held_on, until), build));
    }
    merge(pieces)
}

/// The days from a movement to the next, cut where a membership begins or ends.
fn cut(
    history: &History,
    (way_in, area): (MovementKind, &AreaCode),
    (from, until): (Day, Option<Day>),
    build: Build,
) -> Vec<Entry> {
    let edges = history.memberships.iter().flat_map(|membership| {
        [Some(membership.from), membership.to.and_then(|to| to.succ_opt())].into_iter().flatten()
    });
    let mut days: Vec<Day> =
        edges.filter(|day| *day > from && until.is_none_or(|until| *day < until)).chain([from]).collect();
    days.sort_unstable();
    days.dedup();
    let ends = days.iter().skip(1).copied().map(Some).chain([until]);
    let pieces =
        days.iter().zip(ends).map(|(day, end)| Entry { until: end, ..piece(history, (way_in, area), *day, build) });
    pieces.filter(|entry| entry.until != Some(entry.from)).collect()
}

fn piece(history: &History, (way_in, area): (MovementKind, &AreaCode), day: Day, build: Build) -> Entry {
    let memberships = history.memberships_on(day);
    Entry {
        book: Book::Stock,
        from: day,
        until: None,
        way_in,
        way_out: None,
        area: memberships.first().map_or(area, |oldest| &oldest.area).clone(),
        operator: memberships.iter().find_map(|membership| membership.operator),
        trades: memberships.iter().map(|membership| membership.trade).collect(),
        build,
    }
}

/// Joins neighbours between which nothing changed; what ends without a removal went on under another entry.
fn merge(pieces: Vec<Entry>) -> Vec<Entry> {
    let mut merged = Vec::<Entry>::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if last.until == Some(piece.from) && last.way_out.is_none() => {
                if last.area == piece.area && last.operator == piece.operator && last.trades == piece.trades {
                    last.until = piece.until;
                    last.way_out = piece.way_out;
                } else {
                    last.way_out = Some(MovementKind::ChangedUse);
                    merged.push(Entry { way_in: MovementKind::ChangedUse, ..piece });
                }
            }
            _ => merged.push(piece),
        }
    }
    merged
}

impl Entry {
    /// What it is counted by.
    #[must_use]
    pub fn cell(&self) -> Cell {
        Cell { area: self.area.clone(), trades: self.trades.clone(), way_in: self.way_in, build: self.build }
    }

    /// What it changes in the counts, and when.
    #[must_use]
    pub fn postings(&self) -> Vec<Posting> {
        let posting = |day, change| Posting { book: self.book, day, cell: self.cell(), change };
        let leaves = self.until.map(|until| posting(until, -1));
        [posting(self.from, 1)].into_iter().chain(leaves).collect()
    }

    /// Whether it counts in stock at the end of a day.
    #[must_use]
    pub fn stands_on(&self, day: Day) -> bool {
        self.book == Book::Stock && self.from <= day && self.until.is_none_or(|until| until > day)
    }
}
