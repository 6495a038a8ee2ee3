//! A process that is killed while it answers checks: every answered check has its line.

use std::{collections::HashSet, sync::Mutex};

use imfleet::domain::role::Role::TrafficPolice;
use reqwest::blocking::Client;
use serde_json::{Value, json};

use super::lines;
use crate::{
    harness::World,
    kill::{serve, token},
};

const GATES: usize = 4;
const ANSWERED_BEFORE_THE_KILL: usize = 200;

on_both_engines! {
    fn a_killed_process_loses_no_line_of_an_answered_check(world: &World) {
        let (mut process, address) = serve(world);
        let token = token(world, &address, TrafficPolice);
        let answered = Mutex::new(HashSet::new());
        std::thread::scope(|scope| {
            for gate in 0..GATES {
                let (answered, address, token) = (&answered, &address, &token);
                scope.spawn(move || check_until_it_dies(address, token, gate, answered));
            }
            while answered.lock().unwrap().len() < ANSWERED_BEFORE_THE_KILL {
                std::thread::yield_now();
            }
            process.kill().unwrap();
        });
        process.wait().unwrap();
        let logged: HashSet<String> = lines(&world.configs().0.check_log())
            .iter()
            .map(|line| line["plate"].as_str().unwrap().to_owned())
            .collect();
        let answered = answered.into_inner().unwrap();
        assert!(answered.len() >= ANSWERED_BEFORE_THE_KILL);
        assert_eq!(answered.difference(&logged).collect::<Vec<_>>(), [""; 0]);
    }
}

/// Checks ever new plates, and keeps those that were answered.
fn check_until_it_dies(address: &str, token: &str, gate: usize, answered: &Mutex<HashSet<String>>) {
    let http = Client::new();
    for number in 0.. {
        let plate = format!("陕E{gate}{number:04}");
        let body = json!({ "checks": [{ "plate": plate }] });
        let Ok(reply) = http.post(format!("http://{address}/v1/checks")).bearer_auth(token).json(&body).send() else {
            return;
        };
        assert_eq!(reply.status().as_u16(), 200);
        let Ok(answer) = reply.json::<Value>() else { return };
        assert_eq!(answer["audit"], "written");
        answered.lock().unwrap().insert(plate);
    }
}
