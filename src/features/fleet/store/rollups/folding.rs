//! Folding: open deltas become part of the rows, and are gone.

use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl, SelectableHelper, delete, insert_into, upsert::excluded,
};

use super::rows::{AdditionRow, OpenDelta, Rollups, StockRow};
use crate::{
    domain::{fleet::Book, id::Id, words::Word},
    platform::db::{AnyConnection, on_db},
    schema::{addition_rollups, fleet_deltas, stock_rollups},
};

/// Folds so many deltas of each book at most; tells how many. Two workers at once never fold the same delta: whose
/// statement takes it away, folds it.
pub fn fold(conn: &mut AnyConnection, limit: i64) -> QueryResult<usize> {
    let mut rollups = Rollups::default();
    let mut folded = 0;
    for book in Book::ALL {
        let open = fleet_deltas::table.filter(fleet_deltas::book.eq(*book));
        let ids: Vec<Id<()>> = open.order(fleet_deltas::id).limit(limit).select(fleet_deltas::id).load(conn)?;
        for ids in ids.chunks(1_000) {
            let these = fleet_deltas::table.filter(fleet_deltas::book.eq(*book)).filter(fleet_deltas::id.eq_any(ids));
            let taken: Vec<OpenDelta> =
                on_db!(&mut *conn, |engine| delete(these).returning(OpenDelta::as_select()).get_results(engine))?;
            for delta in &taken {
                rollups.add(&delta.posting());
            }
            folded += taken.len();
        }
    }
    // In the order of the keys, so that two workers never wait for each other.
    add(conn, rollups)?;
    Ok(folded)
}

fn add_additions(conn: &mut AnyConnection, row: &AdditionRow) -> QueryResult<usize> {
    use addition_rollups as r;
    let key = (r::grain, r::period, r::area, r::trades, r::way_in);
    let upsert = insert_into(r::table).values(row).on_conflict(key).do_update().set((
        r::bev.eq(r::bev + excluded(r::bev)),
        r::fcev.eq(r::fcev + excluded(r::fcev)),
        r::phev.eq(r::phev + excluded(r::phev)),
        r::erev.eq(r::erev + excluded(r::erev)),
        r::hybrid.eq(r::hybrid + excluded(r::hybrid)),
        r::ice.eq(r::ice + excluded(r::ice)),
        r::unknown.eq(r::unknown + excluded(r::unknown)),
    ));
    on_db!(conn, |engine| upsert.execute(engine))
}

fn add_stock(conn: &mut AnyConnection, row: &StockRow) -> QueryResult<usize> {
    use stock_rollups as r;
    let key = (r::grain, r::period, r::area, r::trades, r::truck, r::fuel, r::stage, r::energy);
    let added = r::vehicles.eq(r::vehicles + excluded(r::vehicles));
    let upsert = insert_into(r::table).values(row).on_conflict(key).do_update().set(added);
    on_db!(conn, |engine| upsert.execute(engine))
}

/// Adds counts to the rows.
pub fn add(conn: &mut AnyConnection, rollups: Rollups) -> QueryResult<()> {
    let rollups = rollups.trimmed();
    for (key, counts) in rollups.additions {
        add_additions(conn, &AdditionRow::new(key, counts))?;
    }
    for ((grain, period, area, trades, truck, fuel, stage, energy), vehicles) in rollups.stock {
        add_stock(conn, &StockRow { grain, period, area, trades, truck, fuel, stage, energy, vehicles })?;
    }
    Ok(())
}
