//! Whatever comes in, the answer is a problem, nothing is stored, and nothing of ours is told.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use imfleet::domain::role::Role::{Administrator, EcologyBureau};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Reply, World};

const PATH: &str = "/v1/organisations";

fn sound() -> Value {
    json!({ "role": "repair_shop", "code": "R-77", "name": "Shop", "area": "610502" })
}

fn post(world: &World, kind: &str, body: impl Into<reqwest::blocking::Body>) -> Reply {
    let request = world.request(Method::POST, PATH).bearer_auth(world.manager(Administrator));
    world.send(request.header("Content-Type", kind).body(body))
}

/// The sound body with one member replaced.
fn with(member: &str, value: Value) -> String {
    let mut body = sound();
    body[member] = value;
    body.to_string()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn is_stored(world: &World) -> bool {
    let list = world.get(&world.manager(Administrator), "/v1/organisations?role=repair_shop").expect(200);
    list["items"].as_array().unwrap().iter().any(|item| item["code"] == "R-77")
}

on_both_engines! {
    fn a_body_that_cannot_be_read_is_refused_and_nothing_is_stored(world: &World) {
        let json = "application/json";
        for broken in ["", "{", "[1,", "nul", "{\"role\": NaN}", "{'role': 1}", "{} {}", "\u{feff}{}"] {
            let reply = post(world, json, broken);
            reply.must_be_problem();
            assert!([400, 422].contains(&reply.status), "{broken}: {}", reply.text);
        }
        post(world, json, "{").problem(400, "unreadable");

        let (gb18030, _, _) = encoding_rs::GB18030.encode(r#"{"role":"repair_shop","name":"修理厂"}"#);
        post(world, json, gb18030.to_vec()).problem(400, "unreadable");
        post(world, "application/json; charset=gb18030", gb18030.to_vec()).problem(415, "unsupported-media-type");
        for kind in ["text/plain", "application/x-www-form-urlencoded", "nonsense"] {
            post(world, kind, sound().to_string()).problem(415, "unsupported-media-type");
        }
        assert!(!is_stored(world));
    }

    fn a_value_that_does_not_hold_is_pointed_at(world: &World) {
        let rows = [
            ("code", json!(7), "/code"),
            ("code", json!(""), "/code"),
            ("code", json!("x".repeat(33)), "/code"),
            ("code", json!("a b"), "/code"),
            ("role", json!("judge"), "/role"),
            ("role", json!(null), "/role"),
            ("area", json!("61"), "/area"),
            ("credit_code", json!("91610502MA6Y0000XI"), "/credit_code"),
            ("surprise", json!(true), "/surprise"),
        ];
        for (member, value, pointer) in rows {
            let problem = post(world, "application/json", with(member, value.clone())).problem(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{member} = {value}: {problem}");
        }
        post(world, "application/json", "{}").problem(422, "invalid");
        assert!(!is_stored(world));
    }

    fn a_number_beyond_reason_is_refused(world: &World) {
        let bureau = world.manager(EcologyBureau);
        for number in ["1e400", "-1e400", "NaN", "1e30", "\"0.5\"", "[]"] {
            let body = format!(
                r#"{{"bound":{{"at_most":{number}}},"comparison":{{"rule":"rounded","decimals":2}},
                "effective_from":"2027-01-01","source":{{"standard":"x","table":null,"clause":"y"}},
                "confidence":"confirmed","reason":"test"}}"#
            );
            let request = world.request(Method::POST, "/v1/limits/gb18285.obd/versions").bearer_auth(&bureau);
            let reply = world.send(request.header("Content-Type", "application/json").body(body));
            reply.must_be_problem();
            assert!([400, 422].contains(&reply.status), "{number}: {}", reply.text);
        }
    }

    fn a_body_beyond_its_limit_is_refused_before_and_after_unpacking(world: &World) {
        let large = with("name", json!("x".repeat(70_000)));
        post(world, "application/json", large.clone()).problem(413, "too-large");

        let packed = |body: Vec<u8>| {
            let request = world.request(Method::POST, PATH).bearer_auth(world.manager(Administrator));
            let request = request.header("Content-Type", "application/json").header("Content-Encoding", "gzip");
            world.send(request.body(body))
        };
        packed(gzip(&vec![b' '; 64 << 20])).problem(413, "too-large");
        packed(gzip(large.as_bytes())).problem(413, "too-large");
        packed(b"no gzip at all".to_vec()).problem(400, "unreadable");
        packed(gzip(sound().to_string().as_bytes())).expect(201);
        assert!(is_stored(world));
    }

    fn deep_nesting_is_refused(world: &World) {
        for depth in [100, 1_000, 20_000] {
            let nest = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            for member in ["code", "surprise"] {
                let reply = post(world, "application/json", format!(r#"{{"{member}":{nest}}}"#));
                reply.must_be_problem();
                assert!([400, 422].contains(&reply.status), "{depth}: {}", reply.text);
            }
        }
    }

    fn a_path_or_method_that_is_not_served_is_a_problem(world: &World) {
        let token = world.manager(Administrator);
        for path in ["/none", "/v2", "/v1/none", "/v1/organisations/none/clients", "/%ff", "/v1/organisations/"] {
            world.get(&token, path).problem(404, "not-found");
        }
        for (method, path) in [
            (Method::DELETE, PATH),
            (Method::PUT, PATH),
            (Method::TRACE, PATH),
            (Method::GET, "/oauth/token"),
            (Method::POST, "/health/live"),
            (Method::GET, "/v1/limits/gb18285.obd/versions"),
        ] {
            let reply = world.send(world.request(method.clone(), path).bearer_auth(&token));
            assert_ne!(reply.header("allow"), "", "{method} {path}");
            reply.problem(405, "method-not-allowed");
        }
        world.send(world.request(Method::TRACE, "/v1/none")).must_be_problem();
    }

    fn a_query_that_does_not_hold_is_a_problem(world: &World) {
        let token = world.manager(Administrator);
        for query in ["limit=0", "limit=201", "cursor=none"] {
            world.get(&token, &format!("{PATH}?{query}")).problem(422, "invalid");
        }
        for query in ["limit=many", "surprise=1", "role=judge"] {
            world.get(&token, &format!("{PATH}?{query}")).problem(400, "unreadable");
        }
    }

    fn a_problem_speaks_the_language_of_its_reader(world: &World) {
        let rows = [
            ("", "未找到", "zh-CN"),
            ("zh-CN,zh;q=0.9,en;q=0.8", "未找到", "zh-CN"),
            ("en-GB,en;q=0.9", "Not found", "en"),
            ("fr", "未找到", "zh-CN"),
        ];
        for (languages, title, language) in rows {
            let reply = world.send(world.request(Method::GET, "/v1/none").header("Accept-Language", languages));
            assert_eq!(reply.header("content-language"), language, "{languages}");
            assert_eq!(reply.problem(404, "not-found")["title"], title, "{languages}");
        }
    }
}
