//! Every operation of the contract, tried by every role over HTTP.

use imfleet::{
    app,
    domain::{role::Role, words::Word},
    platform::auth::right,
};
use reqwest::Method;
use serde_json::json;

use crate::harness::World;

/// Operations that need no token; a new row is a decision, so it says why.
const OPEN: &[(&str, &str)] = &[
    ("live", "for probes"),
    ("ready", "for probes"),
    ("metrics", "for scrapers inside the network"),
    ("version", "tells the contract's version"),
    ("problem_kind", "the page of a problem's type"),
    ("issue_token", "gives tokens"),
    ("read_keys", "public keys"),
    ("read_at_once_keys", "public keys"),
    ("read_webhook_keys", "public keys"),
    ("read_journal_keys", "public keys"),
    ("sign_in", "gives tokens"),
    ("sign_out", "the refresh token is the proof"),
    ("issue_jtt1132_token", "gives tokens to shops' software"),
    ("file_tip", "anybody may tell of a smoking vehicle"),
    ("read_tip_status", "the receipt is the proof"),
    ("check_as_owner", "plate, VIN tail and a number are the proof"),
    ("appeal_as_owner", "plate, VIN tail and a number are the proof"),
    ("upload_jtt1132_repair", "the token stands inside the body"),
];

struct Operation {
    name: String,
    method: Method,
    path: String,
}

fn operations() -> Vec<Operation> {
    let contract = serde_json::to_value(app::contract()).unwrap();
    let mut found = Vec::new();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            let method = method.to_uppercase().parse().unwrap();
            found.push(Operation { name, method, path: any_id(path) });
        }
    }
    found
}

/// The path with an id that nothing has in every place.
fn any_id(path: &str) -> String {
    let part =
        |part: &str| if part.starts_with('{') { "0198d000-0000-7000-8000-00000000ffff" } else { part }.to_owned();
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn roles_of(name: &str) -> Option<&'static [Role]> {
    right::ALL.iter().find(|(right, _)| *right == name).map(|(_, roles)| *roles)
}

#[test]
fn every_operation_has_a_right_or_is_listed_as_open() {
    let operations = operations();
    for Operation { name, .. } in &operations {
        let open = OPEN.iter().any(|(open, _)| open == name);
        assert!(open != roles_of(name).is_some(), "{name} needs a right in right.rs, or a row in OPEN, and not both");
    }
    for (open, _) in OPEN {
        assert!(operations.iter().any(|operation| operation.name == *open), "there is no operation {open}");
    }
}

on_both_engines! {
    fn a_role_is_let_in_by_its_rights_and_by_nothing_else(world: &World) {
        let tokens: Vec<_> = Role::ALL.iter().map(|role| (*role, world.manager(*role))).collect();
        for Operation { name, method, path } in operations() {
            let Some(roles) = roles_of(&name) else { continue };
            let send = |token: &str| {
                world.send(world.request(method.clone(), &path).bearer_auth(token).json(&json!({}))).status
            };
            for (role, token) in &tokens {
                let status = send(token);
                if roles.contains(role) {
                    assert!(![401, 403].contains(&status), "{role} has the right to {name} and gets {status}");
                } else {
                    assert_eq!(status, 403, "{role} has no right to {name}");
                }
            }
            assert_eq!(send("none"), 401, "{name} without a token");
        }
    }
}
