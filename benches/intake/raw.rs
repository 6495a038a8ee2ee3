//! The statements of intake, prepared once and issued by hand: what the write door could cost at best.
//!
//! Replays the rows that the door has written to one database into a copy of what it began with.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, Row, Statement, ToSql, params, params_from_iter, types::Value};

use super::common::Figure;

/// A row as it stands in the database.
type Values = Vec<Value>;

/// The rows of one result.
struct Written {
    station: Value,
    vehicle: Value,
    acceptance_number: Value,
    acceptance: Values,
    claim: Values,
    inspection: Values,
    items: Vec<Values>,
    case: Option<Values>,
    journal: Vec<Values>,
    outbox: Vec<Values>,
}

const CLAIM: &str = "station_id, station_number, vehicle_id, inspection_id, body_hash, ended_at, verdict, \
                     report_number, recorded_at";
const INSPECTION: &str = "vehicle_id, id, station_id, line_id, station_number, report_number, acceptance_id, kind, \
                          nature, method, limit_class, started_at, ended_at, ended_on, odometer_km, verdict, \
                          station_verdict, rule_sensitive, counted, sent, effect, supersedes, recorded_at, recorded_by";
const ITEM: &str = "vehicle_id, inspection_id, ordinal, item, sent, compared, limit_low, limit_high, rule_id, \
                    rule_version, margin, outcome, other_rule_outcome, findings";
const CASE: &str =
    "vehicle_id, id, cause, state, round, opened_at, deadline_on, failing, progress, shop_id, closed_at";
const JOURNAL: &str = "subject_id, id, recorded_at, recorded_on, operation, event, actor_id, organisation_id, role, \
                       trace_id";
const OUTBOX: &str = "subject_id, journal_id";

/// Writes again what the door has written, so many results in one transaction, each in a savepoint.
pub fn replay(recorded: &Path, copy: &Path, batch: usize) -> Figure {
    let written = read(&Connection::open(recorded).unwrap());
    let conn = Connection::open(copy).unwrap();
    let settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                    PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536;";
    conn.execute_batch(settings).unwrap();
    conn.set_prepared_statement_cache_capacity(64);

    let (began, mut latencies) = (Instant::now(), Vec::<Duration>::new());
    for batch in written.chunks(batch) {
        let started = Instant::now();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        for written in batch {
            write(&conn, written);
        }
        conn.execute_batch("COMMIT").unwrap();
        latencies.extend(std::iter::repeat_n(started.elapsed(), batch.len()));
        if began.elapsed() > super::common::figures::SPAN {
            break;
        }
    }
    Figure::of(latencies, 1, began.elapsed())
}

fn write(conn: &Connection, written: &Written) {
    conn.execute_batch("SAVEPOINT change").unwrap();
    look(conn, written);
    insert(conn, "inspection_claims", CLAIM, std::slice::from_ref(&written.claim));
    insert(conn, "inspections", INSPECTION, std::slice::from_ref(&written.inspection));
    insert(conn, "inspection_items", ITEM, &written.items);
    let advance = "UPDATE acceptances SET state = ?, progress = ? WHERE vehicle_id = ? AND id = ?";
    prepared(conn, advance).execute(params_from_iter(&written.acceptance)).unwrap();
    if let Some(case) = &written.case {
        upsert_case(conn, case);
    }
    insert(conn, "journal", JOURNAL, &written.journal);
    insert(conn, "outbox", OUTBOX, &written.outbox);
    conn.execute_batch("RELEASE SAVEPOINT change").unwrap();
}

/// The five queries by which a result's vehicle, number, acceptance and open case are found.
fn look(conn: &Connection, written: &Written) {
    let (station, number) = (&written.station, &written.acceptance_number);
    let of_acceptance = "SELECT vehicle_id FROM acceptance_claims WHERE station_id = ? AND number IN (?)";
    fetch(conn, of_acceptance, &[station, number]);
    fetch(conn, "SELECT facts FROM vehicles WHERE id IN (?) ORDER BY id", &[&written.vehicle]);
    let claims = format!("SELECT {CLAIM} FROM inspection_claims WHERE station_id = ? AND station_number IN (?)");
    fetch(conn, &claims, &[station, &written.claim[1]]);
    let accepted = "SELECT acceptances.* FROM acceptances INNER JOIN acceptance_claims \
                    ON acceptance_claims.vehicle_id = acceptances.vehicle_id \
                    AND acceptance_claims.acceptance_id = acceptances.id \
                    WHERE acceptance_claims.station_id = ? AND acceptance_claims.number IN (?)";
    fetch(conn, accepted, &[station, number]);
    let open = format!("SELECT {CASE} FROM cases WHERE vehicle_id IN (?) AND state <> ?");
    fetch(conn, &open, &[&written.vehicle, &"closed"]);
}

fn upsert_case(conn: &Connection, case: &Values) {
    let upsert = format!(
        "INSERT INTO cases ({CASE}) VALUES ({}) ON CONFLICT (vehicle_id, id) DO UPDATE SET state = excluded.state, \
         round = excluded.round, deadline_on = excluded.deadline_on, failing = excluded.failing, \
         progress = excluded.progress, shop_id = excluded.shop_id, closed_at = excluded.closed_at",
        places(case.len())
    );
    prepared(conn, &upsert).execute(params_from_iter(case)).unwrap();
}

fn insert(conn: &Connection, table: &str, columns: &str, rows: &[Values]) {
    let row = format!("({})", places(rows[0].len()));
    let rows_of_places = vec![row; rows.len()].join(", ");
    let insert = format!("INSERT INTO {table} ({columns}) VALUES {rows_of_places}");
    prepared(conn, &insert).execute(params_from_iter(rows.iter().flatten())).unwrap();
}

fn fetch(conn: &Connection, query: &str, keys: &[&dyn ToSql]) {
    prepared(conn, query).query_map(keys, |row| Ok(values(row))).unwrap().for_each(|row| drop(row.unwrap()));
}

fn prepared<'c>(conn: &'c Connection, sql: &str) -> rusqlite::CachedStatement<'c> {
    conn.prepare_cached(sql).unwrap()
}

fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn values(row: &Row<'_>) -> Values {
    (0..).map_while(|column| row.get(column).ok()).collect()
}

/// What the door has written, in its order.
fn read(conn: &Connection) -> Vec<Written> {
    let mut claims = conn.prepare(&format!("SELECT {CLAIM} FROM inspection_claims ORDER BY rowid")).unwrap();
    let mut parts = Parts::of(conn);
    let claims: Vec<Values> = claims.query_map([], |row| Ok(values(row))).unwrap().map(Result::unwrap).collect();
    claims.into_iter().map(|claim| parts.gather(claim)).collect()
}

/// The queries by which the rows of a result are gathered.
struct Parts<'c> {
    inspection: Statement<'c>,
    items: Statement<'c>,
    acceptance: Statement<'c>,
    number: Statement<'c>,
    case: Statement<'c>,
    journal: Statement<'c>,
    outbox: Statement<'c>,
}

impl<'c> Parts<'c> {
    fn of(conn: &'c Connection) -> Self {
        let of_vehicle = |columns: &str, table: &str| {
            conn.prepare(&format!("SELECT {columns} FROM {table} WHERE vehicle_id = ? ORDER BY rowid")).unwrap()
        };
        let journal = format!("SELECT {JOURNAL} FROM journal WHERE subject_id = ? AND operation = ? ORDER BY rowid");
        let outbox = "SELECT subject_id, id FROM journal WHERE subject_id = ? AND operation = ? ORDER BY rowid";
        Self {
            inspection: of_vehicle(INSPECTION, "inspections"),
            items: of_vehicle(ITEM, "inspection_items"),
            acceptance: of_vehicle("state, progress, vehicle_id, id", "acceptances"),
            number: of_vehicle("number", "acceptances"),
            case: of_vehicle(CASE, "cases"),
            journal: conn.prepare(&journal).unwrap(),
            outbox: conn.prepare(outbox).unwrap(),
        }
    }

    fn gather(&mut self, claim: Values) -> Written {
        let vehicle = claim[2].clone();
        let all = |statement: &mut Statement<'_>| -> Vec<Values> {
            statement.query_map([&vehicle], |row| Ok(values(row))).unwrap().map(Result::unwrap).collect()
        };
        let told = |statement: &mut Statement<'_>| -> Vec<Values> {
            let key = params![&vehicle, "record_inspection"];
            statement.query_map(key, |row| Ok(values(row))).unwrap().map(Result::unwrap).collect()
        };
        Written {
            station: claim[0].clone(),
            acceptance_number: all(&mut self.number).remove(0).remove(0),
            acceptance: all(&mut self.acceptance).remove(0),
            inspection: all(&mut self.inspection).remove(0),
            items: all(&mut self.items),
            case: all(&mut self.case).pop(),
            journal: told(&mut self.journal),
            outbox: told(&mut self.outbox),
            vehicle,
            claim,
        }
    }
}
