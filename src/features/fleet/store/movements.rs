//! SQL of movements.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use super::{Kept, area};
use crate::{
    domain::{
        fleet::{Movement, MovementKind},
        id::Id,
        party::Organisation,
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, load_each},
    schema::movements,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = movements, treat_none_as_default_value = false)]
struct MovementRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Movement>,
    kind: MovementKind,
    held_on: Day,
    area: String,
    replaces_id: Option<Id<Vehicle>>,
    recorded_at: Instant,
    recorded_by: Option<Id<Organisation>>,
    supersedes: Option<Id<Movement>>,
    superseded_at: Option<Instant>,
    reason: Option<String>,
}

impl From<MovementRow> for (Id<Vehicle>, Kept<Movement>) {
    fn from(row: MovementRow) -> Self {
        let fact = Movement {
            id: row.id,
            kind: row.kind,
            held_on: row.held_on,
            area: area(&row.area),
            replaces: row.replaces_id,
        };
        let kept = Kept {
            fact,
            recorded_at: row.recorded_at,
            recorded_by: row.recorded_by,
            supersedes: row.supersedes,
            superseded_at: row.superseded_at,
            reason: row.reason,
        };
        (row.vehicle_id, kept)
    }
}

/// A new fact.
pub fn insert(conn: &mut AnyConnection, vehicle: Id<Vehicle>, kept: &Kept<Movement>) -> QueryResult<usize> {
    let fact = kept.fact.clone();
    let row = MovementRow {
        vehicle_id: vehicle,
        id: fact.id,
        kind: fact.kind,
        held_on: fact.held_on,
        area: fact.area.to_string(),
        replaces_id: fact.replaces,
        recorded_at: kept.recorded_at,
        recorded_by: kept.recorded_by,
        supersedes: kept.supersedes,
        superseded_at: kept.superseded_at,
        reason: kept.reason.clone(),
    };
    insert_into(movements::table).values(row).execute(conn)
}

/// Something better is known from now on.
pub fn supersede(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Movement>,
    at: Instant,
) -> QueryResult<usize> {
    update(movements::table.find((vehicle, id))).set(movements::superseded_at.eq(at)).execute(conn)
}

/// All that was ever recorded of a vehicle, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Kept<Movement>>> {
    let rows: Vec<MovementRow> = movements::table
        .filter(movements::vehicle_id.eq(vehicle))
        .order(movements::id.desc())
        .select(MovementRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| <(Id<Vehicle>, Kept<Movement>)>::from(row).1).collect())
}

/// All that stands of some vehicles.
///
/// # Errors
/// The database fails.
pub fn standing_of(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<Vec<(Id<Vehicle>, Kept<Movement>)>> {
    let query = movements::table.filter(movements::superseded_at.is_null()).select(MovementRow::as_select());
    let rows: Vec<MovementRow> = query.filter(movements::vehicle_id.eq_any(ids)).load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Which other vehicles were renewed in the place of this one.
pub fn renewals_of(conn: &mut AnyConnection, replaced: Id<Vehicle>) -> QueryResult<Vec<Id<Vehicle>>> {
    movements::table
        .filter(movements::replaces_id.eq(replaced))
        .filter(movements::superseded_at.is_null())
        .select(movements::vehicle_id)
        .load(conn)
}

/// The next vehicles that have movements or memberships, in the order of their ids.
pub fn next_vehicles(
    conn: &mut AnyConnection,
    after: Option<Id<Vehicle>>,
    limit: i64,
) -> QueryResult<Vec<Id<Vehicle>>> {
    let mut query = movements::table.select(movements::vehicle_id).distinct().into_boxed();
    if let Some(after) = after {
        query = query.filter(movements::vehicle_id.gt(after));
    }
    query.order(movements::vehicle_id).limit(limit).load(conn)
}

/// On which day and how each of some vehicles left the city's fleet; those that are there, or never came, are absent.
///
/// # Errors
/// The database fails.
pub fn exits(
    conn: &mut AnyConnection,
    vehicles: &[Id<Vehicle>],
) -> QueryResult<HashMap<Id<Vehicle>, (Day, MovementKind)>> {
    type Columns = (Id<Vehicle>, Id<Movement>, MovementKind, Day);
    let standing = movements::table.filter(movements::superseded_at.is_null()).select((
        movements::vehicle_id,
        movements::id,
        movements::kind,
        movements::held_on,
    ));
    let mut rows: Vec<Columns> = load_each!(conn, standing, movements::vehicle_id, vehicles)?;
    rows.sort_by_key(|(_, id, _, held_on)| (*held_on, *id));
    let last: HashMap<_, _> = rows.into_iter().map(|(vehicle, _, kind, on)| (vehicle, (on, kind))).collect();
    Ok(last.into_iter().filter(|(_, (_, kind))| kind.removes()).collect())
}
