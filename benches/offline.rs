//! What a gate downloads and how fast it takes it: a list of 200,000 entries, and a delta of 1,000 changes.
#![allow(
    clippy::unwrap_used,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on has failed, and prints what it finds"
)]

use std::{
    fs,
    hint::black_box,
    path::PathBuf,
    time::{Duration, Instant},
};

use imfleet::{
    config::KeysConfig,
    domain::{
        snapshot::{Delta, Entry, Head, Record, Rules, Snapshot, root_of},
        time,
        vehicle::plate::{Plate, PlateKind},
    },
    gate::{self, Folder},
    platform::{
        auth::{KeyRing, Pin, Purpose},
        held::{Issued, pack},
    },
};
use rand::{RngExt, SeedableRng, rngs::StdRng};

const ENTRIES: usize = 200_000;
const CHANGES: usize = 1_000;
const ROUNDS: u32 = 9;
const REASONS: [&str; 6] =
    ["overdue_case", "overdue_inspection", "remote_sensing", "black_smoke", "roadside", "decision"];

fn main() {
    let mut dice = StdRng::seed_from_u64(20_261_124);
    let old = Snapshot::new(Rules::default(), (0..ENTRIES).map(|_| record(&mut dice)).collect());
    let records: Vec<_> = (0..CHANGES).map(|_| record(&mut dice)).collect();
    let delta = Delta::new(1, None, records);
    let new = old.clone().apply(delta.clone());

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("offline_{:016x}", rand::random::<u64>()));
    let keys = keys(&folder);
    let whole = file(&keys, &old, 1, &old.encode());
    let changed = file(&keys, &new, 2, &delta.encode());

    size("snapshot of 200,000 entries", &whole, None);
    size("the same, packed", &pack(&whole).unwrap(), Some(3_000_000));
    size("delta of 1,000 changes", &changed, None);
    size("the same, packed", &pack(&changed).unwrap(), Some(60_000));
    time("encoding the snapshot", None, || drop(black_box(old.encode())));
    let bytes = old.encode();
    time("hashing it", None, || drop(black_box(root_of(&bytes))));
    time("reading it", None, || drop(black_box(Snapshot::decode(&bytes).unwrap())));
    checks(&old, &mut dice);
    gate(&folder, &keys, &whole, &changed);
    fs::remove_dir_all(&folder).unwrap();
}

/// A plate of the city or of another, listed for one reason at any second of three years.
fn record(dice: &mut StdRng) -> Record {
    const MARKS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let issuer = if dice.random_range(0..10) < 8 { "陕E" } else { "晋M" };
    let tail: String = (0..5).map(|_| char::from(MARKS[dice.random_range(0..MARKS.len())])).collect();
    let kind = [1, 2, 2, 2, 51, 52][dice.random_range(0..6)];
    let reason = REASONS[dice.random_range(0..REASONS.len())];
    let from = 1_690_000_000 + dice.random_range(0..94_000_000);
    Record::new(&format!("{issuer}{tail}"), kind, vec![Entry { reason: reason.into(), from, until: None }])
}

fn keys(folder: &std::path::Path) -> KeyRing {
    let config = KeysConfig { keys: folder.join("keys") };
    fs::create_dir_all(&config.keys).unwrap();
    KeyRing::open(&config.keys, now()).unwrap()
}

fn now() -> time::Instant {
    time::Instant::from_micros(1_795_000_000_000_000)
}

fn file(keys: &KeyRing, snapshot: &Snapshot, sequence: i64, bytes: &[u8]) -> Vec<u8> {
    let list = snapshot.encode();
    let head = Head {
        sequence,
        previous: sequence - 1,
        count: snapshot.count(),
        root: root_of(&list),
        issued: now(),
        expires: now().plus(chrono::Duration::hours(24)),
        journal: None,
    };
    let signed = keys.sign_document(Purpose::Snapshot, &head).unwrap();
    Issued::new(head, signed, snapshot.clone(), list).with(bytes)
}

fn size(name: &str, file: &[u8], target: Option<usize>) {
    let told = target.map_or_else(String::new, |target| {
        format!("target {target}: {}", if file.len() < target { "reached" } else { "MISSED" })
    });
    println!("{name:<58} {:>9} bytes  {told}", file.len());
}

/// The middle of some rounds.
fn time(name: &str, target_ms: Option<f64>, mut work: impl FnMut()) {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    took.sort_unstable();
    let millis = took[took.len() / 2].as_secs_f64() * 1e3;
    let told = target_ms.map_or_else(String::new, |target| {
        format!("target {target} ms: {}", if millis < target { "reached" } else { "MISSED" })
    });
    println!("{name:<58} {millis:>9.2} ms     {told}");
}

fn checks(snapshot: &Snapshot, dice: &mut StdRng) {
    let plates: Vec<_> = (0..100_000).map(|_| Plate::read(&record(dice).plate).unwrap()).collect();
    let began = Instant::now();
    for plate in &plates {
        black_box(snapshot.barring(plate, PlateKind::SmallCar, 1_795_000_000));
    }
    println!("{:<58} {:>9.2} µs", "one look-up", began.elapsed().as_secs_f64() * 1e6 / plates.len() as f64);
}

/// The verifier as it works: read the folder, verify, apply, hash, write durably.
fn gate(folder: &std::path::Path, keys: &KeyRing, whole: &[u8], changed: &[u8]) {
    let first = serde_json::to_value(keys.public_keys(Purpose::Snapshot)).unwrap()["keys"][0].clone();
    let pin = Pin { kid: first["kid"].as_str().unwrap().into(), x: first["x"].as_str().unwrap().into() };
    let path = folder.join("gate");
    let apply = |file: &[u8]| gate::apply(&Folder::open(&path).unwrap(), file, &[], now()).unwrap();
    let fresh = || {
        drop(fs::remove_dir_all(&path));
        fs::create_dir_all(&path).unwrap();
        let trust = serde_json::json!({ "kid": pin.kid, "x": pin.x, "sequence": 0 });
        fs::write(path.join("trust.json"), trust.to_string()).unwrap();
    };
    time("the verifier takes the snapshot", None, || {
        fresh();
        apply(whole);
    });
    let mut took = Duration::MAX;
    for _ in 0..ROUNDS {
        fresh();
        apply(whole);
        let began = Instant::now();
        assert!(apply(changed).by_delta);
        took = took.min(began.elapsed());
    }
    let millis = took.as_secs_f64() * 1e3;
    let word = if millis < 100.0 { "reached" } else { "MISSED" };
    println!("{:<58} {millis:>9.2} ms     target 100 ms: {word}", "the verifier applies the delta of 1,000 changes");
}
