//! The journal's log: every committed row is sealed once and in the order of the commits, proves what it is, and shows
//! what was done to it.

mod order;

use std::{
    io::Cursor,
    time::{Duration, Instant},
};

use chrono::Duration as Span;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, delete, update};
use imfleet::{
    commands::{Audited, verify},
    domain::{
        event::Event,
        id::Id,
        ledger::{Checkpoint, Content, FaultKind, Hash, Leaf, Salt, is_consistent, is_included},
        role::Role::{EcologyBureau, EnterpriseGate, MarketRegulator, RepairShop},
    },
    features,
    platform::{
        auth::{Pin, Purpose},
        db::{AnyConnection, Db, Tx},
        journal::Actor,
    },
    schema::{journal, journal_leaves, journal_unsealed},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    feeds::{another, register},
    harness::World,
    story::car,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// How many rows of the journal there are, how many wait, and how many leaves there are.
fn counts(db: &Db, world: &World) -> (i64, i64, i64) {
    let count = |conn: &mut AnyConnection| {
        Ok((
            journal::table.count().get_result(conn)?,
            journal_unsealed::table.count().get_result(conn)?,
            journal_leaves::table.count().get_result(conn)?,
        ))
    };
    world.wait_for(db.read_at_once(count)).unwrap()
}

/// Waits until all is sealed and signed, and gives the checkpoint.
#[track_caller]
fn sealed(world: &World) -> Value {
    let begun = Instant::now();
    loop {
        world.wait(Span::seconds(1));
        let (_, waiting, leaves) = counts(&world.state().db, world);
        let last = world.get(&world.manager(EcologyBureau), "/v1/journal/checkpoints/latest");
        if last.status == 200 && waiting == 0 && last.body["size"] == leaves {
            return last.body;
        }
        assert!(begun.elapsed() < PATIENCE, "{waiting} rows wait, {leaves} leaves, {}", last.text);
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn entries(world: &World, subject: &str) -> Vec<Value> {
    let path = format!("/v1/journal/entries?subject_id={subject}");
    world.get(&world.manager(EcologyBureau), &path).expect(200)["items"].as_array().unwrap().clone()
}

fn proof(world: &World, entry: &Value) -> Value {
    let path = format!("/v1/journal/entries/{}/proof", entry.as_str().unwrap());
    world.get(&world.manager(MarketRegulator), &path).expect(200)
}

fn export(world: &World, query: &str) -> String {
    let reply = world.get(&world.manager(EcologyBureau), &format!("/v1/journal/export{query}"));
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/x-ndjson"), "{}", reply.text);
    reply.text
}

/// The key that the service publishes.
fn pin(world: &World) -> Pin {
    let keys = world.send(world.request(Method::GET, "/.well-known/imfleet-journal-keys")).expect(200);
    serde_json::from_value(keys["keys"][0].clone()).unwrap()
}

fn checked(world: &World, file: &str, older: Option<&str>) -> Audited {
    verify(Cursor::new(file), &[pin(world)], older).unwrap()
}

#[track_caller]
fn must_hold(audited: &Audited) {
    assert!(audited.faults.is_empty(), "{:?} {}", audited.faults, audited.summary);
}

fn kinds(audited: &Audited) -> Vec<FaultKind> {
    audited.faults.iter().map(|fault| fault.kind).collect()
}

fn hash(value: &Value) -> Hash {
    Hash::parse(value.as_str().unwrap()).unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

/// Whether the proof of an entry holds, counted by what is written in the RFC.
fn proves(entry: &Value) -> bool {
    let leaf = Leaf {
        entry: serde_json::from_value(entry["entry_id"].clone()).unwrap(),
        subject: serde_json::from_value(entry["subject_id"].clone()).unwrap(),
        recorded_at: serde_json::from_value(entry["recorded_at"].clone()).unwrap(),
        content_hash: hash(&entry["content_hash"]),
    };
    let (place, checkpoint) = (entry["leaf"].as_u64().unwrap(), &entry["checkpoint"]);
    let (size, root) = (checkpoint["size"].as_u64().unwrap(), hash(&checkpoint["root"]));
    is_included(&leaf.hash(), place, size, &hashes(&entry["path"]), &root)
}

/// Changes the database behind the service's back.
fn behind(world: &World, change: impl Fn(&mut AnyConnection) -> diesel::QueryResult<usize> + Send + 'static) {
    assert_eq!(world.write(move |tx| Ok(change(tx.conn())?)).unwrap(), 1);
}

fn id(value: &Value) -> Id<()> {
    serde_json::from_value(value.clone()).unwrap()
}

on_both_engines! {
    fn a_row_is_shown_unsealed_until_a_checkpoint_covers_it_and_then_proves(world: &World) {
        sealed(world);
        let vehicle = register(world, &car());
        let before = entries(world, &vehicle);
        assert_eq!((before.len(), &before[0]["state"]), (1, &json!("unsealed")));
        assert_eq!(before[0]["content"]["event"]["event"], "vehicle_registered");
        let unproven = proof(world, &before[0]["entry_id"]);
        assert_eq!((&unproven["state"], &unproven["checkpoint"]), (&json!("unsealed"), &Value::Null));

        let last = sealed(world);
        let entry = proof(world, &before[0]["entry_id"]);
        assert_eq!((&entry["state"], &entry["checkpoint"]), (&json!("sealed"), &last));
        assert!(proves(&entry));
        let salt = Salt(hash(&entry["salt"]));
        assert_eq!(Content(entry["content"].clone()).hash(&salt), hash(&entry["content_hash"]));
        let document = last["document"].as_str().unwrap();
        let (says, _) = pin(world).open::<Checkpoint>(Purpose::Journal, document, &[]).unwrap();
        assert_eq!((json!(says.size), json!(says.root)), (last["size"].clone(), last["root"].clone()));
        assert!(pin(world).open::<Checkpoint>(Purpose::Snapshot, document, &[]).is_err(), "its own typ");
        assert!(!entry.to_string().contains("陕E"), "ids and words only");

        world.get(&world.manager(RepairShop), "/v1/journal/checkpoints/latest").expect(200);
        let strange = format!("/v1/journal/entries/{vehicle}/proof");
        world.get(&world.manager(EcologyBureau), &strange).problem(404, "not-found");
    }

    fn a_checkpoint_is_signed_anew_before_the_last_is_ten_seconds_old(world: &World) {
        let first = sealed(world);
        world.wait(Span::seconds(9));
        let begun = Instant::now();
        loop {
            let last = world.get(&world.manager(EcologyBureau), "/v1/journal/checkpoints/latest").expect(200);
            if last["issued_at"] != first["issued_at"] {
                assert_eq!((&last["size"], &last["root"]), (&first["size"], &first["root"]));
                break;
            }
            assert!(begun.elapsed() < PATIENCE, "{last}");
            std::thread::sleep(Duration::from_millis(50));
        }
        let list = world.get(&world.manager(EcologyBureau), "/v1/journal/checkpoints?limit=1").expect(200);
        assert_eq!(list["items"][0]["size"], first["size"]);
    }

    fn two_checkpoints_are_proven_consistent(world: &World) {
        let old = sealed(world);
        (0..5).for_each(|number| drop(register(world, &another(number))));
        let new = sealed(world);
        let (from, to) = (old["size"].as_u64().unwrap(), new["size"].as_u64().unwrap());
        assert!(from < to);
        let gate = world.manager(EnterpriseGate);
        let told = world.get(&gate, &format!("/v1/journal/checkpoints/consistency?from={from}")).expect(200);
        assert_eq!((&told["from_root"], &told["to_root"]), (&old["root"], &new["root"]));
        let states = ((from, &hash(&old["root"])), (to, &hash(&new["root"])));
        assert!(is_consistent(states.0, states.1, &hashes(&told["proof"])));
        assert!(!is_consistent((from, &hash(&new["root"])), states.1, &hashes(&told["proof"])));
        for (query, pointer) in [
            (format!("from={from}&to={}", to + 1), "/to"),
            (format!("from={to}&to={from}"), "/from"),
            ("from=-1".to_owned(), "/from"),
        ] {
            let refused = world.get(&gate, &format!("/v1/journal/checkpoints/consistency?{query}"));
            assert_eq!(refused.problem(422, "invalid")["errors"][0]["pointer"], pointer);
        }
        for query in ["from=-1".to_owned(), format!("to={}", to + 1), format!("from={to}&to={from}")] {
            let refused = world.get(&world.manager(EcologyBureau), &format!("/v1/journal/export?{query}"));
            refused.problem(422, "invalid");
        }
    }

    fn an_export_holds_whole_or_in_part_and_by_the_right_key_alone(world: &World) {
        let old = sealed(world);
        (0..5).for_each(|number| drop(register(world, &another(number))));
        let new = sealed(world);
        let document = old["document"].as_str().unwrap();
        let whole = export(world, "");
        let audited = checked(world, &whole, Some(document));
        must_hold(&audited);
        assert!(audited.summary.contains("continues the checkpoint"), "{}", audited.summary);
        let (from, to) = (old["size"].as_u64().unwrap(), new["size"].as_u64().unwrap());
        for query in [format!("?from={from}"), format!("?from=1&to={}", to - 2), format!("?from={to}"), "?to=0".to_owned()] {
            must_hold(&checked(world, &export(world, &query), None));
        }
        let part = export(world, &format!("?from={}", from + 1));
        assert_eq!(kinds(&checked(world, &part, Some(document))), [FaultKind::Unproven]);

        let strange = Pin { kid: pin(world).kid, x: pin_of(world, Purpose::Snapshot).x };
        let audited = verify(Cursor::new(&whole), &[strange], None).unwrap();
        assert!(!audited.faults.is_empty() && kinds(&audited).iter().all(|kind| *kind == FaultKind::Signature));
        let forged = world.state().keys.sign_document(Purpose::Journal, &json!({
            "log": "journal", "size": from, "root": Hash::of(b"another past"), "issued": world.clock.now(),
        }));
        assert_eq!(kinds(&checked(world, &whole, Some(&forged.unwrap()))), [FaultKind::Fork]);
    }

    fn what_is_changed_or_removed_in_the_database_is_found(world: &World) {
        let [first, second, third] = [1, 2, 3].map(|number| register(world, &another(number)));
        let old = sealed(world)["document"].as_str().unwrap().to_owned();
        let [first, second, third] = [first, second, third].map(|vehicle| entries(world, &vehicle)[0].clone());

        let (subject, row) = (id(&first["subject_id"]), id(&first["entry_id"]));
        behind(world, move |conn| {
            update(journal::table.find((subject, row))).set(journal::operation.eq("another")).execute(conn)
        });
        assert_eq!(proof(world, &first["entry_id"])["state"], "changed");
        let (subject, row) = (id(&second["subject_id"]), id(&second["entry_id"]));
        behind(world, move |conn| delete(journal::table.find((subject, row))).execute(conn));
        assert_eq!(proof(world, &second["entry_id"])["state"], "missing");
        let audited = checked(world, &export(world, ""), Some(&old));
        assert_eq!(kinds(&audited), [FaultKind::Changed, FaultKind::Missing]);
        assert!(audited.faults[0].what.contains(first["entry_id"].as_str().unwrap()), "{:?}", audited.faults);

        // Who changes the leaf as well finds that it was signed.
        let (place, salt) = (third["leaf"].as_i64().unwrap(), hash(&third["salt"]));
        let (subject, row) = (id(&third["subject_id"]), id(&third["entry_id"]));
        let mut content = third["content"].clone();
        content["operation"] = json!("another");
        let rehashed = Content(content).hash(&Salt(salt)).0.to_vec();
        behind(world, move |conn| {
            update(journal::table.find((subject, row))).set(journal::operation.eq("another")).execute(conn)
        });
        behind(world, move |conn| {
            let leaf = journal_leaves::table.find(("journal", place));
            update(leaf).set(journal_leaves::content_hash.eq(rehashed.clone())).execute(conn)
        });
        let changed = proof(world, &third["entry_id"]);
        assert_eq!((&changed["state"], proves(&changed)), (&json!("sealed"), false));
        let found = kinds(&checked(world, &export(world, ""), None));
        assert_eq!(found.iter().filter(|kind| **kind == FaultKind::Root).count(), 1, "{found:?}");

        behind(world, move |conn| delete(journal_leaves::table.find(("journal", place))).execute(conn));
        let found = kinds(&checked(world, &export(world, ""), None));
        assert_eq!(found.iter().filter(|kind| **kind == FaultKind::Missing).count(), 2, "{found:?}");
    }

    fn content_that_is_erased_by_rule_leaves_the_proofs_as_they_were(world: &World) {
        let vehicle = register(world, &car());
        let old = sealed(world);
        let entry = entries(world, &vehicle)[0].clone();
        world.wait(Span::days(3_661));
        world.tick();
        sealed(world);
        let erased = proof(world, &entry["entry_id"]);
        assert_eq!((&erased["state"], &erased["content"], &erased["salt"]), (&json!("erased"), &Value::Null, &Value::Null));
        assert!(proves(&erased));
        assert_eq!(entries(world, &vehicle).len(), 0);
        let audited = checked(world, &export(world, ""), Some(old["document"].as_str().unwrap()));
        must_hold(&audited);
        let words = format!("{} entries have had their content erased by rule", old["size"]);
        assert!(audited.summary.contains(&words), "{}", audited.summary);
    }

    fn of_old_days_the_last_checkpoint_alone_is_kept(world: &World) {
        let first = sealed(world);
        register(world, &another(1));
        let second = sealed(world);
        world.wait(Span::days(91));
        register(world, &another(2));
        let third = sealed(world);
        world.tick();
        let kept = world.get(&world.manager(EcologyBureau), "/v1/journal/checkpoints").expect(200);
        let sizes: Vec<_> = kept["items"].as_array().unwrap().iter().map(|kept| kept["size"].clone()).collect();
        assert!(sizes.contains(&third["size"]) && sizes.contains(&second["size"]), "{sizes:?}");
        assert!(!sizes.contains(&first["size"]), "{sizes:?}");
        must_hold(&checked(world, &export(world, ""), Some(first["document"].as_str().unwrap())));
    }

    fn two_sealers_at_once_seal_every_row_once(world: &World) {
        let other = world.another_server();
        std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                for _ in 0..60 {
                    runtime.block_on(record(&other.state.db, 3));
                    // The lease lapses again and again, so each of them is the sealer by turns.
                    world.clock.advance(Span::seconds(2));
                }
            });
            let contending = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let state = other.state.clone().into_inner();
                for _ in 0..60 {
                    runtime.block_on(features::ledger::seal(&state)).unwrap();
                }
            });
            writing.join().unwrap();
            contending.join().unwrap();
        });
        world.wait(Span::seconds(4));
        sealed(world);
        let (rows, waiting, leaves) = counts(&world.state().db, world);
        assert_eq!((rows, waiting), (leaves, 0));
        must_hold(&checked(world, &export(world, ""), None));
    }
}

fn pin_of(world: &World, purpose: Purpose) -> Pin {
    world.state().keys.pins(purpose).pop().unwrap()
}

/// Records some rows, each of a new subject.
async fn record(db: &Db, count: usize) {
    let write = move |tx: &mut Tx<'_>| {
        for _ in 0..count {
            let client = tx.mint();
            tx.record(client, Event::ClientRegistered { client });
        }
        Ok(())
    };
    db.write("test", Actor::service(), write).await.unwrap();
}
