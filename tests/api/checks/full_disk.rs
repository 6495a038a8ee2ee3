//! A real process that may not write any more: a limit on the size of its files stands for the full disk, since it
//! fails a write in the middle, as a full disk does.

use imfleet::domain::role::Role::TrafficPolice;
use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use super::lines;
use crate::{
    harness::World,
    kill::{serve_with, token},
};

/// Files may have so many KiB; the database has less.
const LIMIT_KIB: u32 = 12_288;
const BATCH: usize = 1_000;

on_both_engines! {
    fn no_answered_check_is_lost_or_half_written_when_the_disk_is_full(world: &World) {
        let limited = format!("trap '' XFSZ; ulimit -f {LIMIT_KIB}; exec \"$0\" \"$@\"");
        let (mut process, address) = serve_with(world, &["bash", "-c", &limited]);
        let token = token(world, &address, TrafficPolice);
        let post = |body: &Value| -> Response {
            let request = Client::new().post(format!("http://{address}/v1/checks")).bearer_auth(&token);
            request.json(body).send().unwrap()
        };
        let batch = json!({ "checks": vec![json!({ "plate": "陕E·C0001", "plate_kind": "small_car" }); BATCH] });
        let mut written = 0;
        let degraded = loop {
            let answer: Value = post(&batch).json().unwrap();
            if answer["audit"] != "written" {
                break answer;
            }
            written += BATCH;
        };
        assert_eq!((&degraded["audit"], &degraded["items"][0]["status"]), (&json!("degraded"), &json!("unknown")));
        let with_owner = json!({
            "checks": batch["checks"], "with_owner": true, "purpose": "investigation", "case_number": "渭公交2026-0815",
        });
        let refused = post(&with_owner);
        assert_eq!(refused.status().as_u16(), 503);
        assert!(refused.headers().contains_key("retry-after"));
        let metrics = Client::new().get(format!("http://{address}/metrics")).send().unwrap().text().unwrap();
        assert!(metrics.contains(&format!("imfleet_checks_degraded_total {BATCH}")), "{metrics}");
        process.kill().unwrap();
        process.wait().unwrap();
        assert_eq!(lines(&world.configs().0.check_log()).len(), written, "whole lines of answered checks and no others");
    }
}
