//! The check log: a line for every answer, sealed, deleted, and what is answered when it cannot be written.

use std::fs;

use chrono::Duration;
use diesel::{QueryDsl, RunQueryDsl};
use imfleet::{
    domain::{
        event::Event,
        role::Role::{EcologyBureau, TrafficPolice},
    },
    platform::db::Json,
    schema::journal::dsl::{event, journal},
};
use serde_json::{Value, json};

use super::{lines, plate, register};
use crate::harness::World;

fn sealed(world: &World) -> Vec<Event> {
    let events: Vec<Json<Event>> = world.write(|tx| Ok(journal.select(event).load(tx.conn())?)).unwrap();
    let events = events.into_iter().map(|row| row.0);
    events.filter(|found| matches!(found, Event::CheckLogSealed { .. } | Event::CheckLogDeleted { .. })).collect()
}

/// Looks at deadlines until something was sealed or deleted, as the service does every half minute.
fn tick_until(world: &World, count: usize) -> Vec<Event> {
    for _ in 0..200 {
        world.tick();
        let found = sealed(world);
        if found.len() >= count {
            return found;
        }
    }
    panic!("nothing was sealed or deleted");
}

fn break_log(world: &World) {
    let folder = world.configs().0.check_log();
    drop(fs::remove_dir_all(&folder));
    fs::write(&folder, "no folder").unwrap();
}

on_both_engines! {
    fn every_answer_leaves_a_line_with_what_was_asked_by_whom_and_why(world: &World) {
        register(world, "陕E·C0001", "large_car", "LZZ5ELND6KN123456");
        let mut body = json!({ "checks": [{ "plate": "陕E·C0001", "plate_kind": "large_car" }, { "plate": "陕E*" }] });
        body["place"] = json!("渭清路卡口");
        world.post(&world.manager(TrafficPolice), "/v1/checks", &body).expect(200);
        let lines = lines(&world.configs().0.check_log());
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0]["plate"], &lines[0]["status"]), (&json!("陕EC0001"), &json!("not_listed")));
        assert_eq!((&lines[1]["plate"], &lines[1]["status"]), (&json!("陕E*"), &json!("unknown")));
        for line in &lines {
            assert_eq!((&line["role"], &line["place"]), (&json!("traffic_police"), &json!("渭清路卡口")));
            assert!(line["client"].is_string() && line["trace_id"].is_string() && line["at"].is_string());
        }
    }

    fn a_segment_is_sealed_when_its_hour_is_over_and_deleted_after_its_days(world: &World) {
        let folder = world.configs().0.check_log();
        world.post(&world.manager(TrafficPolice), "/v1/checks", &json!({ "checks": [{ "plate": "陕E·C0001" }, { "plate": "陕E·C0002" }, { "vin": "X1" }] })).expect(200);
        let mut tree = Tree::default();
        let path = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
        for line in fs::read_to_string(path).unwrap().split_inclusive('\n') {
            tree.add(line.as_bytes());
        }
        world.tick();
        assert_eq!(sealed(world), []);
        world.wait(Duration::hours(1));
        let [Event::CheckLogSealed { name, lines, root, .. }] = &tick_until(world, 1)[..] else { panic!() };
        let hex = tree.root().to_string();
        assert_eq!((*lines, root, &name[..10]), (3, &hex, "2026082210"));
        assert!(folder.join(format!("{name}.sealed")).exists());
        world.wait(Duration::days(90));
        world.tick();
        assert!(folder.join(format!("{name}.sealed")).exists());
        world.wait(Duration::days(1));
        let found = tick_until(world, 2);
        assert!(matches!(&found[1], Event::CheckLogDeleted { name: deleted, .. } if deleted == name), "{found:?}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    fn without_a_log_the_bare_status_is_answered_and_owners_are_not(world: &World) {
        register(world, "陕E·C0001", "large_car", "LZZ5ELND6KN123456");
        break_log(world);
        let police = world.manager(TrafficPolice);
        let body = plate("陕E·C0001", "large_car");
        let answer = world.post(&police, "/v1/checks", &body).expect(200);
        assert_eq!((&answer["audit"], &answer["items"][0]["status"]), (&json!("degraded"), &json!("not_listed")));
        let with_owner = json!({
            "checks": body["checks"], "with_owner": true, "purpose": "investigation", "case_number": "渭公交2026-0815",
        });
        let refused = world.post(&police, "/v1/checks", &with_owner);
        assert_eq!(refused.header("retry-after"), "30");
        refused.problem(503, "unavailable");
        let required = json!({ "value": "on", "effective_from": "2026-08-22", "source": "test" });
        world.post(&world.manager(EcologyBureau), "/v1/settings/check_log_required/values", &required).expect(201);
        world.post(&police, "/v1/checks", &body).problem(503, "unavailable");
        fs::remove_file(world.configs().0.check_log()).unwrap();
        let answer: Value = world.post(&police, "/v1/checks", &with_owner).expect(200);
        assert_eq!((&answer["audit"], lines(&world.configs().0.check_log()).len()), (&json!("written"), 1));
    }
}
