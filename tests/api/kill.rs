//! A process that is killed in the middle of its work: what was answered is there, whole, and nothing is half there.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Mutex,
};

use diesel::{QueryDsl, RunQueryDsl, dsl::count_star};
use imfleet::{
    domain::role::Role::{self, InspectionStation},
    platform::db::DatabaseUrl,
    schema::{inspection_claims, inspections},
};
use reqwest::blocking::Client;
use serde_json::{Value, json};

use crate::{
    harness::World,
    story::{Story, car, double_idle},
};

const WRITERS: u32 = 4;
const ANSWERED_BEFORE_THE_KILL: usize = 40;

on_both_engines! {
    fn what_a_killed_process_had_answered_is_recorded_whole(world: &World) {
        let (mut process, address) = serve(world);
        let token = token(world, &address, InspectionStation);
        let answered = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                let (answered, process_address, token) = (&answered, &address, &token);
                scope.spawn(move || post_until_it_dies(process_address, token, writer, answered));
            }
            while answered.lock().unwrap().len() < ANSWERED_BEFORE_THE_KILL {
                std::thread::yield_now();
            }
            process.kill().unwrap();
        });
        process.wait().unwrap();

        let story = Story::of(world);
        for result in answered.into_inner().unwrap() {
            let again = world.post(&story.station, "/v1/inspections", &result);
            assert_eq!((again.status, again.header("Idempotency-Replayed")), (201, "true"), "{}", again.text);
        }
        let (claims, tests, journalled) = counts(world);
        assert_eq!((claims, tests), (tests, journalled), "claims, tests and journal rows are in step");
    }
}

/// The real binary on the world's database.
pub fn serve(world: &World) -> (Child, String) {
    serve_with(world, &[])
}

/// The same, started by another program.
pub fn serve_with(world: &World, starter: &[&str]) -> (Child, String) {
    let (store, keys) = world.configs();
    let check_log = store.check_log();
    let url = match store.database_url {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url,
    };
    let words = [starter, &[env!("CARGO_BIN_EXE_imfleet")]].concat();
    let mut process = Command::new(words[0])
        .args(&words[1..])
        .args(["serve", "--bind", "127.0.0.1:0", "--keys"])
        .arg(keys.keys)
        .arg("--check-log")
        .arg(check_log)
        .env("DATABASE_URL", url)
        .env("IMFLEET_WEBHOOK_NETWORKS", "127.0.0.0/8")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let serving = lines.find_map(|line| {
        let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
        (line["message"] == "serving").then(|| line["address"].as_str().unwrap().to_owned())
    });
    // The log is read on, so that the process never waits for its reader.
    std::thread::spawn(move || lines.for_each(drop));
    (process, serving.expect("the process serves"))
}

/// A token of the role's machine from that process.
pub fn token(world: &World, address: &str, role: Role) -> String {
    let (id, secret) = world.client(role);
    let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let request = Client::new().post(format!("http://{address}/oauth/token"));
    let sent = request.header("Content-Type", "application/x-www-form-urlencoded").body(form).send().unwrap();
    sent.json::<Value>().unwrap()["access_token"].as_str().unwrap().to_owned()
}

/// Posts results of ever new vehicles, and keeps those that were answered.
fn post_until_it_dies(address: &str, token: &str, writer: u32, answered: &Mutex<Vec<Value>>) {
    let http = Client::new();
    for number in 0.. {
        let mut vehicle = car();
        vehicle["vin"] = json!(format!("KILLED{writer}{number:010}"));
        vehicle.as_object_mut().unwrap().remove("plate");
        let result = json!({
            "station_number": format!("K-{writer}-{number}"), "line_code": "01", "vehicle": vehicle, "kind": "periodic",
            "nature": "first", "started_at": "2026-08-22T09:00:00+08:00", "ended_at": "2026-08-22T09:10:00+08:00",
            "readings": double_idle(0.9),
        });
        let sent = http.post(format!("http://{address}/v1/inspections")).bearer_auth(token).json(&result).send();
        match sent.map(|reply| reply.status().as_u16()) {
            Ok(201) => answered.lock().unwrap().push(result),
            Ok(other) => panic!("answered {other}"),
            Err(_) => return,
        }
    }
}

/// How many claims, tests and journal rows of tests there are.
fn counts(world: &World) -> (i64, i64, i64) {
    world
        .write(|tx| {
            let claims = inspection_claims::table.select(count_star()).first(tx.conn())?;
            let tests: i64 = inspections::table.select(count_star()).first(tx.conn())?;
            let journalled = world_journal(tx)?;
            Ok((claims, tests, journalled))
        })
        .unwrap()
}

fn world_journal(tx: &mut imfleet::platform::db::Tx<'_>) -> diesel::QueryResult<i64> {
    use imfleet::{
        domain::event::Event,
        platform::db::Json,
        schema::journal::dsl::{event, journal},
    };
    let events: Vec<Json<Event>> = journal.select(event).load(tx.conn())?;
    let recorded = events.iter().filter(|row| matches!(row.0, Event::InspectionRecorded { .. })).count();
    Ok(i64::try_from(recorded).unwrap())
}
