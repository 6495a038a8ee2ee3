//! Copies of the list: the changes by number, the stream, and signed snapshots with their deltas.

use std::{
    io::{BufRead, BufReader, Read},
    process::Command,
    time::{Duration, Instant},
};

use flate2::read::GzDecoder;
use imfleet::{
    domain::{
        event::Event,
        role::Role::{EcologyBureau, EnterpriseGate, InspectionStation, TrafficPolice},
        snapshot::{Delta, Head, Snapshot, root_of},
    },
    platform::{
        auth::{Pin, Purpose},
        db::Json,
    },
    schema::journal::dsl::{event, journal},
};
use reqwest::{Method, blocking::Response};
use serde_json::{Value, json};

use crate::{
    harness::World,
    kill,
    story::{car, truck},
};

/// Registers a vehicle and tells its id.
pub fn register(world: &World, vehicle: &Value) -> String {
    let made = world.post(&world.manager(TrafficPolice), "/v1/vehicles", vehicle).expect(201);
    made["vehicle_id"].as_str().unwrap().to_owned()
}

/// Lists a vehicle by decision and tells the listing's address.
pub fn list(world: &World, vehicle: &str) -> String {
    let path = format!("/v1/vehicles/{vehicle}/listings");
    let listed = world.post(&world.manager(EcologyBureau), &path, &json!({ "basis": "路检路查超标" })).expect(201);
    format!("{path}/{}", listed["listing_id"].as_str().unwrap())
}

/// Lifts a listing.
pub fn lift(world: &World, listing: &str) {
    let why = json!({ "reason": "复检合格" });
    world.post(&world.manager(EcologyBureau), &format!("{listing}/lifts"), &why).expect(200);
}

/// A car with another plate and VIN.
pub fn another(number: u32) -> Value {
    let mut other = car();
    other["plate"] = json!(format!("陕E·C{number:04}"));
    other["vin"] = json!(format!("OFFLINE{number:010}"));
    other
}

fn changes(world: &World, after: i64) -> Value {
    world.get(&world.manager(EnterpriseGate), &format!("/v1/listings/changes?after={after}")).expect(200)
}

/// A file of the service: its head, verified, and the rest.
struct File {
    head: Head,
    bytes: Vec<u8>,
    tag: String,
}

fn raw(world: &World, path: &str) -> Response {
    world.request(Method::GET, path).bearer_auth(world.manager(EnterpriseGate)).send().unwrap()
}

fn file(world: &World, path: &str) -> File {
    let answer = raw(world, path);
    assert_eq!(answer.status().as_u16(), 200);
    let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
    let all = answer.bytes().unwrap();
    let end = all.iter().position(|byte| *byte == b'\n').unwrap();
    let signed = std::str::from_utf8(&all[..end]).unwrap();
    let (head, _) = pin(world).open::<Head>(Purpose::Snapshot, signed, &[]).unwrap();
    File { head, bytes: all[end + 1..].to_vec(), tag }
}

/// The key that the service publishes.
fn pin(world: &World) -> Pin {
    let keys = world.send(world.request(Method::GET, "/.well-known/imfleet-snapshot-keys")).expect(200);
    let key = keys["keys"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&key["crv"], &key["use"]), (&json!("Ed25519"), &json!("sig")));
    Pin { kid: key["kid"].as_str().unwrap().to_owned(), x: key["x"].as_str().unwrap().to_owned() }
}

fn follow(world: &World, token: &str, last: Option<i64>) -> Response {
    let request = world.request(Method::GET, "/v1/listings/events").bearer_auth(token);
    let request = request.header("accept", "text/event-stream");
    let request = if let Some(last) = last { request.header("Last-Event-ID", last.to_string()) } else { request };
    request.send().unwrap()
}

/// The next event of a stream: its number and its data.
fn event_of(stream: &mut BufReader<Response>) -> (i64, Value) {
    let mut id = None;
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).unwrap() > 0, "the stream has ended");
        if let Some(number) = line.strip_prefix("id: ") {
            id = Some(number.trim().parse().unwrap());
        }
        if let Some(data) = line.strip_prefix("data: ") {
            return (id.unwrap(), serde_json::from_str(data).unwrap());
        }
    }
}

on_both_engines! {
    fn a_follower_reads_what_changed_and_what_stands_now(world: &World) {
        let vehicle = register(world, &car());
        let before = changes(world, 0)["head"].as_i64().unwrap();
        let listing = list(world, &vehicle);
        let told = changes(world, before);
        assert_eq!((&told["next"], &told["head"]), (&json!(before + 1), &json!(before + 1)));
        let change = &told["items"][0];
        assert_eq!((&change["changed"], &change["subject_id"]), (&json!("listing"), &json!(vehicle)));
        assert_eq!((&change["plate"], &change["plate_kind"]), (&json!("陕ET0001"), &json!("small_car")));
        assert_eq!(change["entries"][0]["reason"], "decision");
        assert!(!told.to_string().contains(car()["vin"].as_str().unwrap()), "a follower learns no VIN");

        lift(world, &listing);
        let told = changes(world, before);
        let lifted: Vec<_> = told["items"].as_array().unwrap().iter().map(|change| &change["entries"]).collect();
        assert_eq!(lifted, [&json!([]), &json!([])], "an older change, too, tells what stands now");
        let path = format!("/v1/listings/changes?after={}", before + 2);
        let first = world.get(&world.manager(TrafficPolice), &path);
        assert_eq!(first.body["items"], json!([]));
        let again = world.request(Method::GET, &path).header("If-None-Match", first.header("etag"));
        assert_eq!(world.send(again.bearer_auth(world.manager(TrafficPolice))).status, 304);
    }

    fn a_follower_who_asks_for_nonsense_is_told_so(world: &World) {
        let gate = world.manager(EnterpriseGate);
        for (query, pointer) in [("after=-1", "/after"), ("limit=0", "/limit"), ("limit=1001", "/limit")] {
            let problem = world.get(&gate, &format!("/v1/listings/changes?{query}")).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
        }
        world.get(&gate, "/v1/listings/changes?since=1").problem(400, "unreadable");
        world.get(&gate, "/v1/listings/deltas?from=-1").problem(422, "invalid");
        world.get(&gate, "/v1/listings/deltas").problem(400, "unreadable");
        world.get(&gate, "/v1/listings/events").problem(400, "unreadable");
        let ahead = world.get(&gate, "/v1/listings/deltas?from=1000").problem(422, "invalid");
        assert_eq!(ahead["errors"][0]["code"], "ahead");
        world.get(&world.manager(InspectionStation), "/v1/listings/snapshot").problem(403, "forbidden");
    }

    fn a_snapshot_holds_plates_and_reasons_and_nothing_else(world: &World) {
        let vehicle = register(world, &car());
        list(world, &vehicle);
        register(world, &truck());
        let File { head, bytes, tag } = file(world, "/v1/listings/snapshot");
        assert_eq!((head.root, head.count), (root_of(&bytes), 1));
        assert_eq!((head.issued, head.previous), (world.clock.now(), 0));
        assert_eq!(head.expires, world.clock.now().plus(chrono::Duration::hours(24)));
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("陕ET0001") && !text.contains("陕ET0002"), "the listed plate alone");
        let (vin, id) = (car()["vin"].as_str().unwrap().to_owned(), vehicle);
        assert!(!text.contains(&vin) && !text.contains(&id), "neither VIN nor id");

        let known = world.request(Method::GET, "/v1/listings/snapshot").header("If-None-Match", &tag);
        assert_eq!(world.send(known.bearer_auth(world.manager(EnterpriseGate))).status, 304);
        let packed = world.request(Method::GET, "/v1/listings/snapshot").header("Accept-Encoding", "gzip");
        let packed = packed.bearer_auth(world.manager(EnterpriseGate)).send().unwrap();
        assert_eq!(packed.headers()["content-encoding"], "gzip");
        let mut unpacked = Vec::new();
        GzDecoder::new(&*packed.bytes().unwrap()).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked.ends_with(&bytes));
        assert_eq!(downloads(world), 2, "each download stands in the journal, and what was known is none");
    }

    fn a_delta_leads_to_the_bytes_of_the_whole(world: &World) {
        let vehicles: Vec<_> = (0..6).map(|number| register(world, &another(number))).collect();
        let mut listings: Vec<_> = vehicles[..4].iter().map(|vehicle| list(world, vehicle)).collect();
        let mut copies = vec![file(world, "/v1/listings/snapshot")];
        lift(world, &listings.remove(0));
        copies.push(file(world, "/v1/listings/snapshot"));
        list(world, &vehicles[1]);
        // The plate of a listed vehicle goes to one that is not, and that of another to one that is.
        for (to, plate) in [(5, "陕E·C0002"), (1, "陕E·C0004")] {
            let moved = json!({ "plate": plate, "plate_kind": "small_car", "bound_on": "2026-08-22" });
            world.post(&world.manager(TrafficPolice), &format!("/v1/vehicles/{}/plates", vehicles[to]), &moved).expect(200);
        }
        let whole = file(world, "/v1/listings/snapshot");
        assert_eq!(whole.head.previous, copies[1].head.sequence);
        for copy in copies {
            let delta = file(world, &format!("/v1/listings/deltas?from={}", copy.head.sequence));
            assert_eq!(delta.head.root, whole.head.root);
            let (old, news) = (Snapshot::decode(&copy.bytes).unwrap(), Delta::decode(&delta.bytes).unwrap());
            assert_eq!(old.apply(news).encode(), whole.bytes);
        }
        let nothing = file(world, &format!("/v1/listings/deltas?from={}", whole.head.sequence));
        assert!(Delta::decode(&nothing.bytes).unwrap().is_empty());
    }

    fn what_changes_nothing_of_the_list_makes_no_new_head(world: &World) {
        list(world, &register(world, &car()));
        let first = file(world, "/v1/listings/snapshot");
        register(world, &truck());
        assert_eq!(file(world, "/v1/listings/snapshot").tag, first.tag);
        world.wait(chrono::Duration::hours(12));
        let renewed = file(world, "/v1/listings/snapshot");
        assert!(renewed.head.issued > first.head.issued && renewed.head.root == first.head.root);
    }

    fn two_processes_issue_the_same_list_and_never_an_older_one(world: &World) {
        let vehicle = register(world, &car());
        let other = world.another_server();
        let from_other = || {
            let request = world.http().get(format!("http://{}/v1/listings/snapshot", other.address));
            let all = request.bearer_auth(world.manager(EnterpriseGate)).send().unwrap().bytes().unwrap();
            let end = all.iter().position(|byte| *byte == b'\n').unwrap();
            let signed = std::str::from_utf8(&all[..end]).unwrap();
            pin(world).open::<Head>(Purpose::Snapshot, signed, &[]).unwrap().0
        };
        let mut last = 0;
        for _ in 0..2 {
            let listing = list(world, &vehicle);
            let (ours, theirs) = (file(world, "/v1/listings/snapshot").head, from_other());
            assert_eq!((&ours.root, ours.sequence), (&theirs.root, theirs.sequence));
            register_more(world, ours.sequence);
            let theirs = from_other();
            let ours = file(world, "/v1/listings/snapshot").head;
            assert!(theirs.sequence >= last && ours.sequence >= theirs.sequence);
            last = ours.sequence;
            lift(world, &listing);
        }
    }

    fn a_stream_tells_what_happens_and_resumes_after_the_last_event(world: &World) {
        let vehicle = register(world, &car());
        let before = changes(world, 0)["head"].as_i64().unwrap();
        let gate = world.manager(EnterpriseGate);
        let answer = follow(world, &gate, None);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut stream = BufReader::new(answer);
        let listing = list(world, &vehicle);
        let (number, data) = event_of(&mut stream);
        assert_eq!((number, &data["entries"][0]["reason"]), (before + 1, &json!("decision")));
        drop(stream);
        lift(world, &listing);
        let mut resumed = BufReader::new(follow(world, &gate, Some(number)));
        let (next, data) = event_of(&mut resumed);
        assert_eq!((next, &data["entries"]), (number + 1, &json!([])), "nothing is missed and nothing told twice");
        let mut all = BufReader::new(follow(world, &gate, Some(0)));
        assert_eq!((0..next).map(|_| event_of(&mut all).0).collect::<Vec<_>>(), (1..=next).collect::<Vec<_>>());
    }

    fn another_process_is_heard_in_a_stream(world: &World) {
        let vehicle = register(world, &car());
        let other = world.another_server();
        let url = format!("http://{}/v1/listings/events", other.address);
        let request = world.http().get(url).bearer_auth(world.manager(TrafficPolice));
        let mut stream = BufReader::new(request.header("accept", "text/event-stream").send().unwrap());
        let mut greeting = String::new();
        stream.read_line(&mut greeting).unwrap();
        assert_eq!(greeting, "retry: 2000\n");
        let begun = Instant::now();
        list(world, &vehicle);
        assert_eq!(event_of(&mut stream).1["subject_id"], vehicle);
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }

    fn a_client_has_four_streams_at_most(world: &World) {
        let gate = world.manager(EnterpriseGate);
        let open: Vec<_> = (0..4).map(|_| follow(world, &gate, None)).collect();
        assert!(open.iter().all(|stream| stream.status().as_u16() == 200));
        let refused = follow(world, &gate, None);
        assert_eq!((refused.status().as_u16(), refused.headers().contains_key("retry-after")), (429, true));
        assert_eq!(follow(world, &world.manager(EnterpriseGate), None).status().as_u16(), 200, "another client may");
    }
}

#[test]
fn a_service_that_is_told_to_stop_ends_its_streams() {
    let world = &World::start(crate::harness::Engine::Sqlite);
    let (mut process, address) = kill::serve(world);
    let token = kill::token(world, &address, EnterpriseGate);
    let request = world.http().get(format!("http://{address}/v1/listings/events")).bearer_auth(token);
    let mut stream = BufReader::new(request.header("accept", "text/event-stream").send().unwrap());
    let mut greeting = String::new();
    stream.read_line(&mut greeting).unwrap();
    let begun = Instant::now();
    assert!(Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    stream.read_to_string(&mut rest).expect("the stream ends, and does not break off");
    assert!(process.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

fn register_more(world: &World, number: i64) {
    register(world, &another(u32::try_from(number).unwrap()));
}

fn downloads(world: &World) -> usize {
    use diesel::{QueryDsl, RunQueryDsl};
    let rows: Vec<Json<Event>> = world.write(|tx| Ok(journal.select(event).load(tx.conn())?)).unwrap();
    rows.iter().filter(|row| matches!(row.0, Event::SnapshotRead { .. })).count()
}
