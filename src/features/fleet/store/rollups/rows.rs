//! The rows of the rollups, and which of them a change of a count belongs to.

use std::collections::BTreeMap;

use chrono::Datelike;
use diesel::{Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper};

use crate::{
    domain::{
        fleet::{Book, Build, Cell, FuelGroup, MovementKind, Posting, TruckClass},
        target::APART,
        time::Day,
        vehicle::{area::CITY, energy::EnergyKind, stage::Stage},
        words::Word,
    },
    features::fleet::store::area,
    platform::db::AnyConnection,
    schema::{addition_rollups, fleet_deltas, stock_rollups},
};

/// All that is there: of stock alone.
pub const TOTAL: &str = "total";
/// One calendar year.
pub const YEAR: &str = "year";
/// One month.
pub const MONTH: &str = "month";
/// One month of the whole city, without the area that is assessed apart.
pub const CITY_MONTH: &str = "city_month";

/// Grain, period, area, trades, way in.
pub type AdditionKey = (String, String, String, String, MovementKind);
/// Grain, period, area, trades, truck, fuel, stage, energy.
pub type StockKey = (String, String, String, String, TruckClass, FuelGroup, Stage, EnergyKind);

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = addition_rollups, treat_none_as_default_value = false)]
pub struct AdditionRow {
    pub grain: String,
    pub period: String,
    pub area: String,
    pub trades: String,
    pub way_in: MovementKind,
    pub bev: i64,
    pub fcev: i64,
    pub phev: i64,
    pub erev: i64,
    pub hybrid: i64,
    pub ice: i64,
    pub unknown: i64,
}

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = stock_rollups, treat_none_as_default_value = false)]
pub struct StockRow {
    pub grain: String,
    pub period: String,
    pub area: String,
    pub trades: String,
    pub truck: TruckClass,
    pub fuel: FuelGroup,
    pub stage: Stage,
    pub energy: EnergyKind,
    pub vehicles: i64,
}

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = fleet_deltas)]
pub struct OpenDelta {
    pub book: Book,
    pub day: Day,
    pub area: String,
    pub trades: String,
    pub way_in: MovementKind,
    pub truck: TruckClass,
    pub fuel: FuelGroup,
    pub stage: Stage,
    pub energy: EnergyKind,
    pub change: i64,
}

/// The counts of both rollups, by their keys.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rollups {
    /// Of each drive in the vocabulary's order.
    pub additions: BTreeMap<AdditionKey, [i64; 7]>,
    /// Vehicles.
    pub stock: BTreeMap<StockKey, i64>,
}

impl OpenDelta {
    /// The change that it stands for.
    pub fn posting(&self) -> Posting {
        let build = Build { truck: self.truck, fuel: self.fuel, stage: self.stage, energy: self.energy };
        let trades = self.trades.parse().unwrap_or_default();
        let cell = Cell { area: area(&self.area), trades, way_in: self.way_in, build };
        Posting { book: self.book, day: self.day, cell, change: self.change }
    }
}

impl AdditionRow {
    /// The row of a key.
    pub fn new((grain, period, area, trades, way_in): AdditionKey, counts: [i64; 7]) -> Self {
        let [bev, fcev, phev, erev, hybrid, ice, unknown] = counts;
        Self { grain, period, area, trades, way_in, bev, fcev, phev, erev, hybrid, ice, unknown }
    }

    /// The counts by drive, in the vocabulary's order.
    pub const fn counts(&self) -> [(EnergyKind, i64); 7] {
        [
            (EnergyKind::Bev, self.bev),
            (EnergyKind::Fcev, self.fcev),
            (EnergyKind::Phev, self.phev),
            (EnergyKind::Erev, self.erev),
            (EnergyKind::Hybrid, self.hybrid),
            (EnergyKind::Ice, self.ice),
            (EnergyKind::Unknown, self.unknown),
        ]
    }
}

impl Rollups {
    /// Adds a change to every row that it belongs to.
    pub fn add(&mut self, posting: &Posting) {
        let Cell { area, trades, way_in, build } = &posting.cell;
        let (area, trades) = (area.to_string(), trades.to_string());
        let city = if area == APART { None } else { Some((CITY_MONTH, month(posting.day), CITY.to_owned())) };
        let total = (posting.book == Book::Stock).then(|| (TOTAL, String::new(), area.clone()));
        let grains = [(YEAR, year(posting.day), area.clone()), (MONTH, month(posting.day), area)];
        for (grain, period, area) in grains.into_iter().chain(city).chain(total) {
            let (grain, trades) = (grain.to_owned(), trades.clone());
            if posting.book == Book::Additions {
                let counts = self.additions.entry((grain, period, area, trades, *way_in)).or_default();
                for (energy, count) in EnergyKind::ALL.iter().zip(counts) {
                    *count += if *energy == build.energy { posting.change } else { 0 };
                }
            } else {
                let key = (grain, period, area, trades, build.truck, build.fuel, build.stage, build.energy);
                *self.stock.entry(key).or_default() += posting.change;
            }
        }
    }

    /// Without the rows that count nothing.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        self.additions.retain(|_, counts| *counts != [0; 7]);
        self.stock.retain(|_, count| *count != 0);
        self
    }
}

/// The rollups of these changes.
pub fn tally<'p>(postings: impl IntoIterator<Item = &'p Posting>) -> Rollups {
    let mut rollups = Rollups::default();
    postings.into_iter().for_each(|posting| rollups.add(posting));
    rollups
}

/// The rollups as they would be read: the rows with all open deltas.
pub fn all(conn: &mut AnyConnection) -> QueryResult<Rollups> {
    let additions: Vec<AdditionRow> = addition_rollups::table.select(AdditionRow::as_select()).load(conn)?;
    let stock: Vec<StockRow> = stock_rollups::table.select(StockRow::as_select()).load(conn)?;
    let open: Vec<OpenDelta> = fleet_deltas::table.select(OpenDelta::as_select()).load(conn)?;
    let mut rollups = Rollups::default();
    for row in additions {
        let counts = row.counts().map(|(_, count)| count);
        rollups.additions.insert((row.grain, row.period, row.area, row.trades, row.way_in), counts);
    }
    for row in stock {
        let key = (row.grain, row.period, row.area, row.trades, row.truck, row.fuel, row.stage, row.energy);
        rollups.stock.insert(key, row.vehicles);
    }
    for delta in &open {
        rollups.add(&delta.posting());
    }
    Ok(rollups.trimmed())
}

/// `2026`.
pub fn year(day: Day) -> String {
    format!("{:04}", day.year())
}

/// `2026-03`.
pub fn month(day: Day) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
