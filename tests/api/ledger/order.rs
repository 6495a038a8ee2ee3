//! The order of the log, and what happens to rows when a process ends before it has sealed them.

use std::sync::Arc;

use chrono::Duration as Span;
use diesel::connection::SimpleConnection;
use imfleet::{
    app,
    config::{KeysConfig, StoreConfig},
    domain::{event::Event, id::Id},
    features,
    platform::{
        auth::{KeyRing, Purpose},
        clock::Clock,
        db::Tx,
        journal::Actor,
    },
};
use serde_json::{Value, json};

use super::{counts, entries, id, pin, proof, proves, record, sealed};
use crate::{
    feeds::register,
    harness::{Engine, World},
    story::car,
};

#[test]
fn a_row_that_commits_late_is_sealed_behind_what_committed_before_it() {
    let world = World::start(Engine::Postgres);
    sealed(&world);
    let (StoreConfig { database_url, .. }, _) = world.configs();
    // An earlier transaction wrote its rows, and their ids are smaller than all that follow.
    let mut late = database_url.connect().unwrap();
    let (subject, early): (Id<()>, Id<()>) =
        (world.clock.mint(world.clock.now()), world.clock.mint(world.clock.now()));
    late.batch_execute("BEGIN").unwrap();
    late.batch_execute(&format!(
        "INSERT INTO journal (subject_id, id, recorded_at, recorded_on, operation, event)
         VALUES ('{subject}', '{early}', '2026-08-22T02:00:00Z', '2026-08-22', 'test', '{{\"event\": \"late\"}}');
         INSERT INTO outbox (subject_id, journal_id) VALUES ('{subject}', '{early}');
         INSERT INTO journal_unsealed (subject_id, journal_id) VALUES ('{subject}', '{early}')"
    ))
    .unwrap();
    let vehicle = register(&world, &car());
    let checkpoint = sealed(&world);
    let first = entries(&world, &vehicle)[0].clone();
    assert!(early < id(&first["entry_id"]));
    assert_eq!(first["state"], "sealed");
    assert_eq!(entries(&world, &subject.to_string()), Vec::<Value>::new());

    late.batch_execute("COMMIT").unwrap();
    sealed(&world);
    let second = proof(&world, &json!(early));
    assert_eq!(second["state"], "sealed");
    assert_eq!(second["leaf"], checkpoint["size"], "right behind what was signed before its commit");
    assert!(first["leaf"].as_u64() < second["leaf"].as_u64());
    assert!(proves(&second));
}

#[test]
fn rows_of_one_subject_stand_in_the_order_of_their_commits_though_the_earlier_waited() {
    let world = World::start(Engine::Postgres);
    let subject: Id<()> = world.clock.mint(world.clock.now());
    let db = world.state().db.clone();
    let (started, has_started) = std::sync::mpsc::channel();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (started, wait) = (std::sync::Mutex::new(started), std::sync::Mutex::new(wait));
    std::thread::scope(|scope| {
        let slow = scope.spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(db.write("slow", Actor::service(), move |tx| {
                let client = tx.mint();
                tx.record(subject, Event::ClientRegistered { client });
                started.lock().unwrap().send(()).unwrap();
                // As one waits for the lock of a vehicle.
                wait.lock().unwrap().recv().unwrap();
                Ok(())
            }))
        });
        has_started.recv().unwrap();
        let quick = |tx: &mut Tx<'_>| {
            let client = tx.mint();
            tx.record(subject, Event::ClientRegistered { client });
            Ok(())
        };
        world.wait_for(world.state().db.write("quick", Actor::service(), quick)).unwrap();
        go.send(()).unwrap();
        slow.join().unwrap().unwrap();
    });
    sealed(&world);
    let operations: Vec<_> =
        entries(&world, &subject.to_string()).iter().map(|entry| entry["content"]["operation"].clone()).collect();
    assert_eq!(operations, ["quick", "slow"]);
}

#[test]
fn what_a_process_left_unsealed_is_sealed_by_the_next() {
    let world = World::start(Engine::Sqlite);
    let (database_url, folder) = world.spare_database("restarted");
    let store = StoreConfig { database_url, check_log: Some(folder.join("checks")) };
    let keys = KeysConfig { keys: folder.join("keys") };
    let clock: Clock = world.clock.clone();
    let mut past: Option<Value> = None;
    for round in 0..3_u64 {
        // It seals what was left, and dies with rows that nobody has sealed, or sealed without a checkpoint.
        let state: Arc<_> = world.wait_for(app::open(&store, &keys, clock.clone())).unwrap().into_inner();
        clock.advance(Span::seconds(10));
        world.wait_for(features::ledger::seal(&state)).unwrap();
        let (rows, waiting, leaves) = counts(&state.db, &world);
        assert_eq!((waiting, leaves), (0, rows));
        let mark = world.wait_for(state.db.read(|conn| Ok(features::ledger::last_mark(conn)?))).unwrap();
        assert_eq!(mark.map_or(0, |mark| mark.size), u64::try_from(leaves).unwrap());
        if let (Some(past), Some(mark)) = (past.as_ref(), mark) {
            assert!(past["size"].as_u64().unwrap() < mark.size, "round {round}");
        }
        past = Some(json!(mark));
        world.wait_for(record(&state.db, 300));
        assert_eq!(counts(&state.db, &world).1, 300);
    }
    assert!(past.unwrap()["size"].as_u64().unwrap() >= 600);
}

#[test]
fn a_successor_of_the_key_is_introduced_by_the_older() {
    let world = World::start(Engine::Sqlite);
    let (_, KeysConfig { keys }) = world.configs();
    let first = pin(&world);
    world.wait(Span::seconds(1));
    KeyRing::rotate(&keys, Purpose::Journal, world.clock.now()).unwrap();
    let ring = KeyRing::open(&keys, world.clock.now()).unwrap();
    let document = ring.sign_document(Purpose::Journal, &json!({ "size": 1 })).unwrap();
    let (_, now) = first.open::<Value>(Purpose::Journal, &document, ring.successions(Purpose::Journal)).unwrap();
    assert_ne!(now.kid, first.kid);
    assert!(first.open::<Value>(Purpose::Journal, &document, &[]).is_err());
}
