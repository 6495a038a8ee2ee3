//! SQL of charging sites.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        charging::{ChargingSite, SiteKind},
        id::Id,
        quantity::Amount,
        time::{Day, Instant},
        vehicle::area::AreaCode,
    },
    platform::db::{AnyConnection, on_db},
    schema::charging_sites,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = charging_sites, treat_none_as_default_value = false)]
struct SiteRow {
    id: Id<ChargingSite>,
    kind: SiteKind,
    name: String,
    operator: String,
    area: String,
    power_kw: Amount,
    connectors: i64,
    swaps_a_day: i64,
    in_service_from: Day,
    in_service_to: Option<Day>,
    recorded_at: Instant,
    changed_at: Instant,
}

impl TryFrom<SiteRow> for ChargingSite {
    type Error = diesel::result::Error;

    fn try_from(row: SiteRow) -> Result<Self, Self::Error> {
        let area = AreaCode::read(&row.area)
            .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
        Ok(Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            operator: row.operator,
            area,
            power: row.power_kw,
            connectors: row.connectors,
            swaps_a_day: row.swaps_a_day,
            from: row.in_service_from,
            to: row.in_service_to,
        })
    }
}

/// A new site; `false` when the operator has one of this name from this day.
pub fn insert(conn: &mut AnyConnection, site: &ChargingSite, at: Instant) -> QueryResult<bool> {
    let row = SiteRow {
        id: site.id,
        kind: site.kind,
        name: site.name.clone(),
        operator: site.operator.clone(),
        area: site.area.to_string(),
        power_kw: site.power,
        connectors: site.connectors,
        swaps_a_day: site.swaps_a_day,
        in_service_from: site.from,
        in_service_to: site.to,
        recorded_at: at,
        changed_at: at,
    };
    let added = on_db!(conn, |engine| {
        insert_into(charging_sites::table).values(&row).on_conflict_do_nothing().execute(engine)
    })?;
    Ok(added == 1)
}

/// A site, locked until the end of the transaction.
///
/// # Errors
/// There is no such site, or the database fails.
pub fn lock(conn: &mut AnyConnection, id: Id<ChargingSite>) -> QueryResult<ChargingSite> {
    let site = charging_sites::table.find(id);
    let row = match conn {
        AnyConnection::Postgres(pg) => site.select(SiteRow::as_select()).for_update().first(pg)?,
        AnyConnection::Sqlite(sqlite) => site.select(SiteRow::as_select()).first(sqlite)?,
    };
    row.try_into()
}

/// The site serves until a day.
pub fn close(conn: &mut AnyConnection, id: Id<ChargingSite>, last_on: Day, at: Instant) -> QueryResult<usize> {
    update(charging_sites::table.find(id))
        .set((charging_sites::in_service_to.eq(last_on), charging_sites::changed_at.eq(at)))
        .execute(conn)
}

/// The sites that serve on a day.
pub fn on_day(conn: &mut AnyConnection, day: Day) -> QueryResult<Vec<ChargingSite>> {
    let ends = charging_sites::in_service_to;
    let rows = charging_sites::table
        .filter(charging_sites::in_service_from.le(day))
        .filter(ends.is_null().or(ends.ge(day)))
        .order(charging_sites::id)
        .select(SiteRow::as_select())
        .load(conn)?;
    rows.into_iter().map(ChargingSite::try_from).collect()
}

/// The sites as they were known at an instant, those out of service too; a closure that was told later was not known.
pub fn known(conn: &mut AnyConnection, at: Option<Instant>) -> QueryResult<Vec<ChargingSite>> {
    let mut query = charging_sites::table.into_boxed();
    if let Some(at) = at {
        query = query.filter(charging_sites::recorded_at.le(at));
    }
    let rows: Vec<SiteRow> = query.order(charging_sites::id).select(SiteRow::as_select()).load(conn)?;
    let as_known = |row: SiteRow| {
        let closed_later = row.changed_at > row.recorded_at && at.is_some_and(|at| row.changed_at > at);
        let to = row.in_service_to.filter(|_| !closed_later);
        ChargingSite::try_from(SiteRow { in_service_to: to, ..row })
    };
    rows.into_iter().map(as_known).collect()
}

/// Sites after a key, one more than a page holds; those out of service too.
pub fn page(
    conn: &mut AnyConnection,
    areas: Option<Vec<String>>,
    after: Option<Id<ChargingSite>>,
    size: i64,
) -> QueryResult<Vec<ChargingSite>> {
    let mut query = charging_sites::table.into_boxed();
    if let Some(areas) = areas {
        query = query.filter(charging_sites::area.eq_any(areas));
    }
    if let Some(after) = after {
        query = query.filter(charging_sites::id.gt(after));
    }
    let rows = query.order(charging_sites::id).limit(size + 1).select(SiteRow::as_select()).load(conn)?;
    rows.into_iter().map(ChargingSite::try_from).collect()
}
