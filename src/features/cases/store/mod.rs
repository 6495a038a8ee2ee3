//! SQL of cases.

mod history;

use std::collections::HashMap;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, NullableExpressionMethods, OptionalExtension, QueryDsl,
    QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper, insert_into, upsert::excluded,
};

pub use self::history::{HistoryRow, of_case};
use super::wire::CaseFilter;
use crate::{
    domain::{
        case::{Case, CaseState, Cause, FailingTest, State},
        id::Id,
        listing::ListingReason,
        party::Organisation,
        time::{Day, Instant},
        vehicle::Vehicle,
        words::Word as _,
    },
    platform::db::{AnyConnection, Json, load_each, on_db},
    schema::{cases, listings},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = cases, treat_none_as_default_value = false)]
struct CaseRow {
    vehicle_id: Id<Vehicle>,
    id: Id<Case>,
    cause: Cause,
    state: CaseState,
    round: i64,
    opened_at: Instant,
    deadline_on: Day,
    failing: Json<FailingTest>,
    progress: Json<State>,
    shop_id: Option<Id<Organisation>>,
    closed_at: Option<Instant>,
    outstanding: Option<Json<Vec<Cause>>>,
}

impl From<&Case> for CaseRow {
    fn from(case: &Case) -> Self {
        Self {
            vehicle_id: case.vehicle,
            id: case.id,
            cause: case.cause,
            state: case.state_name(),
            round: case.round,
            opened_at: case.opened_at,
            deadline_on: case.deadline_on,
            failing: Json(case.failing.clone()),
            progress: Json(case.state.clone()),
            shop_id: case.shop(),
            closed_at: case.closed_at(),
            outstanding: Some(Json(case.outstanding.clone())),
        }
    }
}

impl From<CaseRow> for Case {
    fn from(row: CaseRow) -> Self {
        Self {
            id: row.id,
            vehicle: row.vehicle_id,
            cause: row.cause,
            // A case from before causes could join has the one that opened it.
            outstanding: row.outstanding.map_or_else(|| vec![row.cause], |causes| causes.0),
            opened_at: row.opened_at,
            deadline_on: row.deadline_on,
            round: row.round,
            failing: row.failing.0,
            state: row.progress.0,
        }
    }
}

/// A case.
///
/// # Errors
/// The database fails.
pub fn load(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Case>) -> QueryResult<Option<Case>> {
    let row = cases::table.find((vehicle, id)).select(CaseRow::as_select());
    Ok(row.first(conn).optional()?.map(Case::from))
}

/// A case, locked until the end of the transaction.
///
/// # Errors
/// There is no such case, or the database fails.
pub fn lock(conn: &mut AnyConnection, vehicle: Id<Vehicle>, id: Id<Case>) -> QueryResult<Case> {
    let case = cases::table.find((vehicle, id));
    let row = match conn {
        AnyConnection::Postgres(pg) => case.select(CaseRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => case.select(CaseRow::as_select()).first(sqlite)?,
    };
    Ok(row.into())
}

/// The vehicle's open case.
///
/// # Errors
/// The database fails.
pub fn open_case(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Option<Case>> {
    Ok(open_cases(conn, &[vehicle])?.remove(&vehicle))
}

/// The open cases of some vehicles; a vehicle has one at most.
///
/// # Errors
/// The database fails.
pub fn open_cases(conn: &mut AnyConnection, vehicles: &[Id<Vehicle>]) -> QueryResult<HashMap<Id<Vehicle>, Case>> {
    let open = cases::table.filter(cases::state.ne(CaseState::Closed));
    let rows: Vec<CaseRow> = load_each!(conn, open.select(CaseRow::as_select()), cases::vehicle_id, vehicles)?;
    Ok(rows.into_iter().map(Case::from).map(|case| (case.vehicle, case)).collect())
}

/// When the vehicle's newest case was closed: what was seen before is settled.
///
/// # Errors
/// The database fails.
pub fn last_closing(conn: &mut AnyConnection, vehicle: Id<Vehicle>) -> QueryResult<Option<Instant>> {
    let closed = cases::table.filter(cases::vehicle_id.eq(vehicle)).filter(cases::closed_at.is_not_null());
    let newest = closed.order(cases::closed_at.desc()).select(cases::closed_at);
    Ok(newest.first::<Option<Instant>>(conn).optional()?.flatten())
}

/// Writes a case.
///
/// # Errors
/// The vehicle has another open case, or the database fails.
pub fn save(conn: &mut AnyConnection, case: &Case) -> QueryResult<()> {
    save_all(conn, std::slice::from_ref(case))
}

/// Writes some cases.
///
/// # Errors
/// A vehicle has another open case, or the database fails.
pub fn save_all(conn: &mut AnyConnection, changed: &[Case]) -> QueryResult<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let rows: Vec<CaseRow> = changed.iter().map(CaseRow::from).collect();
    on_db!(conn, |engine| {
        insert_into(cases::table)
            .values(&rows)
            .on_conflict((cases::vehicle_id, cases::id))
            .do_update()
            .set((
                cases::state.eq(excluded(cases::state)),
                cases::round.eq(excluded(cases::round)),
                cases::deadline_on.eq(excluded(cases::deadline_on)),
                cases::failing.eq(excluded(cases::failing)),
                cases::progress.eq(excluded(cases::progress)),
                cases::shop_id.eq(excluded(cases::shop_id)),
                cases::closed_at.eq(excluded(cases::closed_at)),
                cases::outstanding.eq(excluded(cases::outstanding)),
            ))
            .execute(engine)
    })?;
    Ok(())
}

/// Cases of a filter after a key, one more than a page holds; a shop sees its own.
pub fn page(
    conn: &mut AnyConnection,
    filter: &CaseFilter,
    shop: Option<Id<Organisation>>,
    today: Day,
    after: Option<Id<Case>>,
    size: i64,
) -> QueryResult<Vec<Case>> {
    let mut query = cases::table.into_boxed();
    query = match filter.state {
        Some(state) => query.filter(cases::state.eq(state)),
        None => query.filter(cases::state.ne(CaseState::Closed)),
    };
    if filter.overdue == Some(true) {
        query = query.filter(cases::deadline_on.lt(today).and(cases::state.ne(CaseState::Closed)));
    }
    if let Some(shop) = shop {
        query = query.filter(cases::shop_id.eq(shop));
    }
    if let Some(after) = after {
        query = query.filter(cases::id.gt(after));
    }
    let rows: Vec<CaseRow> = query.order(cases::id).limit(size + 1).select(CaseRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Case::from).collect())
}

/// Open cases past their deadline that lead to the list and are not on it yet.
pub fn overdue_and_unlisted(conn: &mut AnyConnection, today: Day, most: i64) -> QueryResult<Vec<Case>> {
    let listed = listings::table
        .filter(listings::reason.eq(ListingReason::OverdueCase))
        .filter(listings::lifted_at.is_null())
        .filter(listings::case_id.is_not_null())
        .select(listings::case_id.assume_not_null());
    let barring = Cause::ALL.iter().copied().filter(|cause| cause.lists_when_overdue());
    let rows = cases::table
        .filter(cases::state.ne(CaseState::Closed))
        .filter(cases::deadline_on.lt(today))
        .filter(cases::cause.eq_any(barring))
        .filter(cases::id.ne_all(listed))
        .order(cases::deadline_on)
        .limit(most)
        .select(CaseRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(Case::from).collect())
}

/// The cases that a shop holds, the most urgent first.
///
/// # Errors
/// The database fails.
pub fn of_shop(conn: &mut AnyConnection, shop: Id<Organisation>, most: i64) -> QueryResult<Vec<Case>> {
    let rows = cases::table
        .filter(cases::shop_id.eq(shop))
        .filter(cases::state.ne(CaseState::Closed))
        .order(cases::deadline_on)
        .limit(most)
        .select(CaseRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(Case::from).collect())
}

/// Cases that a shop has claimed.
pub fn in_repair(conn: &mut AnyConnection, most: i64) -> QueryResult<Vec<Case>> {
    let rows = cases::table
        .filter(cases::state.eq(CaseState::Repairing))
        .order(cases::id)
        .limit(most)
        .select(CaseRow::as_select());
    let rows = rows.load(conn)?;
    Ok(rows.into_iter().map(Case::from).collect())
}
