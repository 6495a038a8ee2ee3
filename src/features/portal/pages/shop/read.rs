//! What the desk reads: the cases that a shop holds, its repairs, and one case with everything around it.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};

use crate::{
    domain::{
        case::Case,
        id::Id,
        lawbook::Lawbook,
        party::Organisation,
        repair::{Repair, RepairProgress, RepairRecord, RepairState},
        time::Instant,
        vehicle::Vehicle,
    },
    features::{
        cases,
        inspections::{self, InspectionOut},
        vehicles,
    },
    platform::{
        db::{AnyConnection, Json},
        problem::Problem,
    },
    schema::repairs,
};

/// So many rows a list shows at most.
const MOST: i64 = 100;

/// A case that the shop holds.
pub struct Held {
    pub case: Case,
    pub plate: String,
    pub overdue: bool,
}

/// A repair that the shop has completed.
pub struct Done {
    pub vehicle: Id<Vehicle>,
    pub case: Id<Case>,
    pub settlement_number: String,
    pub plate: String,
    pub at: Instant,
}

/// A case with its failing test and the shop's repairs.
pub struct Whole {
    pub case: Case,
    pub vehicle: Vehicle,
    pub test: Option<InspectionOut>,
    pub repairs: Vec<Repair>,
}

type Row = (Id<Vehicle>, Id<Case>, Id<Repair>, Id<Organisation>, Json<RepairRecord>, Json<RepairProgress>);

fn repair((vehicle, case, id, shop, record, progress): Row) -> Repair {
    Repair { id, vehicle, case, shop, record: record.0, progress: progress.0 }
}

/// The plate as it is shown, or a dash.
pub fn plate_of(vehicle: Option<&Vehicle>) -> String {
    let plate = vehicle.and_then(|vehicle| vehicle.plate.as_ref());
    plate.map_or_else(|| "—".to_owned(), |(plate, _)| plate.as_str().to_owned())
}

pub fn held(conn: &mut AnyConnection, shop: Id<Organisation>, now: Instant) -> Result<Vec<Held>, Problem> {
    let cases = cases::of_shop(conn, shop, MOST)?;
    let ids: Vec<_> = cases.iter().map(|case| case.vehicle).collect();
    let known = vehicles::load_many(conn, &ids)?;
    let held = |case: Case| Held { plate: plate_of(known.get(&case.vehicle)), overdue: case.is_overdue(now), case };
    Ok(cases.into_iter().map(held).collect())
}

/// The repairs that a shop has completed, the newest first.
pub fn completed(conn: &mut AnyConnection, shop: Id<Organisation>, most: i64) -> Result<Vec<Repair>, Problem> {
    let rows: Vec<Row> = repairs::table
        .filter(repairs::shop_id.eq(shop))
        .filter(repairs::state.eq(RepairState::Completed))
        .order(repairs::id.desc())
        .limit(most)
        .select((
            repairs::vehicle_id,
            repairs::case_id,
            repairs::id,
            repairs::shop_id,
            repairs::record,
            repairs::progress,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(repair).collect())
}

pub fn done(conn: &mut AnyConnection, shop: Id<Organisation>) -> Result<Vec<Done>, Problem> {
    let repairs = completed(conn, shop, 20)?;
    let ids: Vec<_> = repairs.iter().map(|repair| repair.vehicle).collect();
    let known = vehicles::load_many(conn, &ids)?;
    let done = repairs.into_iter().filter_map(|repair| {
        let RepairProgress::Completed { at } = repair.progress else { return None };
        let plate = plate_of(known.get(&repair.vehicle));
        let (vehicle, case, settlement_number) = (repair.vehicle, repair.case, repair.record.settlement_number);
        Some(Done { vehicle, case, settlement_number, plate, at })
    });
    Ok(done.collect())
}

/// A case with everything around it; of the repairs those of the shop.
pub fn whole(
    conn: &mut AnyConnection,
    lawbook: &Lawbook,
    (vehicle, id): (Id<Vehicle>, Id<Case>),
    shop: Id<Organisation>,
) -> Result<Whole, Problem> {
    let case = cases::load(conn, vehicle, id)?.ok_or_else(Problem::not_found)?;
    let of = vehicles::load(conn, vehicle)?.ok_or_else(Problem::not_found)?;
    let test = case.failing.inspection().map(|test| inspections::load(conn, lawbook, vehicle, test)).transpose()?;
    let rows: Vec<Row> = repairs::table
        .filter(repairs::vehicle_id.eq(vehicle))
        .filter(repairs::case_id.eq(id))
        .filter(repairs::shop_id.eq(shop))
        .order(repairs::id.desc())
        .select((
            repairs::vehicle_id,
            repairs::case_id,
            repairs::id,
            repairs::shop_id,
            repairs::record,
            repairs::progress,
        ))
        .load(conn)?;
    let repairs = rows.into_iter().map(repair).collect();
    Ok(Whole { case, vehicle: of, test: test.flatten().map(|stored| stored.out), repairs })
}

/// A repair wherever it is, for whoever has its certificate.
pub fn repair_of(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Repair>) -> Result<Option<Repair>, Problem> {
    let row: Option<Row> = repairs::table
        .find((vehicle, id))
        .select((
            repairs::vehicle_id,
            repairs::case_id,
            repairs::id,
            repairs::shop_id,
            repairs::record,
            repairs::progress,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(repair))
}
