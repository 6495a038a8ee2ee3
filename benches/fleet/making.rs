//! Makes the rows by statements of many rows each, into tables whose further indexes are built afterwards, in a file that
//! nobody else has open and that is not synced meanwhile.

use std::path::Path;

use imfleet::platform::db::{DatabaseUrl, migrate};
use rusqlite::{Connection, params};

/// What every vehicle is, worked out from its number alone: a day of twenty years, an area, a trade, a drive; a third of
/// them has left since.
const MADE: &str = "
    CREATE TEMP TABLE made AS
    WITH RECURSIVE numbers (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < ?1),
    came AS (SELECT number, number * 2654435761 % 7300 AS day FROM numbers)
    SELECT
        printf('00000000-%04x-%04x-7000-800000000000', number >> 16, number & 65535) AS id,
        printf('00000000-%04x-%04x-7000-800000000001', number >> 16, number & 65535) AS other,
        date('2006-11-24', day || ' days') AS held_from,
        CASE WHEN number % 3 = 0 AND day + 4000 < 7300 THEN date('2006-11-24', (day + 4000) || ' days') END AS held_until,
        '6105' || substr('0203222324252627288182', number % 11 * 2 + 1, 2) AS area,
        CASE number / 11 % 8 WHEN 0 THEN 'bus' WHEN 1 THEN 'taxi' WHEN 2 THEN 'ride_hailing' WHEN 3 THEN 'logistics'
            WHEN 4 THEN 'refuse' WHEN 5 THEN 'light_sanitation' WHEN 6 THEN 'postal' ELSE 'freight' END AS trade,
        CASE number / 88 % 4 WHEN 2 THEN 'phev' WHEN 3 THEN 'ice' ELSE 'bev' END AS energy
    FROM came";

/// When all of it was learned.
const KNOWN: &str = "2026-01-01T00:00:00.000000Z";

const ROWS: [&str; 5] = [
    "INSERT INTO movements SELECT id, id, 'registered', held_from, area, NULL, ?1, NULL, NULL, NULL, NULL FROM made",
    "INSERT INTO movements SELECT id, other, 'scrapped', held_until, area, NULL, ?1, NULL, NULL, NULL, NULL FROM made
     WHERE held_until IS NOT NULL",
    "INSERT INTO memberships SELECT id, id, trade, NULL, NULL, area, held_from, NULL, ?1, NULL, NULL, NULL, NULL FROM made",
    "INSERT INTO fleet_entries SELECT id, id, 'additions', held_from, NULL, 'registered', NULL, area, NULL, trade,
        'not_a_truck', 'other', CASE energy WHEN 'ice' THEN 'china_6' ELSE 'electric' END, energy, ?1, NULL FROM made",
    "INSERT INTO fleet_entries SELECT id, other, 'stock', held_from, held_until, 'registered',
        CASE WHEN held_until IS NOT NULL THEN 'scrapped' END, area, NULL, trade, 'not_a_truck', 'other',
        CASE energy WHEN 'ice' THEN 'china_6' ELSE 'electric' END, energy, ?1, NULL FROM made",
];

/// Makes the file with so many vehicles.
pub fn make(file: &Path, vehicles: u64) {
    migrate(&DatabaseUrl::Sqlite(file.to_owned())).unwrap();
    let conn = Connection::open(file).unwrap();
    let pragmas = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
                   PRAGMA cache_size = -400000; PRAGMA temp_store = FILE;";
    conn.execute_batch(pragmas).unwrap();
    let indexes = indexes(&conn);
    for (name, _) in &indexes {
        conn.execute_batch(&format!("DROP INDEX {name}")).unwrap();
    }
    conn.execute_batch("BEGIN").unwrap();
    conn.execute(MADE, params![i64::try_from(vehicles).unwrap()]).unwrap();
    for rows in ROWS {
        conn.execute(rows, params![KNOWN]).unwrap();
    }
    for (_, index) in &indexes {
        conn.execute_batch(index).unwrap();
    }
    fold(&conn);
    conn.execute_batch("COMMIT; DROP TABLE made; ANALYZE; PRAGMA journal_mode = WAL").unwrap();
}

/// The indexes of the tables that are filled, by name and as they are made.
fn indexes(conn: &Connection) -> Vec<(String, String)> {
    let query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
                 AND tbl_name IN ('movements', 'memberships', 'fleet_entries')";
    let mut read = conn.prepare(query).unwrap();
    read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

/// The rollups of the additions, as the service folds them.
fn fold(conn: &Connection) {
    for (grain, length, area, which) in [
        ("year", 4, "area", "1 = 1"),
        ("month", 7, "area", "1 = 1"),
        ("city_month", 7, "'610500'", "area <> '610581'"),
    ] {
        let drives =
            ["bev", "fcev", "phev", "erev", "hybrid", "ice", "unknown"].map(|kind| format!("SUM(energy = '{kind}')"));
        let fold = format!(
            "INSERT INTO addition_rollups SELECT '{grain}', substr(held_from, 1, {length}), {area}, trades, way_in, {}
             FROM fleet_entries WHERE book = 'additions' AND {which} GROUP BY 2, 3, 4, 5",
            drives.join(", ")
        );
        conn.execute_batch(&fold).unwrap();
    }
}
