//! The migrated catalogues: rules that let the tables be spread over many machines, and one shape on both engines.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use imfleet::platform::db::{
    AnyConnection, migrate,
    placement::{Placement, TABLES},
};

use crate::harness::{Database, Engine};

const SCHEMA: &str = concat!(
    include_str!("../../src/schema/access_tables.rs"),
    include_str!("../../src/schema/case_tables.rs"),
    include_str!("../../src/schema/check_tables.rs"),
    include_str!("../../src/schema/feed_tables.rs"),
    include_str!("../../src/schema/import_tables.rs"),
    include_str!("../../src/schema/fleet_tables.rs"),
    include_str!("../../src/schema/inspection_tables.rs"),
    include_str!("../../src/schema/journal_tables.rs"),
    include_str!("../../src/schema/law_tables.rs"),
    include_str!("../../src/schema/portal_tables.rs"),
    include_str!("../../src/schema/ledger_tables.rs"),
    include_str!("../../src/schema/procedure_tables.rs"),
    include_str!("../../src/schema/station_tables.rs"),
    include_str!("../../src/schema/task_tables.rs"),
    include_str!("../../src/schema/offline_tables.rs"),
    include_str!("../../src/schema/observation_tables.rs"),
    include_str!("../../src/schema/supervision_tables.rs"),
    include_str!("../../src/schema/target_tables.rs"),
    include_str!("../../src/schema/vehicle_tables.rs"),
    include_str!("../../src/schema/zone_tables.rs"),
);

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The lines that a statement with one column `line` gives.
fn lines(conn: &mut AnyConnection, statement: &str) -> Vec<String> {
    let rows: Vec<Row> = match conn {
        AnyConnection::Postgres(engine) => sql_query(statement).load(engine).unwrap(),
        AnyConnection::Sqlite(engine) => sql_query(statement).load(engine).unwrap(),
    };
    rows.into_iter().map(|row| row.line).collect()
}

fn migrated(engine: Engine) -> (Database, AnyConnection) {
    let database = Database::create(engine);
    migrate(&database.url).unwrap();
    let conn = database.url.connect().unwrap();
    (database, conn)
}

/// Tables as they stand in schema.rs: name, then each column with its type.
fn schema() -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables = BTreeMap::<String, Vec<(String, String)>>::new();
    let mut table = String::new();
    for line in SCHEMA.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            name.clone_into(&mut table);
        } else if let Some((column, kind)) = line.split_once(" -> ") {
            let column = (column.to_owned(), kind.trim_end_matches(',').to_owned());
            tables.entry(table.clone()).or_default().push(column);
        }
    }
    tables
}

/// A column type of schema.rs on an engine; `not null` unless it is `Nullable`.
fn column_type(kind: &str, engine: Engine) -> String {
    let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
    let (postgres, sqlite) = match inner.unwrap_or(kind) {
        "SqlUuid" => ("uuid", "TEXT"),
        "SqlInstant" => ("timestamp with time zone", "TEXT"),
        "SqlJson" => ("jsonb", "TEXT"),
        "Text" => ("text", "TEXT"),
        "BigInt" => ("bigint", "BIGINT"),
        "Date" => ("date", "DATE"),
        "Bool" => ("boolean", "BOOLEAN"),
        "Binary" => ("bytea", "BLOB"),
        other => panic!("{other} has no row in this test"),
    };
    let name = if engine == Engine::Postgres { postgres } else { sqlite };
    format!("{name}{}", if inner.is_some() { "" } else { " not null" })
}

fn expected(engine: Engine) -> Vec<String> {
    let columns = schema().into_iter().flat_map(|(table, columns)| {
        columns.into_iter().map(move |(column, kind)| format!("{table}.{column} {}", column_type(&kind, engine)))
    });
    columns.collect()
}

#[test]
fn postgres_has_the_tables_and_columns_of_the_schema() {
    let (_database, mut conn) = migrated(Engine::Postgres);
    let found = lines(
        &mut conn,
        "SELECT table_name || '.' || column_name || ' ' || data_type
             || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END AS line
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
         ORDER BY table_name, ordinal_position",
    );
    assert_eq!(found, expected(Engine::Postgres));
}

#[test]
fn sqlite_has_the_tables_and_columns_of_the_schema() {
    let (_database, mut conn) = migrated(Engine::Sqlite);
    let found = lines(
        &mut conn,
        "SELECT m.name || '.' || c.name || ' ' || c.type
             || CASE WHEN c.\"notnull\" OR c.pk THEN ' not null' ELSE '' END AS line
         FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> '__diesel_schema_migrations'
         ORDER BY m.name, c.cid",
    );
    assert_eq!(found, expected(Engine::Sqlite));
}

#[test]
fn every_table_has_a_placement_and_every_placement_a_table() {
    let placed: BTreeSet<_> = TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(placed.len(), TABLES.len(), "a table is placed twice");
    assert_eq!(placed, schema().into_keys().collect());
}

/// The columns of every index of a kind: `table: a, b`.
fn index_columns(conn: &mut AnyConnection, kind: &str) -> Vec<(String, Vec<String>)> {
    let found = lines(
        conn,
        &format!(
            "SELECT t.relname || ': ' || string_agg(a.attname, ',' ORDER BY k.n) AS line
             FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace s ON s.oid = t.relnamespace,
                  unnest(i.indkey::int[]) WITH ORDINALITY k (attnum, n)
                  JOIN pg_attribute a ON true
             WHERE a.attrelid = t.oid AND a.attnum = k.attnum AND s.nspname = 'public' AND i.{kind}
               AND t.relname <> '__diesel_schema_migrations'
             GROUP BY i.indexrelid, t.relname ORDER BY 1"
        ),
    );
    let split = |line: String| {
        let (table, columns) = line.split_once(": ").unwrap();
        (table.to_owned(), columns.split(',').map(str::to_owned).collect())
    };
    found.into_iter().map(split).collect()
}

fn placement(table: &str) -> Placement {
    TABLES.iter().find(|(name, _)| *name == table).unwrap_or_else(|| panic!("{table} has no placement")).1
}

#[test]
fn the_distribution_key_leads_the_primary_key_and_stands_in_every_unique_index() {
    let (_database, mut conn) = migrated(Engine::Postgres);
    let primary = index_columns(&mut conn, "indisprimary");
    assert_eq!(primary.len(), TABLES.len(), "a table has no primary key");
    for (table, columns) in primary {
        if let Some(key) = placement(&table).key() {
            assert_eq!(columns[0], key, "{table}: the primary key begins with another column");
        }
    }
    for (table, columns) in index_columns(&mut conn, "indisunique") {
        if let Some(key) = placement(&table).key() {
            assert!(columns.iter().any(|column| column == key), "{table}: unique {columns:?} lacks {key}");
        }
    }
}

#[test]
fn every_foreign_key_begins_with_the_key_or_ends_at_a_reference_table() {
    let (_database, mut conn) = migrated(Engine::Postgres);
    let found = lines(
        &mut conn,
        "SELECT c.relname || ' ' || a.attname || ' ' || f.relname || ' ' || b.attname AS line
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
              JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = k.confkey[1]
         WHERE k.contype = 'f' ORDER BY 1",
    );
    assert!(!found.is_empty());
    for line in found {
        let [table, column, other, other_column] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let keys = (placement(table).key(), placement(other).key());
        let ends_at_reference = keys.1.is_none();
        assert!(ends_at_reference || keys == (Some(column), Some(other_column)), "{line}");
    }
}

#[test]
fn nothing_in_the_catalogue_makes_values() {
    let (_database, mut conn) = migrated(Engine::Postgres);
    let none: [&str; 0] = [];
    let triggers = "SELECT tgname::text AS line FROM pg_trigger WHERE NOT tgisinternal";
    assert_eq!(lines(&mut conn, triggers), none);
    let sequences = "SELECT relname::text AS line FROM pg_class WHERE relkind = 'S'";
    assert_eq!(lines(&mut conn, sequences), none);
    let columns = "SELECT table_name || '.' || column_name AS line FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
                     AND (column_default IS NOT NULL OR is_identity = 'YES' OR is_generated <> 'NEVER'
                          OR data_type IN ('integer', 'smallint'))";
    assert_eq!(lines(&mut conn, columns), none);
}

#[test]
fn text_sorts_by_bytes_on_postgres() {
    let (database, _conn) = migrated(Engine::Postgres);
    let mut conn = match database.url.connect().unwrap() {
        AnyConnection::Postgres(conn) => conn,
        AnyConnection::Sqlite(_) => unreachable!(),
    };
    let rows: Vec<Row> = sorted(&mut conn);
    assert_eq!(rows.into_iter().map(|row| row.line).collect::<Vec<_>>(), ["B", "a", "ä", "陕"]);
}

fn sorted(conn: &mut PgConnection) -> Vec<Row> {
    sql_query("SELECT line FROM (VALUES ('a'), ('B'), ('陕'), ('ä')) AS v (line) ORDER BY line").load(conn).unwrap()
}
