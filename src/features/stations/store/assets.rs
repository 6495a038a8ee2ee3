//! What stations test with.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, NullableExpressionMethods, OptionalExtension, QueryDsl,
    QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::{Line, Organisation},
        standard::Method,
        station::{Asset, AssetFacts, AssetKind, DeviceKind},
        time::{Day, Instant},
    },
    platform::db::{AnyConnection, on_db},
    schema::station_assets,
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = station_assets, treat_none_as_default_value = false)]
struct AssetRow {
    id: Id<Asset>,
    station_id: Id<Organisation>,
    line_id: Option<Id<Line>>,
    kind: AssetKind,
    name: String,
    number: String,
    certificate: Option<String>,
    maker: Option<String>,
    model: Option<String>,
    device: Option<DeviceKind>,
    method: Option<Method>,
    signatory: bool,
    valid_from: Day,
    valid_to: Option<Day>,
    ended_on: Option<Day>,
    recorded_at: Instant,
}

impl From<AssetRow> for Asset {
    fn from(row: AssetRow) -> Self {
        Self {
            id: row.id,
            station: row.station_id,
            line: row.line_id,
            kind: row.kind,
            facts: AssetFacts {
                name: row.name,
                number: row.number,
                certificate: row.certificate,
                maker: row.maker,
                model: row.model,
                device: row.device,
                method: row.method,
                signatory: row.signatory,
            },
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            ended_on: row.ended_on,
        }
    }
}

/// Inserts it, unless the station has one of its kind, name, number and first day.
pub fn insert_asset(conn: &mut AnyConnection, asset: &Asset, recorded_at: Instant) -> QueryResult<bool> {
    let facts = asset.facts.clone();
    let row = AssetRow {
        id: asset.id,
        station_id: asset.station,
        line_id: asset.line,
        kind: asset.kind,
        name: facts.name,
        number: facts.number,
        certificate: facts.certificate,
        maker: facts.maker,
        model: facts.model,
        device: facts.device,
        method: facts.method,
        signatory: facts.signatory,
        valid_from: asset.valid_from,
        valid_to: asset.valid_to,
        ended_on: asset.ended_on,
        recorded_at,
    };
    let added = on_db!(conn, |engine| {
        insert_into(station_assets::table).values(&row).on_conflict_do_nothing().execute(engine)
    })?;
    Ok(added == 1)
}

/// An asset of a station.
pub fn find_asset(conn: &mut AnyConnection, station: Id<Organisation>, id: Id<Asset>) -> QueryResult<Option<Asset>> {
    let row = station_assets::table.find(id).filter(station_assets::station_id.eq(station));
    Ok(row.select(AssetRow::as_select()).first(conn).optional()?.map(Asset::from))
}

/// It serves no more after a day; tells whether it had no last day before.
pub fn end_asset(conn: &mut AnyConnection, id: Id<Asset>, last: Day) -> QueryResult<bool> {
    let row = station_assets::table.filter(station_assets::id.eq(id)).filter(station_assets::ended_on.is_null());
    Ok(update(row).set(station_assets::ended_on.eq(last)).execute(conn)? == 1)
}

/// The assets of a station that have not ended by a day.
pub fn of_station(conn: &mut AnyConnection, station: Id<Organisation>, day: Day) -> QueryResult<Vec<Asset>> {
    let rows: Vec<AssetRow> = station_assets::table
        .filter(station_assets::station_id.eq(station))
        .filter(station_assets::ended_on.is_null().or(station_assets::ended_on.assume_not_null().ge(day)))
        .order((station_assets::kind, station_assets::id))
        .select(AssetRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Asset::from).collect())
}

/// The assets of a line and of its whole station that have not ended by a day.
pub fn serving(
    conn: &mut AnyConnection,
    station: Id<Organisation>,
    line: Id<Line>,
    day: Day,
) -> QueryResult<Vec<Asset>> {
    let mut found = of_station(conn, station, day)?;
    found.retain(|asset| asset.line.is_none_or(|own| own == line));
    Ok(found)
}
