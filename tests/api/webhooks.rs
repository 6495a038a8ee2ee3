//! Webhooks: signed messages that wait for their receiver, and receivers that keep nobody else waiting.

use std::time::{Duration, Instant};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use imfleet::{
    domain::role::Role::{EcologyBureau, EnterpriseGate, InspectionStation, TrafficPolice},
    platform::state::State,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    feeds::{another, list, register},
    harness::{Reaction, Received, Receiver, World},
    kill,
    story::{Story, car, double_idle},
};

/// Opens loopback to webhooks, as the operator of a closed network does.
fn open_loopback(state: &State) {
    state.courier.open_networks(vec!["127.0.0.0/8".parse().unwrap()]);
}

fn subscribe(world: &World, token: &str, url: &str, events: &[&str]) -> Value {
    world.post(token, "/v1/webhooks", &json!({ "url": url, "events": events })).expect(201)
}

fn deliveries(world: &World, token: &str, webhook: &Value, state: &str) -> Vec<Value> {
    let path = format!("/v1/webhooks/{}/deliveries?state={state}", webhook["webhook_id"].as_str().unwrap());
    world.get(token, &path).expect(200)["items"].as_array().unwrap().clone()
}

/// Waits until a webhook has so many messages in a state.
#[track_caller]
fn wait_for_state(world: &World, token: &str, webhook: &Value, state: &str, count: usize) -> Vec<Value> {
    let begun = Instant::now();
    loop {
        let found = deliveries(world, token, webhook, state);
        if found.len() == count {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{} are {state}, not {count}", found.len());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Verifies a message by what is written in the Standard Webhooks specification alone.
fn must_be_signed(message: &Received, key: &str) {
    let key: [u8; 32] = STANDARD.decode(key.strip_prefix("whpk_").unwrap()).unwrap().try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let header = |name: &str| message.headers[name].as_str();
    let signed = format!("{}.{}.{}", header("webhook-id"), header("webhook-timestamp"), message.body);
    let (version, signature) = header("webhook-signature").split_once(',').unwrap();
    let signature = Signature::from_slice(&STANDARD.decode(signature).unwrap()).unwrap();
    assert_eq!(version, "v1a");
    key.verify(signed.as_bytes(), &signature).unwrap();
    assert!(key.verify(format!("{signed} ").as_bytes(), &signature).is_err());
}

on_both_engines! {
    fn an_event_reaches_its_subscriber_once_and_signed(world: &World) {
        open_loopback(world.state());
        let (bureau, receiver) = (world.manager(EcologyBureau), Receiver::start(Reaction::Status(204)));
        let webhook = subscribe(world, &bureau, &receiver.url("/in"), &["vehicle_listed", "vehicle_listed", "listing_lifted"]);
        assert_eq!(webhook["events"], json!(["vehicle_listed", "listing_lifted"]));
        let vehicle = register(world, &car());
        list(world, &vehicle);
        let got = receiver.wait_for("/in", 1);
        let published = world.send(world.request(Method::GET, "/.well-known/imfleet-webhook-keys")).expect(200);
        assert_eq!(published["keys"], webhook["keys"]);
        must_be_signed(&got[0], webhook["keys"][0].as_str().unwrap());
        let told = got[0].json();
        assert_eq!((&told["type"], &told["data"]["subject_id"]), (&json!("vehicle_listed"), &json!(vehicle)));
        assert_eq!((&told["data"]["reason"], &told["timestamp"]), (&json!("decision"), &json!(world.clock.now())));
        assert!(!got[0].body.contains("陕E"), "ids and words only");
        let taken = wait_for_state(world, &bureau, &webhook, "delivered", 1);
        assert_eq!((&taken[0]["attempts"], &taken[0]["status"]), (&json!(1), &json!(204)));
        assert_eq!(taken[0]["delivery_id"], got[0].headers["webhook-id"]);
        assert_eq!(receiver.got("/in").len(), 1);
    }

    fn a_receiver_that_hangs_keeps_nobody_else_waiting(world: &World) {
        open_loopback(world.state());
        let (hanging, sound) = (Receiver::start(Reaction::Hang), Receiver::start(Reaction::Status(200)));
        let (bureau, police) = (world.manager(EcologyBureau), world.manager(TrafficPolice));
        let stuck = subscribe(world, &bureau, &hanging.url("/in"), &["vehicle_listed"]);
        subscribe(world, &police, &sound.url("/in"), &["vehicle_listed"]);
        list(world, &register(world, &another(1)));
        hanging.wait_for("/in", 1);
        for number in 2..5 {
            list(world, &register(world, &another(number)));
        }
        sound.wait_for("/in", 4);
        assert_eq!(hanging.got("/in").len(), 1, "it has one message at a time");
        assert_eq!(deliveries(world, &bureau, &stuck, "waiting").len(), 4);
    }

    fn a_message_is_tried_again_until_it_is_dead_and_replayed_when_asked(world: &World) {
        open_loopback(world.state());
        let (bureau, receiver) = (world.manager(EcologyBureau), Receiver::start(Reaction::Status(500)));
        let webhook = subscribe(world, &bureau, &receiver.url("/in"), &["vehicle_listed"]);
        list(world, &register(world, &car()));
        let waits = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 72_000];
        for (attempt, seconds) in waits.into_iter().enumerate() {
            wait_for_attempt(world, &webhook, attempt + 1);
            let token = world.manager(EcologyBureau);
            let waiting = deliveries(world, &token, &webhook, "waiting");
            let due = world.clock.now().plus(chrono::Duration::seconds(seconds));
            assert_eq!((&waiting[0]["due_at"], &waiting[0]["status"]), (&json!(due), &json!(500)));
            world.wait(chrono::Duration::seconds(seconds));
        }
        let bureau = world.manager(EcologyBureau);
        let dead = wait_for_state(world, &bureau, &webhook, "dead", 1);
        assert_eq!(dead[0]["attempts"], 9);
        receiver.react(Reaction::Status(200));
        let path = format!("/v1/webhooks/{}/replays", webhook["webhook_id"].as_str().unwrap());
        assert_eq!(world.post(&bureau, &path, &json!({})).expect(200)["replayed"], 1);
        wait_for_state(world, &bureau, &webhook, "delivered", 1);
        let ids: Vec<_> = receiver.got("/in").iter().map(|one| one.headers["webhook-id"].clone()).collect();
        assert_eq!(ids.len(), 10);
        assert!(ids.iter().all(|id| *id == ids[0]), "the receiver can tell a repetition");
        let one = json!({ "delivery_id": ids[0] });
        assert_eq!(world.post(&bureau, &path, &one).expect(200)["replayed"], 1);
        receiver.wait_for("/in", 11);
    }

    fn who_says_gone_is_told_no_more(world: &World) {
        open_loopback(world.state());
        let (bureau, receiver) = (world.manager(EcologyBureau), Receiver::start(Reaction::Status(410)));
        let webhook = subscribe(world, &bureau, &receiver.url("/in"), &["vehicle_listed"]);
        list(world, &register(world, &car()));
        assert_eq!(wait_for_state(world, &bureau, &webhook, "dead", 1)[0]["attempts"], 1);
        let path = format!("/v1/webhooks/{}/ends", webhook["webhook_id"].as_str().unwrap());
        world.post(&bureau, &path, &json!({ "reason": "迁址" })).expect(200);
        world.post(&bureau, &path, &json!({ "reason": "迁址" })).problem(409, "wrong-state");
        let replays = path.replace("/ends", "/replays");
        world.post(&bureau, &replays, &json!({})).problem(409, "wrong-state");
        assert!(world.get(&bureau, "/v1/webhooks").expect(200)["items"][0]["ended_at"].is_string());
    }

    fn an_organisation_hears_what_is_its_own_to_hear(world: &World) {
        open_loopback(world.state());
        let (own, other) = (Receiver::start(Reaction::Status(200)), Receiver::start(Reaction::Status(200)));
        let story = Story::of(world);
        subscribe(world, &story.station, &own.url("/in"), &["inspection_recorded"]);
        subscribe(world, &world.another_station(), &other.url("/in"), &["inspection_recorded"]);
        story.test(&car(), "first", "W-1", &double_idle(0.4));
        let told = own.wait_for("/in", 1)[0].json();
        assert_eq!(told["data"]["organisation_id"], json!(world.organisation(InspectionStation)));
        // What is made later is told later: the other station's queue was looked through before.
        subscribe(world, &world.manager(EcologyBureau), &own.url("/later"), &["vehicle_listed"]);
        list(world, &register(world, &another(1)));
        own.wait_for("/later", 1);
        assert_eq!(other.got("/in").len(), 0);
        let gate = world.manager(EnterpriseGate);
        let told = json!({ "url": own.url("/in"), "events": ["vehicle_listed", "inspection_recorded"] });
        let problem = world.post(&gate, "/v1/webhooks", &told).problem(422, "invalid");
        assert_eq!(problem["errors"], json!([{ "pointer": "/events/1", "code": "not_yours", "detail": problem["errors"][0]["detail"] }]));
    }

    fn messages_go_to_no_network_that_is_not_open(world: &World) {
        let gate = world.manager(EnterpriseGate);
        let refused = |url: &str| {
            let told = json!({ "url": url, "events": ["vehicle_listed"] });
            let problem = world.post(&gate, "/v1/webhooks", &told).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], "/url", "{url}");
        };
        for url in [
            "http://127.0.0.1/in", "https://127.0.0.1/in", "https://10.1.2.3/in", "https://192.168.1.1/", "https://[::1]/in",
            "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/latest", "https://0.0.0.0/",
            "http://example.cn/in", "ftp://example.cn/in", "https://user:word@example.cn/", "no address",
        ] {
            refused(url);
        }
        world.state().courier.open_networks(vec!["0.0.0.0/0".parse().unwrap()]);
        refused("https://169.254.169.254/latest");
        refused("http://10.1.2.3/in");
        subscribe(world, &gate, "https://10.1.2.3/in", &["vehicle_listed"]);
        // A name is looked up when a message sets out, so that it cannot change its meaning in between.
        world.state().courier.open_networks(Vec::new());
        let named = subscribe(world, &gate, "https://localhost/in", &["vehicle_listed"]);
        list(world, &register(world, &car()));
        wait_for_attempt(world, &named, 1);
        let waiting = deliveries(world, &gate, &named, "waiting");
        assert_eq!(waiting[0]["fault"], "inside a network that is not open to webhooks");
    }

    fn a_webhook_is_its_organisations_own(world: &World) {
        open_loopback(world.state());
        let receiver = Receiver::start(Reaction::Status(200));
        let webhook = subscribe(world, &world.manager(EcologyBureau), &receiver.url("/in"), &["vehicle_listed"]);
        let path = format!("/v1/webhooks/{}", webhook["webhook_id"].as_str().unwrap());
        let police = world.manager(TrafficPolice);
        world.get(&police, &format!("{path}/deliveries")).problem(404, "not-found");
        world.post(&police, &format!("{path}/ends"), &json!({ "reason": "不是我的" })).problem(404, "not-found");
        world.post(&police, &format!("{path}/replays"), &json!({})).problem(404, "not-found");
        assert_eq!(world.get(&police, "/v1/webhooks").expect(200)["items"], json!([]));
    }

    fn the_claim_of_a_process_that_fell_silent_lapses(world: &World) {
        open_loopback(world.state());
        let (bureau, receiver) = (world.manager(EcologyBureau), Receiver::start(Reaction::Hang));
        let webhook = subscribe(world, &bureau, &receiver.url("/in"), &["vehicle_listed"]);
        list(world, &register(world, &car()));
        receiver.wait_for("/in", 1);
        // This process hangs with the message in its hands, as one that was killed does for good.
        receiver.react(Reaction::Status(200));
        let other = world.another_server();
        open_loopback(&other.state);
        assert_eq!(receiver.got("/in").len(), 1, "what one process has claimed no other sends");
        world.wait(chrono::Duration::seconds(121));
        receiver.wait_for("/in", 2);
        let bureau = world.manager(EcologyBureau);
        wait_for_state(world, &bureau, &webhook, "delivered", 1);
    }

    fn messages_survive_a_kill(world: &World) {
        // Only a process of today can take this lease; the world's own stands in August.
        world.write(|tx| {
            use diesel::{ExpressionMethods, RunQueryDsl};
            use imfleet::schema::leases::dsl;
            let until = tx.at().plus(chrono::Duration::days(7));
            let holder = imfleet::domain::id::Id::<()>::from(uuid::Uuid::from_u128(1));
            diesel::delete(dsl::leases).execute(tx.conn())?;
            diesel::insert_into(dsl::leases)
                .values((dsl::name.eq("outbox"), dsl::holder_id.eq(holder), dsl::expires_at.eq(until)))
                .execute(tx.conn())?;
            Ok(())
        }).unwrap();
        let receiver = Receiver::start(Reaction::Status(503));
        let (mut process, address) = kill::serve(world);
        let post = |address: &str, role, path: &str, body: &Value| {
            let token = kill::token(world, address, role);
            let answer = world.http().post(format!("http://{address}{path}")).bearer_auth(token).json(body).send().unwrap();
            assert!(answer.status().is_success(), "{}", answer.text().unwrap());
            answer.json::<Value>().unwrap()
        };
        let told = json!({ "url": receiver.url("/in"), "events": ["vehicle_listed"] });
        post(&address, EcologyBureau, "/v1/webhooks", &told);
        for number in 0..5 {
            let made = post(&address, TrafficPolice, "/v1/vehicles", &another(number));
            let path = format!("/v1/vehicles/{}/listings", made["vehicle_id"].as_str().unwrap());
            post(&address, EcologyBureau, &path, &json!({ "basis": "路检路查超标" }));
        }
        receiver.wait_for("/in", 1);
        process.kill().unwrap();
        process.wait().unwrap();
        // As when the waits and the claims of the killed process have passed.
        world.write(|tx| {
            use diesel::{ExpressionMethods, RunQueryDsl};
            use imfleet::schema::{deliveries::dsl, leases};
            // Its lease, too, has lapsed for a process of today.
            let lapsed = leases::expires_at.eq(tx.at().plus(chrono::Duration::days(7)));
            diesel::update(leases::table).set(lapsed).execute(tx.conn())?;
            Ok(diesel::update(dsl::deliveries).set(dsl::due_at.eq(dsl::made_at)).execute(tx.conn())?)
        }).unwrap();
        receiver.react(Reaction::Status(200));
        let before = receiver.got("/in").len();
        let (mut process, _) = kill::serve(world);
        let got = receiver.wait_for("/in", before + 5);
        let mut ids: Vec<_> = got[before..].iter().map(|one| one.headers["webhook-id"].clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 5, "each event is told");
        process.kill().unwrap();
        process.wait().unwrap();
    }
}

/// Waits until the newest message of a webhook was tried so often.
#[track_caller]
fn wait_for_attempt(world: &World, webhook: &Value, attempts: usize) {
    let begun = Instant::now();
    let id: imfleet::domain::id::Id<imfleet::domain::webhook::Webhook> =
        webhook["webhook_id"].as_str().unwrap().parse().unwrap();
    loop {
        use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
        use imfleet::schema::deliveries::dsl;
        let found: Vec<i64> = world
            .write(move |tx| {
                Ok(dsl::deliveries.filter(dsl::webhook_id.eq(id)).select(dsl::attempts).load(tx.conn())?)
            })
            .unwrap();
        if found.first().is_some_and(|found| usize::try_from(*found).unwrap() >= attempts) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "not tried {attempts} times: {found:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
