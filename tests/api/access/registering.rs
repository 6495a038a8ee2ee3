//! Who registers and keeps whom.

use imfleet::domain::role::Role::{
    self, Administrator, EcologyBureau, InspectionStation, MarketRegulator, RepairShop, TrafficPolice,
    TransportBureau,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::World;

const LIST: &str = "/v1/organisations";

fn new(role: Role, code: &str) -> Value {
    json!({
        "role": role, "code": code, "name": "新单位", "area": "610502",
        "credit_code": "91610502MA6Y0000XA", "legal_person": "某人"
    })
}

on_both_engines! {
    fn a_bureau_registers_the_organisations_it_supervises(world: &World) {
        for (registrar, role, status) in [
            (EcologyBureau, InspectionStation, 201),
            (EcologyBureau, RepairShop, 403),
            (TransportBureau, RepairShop, 201),
            (TransportBureau, InspectionStation, 403),
            (Administrator, TrafficPolice, 201),
        ] {
            let reply = world.post(&world.manager(registrar), LIST, &new(role, "new-1"));
            assert_eq!(reply.status, status, "{registrar} registers {role}: {}", reply.text);
        }
        let again = world.post(&world.manager(EcologyBureau), LIST, &new(InspectionStation, "new-1"));
        again.problem(409, "already-exists");
    }

    fn an_idempotent_request_registers_once(world: &World) {
        let send = |body: &Value| {
            let request = world.request(Method::POST, LIST).bearer_auth(world.machine(EcologyBureau));
            world.send(request.header("Idempotency-Key", "k-1").json(body))
        };
        let first = send(&new(InspectionStation, "new-1"));
        assert_eq!(first.header("location"), format!("{LIST}/{}", first.body["id"].as_str().unwrap()));
        let second = send(&new(InspectionStation, "new-1"));
        assert_eq!((second.header("idempotency-replayed"), second.status), ("true", 201));
        assert_eq!((&first.text, first.header("location")), (&second.text, second.header("location")));
        send(&new(InspectionStation, "new-2")).problem(422, "idempotency-key-reused");
    }

    fn a_list_is_paged_and_shows_what_the_reader_may_see(world: &World) {
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = world.get(&world.machine(TrafficPolice), &format!("{LIST}?limit=4{next}")).expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["role"].to_string()));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={cursor}");
        }
        let mut roles = seen.clone();
        roles.sort();
        roles.dedup();
        assert_eq!((seen.len(), roles.len()), (11, 11));

        world.post(&world.manager(EcologyBureau), LIST, &new(InspectionStation, "new-1")).expect(201);
        let shown = |reader: Role| {
            let list = world.get(&world.machine(reader), &format!("{LIST}?role=inspection_station")).expect(200);
            let new = list["items"].as_array().unwrap().iter().find(|item| item["code"] == "new-1").unwrap().clone();
            new.get("legal_person").is_some()
        };
        assert!(shown(EcologyBureau) && shown(MarketRegulator) && !shown(TrafficPolice) && !shown(RepairShop));
    }

    fn only_managers_keep_the_clients_of_their_own_organisation(world: &World) {
        let clients = |role: Role| format!("{LIST}/{}/clients", world.organisation(role));
        let body = json!({ "name": "m" });
        world.post(&world.manager(RepairShop), &clients(RepairShop), &body).expect(201);
        world.post(&world.member(RepairShop), &clients(RepairShop), &body).problem(403, "forbidden");
        world.post(&world.machine(RepairShop), &clients(RepairShop), &body).problem(403, "forbidden");
        world.post(&world.manager(RepairShop), &clients(InspectionStation), &body).problem(404, "not-found");
        world.get(&world.manager(RepairShop), &clients(InspectionStation)).problem(404, "not-found");
        // A supervisor sees and revokes, but holds no key of whom it supervises.
        world.post(&world.manager(EcologyBureau), &clients(InspectionStation), &body).problem(404, "not-found");
        world.get(&world.manager(EcologyBureau), &clients(InspectionStation)).expect(200);
        world.post(&world.manager(Administrator), &clients(InspectionStation), &body).expect(201);
    }

    fn a_station_and_nobody_else_has_lines(world: &World) {
        let lines = |role: Role| format!("{LIST}/{}/lines", world.organisation(role));
        let bureau = world.manager(EcologyBureau);
        let line = json!({ "code": "03", "name": "3 号线" });
        world.post(&bureau, &lines(InspectionStation), &line).expect(201);
        world.post(&bureau, &lines(InspectionStation), &line).problem(409, "already-exists");
        world.post(&bureau, &lines(Role::EnterpriseGate), &line).problem(409, "wrong-state");
        world.post(&bureau, &lines(RepairShop), &line).problem(403, "forbidden");
    }

    fn the_first_administrator_is_registered_once(world: &World) {
        let (url, folder) = world.spare_database("first");
        let first = |login: &str, password: &str| {
            world.wait_for(imfleet::features::first_administrator(&url, login.to_owned(), password.to_owned()))
        };
        assert!(first("root-user", "short").is_err());
        first("root-user", "a long password").unwrap();
        let problem = first("other-user", "a long password").unwrap_err();
        assert_eq!(problem.kind().code(), "already-exists");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
