//! SQL of draws, and the frame of tests that may be drawn.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, NullableExpressionMethods, OptionalExtension, QueryDsl,
    QueryResult, Queryable, RunQueryDsl, Selectable, SelectableHelper, insert_into,
};

use super::wire::DrawnOut;
use crate::{
    domain::{
        draw::{Candidate, Draw, Risk, Seed, Spread},
        id::Id,
        inspection::{Inspection, InspectionKind},
        party::Organisation,
        time::{Day, Instant},
        vehicle::Vehicle,
        verdict::Verdict,
    },
    platform::db::{AnyConnection, Json, insert_rows},
    schema::{draw_items, draws, inspections},
};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = draws, treat_none_as_default_value = false)]
struct DrawRow {
    id: Id<Draw>,
    seed: String,
    tested_from: Day,
    tested_to: Day,
    size: i64,
    frame: i64,
    risks: Json<Spread>,
    drawn_at: Instant,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = draw_items, treat_none_as_default_value = false)]
struct ItemRow {
    draw_id: Id<Draw>,
    ordinal: i64,
    risk: Risk,
    vehicle_id: Id<Vehicle>,
    inspection_id: Id<Inspection>,
    station_id: Id<Organisation>,
}

impl DrawRow {
    fn read(self) -> Option<Draw> {
        Some(Draw {
            id: self.id,
            seed: Seed::read(&self.seed)?,
            from: self.tested_from,
            to: self.tested_to,
            size: usize::try_from(self.size).ok()?,
            frame: usize::try_from(self.frame).ok()?,
            spread: self.risks.0,
            at: self.drawn_at,
        })
    }
}

/// The tests of some days that passed and stood, as it was known at an instant.
pub fn frame(conn: &mut AnyConnection, (from, to): (Day, Day), known: Instant) -> QueryResult<Vec<Candidate>> {
    use inspections::dsl;
    let out = [InspectionKind::Trial, InspectionKind::Comparison, InspectionKind::Supervisory];
    let rows: Vec<(Id<Vehicle>, Id<Inspection>, Id<Organisation>)> = dsl::inspections
        .filter(dsl::counted.eq(true))
        .filter(dsl::kind.ne_all(out))
        .filter(dsl::verdict.eq(Verdict::Pass))
        .filter(dsl::ended_on.between(from, to))
        .filter(dsl::recorded_at.le(known))
        .filter(dsl::superseded_at.is_null().or(dsl::superseded_at.assume_not_null().gt(known)))
        .select((dsl::vehicle_id, dsl::id, dsl::station_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(vehicle, inspection, station)| Candidate { vehicle, inspection, station }).collect())
}

/// A new draw with what was drawn.
pub fn insert(conn: &mut AnyConnection, draw: &Draw, items: &[DrawnOut]) -> QueryResult<()> {
    let row = DrawRow {
        id: draw.id,
        seed: draw.seed.to_string(),
        tested_from: draw.from,
        tested_to: draw.to,
        size: i64::try_from(draw.size).unwrap_or(i64::MAX),
        frame: i64::try_from(draw.frame).unwrap_or(i64::MAX),
        risks: Json(draw.spread.clone()),
        drawn_at: draw.at,
    };
    insert_into(draws::table).values(row).execute(conn)?;
    let rows: Vec<_> = items
        .iter()
        .zip(1..)
        .map(|(item, ordinal)| ItemRow {
            draw_id: draw.id,
            ordinal,
            risk: item.risk,
            vehicle_id: item.vehicle_id,
            inspection_id: item.inspection_id,
            station_id: item.station_id,
        })
        .collect();
    insert_rows!(conn, draw_items::table, &rows)?;
    Ok(())
}

/// A draw with what was drawn.
pub fn load(conn: &mut AnyConnection, id: Id<Draw>) -> QueryResult<Option<(Draw, Vec<DrawnOut>)>> {
    let row = draws::table.find(id).select(DrawRow::as_select()).first(conn).optional()?;
    let Some(draw) = row.and_then(DrawRow::read) else { return Ok(None) };
    let items: Vec<ItemRow> = draw_items::table
        .filter(draw_items::draw_id.eq(id))
        .order(draw_items::ordinal)
        .select(ItemRow::as_select())
        .load(conn)?;
    let item = |row: ItemRow| DrawnOut {
        risk: row.risk,
        vehicle_id: row.vehicle_id,
        inspection_id: row.inspection_id,
        station_id: row.station_id,
    };
    Ok(Some((draw, items.into_iter().map(item).collect())))
}

/// Draws before a key, the newest first, one more than a page holds.
pub fn page(conn: &mut AnyConnection, before: Option<Id<Draw>>, size: i64) -> QueryResult<Vec<Draw>> {
    let mut query = draws::table.into_boxed();
    if let Some(before) = before {
        query = query.filter(draws::id.lt(before));
    }
    let rows: Vec<DrawRow> = query.order(draws::id.desc()).limit(size + 1).select(DrawRow::as_select()).load(conn)?;
    Ok(rows.into_iter().filter_map(DrawRow::read).collect())
}
