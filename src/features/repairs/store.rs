//! SQL of repairs and of the claims on settlement numbers.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        case::Case,
        id::Id,
        party::Organisation,
        repair::{Repair, RepairProgress, RepairRecord, RepairState},
        time::Instant,
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{repair_claims, repairs},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = repairs, treat_none_as_default_value = false)]
struct RepairRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Repair>,
    case_id: Id<Case>,
    shop_id: Id<Organisation>,
    state: RepairState,
    record: Json<RepairRecord>,
    progress: Json<RepairProgress>,
    recorded_at: Instant,
}

impl From<RepairRow> for Repair {
    fn from(row: RepairRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            case: row.case_id,
            shop: row.shop_id,
            record: row.record.0,
            progress: row.progress.0,
        }
    }
}

/// The claim on a settlement number.
#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = repair_claims, treat_none_as_default_value = false)]
pub struct Claim {
    pub shop_id: Id<Organisation>,
    pub settlement_number: String,
    pub vehicle_id: Id<Vehicle>,
    pub repair_id: Id<Repair>,
    pub body_hash: String,
}

/// Claims the settlement number; when it is taken, by which repair.
pub fn claim_or_first(conn: &mut AnyConnection, claim: &Claim) -> QueryResult<Option<Claim>> {
    let claimed = on_db!(conn, |engine| {
        insert_into(repair_claims::table).values(claim).on_conflict_do_nothing().execute(engine)
    })?;
    if claimed == 1 {
        return Ok(None);
    }
    let first = repair_claims::table.find((claim.shop_id, &claim.settlement_number)).select(Claim::as_select());
    first.first(conn).optional()
}

/// A new repair.
pub fn insert(conn: &mut AnyConnection, repair: &Repair, at: Instant) -> QueryResult<usize> {
    let row = RepairRow {
        vehicle_id: repair.vehicle,
        id: repair.id,
        case_id: repair.case,
        shop_id: repair.shop,
        state: repair.state_name(),
        record: Json(repair.record.clone()),
        progress: Json(repair.progress.clone()),
        recorded_at: at,
    };
    insert_into(repairs::table).values(row).execute(conn)
}

/// Where a repair stands now.
pub fn save(conn: &mut AnyConnection, repair: &Repair) -> QueryResult<usize> {
    update(repairs::table.find((repair.vehicle, repair.id)))
        .set((
            repairs::state.eq(repair.state_name()),
            repairs::record.eq(Json(repair.record.clone())),
            repairs::progress.eq(Json(repair.progress.clone())),
        ))
        .execute(conn)
}

/// A repair of a case.
pub fn load(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    case: Id<Case>,
    id: Id<Repair>,
) -> QueryResult<Option<Repair>> {
    let row = repairs::table.find((vehicle, id)).filter(repairs::case_id.eq(case)).select(RepairRow::as_select());
    Ok(row.first(conn).optional()?.map(Repair::from))
}

/// The newest repair of a case: one that stands before one that was recalled.
///
/// # Errors
/// The database fails.
pub fn newest_of(conn: &mut AnyConnection, vehicle: Id<Vehicle>, case: Id<Case>) -> QueryResult<Option<Repair>> {
    let rows = repairs::table
        .filter(repairs::vehicle_id.eq(vehicle))
        .filter(repairs::case_id.eq(case))
        .order(repairs::id.desc())
        .select(RepairRow::as_select());
    let mut found: Vec<Repair> = rows.load(conn)?.into_iter().map(Repair::from).collect();
    found.sort_by_key(Repair::is_recalled);
    Ok(found.into_iter().next())
}
