//! The entries of the fleet's books as they were known on a day: what the reports of the transition count.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, NullableExpressionMethods, QueryDsl, QueryResult, RunQueryDsl,
};

use super::Asked;
use crate::{
    domain::{
        fleet::{Book, FuelGroup, MovementKind, TruckClass},
        time::Day,
        vehicle::stage::Stage,
    },
    platform::db::AnyConnection,
    schema::fleet_entries,
};

/// A vehicle's stay in the stock.
pub type Stay = (String, TruckClass, Option<Day>, Option<MovementKind>);

/// Every stay of a diesel truck up to 国三 that began on or before the day asked for.
pub fn old_diesel_trucks(conn: &mut AnyConnection, asked: &Asked) -> QueryResult<Vec<Stay>> {
    let old = [Stage::China0, Stage::China1, Stage::China2, Stage::China3];
    let until = fleet_entries::known_until;
    let rows: Vec<Stay> = fleet_entries::table
        .filter(fleet_entries::book.eq(Book::Stock))
        .filter(fleet_entries::known_from.lt(asked.unknown_from()))
        .filter(until.is_null().or(until.assume_not_null().ge(asked.unknown_from())))
        .filter(fleet_entries::fuel.eq(FuelGroup::Diesel))
        .filter(fleet_entries::stage.eq_any(old))
        .filter(fleet_entries::truck.ne(TruckClass::NotATruck))
        .filter(fleet_entries::held_from.le(asked.as_of))
        .select((fleet_entries::area, fleet_entries::truck, fleet_entries::held_until, fleet_entries::way_out))
        .load(conn)?;
    Ok(rows.into_iter().filter(|(area, ..)| asked.is_within(area)).collect())
}
