//! SQL of the work list: its pages, and what is left by area, owner, size, stage, contact and last seen.

use chrono::Days;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper, dsl::count_star,
};

use super::{
    removals::{Kept, RemovalRow},
    walks::last_done,
};
use crate::{
    domain::{
        id::Id,
        removal::{ContactState, OwnerKind, RemovalGround, RemovalStanding},
        time::Day,
        vehicle::{
            Vehicle,
            area::{AreaCode, areas},
            stage::Stage,
            vehicle_type::SizeClass,
        },
    },
    features::removals::wire::RemovalFilter,
    platform::db::AnyConnection,
    schema::removals,
};

/// A count of the work list.
pub type Cell = (String, OwnerKind, Option<SizeClass>, Stage, ContactState, RemovalStanding, i64);

type Key = (Id<Vehicle>, RemovalGround);

/// The codes of an area and of what lies in it.
fn within(area: &AreaCode) -> Vec<String> {
    let inside = areas().iter().filter(|inner| inner.code.is_within(area)).map(|inner| inner.code.to_string());
    let mut codes: Vec<String> = inside.collect();
    codes.push(area.to_string());
    codes
}

/// What a filter asks for; those that have left or were dismissed only when asked for by name.
macro_rules! filtered {
    ($from:expr, $filter:expr, $today:expr) => {{
        let filter: &RemovalFilter = $filter;
        let today: Day = $today;
        let mut query = $from.into_boxed();
        query = match filter.standing {
            Some(standing) => query.filter(removals::standing.eq(standing)),
            None => query.filter(removals::standing.eq_any([RemovalStanding::Found, RemovalStanding::Confirmed])),
        };
        if let Some(ground) = filter.ground {
            query = query.filter(removals::ground.eq(ground));
        }
        if let Some(area) = &filter.area {
            query = query.filter(removals::area.eq_any(within(area)));
        }
        if let Some(owner_kind) = filter.owner_kind {
            query = query.filter(removals::owner_kind.eq(owner_kind));
        }
        if let Some(size) = filter.size {
            query = query.filter(removals::size.eq(size));
        }
        if let Some(stage) = filter.stage {
            query = query.filter(removals::stage.eq(stage));
        }
        if let Some(contact) = filter.contact {
            query = query.filter(removals::contact.eq(contact));
        }
        if let Some(day) = filter.not_seen_since {
            query = query.filter(removals::last_seen_on.is_null().or(removals::last_seen_on.lt(day)));
        }
        if filter.overdue == Some(true) {
            query = query.filter(removals::deadline_on.lt(today));
        }
        if filter.promise_broken == Some(true) {
            query =
                query.filter(removals::contact.eq(ContactState::Promised).and(removals::promised_until.lt(today)));
        }
        query
    }};
}

/// Removals of a filter after a key, one more than a page holds.
pub fn page(
    conn: &mut AnyConnection,
    filter: &RemovalFilter,
    today: Day,
    after: Option<Key>,
    size: i64,
) -> QueryResult<Vec<Kept>> {
    let mut query = filtered!(removals::table, filter, today);
    if let Some((vehicle, ground)) = after {
        let same = removals::vehicle_id.eq(vehicle).and(removals::ground.gt(ground));
        query = query.filter(removals::vehicle_id.gt(vehicle).or(same));
    }
    let order = (removals::vehicle_id, removals::ground);
    let rows = query.order(order).limit(size + 1).select(RemovalRow::as_select()).load(conn)?;
    rows.into_iter().map(Kept::try_from).collect()
}

/// What a filter asks for, counted.
pub fn cells(conn: &mut AnyConnection, filter: &RemovalFilter, today: Day) -> QueryResult<Vec<Cell>> {
    let by = (
        removals::area,
        removals::owner_kind,
        removals::size,
        removals::stage,
        removals::contact,
        removals::standing,
    );
    let counted = (
        removals::area,
        removals::owner_kind,
        removals::size,
        removals::stage,
        removals::contact,
        removals::standing,
        count_star(),
    );
    filtered!(removals::table.group_by(by).select(counted), filter, today).load(conn)
}

/// How many were last seen in the 30, 180 and 365 days up to a day, before, and never.
pub fn seen_ranges(conn: &mut AnyConnection, filter: &RemovalFilter, today: Day) -> QueryResult<[i64; 5]> {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let counted = || removals::table.select(count_star());
    let since = |day: Day| filtered!(counted(), filter, today).filter(removals::last_seen_on.ge(day));
    let month: i64 = since(back(30)).first(conn)?;
    let half: i64 = since(back(180)).first(conn)?;
    let year: i64 = since(back(365)).first(conn)?;
    let ever: i64 = filtered!(counted(), filter, today).filter(removals::last_seen_on.is_not_null()).first(conn)?;
    let never: i64 = filtered!(counted(), filter, today).filter(removals::last_seen_on.is_null()).first(conn)?;
    Ok([month, half - month, year - half, ever - year, never])
}

/// How many of a ground were left in an area at the end of a day, by when they were found and when they left; none before
/// the first complete walk through the register.
///
/// # Errors
/// The database fails.
pub fn left(conn: &mut AnyConnection, ground: RemovalGround, area: &AreaCode, day: Day) -> QueryResult<Option<i64>> {
    if last_done(conn)?.is_none() {
        return Ok(None);
    }
    let count = removals::table
        .filter(removals::ground.eq(ground))
        .filter(removals::standing.ne(RemovalStanding::Dismissed))
        .filter(removals::area.eq_any(within(area)))
        .filter(removals::found_on.le(day))
        .filter(removals::left_on.is_null().or(removals::left_on.gt(day)))
        .select(count_star())
        .first(conn)?;
    Ok(Some(count))
}
