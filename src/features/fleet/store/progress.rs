//! How far the register has followed the feed of vehicles, and on which day it last looked for the scrapped.

use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, insert_into, upsert::excluded,
};

use crate::{
    domain::time::Day,
    platform::db::{AnyConnection, on_db},
    schema::fleet_progress,
};

/// The only follower today.
const VEHICLES: &str = "vehicles";

/// The last number of the feed that was followed, and the last day of looking.
pub fn read(conn: &mut AnyConnection) -> QueryResult<Option<(i64, Day)>> {
    let columns = (fleet_progress::sequence, fleet_progress::looked_on);
    fleet_progress::table.find(VEHICLES).select(columns).first(conn).optional()
}

/// Writes down how far it came.
pub fn write(conn: &mut AnyConnection, sequence: i64, looked_on: Day) -> QueryResult<usize> {
    let row = (
        fleet_progress::name.eq(VEHICLES),
        fleet_progress::sequence.eq(sequence),
        fleet_progress::looked_on.eq(looked_on),
    );
    let upsert = insert_into(fleet_progress::table).values(row).on_conflict(fleet_progress::name).do_update().set((
        fleet_progress::sequence.eq(excluded(fleet_progress::sequence)),
        fleet_progress::looked_on.eq(excluded(fleet_progress::looked_on)),
    ));
    on_db!(conn, |engine| upsert.execute(engine))
}
