//! SQL of controls: versions are added, never changed.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
    dsl::{count_star, max},
    insert_into,
};

use crate::{
    domain::{
        id::Id,
        time::Instant,
        words::Word,
        zone::{Control, ControlKind, Controls, Permit},
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{control_versions, permit_claims},
};

/// A version of a control.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = control_versions, treat_none_as_default_value = false)]
pub struct ControlRow {
    pub control: ControlKind,
    pub key: String,
    pub version: i64,
    pub body: Json<Control>,
    pub reason: String,
    pub recorded_at: Instant,
    pub recorded_by: Option<Id<()>>,
}

/// Adds versions that are not there yet; tells how many.
pub fn insert(conn: &mut AnyConnection, rows: &[ControlRow]) -> QueryResult<usize> {
    on_db!(conn, |engine| insert_into(control_versions::table).values(rows).on_conflict_do_nothing().execute(engine))
}

/// The versions of a control, the newest first.
pub fn versions(conn: &mut AnyConnection, kind: ControlKind, key: &str) -> QueryResult<Vec<ControlRow>> {
    control_versions::table
        .filter(control_versions::control.eq(kind))
        .filter(control_versions::key.eq(key))
        .order(control_versions::version.desc())
        .select(ControlRow::as_select())
        .load(conn)
}

/// The newest version of each control of a kind after a key, one more than a page holds.
pub fn page(
    conn: &mut AnyConnection,
    kind: ControlKind,
    after: Option<&str>,
    size: i64,
) -> QueryResult<Vec<ControlRow>> {
    let of_kind = control_versions::table.filter(control_versions::control.eq(kind));
    let keys: Vec<String> = of_kind
        .filter(control_versions::key.gt(after.unwrap_or_default()))
        .select(control_versions::key)
        .distinct()
        .order(control_versions::key)
        .limit(size + 1)
        .load(conn)?;
    let mut rows: Vec<ControlRow> = of_kind
        .filter(control_versions::key.eq_any(&keys))
        .order((control_versions::key, control_versions::version.desc()))
        .select(ControlRow::as_select())
        .load(conn)?;
    rows.dedup_by(|row, before| row.key == before.key);
    Ok(rows)
}

/// How many versions there are and when the last was recorded: rows are only ever added.
pub fn mark(conn: &mut AnyConnection) -> QueryResult<String> {
    let found: (i64, Option<Instant>) =
        control_versions::table.select((count_star(), max(control_versions::recorded_at))).first(conn)?;
    Ok(format!("{found:?}"))
}

/// Every version of some kinds of controls, in the order in which they were recorded.
///
/// # Errors
/// The database fails.
pub fn recorded(conn: &mut AnyConnection, kinds: &[ControlKind]) -> QueryResult<Vec<Control>> {
    let order = (control_versions::recorded_at, control_versions::key, control_versions::version);
    let of_kinds = control_versions::table.filter(control_versions::control.eq_any(kinds));
    let bodies: Vec<Json<Control>> = of_kinds.select(control_versions::body).order(order).load(conn)?;
    Ok(bodies.into_iter().map(|body| body.0).collect())
}

/// Reads all controls.
pub fn controls(conn: &mut AnyConnection) -> QueryResult<Controls> {
    Ok(Controls::new(recorded(conn, ControlKind::ALL)?))
}

/// Claims a name for a permit; gives the permit that has it, when another does.
pub fn claim(conn: &mut AnyConnection, key: &str, permit: Id<Permit>) -> QueryResult<Option<Id<Permit>>> {
    let row = (permit_claims::key.eq(key), permit_claims::permit_id.eq(permit));
    let claimed = on_db!(&mut *conn, |engine| {
        insert_into(permit_claims::table).values(row).on_conflict_do_nothing().execute(engine)
    })?;
    if claimed == 1 {
        return Ok(None);
    }
    permit_claims::table.find(key).select(permit_claims::permit_id).first(conn).optional()
}

/// Gives up a claim that a permit holds.
pub fn release(conn: &mut AnyConnection, key: &str, permit: Id<Permit>) -> QueryResult<usize> {
    let claim = permit_claims::table.find(key).filter(permit_claims::permit_id.eq(permit));
    diesel::delete(claim).execute(conn)
}
