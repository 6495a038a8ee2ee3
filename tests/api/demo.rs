//! The demo's city: it has what visitors come to see, is the same each time, and is made in no other's database.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use imfleet::{
    config::{KeysConfig, StoreConfig},
    demo,
    domain::{
        target::{TargetVerdict, delivered},
        time::Day,
    },
    features::targets::{Question, standing},
    platform::{
        db::{AnyConnection, DatabaseUrl, migrate},
        problem::Problem,
        state::State,
    },
    schema::{
        cases, charging_sites, inspections, journal, listings, movements, repairs, scrappages, tasks, vehicles,
    },
};
use rstest::rstest;

use crate::harness::{Database, Engine};

const VEHICLES: u32 = 40;

/// What a city has.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    vehicles: i64,
    inspections: i64,
    repairs: i64,
    open: i64,
    overdue: i64,
    closed: i64,
    listed: i64,
    lifted: i64,
    journal: i64,
    movements: i64,
    scrappages: i64,
    tasks: i64,
    sites: i64,
}

fn open(database: &Database) -> Result<Counts, Problem> {
    let store = StoreConfig { database_url: database.url.clone(), check_log: Some(database.folder.join("checks")) };
    let keys = KeysConfig { keys: database.folder.join("keys") };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let state = demo::open(&store, &keys, VEHICLES).await?;
        count(&state).await
    })
}

async fn count(state: &State) -> Result<Counts, Problem> {
    let today = Day::from_ymd_opt(2026, 8, 22).unwrap();
    let count = move |conn: &mut AnyConnection| {
        let open = cases::table.filter(cases::closed_at.is_null());
        Ok(Counts {
            vehicles: vehicles::table.count().get_result(conn)?,
            inspections: inspections::table.count().get_result(conn)?,
            repairs: repairs::table.count().get_result(conn)?,
            open: open.filter(cases::deadline_on.ge(today)).count().get_result(conn)?,
            overdue: open.filter(cases::deadline_on.lt(today)).count().get_result(conn)?,
            closed: cases::table.filter(cases::closed_at.is_not_null()).count().get_result(conn)?,
            listed: listings::table.filter(listings::lifted_at.is_null()).count().get_result(conn)?,
            lifted: listings::table.filter(listings::lifted_at.is_not_null()).count().get_result(conn)?,
            journal: journal::table.count().get_result(conn)?,
            movements: movements::table.count().get_result(conn)?,
            scrappages: scrappages::table.count().get_result(conn)?,
            tasks: tasks::table.count().get_result(conn)?,
            sites: charging_sites::table.count().get_result(conn)?,
        })
    };
    state.db.read(count).await
}

/// How every target stands on the demo's day: its verdict, and what its first reading counts.
fn standings(database: &Database) -> Vec<(String, TargetVerdict, String)> {
    let store = StoreConfig { database_url: database.url.clone(), check_log: Some(database.folder.join("checks")) };
    let keys = KeysConfig { keys: database.folder.join("keys") };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let state = demo::open(&store, &keys, VEHICLES).await.unwrap();
        let now = state.clock.now();
        let all = move |conn: &mut AnyConnection| {
            let stands = |target: imfleet::domain::target::Target| {
                let id = target.id.clone();
                let question = Question::of_today(conn, target, now)?;
                let found = standing(conn, &question)?;
                let judging = found.readings.iter().find(|reading| reading.judging);
                let counted = judging.map(|own| format!("{}/{}", own.whole.counted, own.whole.total));
                Ok((id, found.verdict, counted.unwrap_or_default()))
            };
            delivered().into_iter().map(stands).collect()
        };
        state.db.read(all).await.unwrap()
    })
}

fn refusal(database: &Database) -> String {
    open(database).unwrap_err().to_string()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
fn the_city_shows_the_whole_loop_and_is_made_once(#[case] engine: Engine) {
    let database = Database::create(engine);
    let made = open(&database).unwrap();
    assert!(made.vehicles > i64::from(VEHICLES) && made.movements > made.vehicles, "{made:?}");
    assert!(made.scrappages > 50 && made.tasks == 48 && made.sites == 16, "{made:?}");
    assert!(made.inspections > 40 && made.repairs > 0, "{made:?}");
    assert!(made.open > 0 && made.overdue > 0 && made.closed > 0, "{made:?}");
    assert!(made.listed > 0 && made.lifted > 0, "{made:?}");
    assert_eq!(open(&database).unwrap(), made, "a second start adds nothing");
}

#[test]
fn every_target_that_has_a_register_is_alive_on_the_demos_day() {
    let database = Database::create(Engine::Sqlite);
    let found = standings(&database);
    for (id, verdict, counted) in &found {
        let expected = match id.as_str() {
            "T4" | "T7" | "T25" => TargetVerdict::Met,
            "T3" | "T5" | "T6" | "T9" | "T23" => TargetVerdict::NotMet,
            "T11" | "T12" | "T27" => TargetVerdict::Reported,
            _ => TargetVerdict::NoData,
        };
        assert_eq!(*verdict, expected, "{id}: {counted}");
        assert_eq!(*verdict == TargetVerdict::NoData, counted.is_empty(), "{id}: {counted}");
    }
    assert!(found.iter().any(|(id, _, counted)| id == "T4" && counted == "46/49"), "{found:?}");
}

#[test]
fn the_city_is_the_same_each_time() {
    let [one, other] = [Engine::Sqlite, Engine::Sqlite].map(Database::create);
    assert_eq!(open(&one).unwrap(), open(&other).unwrap());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
fn another_database_is_refused_and_left_as_it_is(#[case] engine: Engine) {
    let database = Database::create(engine);
    migrate(&database.url).unwrap();
    assert!(refusal(&database).contains("holds what the demo did not make"));
    let mut conn = database.url.connect().unwrap();
    assert_eq!(vehicles::table.count().get_result::<i64>(&mut conn).unwrap(), 0);
    assert!(!database.folder.join("keys").exists());
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let database = Database::create(Engine::Sqlite);
    let DatabaseUrl::Sqlite(file) = &database.url else { panic!("not a file") };
    std::fs::write(file, "a letter, not a database: ".repeat(100)).unwrap();
    assert!(refusal(&database).contains("holds what the demo did not make"));
    assert_eq!(std::fs::read_to_string(file).unwrap(), "a letter, not a database: ".repeat(100));
}

#[test]
fn a_city_whose_making_was_interrupted_is_refused_with_what_to_delete() {
    let database = Database::create(Engine::Sqlite);
    migrate(&database.url).unwrap();
    let mut conn = database.url.connect().unwrap();
    let bureau = "INSERT INTO organisations (id, role, code, name, area, standing, registered_at, changed_at)
        VALUES ('00000000-0000-7000-8000-000000000001', 'ecology_bureau', 'demo', 'x', '610500', 'active', '', '')";
    diesel::connection::SimpleConnection::batch_execute(&mut conn, bureau).unwrap();
    let refusal = refusal(&database);
    assert!(refusal.contains("was interrupted: delete") && refusal.contains("db.sqlite-wal"), "{refusal}");
}
