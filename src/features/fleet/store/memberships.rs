//! SQL of memberships.

use diesel::{
    ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper,
    insert_into, update,
};

use super::{Kept, area};
use crate::{
    domain::{
        fleet::{Membership, Trade},
        id::Id,
        party::Organisation,
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::AnyConnection,
    schema::memberships,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = memberships, treat_none_as_default_value = false)]
struct MembershipRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Membership>,
    trade: Trade,
    operator_id: Option<Id<Organisation>>,
    permit: Option<String>,
    area: String,
    held_from: Day,
    held_to: Option<Day>,
    recorded_at: Instant,
    recorded_by: Option<Id<Organisation>>,
    supersedes: Option<Id<Membership>>,
    superseded_at: Option<Instant>,
    reason: Option<String>,
}

impl From<MembershipRow> for (Id<Vehicle>, Kept<Membership>) {
    fn from(row: MembershipRow) -> Self {
        let fact = Membership {
            id: row.id,
            trade: row.trade,
            operator: row.operator_id,
            permit: row.permit,
            area: area(&row.area),
            from: row.held_from,
            to: row.held_to,
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
pub fn insert(conn: &mut AnyConnection, vehicle: Id<Vehicle>, kept: &Kept<Membership>) -> QueryResult<usize> {
    let fact = kept.fact.clone();
    let row = MembershipRow {
        vehicle_id: vehicle,
        id: fact.id,
        trade: fact.trade,
        operator_id: fact.operator,
        permit: fact.permit,
        area: fact.area.to_string(),
        held_from: fact.from,
        held_to: fact.to,
        recorded_at: kept.recorded_at,
        recorded_by: kept.recorded_by,
        supersedes: kept.supersedes,
        superseded_at: kept.superseded_at,
        reason: kept.reason.clone(),
    };
    insert_into(memberships::table).values(row).execute(conn)
}

/// Something better is known from now on.
pub fn supersede(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Membership>,
    at: Instant,
) -> QueryResult<usize> {
    update(memberships::table.find((vehicle, id))).set(memberships::superseded_at.eq(at)).execute(conn)
}

/// All that was ever recorded of a vehicle, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Kept<Membership>>> {
    let rows: Vec<MembershipRow> = memberships::table
        .filter(memberships::vehicle_id.eq(vehicle))
        .order(memberships::id.desc())
        .select(MembershipRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| <(Id<Vehicle>, Kept<Membership>)>::from(row).1).collect())
}

/// All that stands of some vehicles.
///
/// # Errors
/// The database fails.
pub fn standing_of(
    conn: &mut AnyConnection,
    ids: &[Id<Vehicle>],
) -> QueryResult<Vec<(Id<Vehicle>, Kept<Membership>)>> {
    let query = memberships::table.filter(memberships::superseded_at.is_null()).select(MembershipRow::as_select());
    let rows: Vec<MembershipRow> = query.filter(memberships::vehicle_id.eq_any(ids)).load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}
