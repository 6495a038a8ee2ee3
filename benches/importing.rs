//! Importing a registration list on both engines: rows a second, the share of what `sqlite3 .import` and raw inserts of
//! the same rows into the same tables with the same indexes reach, and how much memory it takes at two sizes.
//! `cargo bench --bench importing -- 1000 5000` takes other sizes.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

#[path = "common/mod.rs"]
mod common;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use actix_web::rt::System;
use common::{
    Figure,
    city::{self, Folder},
    ratio,
};
use imfleet::{
    domain::import::ImportKind,
    features::imports::{self, By, Order},
    import::Table,
    platform::{
        auth::Caller,
        db::{DatabaseUrl, Tx},
        journal::Actor,
    },
};
use rusqlite::{Connection, types::Value};

const SIZES: [usize; 2] = [20_000, 100_000];
const TARGET: f64 = 0.3;
/// Every table that an import of vehicles writes.
const TABLES: [&str; 6] = ["vehicles", "vehicle_keys", "plate_bindings", "journal", "outbox", "feed_entries"];

fn main() {
    let folder = Folder::make();
    let told: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = <[usize; 2]>::try_from(told).unwrap_or(SIZES);
    let files = sizes.map(|rows| write_list(&folder.0, rows));
    let [small, large] = [0, 1].map(|at| folder.0.join(format!("{at}.sqlite")));

    let began = peak_kib();
    take(&folder, &DatabaseUrl::Sqlite(small), &files[0], sizes[0], "SQLite");
    let after_small = peak_kib();
    let ours = take(&folder, &DatabaseUrl::Sqlite(large.clone()), &files[1], sizes[1], "SQLite");
    let after_large = peak_kib();
    println!("peak memory KiB: before {began}, {} rows {after_small}, {} rows {after_large}", sizes[0], sizes[1]);

    match import_by_shell(&large, &folder.0, sizes[1]) {
        Ok(shell) => {
            let shell = shell.show("the same rows of all tables by sqlite3 .import");
            ratio("importing : sqlite3 .import", &ours, &shell, TARGET);
        }
        Err(why) => println!("sqlite3 .import was not run: {why}"),
    }
    let raw = insert_raw(&large, &folder.0.join("raw.sqlite"), sizes[1]);
    let raw = raw.show("the same rows of all tables, inserted raw");
    ratio("importing : inserting raw", &ours, &raw, TARGET);
    if let Some(server) = postgres() {
        take(&folder, &DatabaseUrl::Postgres(server), &files[0], sizes[0], "PostgreSQL");
    }
}

/// A list of cars, electric every third of them.
fn write_list(folder: &Path, rows: usize) -> PathBuf {
    let path = folder.join(format!("{rows}.csv"));
    let mut out = BufWriter::new(File::create(&path).unwrap());
    writeln!(out, "车架号,号牌号码,号牌种类,车辆类型,使用性质,燃料种类,最大总质量,初次登记日期,区县,所有人").unwrap();
    for row in 0..rows {
        let (letter, fuel) =
            (char::from(b'A' + u8::try_from(row / 10_000).unwrap()), if row % 3 == 0 { "电" } else { "汽油" });
        let letter = if letter == 'I' { 'Z' } else { letter };
        writeln!(
            out,
            "LSVAA4182E2{row:06},陕E·{letter}{:04},02,K33,非营运,{fuel},1750,2015/6/18,临渭区,某某",
            row % 10_000
        )
        .unwrap();
    }
    out.flush().unwrap();
    path
}

fn take(folder: &Folder, url: &DatabaseUrl, list: &Path, rows: usize, engine: &str) -> Figure {
    let span = System::new().block_on(async {
        let state = city::open(url, folder).await;
        let table = Table::open(Box::new(File::open(list).unwrap())).unwrap();
        let order = Order {
            kind: ImportKind::Vehicles,
            dry_run: false,
            map: std::collections::BTreeMap::default(),
            resume: false,
        };
        let sha256 = table.inspected.sha256.clone();
        let open = move |tx: &mut Tx<'_>| imports::open_or_resume(tx, &order, &sha256);
        let job = state.db.write("import_file", Actor::service(), open).await.unwrap();
        let by = By { actor: Actor::service(), ground: state.ground(&operator()) };
        let began = Instant::now();
        let done = imports::start(&state.db, &by, &job, table, |_| ()).await.unwrap();
        assert_eq!(usize::try_from(done.tally.added).unwrap(), rows);
        began.elapsed()
    });
    Figure::of(vec![span], rows, span).show(&format!("{engine}: importing {rows} vehicles"))
}

fn operator() -> Caller {
    use imfleet::domain::role::{Position, Role};
    Caller {
        id: uuid::Uuid::nil(),
        organisation: uuid::Uuid::nil(),
        role: Role::Administrator,
        position: Position::Manager,
        lines: Vec::new(),
        trace_id: None,
        sandbox: false,
    }
}

/// Reads every row that the import wrote into memory, and inserts them into an empty database with the same tables and
/// indexes: prepared statements, a thousand vehicles to a transaction.
fn insert_raw(written: &Path, empty: &Path, vehicles: usize) -> Figure {
    let source = Connection::open(written).unwrap();
    let target = empty_like(&source, empty);
    let mut span = Duration::ZERO;
    for table in TABLES {
        let rows = rows_of(&source, table);
        let places = vec!["?"; rows[0].len()].join(", ");
        let statement = format!("INSERT INTO {table} VALUES ({places})");
        let began = Instant::now();
        for some in rows.chunks(rows.len().div_ceil(vehicles / 1_000)) {
            target.execute_batch("BEGIN IMMEDIATE").unwrap();
            let mut insert = target.prepare_cached(&statement).unwrap();
            for row in some {
                insert.execute(rusqlite::params_from_iter(row)).unwrap();
            }
            target.execute_batch("COMMIT").unwrap();
        }
        span += began.elapsed();
    }
    Figure::of(vec![span], vehicles, span)
}

/// An empty database with the same tables and indexes.
fn empty_like(source: &Connection, file: &Path) -> Connection {
    let schema: Vec<String> = source
        .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let empty = Connection::open(file).unwrap();
    empty.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;").unwrap();
    for statement in &schema {
        empty.execute_batch(statement).unwrap();
    }
    empty
}

/// Writes every row that the import wrote to files, and has the shell of SQLite import them into an empty database with
/// the same tables and indexes; or why that cannot be. The shell knows no absent values: it writes empty texts.
fn import_by_shell(written: &Path, folder: &Path, vehicles: usize) -> Result<Figure, String> {
    let empty = folder.join("shell.sqlite");
    drop(empty_like(&Connection::open(written).unwrap(), &empty));
    let mut import = vec!["PRAGMA synchronous = FULL;".to_owned()];
    for table in TABLES {
        let rows = folder.join(format!("{table}.csv"));
        let select = format!("SELECT * FROM {table};");
        let told = shell(&[&written.to_string_lossy(), "-csv", &select])?;
        std::fs::write(&rows, told).map_err(|error| error.to_string())?;
        import.push(format!(".import --csv {} {table}", rows.display()));
    }
    let file = empty.to_string_lossy().into_owned();
    let told: Vec<&str> = [file.as_str()].into_iter().chain(import.iter().map(String::as_str)).collect();
    let began = Instant::now();
    shell(&told)?;
    let span = began.elapsed();
    let imported = Connection::open(&empty).unwrap();
    let count = |table: &str| -> i64 {
        imported.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    if usize::try_from(count("vehicles")).unwrap() < vehicles {
        return Err("it left rows out".to_owned());
    }
    Ok(Figure::of(vec![span], vehicles, span))
}

/// What the shell of SQLite says to some commands.
fn shell(told: &[&str]) -> Result<Vec<u8>, String> {
    let done = Command::new("sqlite3").args(told).output().map_err(|error| format!("sqlite3: {error}"))?;
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    match complaint.lines().next() {
        Some(line) => Err(line.to_owned()),
        None if done.status.success() => Ok(done.stdout),
        None => Err("sqlite3 failed".to_owned()),
    }
}

fn rows_of(source: &Connection, table: &str) -> Vec<Vec<Value>> {
    let mut read = source.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let width = read.column_count();
    let row = |row: &rusqlite::Row<'_>| (0..width).map(|place| row.get(place)).collect::<Result<Vec<Value>, _>>();
    read.query_map([], row).unwrap().map(Result::unwrap).collect()
}

/// The most memory that this process has held.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "the address of the bench's server is no setting of the service")]
fn postgres() -> Option<String> {
    std::env::var("IMFLEET_TEST_POSTGRES").ok()
}
