//! The entries of the fleet's books as they were known on a day: what the reports of the transition count.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, QueryResult, RunQueryDsl,
    dsl::count_star,
};

use super::Asked;
use crate::{
    domain::{
        fleet::{Book, FuelGroup, MovementKind, Trades, TruckClass},
        time::Day,
        vehicle::{energy::EnergyKind, stage::Stage},
    },
    platform::db::AnyConnection,
    schema::fleet_entries,
};

/// Vehicles of some trades and a drive.
pub struct OfTrades {
    /// Their trades.
    pub trades: Trades,
    /// What drives them.
    pub energy: EnergyKind,
    /// How many.
    pub vehicles: i64,
}

/// A vehicle's stay in the stock.
pub type Stay = (String, TruckClass, Option<Day>, Option<MovementKind>);

/// Narrows a query to what was known then.
macro_rules! known {
    ($query:expr, $asked:expr) => {{
        let until = fleet_entries::known_until;
        $query
            .filter(fleet_entries::known_from.lt($asked.unknown_from()))
            .filter(until.is_null().or(until.assume_not_null().ge($asked.unknown_from())))
    }};
}

/// Additions and renewals of the period, by area, trades and drive.
pub fn additions(conn: &mut AnyConnection, asked: &Asked) -> QueryResult<Vec<OfTrades>> {
    let by = (fleet_entries::area, fleet_entries::trades, fleet_entries::energy);
    let added = known!(fleet_entries::table.filter(fleet_entries::book.eq(Book::Additions)), asked);
    let rows = added
        .filter(fleet_entries::held_from.between(asked.from, asked.to))
        .group_by(by)
        .select((by.0, by.1, by.2, count_star()))
        .load(conn)?;
    Ok(of_trades(asked, rows))
}

/// The stock at the end of the day asked for, by area, trades and drive.
pub fn stock(conn: &mut AnyConnection, asked: &Asked) -> QueryResult<Vec<OfTrades>> {
    let by = (fleet_entries::area, fleet_entries::trades, fleet_entries::energy);
    let until = fleet_entries::held_until;
    let there = known!(fleet_entries::table.filter(fleet_entries::book.eq(Book::Stock)), asked);
    let rows = there
        .filter(fleet_entries::held_from.le(asked.as_of))
        .filter(until.is_null().or(until.assume_not_null().gt(asked.as_of)))
        .group_by(by)
        .select((by.0, by.1, by.2, count_star()))
        .load(conn)?;
    Ok(of_trades(asked, rows))
}

fn of_trades(asked: &Asked, rows: Vec<(String, String, EnergyKind, i64)>) -> Vec<OfTrades> {
    let within = rows.into_iter().filter(|(area, ..)| asked.is_within(area));
    let read = within.map(|(_, trades, energy, vehicles)| {
        // A column of trades holds only what was written as trades.
        OfTrades { trades: trades.parse().unwrap_or_default(), energy, vehicles }
    });
    read.collect()
}

/// Every stay of a diesel truck up to 国三 that began on or before the day asked for.
pub fn old_diesel_trucks(conn: &mut AnyConnection, asked: &Asked) -> QueryResult<Vec<Stay>> {
    let old = [Stage::China0, Stage::China1, Stage::China2, Stage::China3];
    let stays = known!(fleet_entries::table.filter(fleet_entries::book.eq(Book::Stock)), asked);
    let rows: Vec<Stay> = stays
        .filter(fleet_entries::fuel.eq(FuelGroup::Diesel))
        .filter(fleet_entries::stage.eq_any(old))
        .filter(fleet_entries::truck.ne(TruckClass::NotATruck))
        .filter(fleet_entries::held_from.le(asked.as_of))
        .select((fleet_entries::area, fleet_entries::truck, fleet_entries::held_until, fleet_entries::way_out))
        .load(conn)?;
    Ok(rows.into_iter().filter(|(area, ..)| asked.is_within(area)).collect())
}
