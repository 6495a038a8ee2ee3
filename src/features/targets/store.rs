//! SQL of targets: versions are added, never changed; snapshots of the days that matter; stations and their last data.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable,
    RunQueryDsl, Selectable, SelectableHelper, insert_into,
};

use crate::{
    domain::{
        id::Id,
        party::Organisation,
        role::{Role, Standing},
        target::{Tally, Target},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{inspection_claims, organisations, target_snapshots, targets},
};

#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = targets, treat_none_as_default_value = false)]
pub struct TargetRow {
    pub id: String,
    pub version: i64,
    pub effective_from: Day,
    pub target: Json<Target>,
    pub reason: String,
    pub recorded_at: Instant,
    pub recorded_by: Option<Id<()>>,
}

/// Inserts the versions that are not there yet; tells how many.
pub fn insert(conn: &mut AnyConnection, rows: &[TargetRow]) -> QueryResult<usize> {
    on_db!(conn, |engine| insert_into(targets::table).values(rows).on_conflict_do_nothing().execute(engine))
}

/// Every version of every target.
pub fn all(conn: &mut AnyConnection) -> QueryResult<Vec<TargetRow>> {
    targets::table.order((targets::id, targets::version)).select(TargetRow::as_select()).load(conn)
}

/// Every version of a target, the first first.
pub fn versions(conn: &mut AnyConnection, id: &str) -> QueryResult<Vec<TargetRow>> {
    let of_target = targets::table.filter(targets::id.eq(id));
    of_target.order(targets::version).select(TargetRow::as_select()).load(conn)
}

/// What a snapshot keeps of a reading: its name and its tally.
pub type Readings = Vec<(String, Tally)>;

/// What was found on a day, if it was written down.
pub fn snapshot(conn: &mut AnyConnection, target: &str, kind: &str, as_of: Day) -> QueryResult<Option<Readings>> {
    let key = (target.to_owned(), kind.to_owned(), as_of);
    let found = target_snapshots::table.find(key).select(target_snapshots::readings);
    Ok(found.first::<Json<Readings>>(conn).optional()?.map(|readings| readings.0))
}

/// Writes down what was found on a day, once.
pub fn keep_snapshot(
    conn: &mut AnyConnection,
    (target, kind, as_of): (&str, &str, Day),
    readings: Readings,
    taken_at: Instant,
) -> QueryResult<usize> {
    let row = (
        target_snapshots::target_id.eq(target),
        target_snapshots::kind.eq(kind),
        target_snapshots::as_of.eq(as_of),
        target_snapshots::readings.eq(Json(readings)),
        target_snapshots::taken_at.eq(taken_at),
    );
    let insert = insert_into(target_snapshots::table).values(row).on_conflict_do_nothing();
    on_db!(conn, |engine| insert.execute(engine))
}

/// The inspection stations that were registered before an instant and may work.
pub fn stations(conn: &mut AnyConnection, before: Instant) -> QueryResult<Vec<(Id<Organisation>, String)>> {
    organisations::table
        .filter(organisations::role.eq(Role::InspectionStation).and(organisations::standing.eq(Standing::Active)))
        .filter(organisations::registered_at.lt(before))
        .order(organisations::id)
        .select((organisations::id, organisations::area))
        .load(conn)
}

/// Which of them sent tests that ended between two instants.
pub fn connected(
    conn: &mut AnyConnection,
    stations: &[Id<Organisation>],
    (from, to): (Instant, Instant),
) -> QueryResult<Vec<Id<Organisation>>> {
    inspection_claims::table
        .filter(inspection_claims::station_id.eq_any(stations))
        .filter(inspection_claims::ended_at.ge(from).and(inspection_claims::ended_at.lt(to)))
        .select(inspection_claims::station_id)
        .distinct()
        .load(conn)
}
