//! The committed contract is the one that the routes make.

use std::fs;

use imfleet::app;

#[test]
fn the_committed_contract_is_that_of_the_routes() {
    let made = app::contract_text().unwrap();
    let committed = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/v1.json")).unwrap_or_default();
    let same = made.trim_end() == committed.trim_end();
    assert!(same, "openapi/v1.json is out of date; write it by: cargo run -- openapi > openapi/v1.json");
}

#[test]
fn every_operation_has_a_summary_a_success_and_problems() {
    let contract = serde_json::to_value(app::contract()).unwrap();
    for (path, methods) in contract["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{place} has no summary");
            assert!(operation["tags"].is_array(), "{place} has no tag");
            let statuses: Vec<_> = operation["responses"].as_object().unwrap().keys().collect();
            assert!(statuses.iter().any(|status| status.starts_with('2')), "{place} never succeeds");
            assert!(statuses.iter().any(|status| status.starts_with('5')), "{place} has no problems");
        }
    }
}
