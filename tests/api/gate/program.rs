//! `imfleet gate` as a program of its own: what it prints, and what a kill leaves.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use imfleet::{domain::role::Role::EnterpriseGate, gate::Folder};
use serde_json::{Value, json};

use crate::{
    feeds::{list, register},
    harness::{Engine, World},
    kill,
    story::car,
};

/// The program, told what to do in a folder.
fn program(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imfleet"));
    command.args(["gate", "--folder"]).arg(folder).args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn the_program_tells_what_it_took_or_why_it_refused() {
    let world = &World::start(Engine::Sqlite);
    list(world, &register(world, &car()));
    let folder = world.spare_database("gate").1;
    let (id, secret) = world.client(EnterpriseGate);
    let sync = |url: &str| {
        let line = ["sync", "--url", url, "--client-id", id, "--client-secret", secret];
        program(&folder, &line).output().unwrap()
    };
    // The world's clock stands in August, so for the program's own clock its heads have long expired.
    let refused = sync(&world.url());
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("refused: freeze"));

    let (mut process, address) = kill::serve(world);
    let url = format!("http://{address}");
    // A program that is killed at any moment leaves a folder that the next one can use.
    for wait in 0..12 {
        let line = ["sync", "--url", &url, "--client-id", id, "--client-secret", secret];
        let mut killed = program(&folder, &line).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait * 5));
        killed.kill().unwrap();
        killed.wait().unwrap();
        Folder::open(&folder).unwrap().read().unwrap();
    }
    let taken = sync(&url);
    assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
    let told: Value = serde_json::from_slice(&taken.stdout).unwrap();
    assert_eq!(told["head"]["count"], 1);
    let answer = |plate: &str| {
        let output = program(&folder, &["check", plate, "small_car"]).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["answer"].clone()
    };
    assert_eq!((answer("陕E·T0001"), answer("陕E·T0002")), (json!("listed"), json!("not_in_list")));
    let status = program(&folder, &["status"]).output().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&status.stdout).unwrap()["fresh"], true);
    assert!(!program(&folder, &["check", "***", "small_car"]).status().unwrap().success());
    process.kill().unwrap();
    process.wait().unwrap();
}
