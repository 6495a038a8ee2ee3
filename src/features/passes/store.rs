//! SQL of passes.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, dsl::count_star,
};
use sha2::{Digest, Sha256};

use super::wire::PassIn;
use crate::{
    domain::{
        id::Id,
        party::Organisation,
        time::Instant,
        zone::{Admission, Direction, Order, Outcome, Zone},
    },
    platform::{
        db::{AnyConnection, Json, insert_rows},
        problem::Problem,
    },
    schema::{forbidden_passes, gate_passes},
};

/// A pass as it is kept.
#[derive(Debug, Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = gate_passes, treat_none_as_default_value = false)]
pub struct PassRow {
    pub organisation_id: Id<Organisation>,
    pub entrance: String,
    pub pass_number: String,
    pub passed_at: Instant,
    pub direction: Direction,
    pub admission: Admission,
    pub outcome: Outcome,
    pub zone_id: Option<Id<Zone>>,
    pub body_hash: String,
    pub body: Json<PassIn>,
    pub recorded_at: Instant,
    pub recorded_by: Id<()>,
}

/// The pass of a vehicle that an order forbade.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = forbidden_passes, treat_none_as_default_value = false)]
pub struct ForbiddenRow {
    pub organisation_id: Id<Organisation>,
    pub order_id: Id<Order>,
    pub entrance: String,
    pub pass_number: String,
    pub admission: Admission,
    pub passed_at: Instant,
}

/// Counted passes: enterprise, entrance, what the gate did, what the service decides, how many.
pub type Counted = (Id<Organisation>, String, Admission, Outcome, i64);

/// What a pass says, in 256 bits: the same again is a repetition, whatever its white space.
pub fn hash(pass: &PassIn) -> Result<String, Problem> {
    let json = serde_json::to_vec(pass).map_err(|error| Problem::internal(&error))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(&json)))
}

/// The passes that are kept under some numbers of an enterprise, by entrance and number.
pub fn known(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    numbers: &[&str],
) -> QueryResult<HashMap<(String, String), PassRow>> {
    let rows: Vec<PassRow> = gate_passes::table
        .filter(gate_passes::organisation_id.eq(organisation))
        .filter(gate_passes::pass_number.eq_any(numbers))
        .select(PassRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| ((row.entrance.clone(), row.pass_number.clone()), row)).collect())
}

/// Keeps passes; tells how many were new.
pub fn insert(conn: &mut AnyConnection, passes: &[PassRow], forbidden: &[ForbiddenRow]) -> QueryResult<usize> {
    if passes.is_empty() {
        return Ok(0);
    }
    let inserted = insert_rows!(&mut *conn, gate_passes::table, passes, on_conflict_do_nothing)?;
    if !forbidden.is_empty() {
        insert_rows!(conn, forbidden_passes::table, forbidden, on_conflict_do_nothing)?;
    }
    Ok(inserted)
}

/// An enterprise's passes after a key, one more than a page holds.
pub fn page(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    after: Option<&(String, String)>,
    size: i64,
) -> QueryResult<Vec<PassRow>> {
    let mut query = gate_passes::table.filter(gate_passes::organisation_id.eq(organisation)).into_boxed();
    if let Some((entrance, number)) = after {
        let further = gate_passes::entrance.eq(entrance).and(gate_passes::pass_number.gt(number));
        query = query.filter(gate_passes::entrance.gt(entrance).or(further));
    }
    let order = (gate_passes::entrance, gate_passes::pass_number);
    query.order(order).limit(size + 1).select(PassRow::as_select()).load(conn)
}

/// How the passes of a span went, gate by gate.
pub fn counted(conn: &mut AnyConnection, from: Instant, until: Instant) -> QueryResult<Vec<Counted>> {
    let columns = (gate_passes::organisation_id, gate_passes::entrance, gate_passes::admission, gate_passes::outcome);
    gate_passes::table
        .filter(gate_passes::passed_at.ge(from))
        .filter(gate_passes::passed_at.lt(until))
        .group_by(columns)
        .select((
            gate_passes::organisation_id,
            gate_passes::entrance,
            gate_passes::admission,
            gate_passes::outcome,
            count_star(),
        ))
        .load(conn)
}

/// How many passes of a gate ended in a way.
pub type Fared = (Id<Organisation>, String, Admission, i64);

/// How the vehicles that an order forbade fared, gate by gate.
pub fn forbidden(conn: &mut AnyConnection, order: Id<Order>) -> QueryResult<Vec<Fared>> {
    let columns = (forbidden_passes::organisation_id, forbidden_passes::entrance, forbidden_passes::admission);
    forbidden_passes::table
        .filter(forbidden_passes::order_id.eq(order))
        .group_by(columns)
        .select((
            forbidden_passes::organisation_id,
            forbidden_passes::entrance,
            forbidden_passes::admission,
            count_star(),
        ))
        .load(conn)
}

/// Deletes the passes before an instant.
pub fn forget(conn: &mut AnyConnection, before: Instant) -> QueryResult<usize> {
    delete(forbidden_passes::table.filter(forbidden_passes::passed_at.lt(before))).execute(conn)?;
    delete(gate_passes::table.filter(gate_passes::passed_at.lt(before))).execute(conn)
}
