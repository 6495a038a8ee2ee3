//! Machine clients prove who they are.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use imfleet::domain::{
    role::Role::{Administrator, InspectionStation, RepairShop},
    time::Instant,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Reply, World, seconds};

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A key pair that a machine keeps.
struct Pair(SigningKey);

impl Pair {
    fn new() -> Self {
        Self(SigningKey::from_bytes(&rand::random()))
    }

    fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(self.0.verifying_key().as_bytes()) })
    }

    fn sign(&self, claims: &Value) -> String {
        let key = EncodingKey::from_ed_der(self.0.to_pkcs8_der().unwrap().as_bytes());
        encode(&Header::new(Algorithm::EdDSA), claims, &key).unwrap()
    }
}

fn claims(client: &str, now: Instant) -> Value {
    let name = format!("{:x}", rand::random::<u64>());
    json!({ "iss": client, "sub": client, "aud": "imfleet", "exp": seconds(now) + 120, "jti": name })
}

fn by_secret(world: &World, client: &str, secret: &str) -> Reply {
    world.token(&format!("grant_type=client_credentials&client_id={client}&client_secret={secret}"))
}

fn by_assertion(world: &World, assertion: &str) -> Reply {
    world.token(&format!(
        "grant_type=client_credentials&client_assertion_type={JWT_BEARER}&client_assertion={assertion}"
    ))
}

fn home(world: &World) -> String {
    format!("/v1/organisations/{}/clients", world.organisation(InspectionStation))
}

on_both_engines! {
    fn a_client_gets_a_token_by_its_secret_in_the_form_or_in_the_header(world: &World) {
        let (client, secret) = world.client(InspectionStation);
        let in_form = by_secret(world, client, secret);
        assert_eq!(in_form.header("cache-control"), "no-store");
        let token = in_form.expect(200);
        assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!(900)));
        assert!(token.get("refresh_token").is_none());
        world.get(token["access_token"].as_str().unwrap(), "/v1/organisations").expect(200);

        let request = world.request(Method::POST, "/oauth/token").basic_auth(client, Some(secret));
        let form = request.header("Content-Type", "application/x-www-form-urlencoded");
        let token = world.send(form.body("grant_type=client_credentials&scope=ignored")).expect(200);
        world.get(token["access_token"].as_str().unwrap(), "/v1/organisations").expect(200);

        let list = world.get(&world.manager(InspectionStation), &home(world)).expect(200);
        assert_eq!(list["items"][0]["last_seen_at"], "2026-08-22T02:00:00Z");
    }

    fn a_client_that_does_not_prove_itself_gets_no_token_and_no_hint(world: &World) {
        let (client, secret) = world.client(InspectionStation);
        let other = world.client(RepairShop).1;
        let nobody = "0198d000-0000-7000-8000-00000000ffff";
        for (client, secret) in [(client, "wrong"), (client, ""), (client, other), (nobody, secret), ("none", secret)] {
            let reply = by_secret(world, client, secret);
            assert_eq!(reply.header("www-authenticate"), "Basic realm=\"imfleet\"");
            let problem = reply.problem(401, "invalid-client");
            assert_eq!(problem["error"], "invalid_client");
            assert!(problem.get("detail").is_none());
        }
        for (form, error) in [
            ("grant_type=password&username=a", "unsupported_grant_type"),
            ("grant_type=refresh_token", "invalid_request"),
            ("grant_type=refresh_token&refresh_token=none", "invalid_grant"),
            ("", "invalid_request"),
            ("grant_type=client_credentials&client_id=a&client_secret=b&client_assertion=c", "invalid_request"),
        ] {
            assert_eq!(world.token(form).problem(400, "token-refused")["error"], error, "{form}");
        }
        let json = world.request(Method::POST, "/oauth/token").json(&json!({ "grant_type": "client_credentials" }));
        world.send(json).problem(415, "unsupported-media-type");
    }

    fn a_client_gets_a_token_by_its_private_key_and_each_assertion_serves_once(world: &World) {
        let (pair, client) = (Pair::new(), world.client(InspectionStation).0);
        let path = format!("{}/{client}/credentials", home(world));
        let made = world.post(&world.manager(InspectionStation), &path, &json!({ "public_key": pair.jwk() }));
        assert!(made.expect(201).get("client_secret").is_none());

        let assertion = pair.sign(&claims(client, world.clock.now()));
        let token = by_assertion(world, &assertion).expect(200);
        world.get(token["access_token"].as_str().unwrap(), "/v1/organisations").expect(200);
        by_assertion(world, &assertion).problem(401, "invalid-client");
        by_assertion(world, &pair.sign(&claims(client, world.clock.now()))).expect(200);
    }

    fn an_assertion_that_does_not_hold_is_refused(world: &World) {
        let (pair, client) = (Pair::new(), world.client(InspectionStation).0);
        let path = format!("{}/{client}/credentials", home(world));
        world.post(&world.manager(InspectionStation), &path, &json!({ "public_key": pair.jwk() })).expect(201);
        let now = world.clock.now();
        let with = |member: &str, value: Value| {
            let mut claims = claims(client, now);
            claims[member] = value;
            claims
        };

        let shop = json!(world.client(RepairShop).0);
        for bad in [
            with("aud", json!("another")),
            with("iss", shop.clone()),
            with("sub", shop),
            with("exp", json!(seconds(now) - 10)),
            with("exp", json!(seconds(now) + 3_600)),
            with("exp", json!(i64::MAX)),
            with("jti", json!("")),
        ] {
            by_assertion(world, &pair.sign(&bad)).problem(401, "invalid-client");
        }
        by_assertion(world, &Pair::new().sign(&claims(client, now))).problem(401, "invalid-client");
        let public = pair.jwk()["x"].as_str().unwrap().to_owned();
        for secret in [public.as_bytes(), pair.0.verifying_key().as_bytes()] {
            let key = EncodingKey::from_secret(secret);
            let forged = encode(&Header::new(Algorithm::HS256), &claims(client, now), &key).unwrap();
            by_assertion(world, &forged).problem(401, "invalid-client");
        }
        by_assertion(world, "none").problem(401, "invalid-client");
        by_assertion(world, &pair.sign(&with("aud", json!(["/oauth/token"])))).expect(200);
    }

    fn a_private_key_is_refused_as_a_public_one(world: &World) {
        let path = format!("{}/{}/credentials", home(world), world.client(InspectionStation).0);
        let mut key = Pair::new().jwk();
        key["d"] = json!("secret");
        let manager = world.manager(InspectionStation);
        let problem = world.post(&manager, &path, &json!({ "public_key": key })).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/public_key/d");
        for (member, value) in [("kty", "RSA"), ("crv", "X25519"), ("x", "c2hvcnQ")] {
            let mut key = Pair::new().jwk();
            key[member] = json!(value);
            let problem = world.post(&manager, &path, &json!({ "public_key": key })).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], format!("/public_key/{member}"));
        }
    }

    fn two_credentials_hold_at_a_time_and_the_older_one_goes_first(world: &World) {
        let (client, first) = world.client(InspectionStation);
        let manager = world.manager(InspectionStation);
        let path = format!("{}/{client}/credentials", home(world));
        let second = world.post(&manager, &path, &json!({})).expect(201)["client_secret"].as_str().unwrap().to_owned();
        by_secret(world, client, first).expect(200);
        by_secret(world, client, &second).expect(200);

        let older = world.post(&manager, &path, &json!({})).problem(409, "wrong-state")["older_credential_id"].clone();
        let revocations = format!("{path}/{}/revocations", older.as_str().unwrap());
        world.post(&manager, &revocations, &json!({ "reason": "rolled" })).expect(200);
        world.post(&manager, &revocations, &json!({ "reason": "rolled" })).problem(409, "wrong-state");
        by_secret(world, client, first).problem(401, "invalid-client");
        by_secret(world, client, &second).expect(200);
        world.post(&manager, &path, &json!({})).expect(201);

        let list = world.get(&manager, &home(world)).expect(200);
        let standings: Vec<_> =
            list["items"][0]["credentials"].as_array().unwrap().iter().map(|one| one["standing"].clone()).collect();
        assert_eq!(standings, ["revoked", "active", "active"]);
        assert!(!list.to_string().contains("secret_hash") && !list.to_string().contains(&second));
    }

    fn a_client_is_bound_to_its_lines_and_networks(world: &World) {
        let manager = world.manager(InspectionStation);
        let body = json!({ "name": "line 2", "lines": ["02"], "networks": ["127.0.0.0/8"] });
        let made = world.post(&manager, &home(world), &body).expect(201);
        let (client, secret) = (made["client_id"].as_str().unwrap(), made["client_secret"].as_str().unwrap());
        let token = by_secret(world, client, secret).expect(200)["access_token"].as_str().unwrap().to_owned();
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["lines"], json!([world.lines()[1]]));
        world.get(&token, "/v1/organisations").expect(200);

        let abroad = json!({ "name": "abroad", "networks": ["10.0.0.0/8"] });
        let made = world.post(&manager, &home(world), &abroad).expect(201);
        let (client, secret) = (made["client_id"].as_str().unwrap(), made["client_secret"].as_str().unwrap());
        by_secret(world, client, secret).problem(401, "invalid-client");

        let unknown = json!({ "name": "line 9", "lines": ["01", "09"] });
        let problem = world.post(&manager, &home(world), &unknown).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/lines/1");
    }

    fn a_secret_is_kept_nowhere_in_the_clear(world: &World) {
        let request = world.request(Method::POST, &home(world)).bearer_auth(world.manager(InspectionStation));
        let request = request.header("Idempotency-Key", "once").json(&json!({ "name": "m" }));
        let made = world.send(request).expect(201);
        let secret = made["client_secret"].as_str().unwrap().to_owned();
        let (hashes, answers) = world.write(|tx| Ok(crate::access::kept(tx))).unwrap();
        assert!(!hashes.is_empty() && !hashes.contains(&Some(secret.clone())));
        assert!(answers.iter().all(|answer| !answer.contains(&secret)));
        world.wait(Duration::minutes(1));
        by_secret(world, made["client_id"].as_str().unwrap(), &secret).expect(200);
        by_secret(world, &world.client(Administrator).0.to_uppercase(), world.client(Administrator).1).expect(200);
    }
}
