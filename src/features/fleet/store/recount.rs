//! Counting from the entries themselves: for a day that the rollups do not end on, as it was known on an earlier day, for
//! one operator, and vehicle by vehicle.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper,
    TextExpressionMethods, dsl::count_star,
};

use super::{area, entries::EntryRow};
use crate::{
    domain::{
        fleet::{Book, Build, Cell, Entry, FuelGroup, MovementKind, Trade, TruckClass},
        id::Id,
        party::Organisation,
        time::{Day, Instant},
        vehicle::{Vehicle, area::AreaCode, energy::EnergyKind, stage::Stage},
        words::Word,
    },
    platform::db::AnyConnection,
    schema::fleet_entries,
};

/// Which entries to look at.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// The book.
    pub book: Book,
    /// The first day of additions; of stock it does not count.
    pub from: Day,
    /// The last day: up to which additions count, at whose end the stock stands.
    pub to: Day,
    /// As it was known at an instant; as it is known now when absent.
    pub as_known: Option<Instant>,
    /// Of one operator.
    pub operator: Option<Id<Organisation>>,
    /// In these areas.
    pub areas: Vec<AreaCode>,
    /// In one of these trades; in any or none when empty.
    pub trades: Vec<Trade>,
    /// Trucks alone.
    pub trucks: bool,
    /// Of this fuel.
    pub fuel: Option<FuelGroup>,
    /// Of one of these drives.
    pub energies: Vec<EnergyKind>,
    /// Of one of these stages.
    pub stages: Vec<Stage>,
    /// Of one of these drives, or else of one of these stages.
    pub either: Option<(Vec<EnergyKind>, Vec<Stage>)>,
}

/// Narrows a boxed query of entries.
macro_rules! narrowed {
    ($query:expr, $lookup:expr) => {{
        let lookup: &Lookup = $lookup;
        let mut query = $query.filter(fleet_entries::book.eq(lookup.book));
        query = match lookup.as_known {
            None => query.filter(fleet_entries::known_until.is_null()),
            Some(at) => query
                .filter(fleet_entries::known_from.le(at))
                .filter(fleet_entries::known_until.is_null().or(fleet_entries::known_until.gt(at))),
        };
        if let Some(operator) = lookup.operator {
            query = query.filter(fleet_entries::operator_id.eq(operator));
        }
        if !lookup.areas.is_empty() {
            let areas: Vec<String> = lookup.areas.iter().map(AreaCode::to_string).collect();
            query = query.filter(fleet_entries::area.eq_any(areas));
        }
        if let Some((first, rest)) = lookup.trades.split_first() {
            let mut any: Box<dyn diesel::BoxableExpression<_, _, SqlType = diesel::sql_types::Bool>> =
                Box::new(fleet_entries::trades.like(format!("%{}%", first.word())));
            for trade in rest {
                any = Box::new(any.or(fleet_entries::trades.like(format!("%{}%", trade.word()))));
            }
            query = query.filter(any);
        }
        if lookup.trucks {
            query = query.filter(fleet_entries::truck.ne(TruckClass::NotATruck));
        }
        if let Some(fuel) = lookup.fuel {
            query = query.filter(fleet_entries::fuel.eq(fuel));
        }
        if !lookup.energies.is_empty() {
            query = query.filter(fleet_entries::energy.eq_any(&lookup.energies));
        }
        if !lookup.stages.is_empty() {
            query = query.filter(fleet_entries::stage.eq_any(&lookup.stages));
        }
        if let Some((energies, stages)) = &lookup.either {
            query = query.filter(fleet_entries::energy.eq_any(energies).or(fleet_entries::stage.eq_any(stages)));
        }
        query
    }};
}

/// Narrows to the days of the look-up.
macro_rules! of_days {
    ($query:expr, $lookup:expr) => {
        match $lookup.book {
            Book::Additions => $query.filter(fleet_entries::held_from.between($lookup.from, $lookup.to)),
            Book::Stock => $query
                .filter(fleet_entries::held_from.le($lookup.to))
                .filter(fleet_entries::held_until.is_null().or(fleet_entries::held_until.gt($lookup.to))),
        }
    };
}

type Columns = (String, String, MovementKind, TruckClass, FuelGroup, Stage, EnergyKind, i64);

/// Counts by cell.
///
/// # Errors
/// The database fails.
pub fn counts(conn: &mut AnyConnection, lookup: &Lookup) -> QueryResult<Vec<(Cell, i64)>> {
    use fleet_entries as e;
    let key = (e::area, e::trades, e::way_in, e::truck, e::fuel, e::stage, e::energy);
    let columns = (e::area, e::trades, e::way_in, e::truck, e::fuel, e::stage, e::energy, count_star());
    let query = narrowed!(e::table.group_by(key).select(columns).into_boxed(), lookup);
    let rows: Vec<Columns> = of_days!(query, lookup).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(area, trades, way_in, truck, fuel, stage, energy, count)| {
            (cell((&area, &trades), way_in, Build { truck, fuel, stage, energy }), count)
        })
        .collect())
}

/// Counts of additions by day and cell.
///
/// # Errors
/// The database fails.
pub fn daily(conn: &mut AnyConnection, lookup: &Lookup) -> QueryResult<Vec<(Day, Cell, i64)>> {
    use fleet_entries as e;
    let key = (e::held_from, e::area, e::trades, e::way_in, e::energy);
    let columns = (e::held_from, e::area, e::trades, e::way_in, e::energy, count_star());
    let query = narrowed!(e::table.group_by(key).select(columns).into_boxed(), lookup);
    let rows: Vec<(Day, String, String, MovementKind, EnergyKind, i64)> = of_days!(query, lookup).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(day, area, trades, way_in, energy, count)| {
            let build = Build { truck: TruckClass::NotATruck, fuel: FuelGroup::Other, stage: Stage::Unknown, energy };
            (day, cell((&area, &trades), way_in, build), count)
        })
        .collect())
}

/// How many of an operator's vehicles fall into a cell.
pub type OperatorCount = (Option<Id<Organisation>>, Cell, i64);

type OperatorColumns = (Option<Id<Organisation>>, String, String, TruckClass, FuelGroup, Stage, EnergyKind, i64);

/// Additions or stock by operator, drive and stage.
///
/// # Errors
/// The database fails.
pub fn by_operator(conn: &mut AnyConnection, lookup: &Lookup) -> QueryResult<Vec<OperatorCount>> {
    use fleet_entries as e;
    let key = (e::operator_id, e::area, e::trades, e::truck, e::fuel, e::stage, e::energy);
    let columns = (e::operator_id, e::area, e::trades, e::truck, e::fuel, e::stage, e::energy, count_star());
    let query = narrowed!(e::table.group_by(key).select(columns).into_boxed(), lookup);
    let rows: Vec<OperatorColumns> = of_days!(query, lookup).load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(operator, area, trades, truck, fuel, stage, energy, count)| {
            let build = Build { truck, fuel, stage, energy };
            (operator, cell((&area, &trades), MovementKind::Registered, build), count)
        })
        .collect())
}

/// The entries themselves, by vehicle.
///
/// # Errors
/// The database fails.
pub fn page(
    conn: &mut AnyConnection,
    lookup: &Lookup,
    after: Option<(Id<Vehicle>, Id<Entry>)>,
    size: i64,
) -> QueryResult<Vec<EntryRow>> {
    use fleet_entries as e;
    let mut query = narrowed!(e::table.select(EntryRow::as_select()).into_boxed(), lookup);
    if let Some((vehicle, id)) = after {
        query = query.filter(e::vehicle_id.gt(vehicle).or(e::vehicle_id.eq(vehicle).and(e::id.gt(id))));
    }
    of_days!(query, lookup).order((e::vehicle_id, e::id)).limit(size + 1).load(conn)
}

/// How many vehicles came or went on a day by a way.
pub type Flow = (Day, MovementKind, i64);

/// How vehicles came into stock and left it after a day and up to another: the day, the way, and how many; those that
/// only moved from one entry to another left out.
///
/// # Errors
/// The database fails.
pub fn ins_and_outs(conn: &mut AnyConnection, lookup: &Lookup) -> QueryResult<(Vec<Flow>, Vec<Flow>)> {
    use fleet_entries as e;
    let ins =
        e::table.group_by((e::held_from, e::way_in)).select((e::held_from, e::way_in, count_star())).into_boxed();
    let ins = narrowed!(ins, lookup).filter(e::way_in.ne(MovementKind::ChangedUse));
    let ins = ins.filter(e::held_from.gt(lookup.from)).filter(e::held_from.le(lookup.to)).load(conn)?;
    let outs = e::table.group_by((e::held_until, e::way_out));
    let outs = outs.select((e::held_until, e::way_out, count_star())).into_boxed();
    let outs = narrowed!(outs, lookup).filter(e::way_out.ne(MovementKind::ChangedUse));
    let outs = outs.filter(e::held_until.gt(lookup.from)).filter(e::held_until.le(lookup.to));
    let outs: Vec<(Option<Day>, Option<MovementKind>, i64)> = outs.load(conn)?;
    let whole = |(day, way, count): (Option<Day>, Option<MovementKind>, i64)| Some((day?, way?, count));
    Ok((ins, outs.into_iter().filter_map(whole).collect()))
}

fn cell((code, trades): (&str, &str), way_in: MovementKind, build: Build) -> Cell {
    Cell { area: area(code), trades: trades.parse().unwrap_or_default(), way_in, build }
}
