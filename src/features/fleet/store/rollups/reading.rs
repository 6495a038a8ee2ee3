//! Reading the rollups: the rows with the open deltas of their days.

use std::collections::BTreeMap;

use chrono::Datelike;
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper};

use super::rows::{AdditionRow, CITY_MONTH, MONTH, OpenDelta, StockRow, TOTAL, YEAR, month, year};
use crate::{
    domain::{
        fleet::{Book, Build, Cell, FuelGroup, TruckClass},
        target::APART,
        time::Day,
        vehicle::{
            area::{AreaCode, CITY},
            stage::Stage,
        },
    },
    features::fleet::store::area,
    platform::db::AnyConnection,
    schema::{addition_rollups, fleet_deltas, stock_rollups},
};

/// Counted vehicles.
pub type Counts = Vec<(Cell, i64)>;
/// Counted vehicles by month, 1 to 12.
pub type Months = BTreeMap<u32, Counts>;

/// The additions of a year, by area.
///
/// # Errors
/// The database fails.
pub fn additions_of_year(conn: &mut AnyConnection, of: i32) -> QueryResult<Counts> {
    let rows: Vec<AdditionRow> = addition_rollups::table
        .filter(addition_rollups::grain.eq(YEAR).and(addition_rollups::period.eq(format!("{of:04}"))))
        .select(AdditionRow::as_select())
        .load(conn)?;
    let open = open_of_year(conn, Book::Additions, of)?;
    Ok(rows.iter().flat_map(added).chain(open.iter().map(changed)).collect())
}

/// The additions of a year by month: of these areas, or of the city with the area assessed apart.
///
/// # Errors
/// The database fails.
pub fn additions_by_month(conn: &mut AnyConnection, of: i32, areas: Option<&[AreaCode]>) -> QueryResult<Months> {
    let mut months = Months::new();
    for (grain, areas) in grains(areas) {
        let rows: Vec<AdditionRow> = addition_rollups::table
            .filter(addition_rollups::grain.eq(grain).and(addition_rollups::period.eq_any(periods(of))))
            .filter(addition_rollups::area.eq_any(areas))
            .select(AdditionRow::as_select())
            .load(conn)?;
        for row in &rows {
            months.entry(number(&row.period)).or_default().extend(added(row));
        }
    }
    add_open(conn, Book::Additions, of, areas, &mut months)?;
    Ok(months)
}

/// The stock as it is, by area.
///
/// # Errors
/// The database fails.
pub fn stock_now(conn: &mut AnyConnection) -> QueryResult<Counts> {
    let rows: Vec<StockRow> =
        stock_rollups::table.filter(stock_rollups::grain.eq(TOTAL)).select(StockRow::as_select()).load(conn)?;
    let open = fleet_deltas::table.filter(fleet_deltas::book.eq(Book::Stock)).select(OpenDelta::as_select());
    let open: Vec<OpenDelta> = open.load(conn)?;
    Ok(rows.iter().map(standing).chain(open.iter().map(changed)).collect())
}

/// How the stock has changed since the end of a month, by area.
///
/// # Errors
/// The database fails.
pub fn stock_after(conn: &mut AnyConnection, last: Day) -> QueryResult<Counts> {
    use stock_rollups as r;
    let of_years = r::grain.eq(YEAR).and(r::period.gt(year(last)));
    let of_months = r::grain.eq(MONTH).and(r::period.gt(month(last))).and(r::period.le(format!("{}-12", year(last))));
    let mut counts = Counts::new();
    let years: Vec<StockRow> = r::table.filter(of_years).select(StockRow::as_select()).load(conn)?;
    let months: Vec<StockRow> = r::table.filter(of_months).select(StockRow::as_select()).load(conn)?;
    counts.extend(years.iter().chain(&months).map(standing));
    let open = fleet_deltas::table.filter(fleet_deltas::book.eq(Book::Stock)).filter(fleet_deltas::day.gt(last));
    let open: Vec<OpenDelta> = open.select(OpenDelta::as_select()).load(conn)?;
    counts.extend(open.iter().map(changed));
    Ok(counts)
}

/// How the stock changed in each month of a year: of these areas, or of the city.
///
/// # Errors
/// The database fails.
pub fn stock_by_month(conn: &mut AnyConnection, of: i32, areas: Option<&[AreaCode]>) -> QueryResult<Months> {
    let mut months = Months::new();
    for (grain, areas) in grains(areas) {
        let rows: Vec<StockRow> = stock_rollups::table
            .filter(stock_rollups::grain.eq(grain).and(stock_rollups::period.eq_any(periods(of))))
            .filter(stock_rollups::area.eq_any(areas))
            .select(StockRow::as_select())
            .load(conn)?;
        for row in &rows {
            months.entry(number(&row.period)).or_default().push(standing(row));
        }
    }
    add_open(conn, Book::Stock, of, areas, &mut months)?;
    Ok(months)
}

/// The rows of a month: those of the areas, or those of the city and of the area that is assessed apart.
fn grains(areas: Option<&[AreaCode]>) -> Vec<(&'static str, Vec<String>)> {
    match areas {
        Some(areas) => vec![(MONTH, areas.iter().map(AreaCode::to_string).collect())],
        None => vec![(CITY_MONTH, vec![CITY.to_owned()]), (MONTH, vec![APART.to_owned()])],
    }
}

fn periods(of: i32) -> Vec<String> {
    (1..=12).map(|month| format!("{of:04}-{month:02}")).collect()
}

fn number(period: &str) -> u32 {
    period.rsplit_once('-').and_then(|(_, month)| month.parse().ok()).unwrap_or_default()
}

fn open_of_year(conn: &mut AnyConnection, book: Book, of: i32) -> QueryResult<Vec<OpenDelta>> {
    let first = Day::from_ymd_opt(of, 1, 1).unwrap_or_default();
    let last = Day::from_ymd_opt(of, 12, 31).unwrap_or_default();
    fleet_deltas::table
        .filter(fleet_deltas::book.eq(book).and(fleet_deltas::day.between(first, last)))
        .select(OpenDelta::as_select())
        .load(conn)
}

fn add_open(
    conn: &mut AnyConnection,
    book: Book,
    of: i32,
    areas: Option<&[AreaCode]>,
    months: &mut Months,
) -> QueryResult<()> {
    for delta in open_of_year(conn, book, of)? {
        let (cell, change) = changed(&delta);
        if areas.is_none_or(|areas| areas.contains(&cell.area)) {
            months.entry(delta.day.month()).or_default().push((cell, change));
        }
    }
    Ok(())
}

fn changed(delta: &OpenDelta) -> (Cell, i64) {
    let posting = delta.posting();
    (posting.cell, posting.change)
}

/// What a row of additions counts. It tells trades and drives apart and nothing else, as shares of additions do.
fn added(row: &AdditionRow) -> Vec<(Cell, i64)> {
    let counts = row.counts().into_iter().filter(|(_, count)| *count != 0);
    let cell = |energy| {
        let build = Build { truck: TruckClass::NotATruck, fuel: FuelGroup::Other, stage: Stage::Unknown, energy };
        let trades = row.trades.parse().unwrap_or_default();
        Cell { area: area(&row.area), trades, way_in: row.way_in, build }
    };
    counts.map(|(energy, count)| (cell(energy), count)).collect()
}

fn standing(row: &StockRow) -> (Cell, i64) {
    let build = Build { truck: row.truck, fuel: row.fuel, stage: row.stage, energy: row.energy };
    let trades = row.trades.parse().unwrap_or_default();
    let way_in = crate::domain::fleet::MovementKind::Registered;
    (Cell { area: area(&row.area), trades, way_in, build }, row.vehicles)
}
