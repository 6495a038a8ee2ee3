//! SQL of scrappages and the claims on their certificates.

use diesel::{
    ExpressionMethods, Insertable, JoinOnDsl, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use super::Kept;
use crate::{
    domain::{
        fleet::Scrappage,
        id::Id,
        inspection::Inspection,
        party::Organisation,
        time::{Day, Instant},
        vehicle::Vehicle,
    },
    platform::db::{AnyConnection, on_db},
    schema::{inspections, scrappage_claims, scrappages},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = scrappages, treat_none_as_default_value = false)]
struct ScrappageRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Scrappage>,
    recycler_id: Id<Organisation>,
    certificate: String,
    scrapped_on: Day,
    dismantled_on: Option<Day>,
    recorded_at: Instant,
    recorded_by: Option<Id<Organisation>>,
    supersedes: Option<Id<Scrappage>>,
    superseded_at: Option<Instant>,
    reason: Option<String>,
}

impl From<ScrappageRow> for (Id<Vehicle>, Kept<Scrappage>) {
    fn from(row: ScrappageRow) -> Self {
        let fact = Scrappage {
            id: row.id,
            recycler: row.recycler_id,
            certificate: row.certificate,
            scrapped_on: row.scrapped_on,
            dismantled_on: row.dismantled_on,
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
pub fn insert(conn: &mut AnyConnection, vehicle: Id<Vehicle>, kept: &Kept<Scrappage>) -> QueryResult<usize> {
    let fact = kept.fact.clone();
    let row = ScrappageRow {
        vehicle_id: vehicle,
        id: fact.id,
        recycler_id: fact.recycler,
        certificate: fact.certificate,
        scrapped_on: fact.scrapped_on,
        dismantled_on: fact.dismantled_on,
        recorded_at: kept.recorded_at,
        recorded_by: kept.recorded_by,
        supersedes: kept.supersedes,
        superseded_at: kept.superseded_at,
        reason: kept.reason.clone(),
    };
    insert_into(scrappages::table).values(row).execute(conn)
}

/// Something better is known from now on.
pub fn supersede(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Scrappage>,
    at: Instant,
) -> QueryResult<usize> {
    update(scrappages::table.find((vehicle, id))).set(scrappages::superseded_at.eq(at)).execute(conn)
}

/// All that was ever recorded of a vehicle, the newest first.
pub fn of_vehicle(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Vec<Kept<Scrappage>>> {
    let rows: Vec<ScrappageRow> = scrappages::table
        .filter(scrappages::vehicle_id.eq(vehicle))
        .order(scrappages::id.desc())
        .select(ScrappageRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| <(Id<Vehicle>, Kept<Scrappage>)>::from(row).1).collect())
}

/// All that stands of some vehicles.
///
/// # Errors
/// The database fails.
pub fn standing_of(
    conn: &mut AnyConnection,
    ids: &[Id<Vehicle>],
) -> QueryResult<Vec<(Id<Vehicle>, Kept<Scrappage>)>> {
    let query = scrappages::table.filter(scrappages::superseded_at.is_null()).select(ScrappageRow::as_select());
    let rows: Vec<ScrappageRow> = query.filter(scrappages::vehicle_id.eq_any(ids)).load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Claims a certificate of a recycler for a vehicle; otherwise tells whose it is.
pub fn claim(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    scrappage: &Scrappage,
) -> QueryResult<Option<Id<Vehicle>>> {
    let row = (
        scrappage_claims::recycler_id.eq(scrappage.recycler),
        scrappage_claims::certificate.eq(&scrappage.certificate),
        scrappage_claims::vehicle_id.eq(vehicle),
        scrappage_claims::scrappage_id.eq(scrappage.id),
    );
    let insert = insert_into(scrappage_claims::table).values(row).on_conflict_do_nothing();
    let claimed = on_db!(&mut *conn, |engine| insert.execute(engine))?;
    if claimed == 1 {
        return Ok(None);
    }
    let held = scrappage_claims::table.find((scrappage.recycler, scrappage.certificate.clone()));
    held.select(scrappage_claims::vehicle_id).first(conn).map(Some)
}

/// A scrapped vehicle, the day of its certificate, the test, and when it ended.
pub type TestedAfterwards = (Id<Vehicle>, Day, Id<Inspection>, Instant);

/// Scrapped vehicles that were tested after the day of their certificate: vehicle, test, and when it ended.
pub fn tested_afterwards(conn: &mut AnyConnection) -> QueryResult<Vec<TestedAfterwards>> {
    let of_scrapped =
        scrappages::table.inner_join(inspections::table.on(inspections::vehicle_id.eq(scrappages::vehicle_id)));
    of_scrapped
        .filter(scrappages::superseded_at.is_null())
        .order((scrappages::vehicle_id, inspections::id))
        .select((scrappages::vehicle_id, scrappages::scrapped_on, inspections::id, inspections::ended_at))
        .load(conn)
}
