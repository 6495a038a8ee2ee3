//! SQL of acceptances and exemptions, and what the gate needs to see of a vehicle's tests.

use std::collections::HashMap;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult,
    Queryable, RunQueryDsl, Selectable, SelectableHelper, dsl::count_star, insert_into, update, upsert::excluded,
};

use super::wire::AcceptanceIn;
use crate::{
    domain::{
        acceptance::{Acceptance, AcceptanceProgress, AcceptanceState, Exemption},
        case::{Case, Ground},
        id::Id,
        inspection::{Inspection, InspectionKind, Nature},
        party::{Line, Organisation},
        standard::Method,
        station::readiness::LineLack,
        time::{Day, Instant},
        vehicle::Vehicle,
        verdict::Verdict,
        words::Word as _,
    },
    platform::db::{AnyConnection, Json, load_each, on_db},
    schema::{acceptance_claims, acceptances, exemptions, inspections},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = acceptances, treat_none_as_default_value = false)]
struct AcceptanceRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Acceptance>,
    station_id: Id<Organisation>,
    line_id: Id<Line>,
    number: String,
    kind: InspectionKind,
    nature: Nature,
    method: Method,
    method_reason: Option<String>,
    sent: Json<AcceptanceIn>,
    ground: Option<Json<Ground>>,
    accepted_at: Instant,
    accepted_on: Day,
    lapses_at: Instant,
    state: AcceptanceState,
    progress: Json<AcceptanceProgress>,
    line_lacks: Option<Json<Vec<LineLack>>>,
}

impl AcceptanceRow {
    fn new(acceptance: &Acceptance, sent: AcceptanceIn) -> Self {
        Self {
            vehicle_id: acceptance.vehicle,
            id: acceptance.id,
            station_id: acceptance.station,
            line_id: acceptance.line,
            number: acceptance.number.clone(),
            kind: acceptance.kind,
            nature: acceptance.nature,
            method: acceptance.method,
            method_reason: acceptance.method_reason.clone(),
            sent: Json(sent),
            ground: acceptance.ground.map(Json),
            accepted_at: acceptance.accepted_at,
            accepted_on: acceptance.accepted_at.local_day(),
            lapses_at: acceptance.lapses_at,
            state: acceptance.state_name(),
            progress: Json(acceptance.state.clone()),
            line_lacks: Some(acceptance.line_lacks.clone()).filter(|lacks| !lacks.is_empty()).map(Json),
        }
    }

    fn into_domain(self) -> (Acceptance, AcceptanceIn) {
        let acceptance = Acceptance {
            id: self.id,
            vehicle: self.vehicle_id,
            station: self.station_id,
            line: self.line_id,
            number: self.number,
            kind: self.kind,
            nature: self.nature,
            method: self.method,
            method_reason: self.method_reason,
            ground: self.ground.map(|ground| ground.0),
            accepted_at: self.accepted_at,
            lapses_at: self.lapses_at,
            state: self.progress.0,
            line_lacks: self.line_lacks.map(|lacks| lacks.0).unwrap_or_default(),
        };
        (acceptance, self.sent.0)
    }
}

/// A new acceptance with the claim on its number.
pub fn insert(conn: &mut AnyConnection, acceptance: &Acceptance, sent: &AcceptanceIn) -> QueryResult<()> {
    insert_into(acceptance_claims::table)
        .values((
            acceptance_claims::station_id.eq(acceptance.station),
            acceptance_claims::number.eq(&acceptance.number),
            acceptance_claims::vehicle_id.eq(acceptance.vehicle),
            acceptance_claims::acceptance_id.eq(acceptance.id),
        ))
        .execute(conn)?;
    insert_into(acceptances::table).values(AcceptanceRow::new(acceptance, sent.clone())).execute(conn)?;
    Ok(())
}

/// An acceptance with what was sent.
pub fn load(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Acceptance>,
) -> QueryResult<Option<(Acceptance, AcceptanceIn)>> {
    let row = acceptances::table.find((vehicle, id)).select(AcceptanceRow::as_select());
    let row = row.first(conn).optional()?;
    Ok(row.map(AcceptanceRow::into_domain))
}

/// The vehicles of a station's acceptances.
///
/// # Errors
/// The database fails.
pub fn vehicles_of(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    numbers: &[&str],
) -> QueryResult<Vec<Id<Vehicle>>> {
    let of_station = acceptance_claims::table.filter(acceptance_claims::station_id.eq(station));
    load_each!(conn, of_station.select(acceptance_claims::vehicle_id), acceptance_claims::number, numbers)
}

/// A station's acceptances by their numbers, with what was sent.
///
/// # Errors
/// The database fails.
pub fn by_numbers(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    numbers: &[&str],
) -> QueryResult<HashMap<String, (Acceptance, AcceptanceIn)>> {
    let of_station = acceptances::table
        .inner_join(
            acceptance_claims::table.on(acceptance_claims::vehicle_id
                .eq(acceptances::vehicle_id)
                .and(acceptance_claims::acceptance_id.eq(acceptances::id))),
        )
        .filter(acceptance_claims::station_id.eq(station));
    let rows: Vec<AcceptanceRow> =
        load_each!(conn, of_station.select(AcceptanceRow::as_select()), acceptance_claims::number, numbers)?;
    Ok(rows.into_iter().map(AcceptanceRow::into_domain).map(|found| (found.0.number.clone(), found)).collect())
}

/// Where some acceptances stand now.
///
/// # Errors
/// The database fails.
pub fn save_all(conn: &mut AnyConnection, changed: &[(Acceptance, AcceptanceIn)]) -> QueryResult<()> {
    if changed.is_empty() {
        return Ok(());
    }
    if let [(acceptance, _)] = changed {
        return save(conn, acceptance);
    }
    let rows: Vec<_> =
        changed.iter().map(|(acceptance, sent)| AcceptanceRow::new(acceptance, sent.clone())).collect();
    on_db!(conn, |engine| {
        insert_into(acceptances::table)
            .values(&rows)
            .on_conflict((acceptances::vehicle_id, acceptances::id))
            .do_update()
            .set((
                acceptances::state.eq(excluded(acceptances::state)),
                acceptances::progress.eq(excluded(acceptances::progress)),
            ))
            .execute(engine)
    })?;
    Ok(())
}

/// Where an acceptance stands now.
pub fn save(conn: &mut AnyConnection, acceptance: &Acceptance) -> QueryResult<()> {
    update(acceptances::table.find((acceptance.vehicle, acceptance.id)))
        .set((
            acceptances::state.eq(acceptance.state_name()),
            acceptances::progress.eq(Json(acceptance.state.clone())),
        ))
        .execute(conn)?;
    Ok(())
}

const OPEN: [AcceptanceState; 3] =
    [AcceptanceState::Registered, AcceptanceState::AppearanceDone, AcceptanceState::Testing];

/// Open acceptances whose time has passed.
pub fn overdue(conn: &mut AnyConnection, at: Instant, most: i64) -> QueryResult<Vec<Acceptance>> {
    let rows = acceptances::table
        .filter(acceptances::state.eq_any(OPEN))
        .filter(acceptances::lapses_at.le(at))
        .order(acceptances::lapses_at)
        .limit(most)
        .select(AcceptanceRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(|row| row.into_domain().0).collect())
}

/// Whether the vehicle waits for a test somewhere.
pub fn is_accepted(conn: &mut AnyConnection, vehicle: Id<Vehicle>, at: Instant) -> QueryResult<bool> {
    let open: i64 = acceptances::table
        .filter(acceptances::vehicle_id.eq(vehicle))
        .filter(acceptances::state.eq_any(OPEN))
        .filter(acceptances::lapses_at.gt(at))
        .select(count_star())
        .first(conn)?;
    Ok(open > 0)
}

/// The vehicle's newest test that counts, before an instant.
pub fn newest_test(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    before: Instant,
) -> QueryResult<Option<Inspection>> {
    type Columns = (Id<Inspection>, Id<Organisation>, String, InspectionKind, Instant, Option<i64>, Verdict);
    let row: Option<Columns> = counting(vehicle)
        .filter(inspections::ended_at.le(before))
        .order((inspections::ended_at.desc(), inspections::id.desc()))
        .select((
            inspections::id,
            inspections::station_id,
            inspections::report_number,
            inspections::kind,
            inspections::ended_at,
            inspections::odometer_km,
            inspections::verdict,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, station, report_number, kind, ended_at, odometer_km, verdict)| Inspection {
        id,
        vehicle,
        station,
        report_number,
        kind,
        ended_at,
        odometer_km,
        verdict,
    }))
}

/// How many tests that count the vehicle had on a day, and how many of them were retests.
pub fn tests_on(conn: &mut AnyConnection, vehicle: Id<Vehicle>, day: Day) -> QueryResult<(i64, i64)> {
    let natures: Vec<Nature> =
        counting(vehicle).filter(inspections::ended_on.eq(day)).select(inspections::nature).load(conn)?;
    let retests = natures.iter().filter(|nature| **nature != Nature::First).count();
    Ok((i64::try_from(natures.len()).unwrap_or(i64::MAX), i64::try_from(retests).unwrap_or(i64::MAX)))
}

type Counting = diesel::helper_types::Filter<
    diesel::helper_types::Filter<
        diesel::helper_types::Filter<
            inspections::table,
            diesel::helper_types::Eq<inspections::vehicle_id, Id<Vehicle>>,
        >,
        diesel::helper_types::IsNull<inspections::superseded_at>,
    >,
    diesel::helper_types::EqAny<inspections::kind, Vec<InspectionKind>>,
>;

/// Tests that stand in statistics and in the loop.
fn counting(vehicle: Id<Vehicle>) -> Counting {
    let kinds: Vec<_> = InspectionKind::ALL.iter().copied().filter(|kind| kind.counts()).collect();
    inspections::table
        .filter(inspections::vehicle_id.eq(vehicle))
        .filter(inspections::superseded_at.is_null())
        .filter(inspections::kind.eq_any(kinds))
}

/// Grants an exemption.
pub fn insert_exemption(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Exemption>,
    case: Id<Case>,
    reason: &str,
    at: Instant,
) -> QueryResult<usize> {
    insert_into(exemptions::table)
        .values((
            exemptions::vehicle_id.eq(vehicle),
            exemptions::id.eq(id),
            exemptions::case_id.eq(case),
            exemptions::reason.eq(reason),
            exemptions::granted_at.eq(at),
        ))
        .execute(conn)
}

/// An exemption of the case that no acceptance has used.
pub fn unused_exemption(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    case: Id<Case>,
) -> QueryResult<Option<Id<Exemption>>> {
    exemptions::table
        .filter(exemptions::vehicle_id.eq(vehicle))
        .filter(exemptions::case_id.eq(case))
        .filter(exemptions::used_at.is_null())
        .select(exemptions::id)
        .first(conn)
        .optional()
}

/// An acceptance has used the exemption.
pub fn use_exemption(
    conn: &mut AnyConnection,
    vehicle: Id<Vehicle>,
    id: Id<Exemption>,
    at: Instant,
) -> QueryResult<usize> {
    update(exemptions::table.find((vehicle, id))).set(exemptions::used_at.eq(at)).execute(conn)
}
