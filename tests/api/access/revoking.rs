//! What is taken away acts on the next request.

use chrono::Duration;
use imfleet::domain::role::{
    Role::{Administrator, EcologyBureau, InspectionStation},
    Standing,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::World;

const LIST: &str = "/v1/organisations";

fn why() -> Value {
    json!({ "reason": "test of revocation" })
}

fn station(world: &World) -> String {
    format!("{LIST}/{}", world.organisation(InspectionStation))
}

on_both_engines! {
    fn a_revoked_client_is_refused_at_once_and_for_good(world: &World) {
        let token = world.machine(InspectionStation);
        let path = format!("{}/clients/{}/revocations", station(world), world.client(InspectionStation).0);
        world.get(&token, LIST).expect(200);
        let revoked = world.post(&world.manager(InspectionStation), &path, &why()).expect(200);
        assert_eq!(revoked["standing"], "revoked");

        world.get(&token, LIST).problem(401, "unauthenticated");
        let (client, secret) = world.client(InspectionStation);
        let form = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
        world.token(&form).problem(401, "invalid-client");
        world.post(&world.manager(InspectionStation), &path, &why()).problem(409, "wrong-state");
        let roll = format!("{}/clients/{client}/credentials", station(world));
        world.post(&world.manager(InspectionStation), &roll, &json!({})).problem(409, "wrong-state");
    }

    fn a_revoked_person_is_refused_at_once_and_cannot_go_on(world: &World) {
        let people = format!("{}/people", station(world));
        let body = json!({ "login": "zhao", "name": "赵", "position": "member", "password": "a long password" });
        let person = world.post(&world.manager(InspectionStation), &people, &body).expect(201);
        let sign_in = || {
            let body = json!({ "login": "zhao", "password": "a long password" });
            world.send(world.request(Method::POST, "/v1/sign-ins").json(&body))
        };
        let token = sign_in().expect(200);
        let access = token["access_token"].as_str().unwrap();
        world.get(access, LIST).expect(200);

        let path = format!("{people}/{}/revocations", person["id"].as_str().unwrap());
        world.post(access, &path, &why()).problem(403, "forbidden");
        world.post(&world.manager(EcologyBureau), &path, &why()).expect(200);
        world.get(access, LIST).problem(401, "unauthenticated");
        sign_in().problem(401, "unauthenticated");
        let form = format!("grant_type=refresh_token&refresh_token={}", token["refresh_token"].as_str().unwrap());
        world.token(&form).problem(400, "token-refused");
    }

    fn a_suspended_organisation_is_refused_until_it_is_reinstated(world: &World) {
        let token = world.machine(InspectionStation);
        let bureau = world.manager(EcologyBureau);
        let (suspensions, reinstatements) =
            (format!("{}/suspensions", station(world)), format!("{}/reinstatements", station(world)));
        world.post(&bureau, &reinstatements, &why()).problem(409, "wrong-state");
        assert_eq!(world.post(&bureau, &suspensions, &why()).expect(200)["standing"], "suspended");
        world.get(&token, LIST).problem(401, "unauthenticated");
        let (client, secret) = world.client(InspectionStation);
        let form = format!("grant_type=client_credentials&client_id={client}&client_secret={secret}");
        world.token(&form).problem(401, "invalid-client");

        world.post(&bureau, &suspensions, &why()).problem(409, "wrong-state");
        world.post(&bureau, &reinstatements, &why()).expect(200);
        world.get(&token, LIST).expect(200);
        let own = format!("{LIST}/{}/suspensions", world.organisation(Administrator));
        world.post(&world.manager(Administrator), &own, &why()).problem(409, "wrong-state");
    }

    fn a_suspended_line_is_seen_at_once(world: &World) {
        let station_id = world.organisation(InspectionStation).uuid();
        let standing = || world.state().directory.get().line(station_id, "02").map(|line| line.standing);
        let line = format!("{}/lines/{}", station(world), world.lines()[1]);
        assert_eq!(standing(), Some(Standing::Active));
        let bureau = world.manager(EcologyBureau);
        world.post(&bureau, &format!("{line}/suspensions"), &why()).expect(200);
        assert_eq!(standing(), Some(Standing::Suspended));
        world.post(&bureau, &format!("{line}/reinstatements"), &why()).expect(200);
        assert_eq!(standing(), Some(Standing::Active));
    }

    fn another_process_sees_a_change_when_it_looks_again(world: &World) {
        let other = world.another_process();
        let (client, org) = (world.client(InspectionStation).0.parse().unwrap(), world.organisation(InspectionStation));
        assert!(other.directory.get().may_act(client, org.uuid()));
        let before = other.directory.get();
        world.refresh(&other);
        assert!(std::ptr::eq(&raw const *before, &raw const *other.directory.get()), "read again without a change");

        let path = format!("{}/clients/{client}/revocations", station(world));
        world.post(&world.manager(InspectionStation), &path, &why()).expect(200);
        assert!(other.directory.get().may_act(client, org.uuid()));
        world.refresh(&other);
        assert!(!other.directory.get().may_act(client, org.uuid()));
    }

    fn another_process_of_the_service_sees_a_change_by_itself(world: &World) {
        let path = format!("{}/suspensions", station(world));
        let other = world.another_server();
        let token = world.machine(InspectionStation);
        let asked = || reqwest::blocking::Client::new().get(format!("http://{}{LIST}", other.address)).bearer_auth(&token);
        assert_eq!(asked().send().unwrap().status(), 200);
        world.post(&world.manager(EcologyBureau), &path, &why()).expect(200);
        let began = std::time::Instant::now();
        while asked().send().unwrap().status() == 200 {
            assert!(began.elapsed().as_secs() < 10, "never seen");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    fn a_token_runs_out_after_fifteen_minutes(world: &World) {
        let token = world.machine(InspectionStation);
        world.wait(Duration::minutes(15));
        world.get(&token, LIST).expect(200);
        world.wait(Duration::seconds(6));
        let reply = world.get(&token, LIST);
        assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"imfleet\"");
        reply.problem(401, "unauthenticated");
    }
}
