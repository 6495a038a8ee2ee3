//! The hashes of the tree, 256 in a row.

use std::collections::BTreeMap;

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, RunQueryDsl, insert_into,
    upsert::excluded,
};

use super::stored;
use crate::{
    domain::ledger::{Edge, Hash, LOG, Nodes, Tile, node_in_tile, tile_of},
    platform::{
        db::{AnyConnection, on_db},
        problem::Problem,
    },
    schema::journal_tiles,
};

#[derive(Insertable)]
#[diesel(table_name = journal_tiles, treat_none_as_default_value = false)]
struct TileRow {
    log: String,
    level: i64,
    number: i64,
    hashes: Vec<u8>,
}

fn tile(conn: &mut AnyConnection, level: u32, number: u64) -> QueryResult<Vec<Hash>> {
    let key = (LOG, i64::from(level), stored(number));
    let bytes: Option<Vec<u8>> =
        journal_tiles::table.find(key).select(journal_tiles::hashes).first(conn).optional()?;
    Ok(bytes.unwrap_or_default().chunks(32).filter_map(Hash::read).collect())
}

/// The edge of the log of this size.
///
/// # Errors
/// The database fails, or tiles are damaged.
pub fn edge(conn: &mut AnyConnection, size: u64) -> Result<Edge, Problem> {
    let mut tiles = Vec::new();
    for (level, number) in Edge::places(size) {
        tiles.push(Tile { level, number, hashes: tile(conn, level, number)? });
    }
    Edge::new(size, tiles).ok_or_else(|| Problem::internal(&"the tiles of the journal's log are damaged"))
}

/// Writes tiles in place of what they were.
pub fn put_tiles(conn: &mut AnyConnection, tiles: &[Tile]) -> QueryResult<()> {
    for Tile { level, number, hashes } in tiles {
        let hashes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
        let row = TileRow { log: LOG.to_owned(), level: i64::from(*level), number: stored(*number), hashes };
        on_db!(&mut *conn, |engine| {
            insert_into(journal_tiles::table)
                .values(&row)
                .on_conflict((journal_tiles::log, journal_tiles::level, journal_tiles::number))
                .do_update()
                .set(journal_tiles::hashes.eq(excluded(journal_tiles::hashes)))
                .execute(engine)
        })?;
    }
    Ok(())
}

/// Reads nodes of the tree from the tiles, each tile once.
pub struct Tiles<'a> {
    conn: &'a mut AnyConnection,
    read: BTreeMap<(u32, u64), Vec<Hash>>,
}

impl<'a> Tiles<'a> {
    /// Reads from this connection.
    pub const fn new(conn: &'a mut AnyConnection) -> Self {
        Self { conn, read: BTreeMap::new() }
    }
}

impl Nodes for Tiles<'_> {
    type Error = Problem;

    fn node(&mut self, height: u32, place: u64) -> Result<Hash, Problem> {
        let (level, number, offset, count) = tile_of(height, place);
        if !self.read.contains_key(&(level, number)) {
            let hashes = tile(self.conn, level, number)?;
            self.read.insert((level, number), hashes);
        }
        let found = self.read.get(&(level, number)).and_then(|hashes| node_in_tile(hashes, offset, count));
        found.ok_or_else(|| Problem::internal(&"a tile of the journal's log is missing"))
    }
}
