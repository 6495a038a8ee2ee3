//! The gate beside a barrier: what it takes, what it refuses, what it answers, and what it keeps for later.

mod passes;
mod program;

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::Duration;
use imfleet::{
    config::KeysConfig,
    domain::{
        ledger::{Hash, Mark},
        role::Role::{EcologyBureau, EnterpriseGate},
        snapshot::Head,
        vehicle::{
            plate::{Plate, PlateKind},
            stage::Stage,
        },
    },
    gate::{self, Answered, Decision, Fault, Folder, Gate, Ledger, Line, Refusal, Standing, Synced, Way},
    platform::auth::{KeyRing, Purpose},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    feeds::{another, lift, list, register},
    harness::World,
    story::car,
};

/// A gate of the world, in a folder of its own.
struct Barrier<'w> {
    world: &'w World,
    path: PathBuf,
    folder: Folder,
}

impl<'w> Barrier<'w> {
    fn of(world: &'w World) -> Self {
        let path = world.spare_database("gate").1;
        Self { world, folder: Folder::open(&path).unwrap(), path }
    }

    fn line(&self, url: &str) -> Line {
        let (id, secret) = self.world.client(EnterpriseGate);
        Line::new(url, id, secret, None).unwrap()
    }

    fn sync(&self) -> Result<Synced, Fault> {
        self.sync_with(&self.world.url())
    }

    fn sync_with(&self, url: &str) -> Result<Synced, Fault> {
        self.world.wait_for(gate::sync(&self.folder, &self.line(url), self.world.clock.now()))
    }

    fn check(&self, plate: &str) -> Answered {
        let (kept, plate) = (self.folder.read().unwrap(), Plate::read(plate).unwrap());
        gate::check(kept.as_ref(), &plate, PlateKind::SmallCar, self.world.clock.now())
    }

    fn apply(&self, file: &[u8]) -> Result<Synced, Fault> {
        gate::apply(&self.folder, file, &[], self.world.clock.now())
    }

    /// Why a file is refused; what the gate has stays as it is.
    #[track_caller]
    fn refusal(&self, file: &[u8]) -> Refusal {
        let before = fs::read(self.path.join("register")).unwrap();
        let Err(Fault::Refused(refusal)) = self.apply(file) else { panic!("the file is taken") };
        assert_eq!(fs::read(self.path.join("register")).unwrap(), before);
        refusal
    }
}

/// A file of the service, as it came.
fn fetch(world: &World, path: &str) -> Vec<u8> {
    let request = world.request(Method::GET, path).bearer_auth(world.manager(EnterpriseGate));
    request.send().unwrap().error_for_status().unwrap().bytes().unwrap().to_vec()
}

/// The file with one byte changed.
fn with_a_changed_byte(file: &[u8], at: usize) -> Vec<u8> {
    let mut changed = file.to_vec();
    changed[at] ^= 1;
    changed
}

on_both_engines! {
    fn a_gate_answers_from_its_copy_and_never_says_not_listed(world: &World) {
        let barrier = Barrier::of(world);
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Unknown);
        let listing = list(world, &register(world, &car()));
        let first = barrier.sync().unwrap();
        assert_eq!((first.from, first.by_delta, first.head.count), (None, false, 1));
        let listed = barrier.check("陕E-T0001");
        assert_eq!((listed.answer, listed.reasons[0].word.as_str()), (Standing::Listed, "decision"));
        assert_eq!((listed.reasons[0].zh.as_str(), listed.age_s), ("主管部门决定", Some(0)));
        assert_eq!(barrier.check("陕E·T0002").answer, Standing::NotInList);
        assert!(!serde_json::to_string(&barrier.check("陕E·T0002")).unwrap().contains("not_listed"));

        lift(world, &listing);
        list(world, &register(world, &another(7)));
        let second = barrier.sync().unwrap();
        assert_eq!((second.from, second.by_delta), (Some(first.head.sequence), true));
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::NotInList);
        assert_eq!(barrier.check("陕E·C0007").answer, Standing::Listed);

        world.wait(Duration::hours(24));
        let stale = barrier.check("陕E·C0007");
        assert_eq!((stale.answer, stale.reasons.len()), (Standing::Stale, 1), "what an expired copy says decides nothing");
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Stale);
        barrier.sync().unwrap();
        assert_eq!(barrier.check("陕E·C0007").answer, Standing::Listed);
        // A clock that is put back keeps no copy alive.
        world.wait(Duration::hours(-2));
        assert_eq!(barrier.check("陕E·C0007").answer, Standing::Stale);
    }

    fn what_is_older_expired_or_not_what_was_signed_is_refused(world: &World) {
        let barrier = Barrier::of(world);
        list(world, &register(world, &car()));
        let old = fetch(world, "/v1/listings/snapshot");
        barrier.sync().unwrap();
        list(world, &register(world, &another(1)));
        let delta = fetch(world, &format!("/v1/listings/deltas?from={}", barrier.folder.pin().unwrap().unwrap().sequence));
        let whole = fetch(world, "/v1/listings/snapshot");
        let line_end = whole.iter().position(|byte| *byte == b'\n').unwrap();

        for file in [&whole, &delta] {
            assert_eq!(barrier.refusal(&with_a_changed_byte(file, line_end - 10)), Refusal::Signature);
            assert_eq!(barrier.refusal(&file[..line_end - 10]), Refusal::Malformed);
        }
        let last = whole.len() - 1;
        assert_eq!(barrier.refusal(&with_a_changed_byte(&whole, last)), Refusal::Root);
        assert_eq!(barrier.refusal(&[&whole[..=line_end], &old[line_end + 1..]].concat()), Refusal::Root);
        let tampered = barrier.refusal(&with_a_changed_byte(&delta, delta.len() - 1));
        assert!([Refusal::Root, Refusal::Malformed].contains(&tampered));
        let access = world.manager(EnterpriseGate).into_bytes();
        assert_eq!(barrier.refusal(&[&access, b"\n".as_slice(), &whole[line_end + 1..]].concat()), Refusal::StrangeKey);

        assert!(barrier.apply(&delta).unwrap().by_delta);
        assert_eq!(barrier.refusal(&old), Refusal::Rollback);
        world.wait(Duration::hours(25));
        assert_eq!(barrier.refusal(&whole), Refusal::Freeze);
        world.wait(Duration::hours(-26));
        assert_eq!(barrier.refusal(&whole), Refusal::Clock);
    }

    fn a_list_whose_journal_does_not_continue_the_one_before_is_refused(world: &World) {
        let barrier = Barrier::of(world);
        let latest = |world: &World| world.get(&world.manager(EnterpriseGate), "/v1/journal/checkpoints/latest");
        while latest(world).status != 200 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        list(world, &register(world, &car()));
        let seen = barrier.sync().unwrap().head.journal.unwrap();
        assert_eq!(barrier.folder.pin().unwrap().unwrap().journal, Some(seen));
        let size = seen.size;
        while latest(world).body["size"].as_u64().unwrap() <= size {
            world.wait(Duration::seconds(1));
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        list(world, &register(world, &another(1)));
        let head = barrier.sync().unwrap().head;
        let told = head.journal.unwrap();
        assert!(told.size > size, "the log has grown, and the growth was proven");

        let whole = fetch(world, "/v1/listings/snapshot");
        let line_end = whole.iter().position(|byte| *byte == b'\n').unwrap();
        let forged = |journal: Mark| {
            let head = Head { journal: Some(journal), ..head.clone() };
            let signed = world.state().keys.sign_document(Purpose::Snapshot, &head).unwrap();
            [signed.as_bytes(), &whole[line_end..]].concat()
        };
        assert_eq!(barrier.refusal(&forged(seen)), Refusal::Journal, "a log that became smaller");
        let other = Hash::of(b"another past");
        assert_eq!(barrier.refusal(&forged(Mark { root: other, ..told })), Refusal::Journal, "another log of that size");
        barrier.apply(&forged(told)).unwrap();
        // A log that has grown from another past cannot be proven to continue.
        let path = barrier.path.join("trust.json");
        let trust = fs::read_to_string(&path).unwrap().replace(&told.root.to_string(), &other.to_string());
        fs::write(&path, trust).unwrap();
        while latest(world).body["size"].as_u64().unwrap() <= told.size {
            world.wait(Duration::seconds(1));
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        list(world, &register(world, &another(2)));
        assert!(matches!(barrier.sync(), Err(Fault::Refused(Refusal::Journal))));
    }

    fn an_older_list_is_refused_even_when_the_copy_is_lost(world: &World) {
        let barrier = Barrier::of(world);
        let vehicle = register(world, &car());
        let listing = list(world, &vehicle);
        lift(world, &listing);
        let empty = fetch(world, "/v1/listings/snapshot");
        list(world, &vehicle);
        barrier.sync().unwrap();
        fs::remove_file(barrier.path.join("register")).unwrap();
        let Err(Fault::Refused(refusal)) = barrier.apply(&empty) else { panic!("an old list is taken") };
        assert_eq!(refusal, Refusal::Rollback);
        barrier.sync().unwrap();
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Listed);
    }

    fn a_gate_follows_its_key_to_the_successor_and_no_other(world: &World) {
        let barrier = Barrier::of(world);
        list(world, &register(world, &car()));
        let first = barrier.sync().unwrap();
        let (_, KeysConfig { keys }) = world.configs();
        for _ in 0..2 {
            world.wait(Duration::seconds(1));
            KeyRing::rotate(&keys, Purpose::Snapshot, world.clock.now()).unwrap();
        }
        let rotated = world.another_server();
        let url = format!("http://{}", rotated.address);
        let second = barrier.sync_with(&url).unwrap();
        assert_ne!(second.kid, first.kid);
        assert_eq!(barrier.folder.pin().unwrap().unwrap().pin.kid, second.kid);
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Listed);
        // The world's own process still signs by the first key, which is trusted no more.
        list(world, &register(world, &another(1)));
        assert!(matches!(barrier.sync(), Err(Fault::Refused(Refusal::StrangeKey))));

        // A gate that knows the first key alone follows after its file is gone, by the documents that stay.
        let late = Barrier { world, path: barrier.path.join("late"), folder: Folder::open(&barrier.path.join("late")).unwrap() };
        late.sync().unwrap();
        remove_keys(&keys, 2);
        let later = world.another_server();
        world.wait(Duration::seconds(1));
        list(world, &register(world, &another(2)));
        let followed = late.sync_with(&format!("http://{}", later.address)).unwrap();
        assert_eq!(followed.kid, second.kid);
    }

    fn a_kill_between_two_files_leaves_a_gate_that_answers(world: &World) {
        let barrier = Barrier::of(world);
        list(world, &register(world, &car()));
        barrier.sync().unwrap();
        let (trust, register_file) = (barrier.path.join("trust.json"), barrier.path.join("register"));
        let old_trust = fs::read(&trust).unwrap();
        let (_, KeysConfig { keys }) = world.configs();
        world.wait(Duration::seconds(1));
        KeyRing::rotate(&keys, Purpose::Snapshot, world.clock.now()).unwrap();
        let rotated = world.another_server();
        barrier.sync_with(&format!("http://{}", rotated.address)).unwrap();
        // The new copy was in place, the new key not yet; and the next copy was half written.
        fs::write(&trust, old_trust).unwrap();
        fs::write(barrier.path.join("register.new"), b"half").unwrap();
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Listed);
        // A copy that was changed on the disk is seen, refused and fetched anew.
        let bytes = fs::read(&register_file).unwrap();
        fs::write(&register_file, with_a_changed_byte(&bytes, bytes.len() - 1)).unwrap();
        assert!(matches!(barrier.folder.read(), Err(Fault::Refused(Refusal::Root))));
        assert!(!barrier.sync_with(&format!("http://{}", rotated.address)).unwrap().by_delta);
        assert_eq!(barrier.check("陕E·T0001").answer, Standing::Listed);
    }

    fn a_gate_decides_its_zone_by_the_rules_of_its_copy(world: &World) {
        let barrier = Barrier::of(world);
        let rule = json!({
            "id": "low-stages", "title": "国三及以下禁止入厂", "effect": "deny", "who": { "stages": ["china_3"] },
            "when": { "from": "2026-01-01" }, "basis": "test", "confidence": "to_be_checked",
        });
        let told = json!({
            "name": "门禁", "kind": "enterprise_gate", "area": "610502", "reason": "登记", "rules": [rule],
            "gate": { "organisation_id": world.organisation(EnterpriseGate), "entrance": "1" },
        });
        let zone = world.post(&world.manager(EcologyBureau), "/v1/zones", &told).expect(201)["zone_id"].clone();
        let decided = |stage: Option<Stage>| {
            let (kept, plate) = (barrier.folder.read().unwrap(), Plate::read("陕E·T0002").unwrap());
            let ledger = Ledger { stage, ..Ledger::default() };
            let way = Way { zone_id: Some(zone.as_str().unwrap().parse().unwrap()), point: None };
            let vehicle = (&plate, PlateKind::LargeCar);
            gate::decide(kept.as_ref(), vehicle, &ledger, way, world.clock.now()).decision
        };
        assert_eq!(decided(Some(Stage::China5)), Decision::Unknown, "without a copy");
        barrier.sync().unwrap();
        assert_eq!([Some(Stage::China3), Some(Stage::China5), None].map(decided), [
            Decision::Deny, Decision::Allow, Decision::Unknown,
        ]);
        let path = format!("/v1/zones/{}/withdrawals", zone.as_str().unwrap());
        world.post(&world.manager(EcologyBureau), &path, &json!({ "reason": "撤销" })).expect(200);
        assert!(barrier.sync().unwrap().by_delta);
        assert_eq!(decided(Some(Stage::China5)), Decision::Unknown, "the copy knows no such zone");
    }

    fn the_barrier_is_answered_over_loopback(world: &World) {
        let barrier = Barrier::of(world);
        list(world, &register(world, &car()));
        let gate = Gate::open(barrier.folder.clone(), barrier.line(&world.url()), world.clock.clone()).unwrap();
        drop(world.wait_for(gate.work()));
        let (send, started) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                assert!(gate::build(&gate, "0.0.0.0:0".parse().unwrap()).is_err(), "loopback alone");
                let (server, address) = gate::build(&gate, "127.0.0.1:0".parse().unwrap()).unwrap();
                send.send((server.handle(), address)).unwrap();
                server.await.unwrap();
            });
        });
        let (handle, address) = started.recv().unwrap();
        let post = |path: &str, body: &Value| {
            let answer = world.http().post(format!("http://{address}{path}")).json(body).send().unwrap();
            (answer.status().as_u16(), answer.json::<Value>().unwrap())
        };
        let plate = |plate: &str| json!({ "plate": plate, "plate_kind": "small_car" });
        assert_eq!(post("/check", &plate("陕E·T0001")).1["answer"], "listed");
        assert_eq!(post("/check", &plate("陕E·T0002")).1["answer"], "not_in_list");
        assert_eq!(post("/check", &json!({ "plate": "陕E·T0001" })).0, 422);
        assert_eq!(post("/check", &json!({ "plate": "***", "plate_kind": "small_car" })).1["errors"][0]["pointer"], "/plate");
        assert_eq!(post("/decide", &plate("陕E·T0001")).1["decision"], "deny");
        assert_eq!(post("/decide", &plate("陕E·T0002")).1["decision"], "unknown");
        assert_eq!(post("/passes", &json!({ "plate": "陕E·T0002", "direction": "in" })).0, 201);
        let status: Value = world.http().get(format!("http://{address}/status")).send().unwrap().json().unwrap();
        assert_eq!((&status["fresh"], &status["passes_waiting"]), (&json!(true), &json!(1)));
        drop(handle.stop(false));
        thread.join().unwrap();
    }
}

#[test]
fn a_key_that_is_pinned_by_hand_is_the_only_one_that_is_taken() {
    let world = &World::start(crate::harness::Engine::Sqlite);
    let barrier = Barrier::of(world);
    let other = World::start(crate::harness::Engine::Sqlite);
    let keys = other.send(other.request(Method::GET, "/.well-known/imfleet-snapshot-keys")).expect(200);
    let key = &keys["keys"][0];
    let (id, secret) = world.client(EnterpriseGate);
    let pin = imfleet::platform::auth::Pin {
        kid: key["kid"].as_str().unwrap().to_owned(),
        x: key["x"].as_str().unwrap().to_owned(),
    };
    let line = Line::new(&world.url(), id, secret, Some(pin)).unwrap();
    let synced = world.wait_for(gate::sync(&barrier.folder, &line, world.clock.now()));
    assert!(matches!(synced, Err(Fault::Refused(Refusal::StrangeKey))));
    assert!(barrier.folder.pin().unwrap().is_none(), "nothing is trusted");
}

/// Removes the older key files, of which so many stand before the newest.
fn remove_keys(keys: &Path, count: usize) {
    let mut files: Vec<_> = fs::read_dir(keys.join("snapshot")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "pem"));
    files.sort();
    assert_eq!(files.len(), count + 1);
    files[..count].iter().for_each(|path| fs::remove_file(path).unwrap());
}
