//! SQL of entries: what each vehicle adds to the books, with the time from which and until which that was known.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, update,
};

use super::area;
use crate::{
    domain::{
        fleet::{Book, Build, Entry, FuelGroup, MovementKind, Posting, TruckClass},
        id::Id,
        party::Organisation,
        time::{Day, Instant},
        vehicle::{Vehicle, energy::EnergyKind, stage::Stage},
    },
    platform::db::{AnyConnection, Tx, insert_rows},
    schema::{fleet_deltas, fleet_entries},
};

/// An entry of a vehicle as it is kept.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = fleet_entries, treat_none_as_default_value = false)]
pub struct EntryRow {
    /// The vehicle.
    pub vehicle_id: Id<Vehicle>,
    /// The entry's id.
    pub id: Id<Entry>,
    book: Book,
    held_from: Day,
    held_until: Option<Day>,
    way_in: MovementKind,
    way_out: Option<MovementKind>,
    area: String,
    operator_id: Option<Id<Organisation>>,
    trades: String,
    truck: TruckClass,
    fuel: FuelGroup,
    stage: Stage,
    energy: EnergyKind,
    known_from: Instant,
    known_until: Option<Instant>,
}

impl EntryRow {
    /// A row of an entry that is known from now on.
    #[must_use]
    pub fn new((vehicle, id): (Id<Vehicle>, Id<Entry>), entry: &Entry, known_from: Instant) -> Self {
        Self {
            vehicle_id: vehicle,
            id,
            book: entry.book,
            held_from: entry.from,
            held_until: entry.until,
            way_in: entry.way_in,
            way_out: entry.way_out,
            area: entry.area.to_string(),
            operator_id: entry.operator,
            trades: entry.trades.to_string(),
            truck: entry.build.truck,
            fuel: entry.build.fuel,
            stage: entry.build.stage,
            energy: entry.build.energy,
            known_from,
            known_until: None,
        }
    }

    /// The entry.
    #[must_use]
    pub fn entry(&self) -> Entry {
        Entry {
            book: self.book,
            from: self.held_from,
            until: self.held_until,
            way_in: self.way_in,
            way_out: self.way_out,
            area: area(&self.area),
            operator: self.operator_id,
            trades: self.trades.parse().unwrap_or_default(),
            build: Build { truck: self.truck, fuel: self.fuel, stage: self.stage, energy: self.energy },
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = fleet_deltas, treat_none_as_default_value = false)]
struct DeltaRow {
    book: Book,
    id: Id<DeltaRow>,
    day: Day,
    area: String,
    trades: String,
    way_in: MovementKind,
    truck: TruckClass,
    fuel: FuelGroup,
    stage: Stage,
    energy: EnergyKind,
    change: i64,
}

/// The entries of some vehicles that stand.
pub fn standing(conn: &mut AnyConnection, vehicles: &[Id<Vehicle>]) -> QueryResult<Vec<EntryRow>> {
    fleet_entries::table
        .filter(fleet_entries::vehicle_id.eq_any(vehicles))
        .filter(fleet_entries::known_until.is_null())
        .order((fleet_entries::vehicle_id, fleet_entries::id))
        .select(EntryRow::as_select())
        .load(conn)
}

/// Entries of a vehicle no longer hold.
pub fn close(conn: &mut AnyConnection, vehicle: Id<Vehicle>, ids: &[Id<Entry>], at: Instant) -> QueryResult<usize> {
    let these = fleet_entries::vehicle_id.eq(vehicle).and(fleet_entries::id.eq_any(ids));
    update(fleet_entries::table.filter(these)).set(fleet_entries::known_until.eq(at)).execute(conn)
}

/// Entries of a vehicle that hold from now on.
pub fn open(tx: &mut Tx<'_>, vehicle: Id<Vehicle>, opened: &[Entry]) -> QueryResult<()> {
    let at = tx.at();
    let rows: Vec<_> = opened.iter().map(|entry| EntryRow::new((vehicle, tx.mint()), entry, at)).collect();
    if !rows.is_empty() {
        insert_rows!(tx.conn(), fleet_entries::table, &rows)?;
    }
    Ok(())
}

/// Changes of the counts, for a worker to fold.
pub fn post(tx: &mut Tx<'_>, postings: &[Posting]) -> QueryResult<()> {
    let row = |posting: &Posting| DeltaRow {
        book: posting.book,
        id: tx.mint(),
        day: posting.day,
        area: posting.cell.area.to_string(),
        trades: posting.cell.trades.to_string(),
        way_in: posting.cell.way_in,
        truck: posting.cell.build.truck,
        fuel: posting.cell.build.fuel,
        stage: posting.cell.build.stage,
        energy: posting.cell.build.energy,
        change: posting.change,
    };
    let rows: Vec<_> = postings.iter().map(row).collect();
    if !rows.is_empty() {
        insert_rows!(tx.conn(), fleet_deltas::table, &rows)?;
    }
    Ok(())
}
