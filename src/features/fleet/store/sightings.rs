//! SQL of the last days on which vehicles were seen.

use std::collections::HashMap;

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, upsert::excluded,
};

use crate::{
    domain::{fleet::SightedBy, id::Id, time::Day, vehicle::Vehicle},
    platform::db::{AnyConnection, load_each, on_db},
    schema::fleet_sightings,
};

/// The last day on which a vehicle was seen by a way.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = fleet_sightings, treat_none_as_default_value = false)]
pub struct SightingRow {
    pub vehicle_id: Id<Vehicle>,
    pub way: SightedBy,
    pub seen_on: Day,
}

/// What is known of some vehicles.
pub fn of_vehicles(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<Vec<SightingRow>> {
    load_each!(conn, fleet_sightings::table.select(SightingRow::as_select()), fleet_sightings::vehicle_id, ids)
}

/// Keeps the days, each in the place of an earlier one.
pub fn keep(conn: &mut AnyConnection, rows: &[SightingRow]) -> QueryResult<()> {
    for row in rows {
        on_db!(&mut *conn, |engine| {
            insert_into(fleet_sightings::table)
                .values(row)
                .on_conflict((fleet_sightings::vehicle_id, fleet_sightings::way))
                .do_update()
                .set(fleet_sightings::seen_on.eq(excluded(fleet_sightings::seen_on)))
                .execute(engine)
        })?;
    }
    Ok(())
}

/// The last day on which each of some vehicles was seen, by any way but a test.
///
/// # Errors
/// The database fails.
pub fn last_seen(conn: &mut AnyConnection, ids: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Day>> {
    let mut last = HashMap::new();
    for SightingRow { vehicle_id, seen_on, .. } in of_vehicles(conn, ids)? {
        let day = last.entry(vehicle_id).or_insert(seen_on);
        *day = seen_on.max(*day);
    }
    Ok(last)
}
