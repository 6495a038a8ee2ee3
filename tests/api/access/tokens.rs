//! A token is one algorithm, one type and one purpose; whatever differs is refused.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use imfleet::{
    domain::role::{Position, Role::Administrator},
    platform::auth::{Claims, KeyRing, Purpose},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::World;

const LIST: &str = "/v1/organisations";

fn claims(world: &World) -> Claims {
    world.claims(Administrator, Position::Manager)
}

fn refused(world: &World, token: &str) {
    world.get(token, LIST).problem(401, "unauthenticated");
}

on_both_engines! {
    fn a_token_of_one_purpose_is_refused_by_every_other(world: &World) {
        let keys = &world.state().keys;
        for signed in Purpose::ALL {
            let claims = Claims { aud: signed.typ().to_owned(), ..claims(world) };
            let token = world.sign(signed, &claims);
            for asked in Purpose::ALL {
                assert_eq!(keys.verify(asked, &token, world.clock.now()).is_ok(), signed == asked);
            }
            if signed != Purpose::Access {
                refused(world, &token);
            }
        }
        // The right audience and type do not help a key of another purpose.
        let token = world.sign(Purpose::Jtt1132, &claims(world));
        refused(world, &token);
        let [header, rest] = token.split_once('.').map(|(header, rest)| [header, rest]).unwrap();
        let mut header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
        header["typ"] = json!(Purpose::Access.typ());
        refused(world, &format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string())));
    }

    fn algorithm_and_type_cannot_be_confused(world: &World) {
        let keys = world.send(world.request(Method::GET, "/.well-known/jwks.json")).expect(200);
        let (id, x) = (keys["keys"][0]["kid"].as_str().unwrap(), keys["keys"][0]["x"].as_str().unwrap());
        assert!(keys["keys"][0].get("d").is_none());
        let header = |algorithm, typ: &str| {
            let mut header = Header::new(algorithm);
            (header.typ, header.kid) = (Some(typ.to_owned()), Some(id.to_owned()));
            header
        };
        for secret in [x.as_bytes().to_vec(), URL_SAFE_NO_PAD.decode(x).unwrap()] {
            for algorithm in [Algorithm::HS256, Algorithm::HS512] {
                let key = EncodingKey::from_secret(&secret);
                refused(world, &encode(&header(algorithm, "at+jwt"), &claims(world), &key).unwrap());
            }
        }
        let sound = world.sign(Purpose::Access, &claims(world));
        world.get(&sound, LIST).expect(200);
        let (_, rest) = sound.split_once('.').unwrap();
        for header in [
            json!({ "alg": "none", "typ": "at+jwt", "kid": id }),
            json!({ "alg": "EdDSA", "typ": "JWT", "kid": id }),
            json!({ "alg": "EdDSA", "kid": id }),
            json!({ "alg": "EdDSA", "typ": "at+jwt" }),
        ] {
            let header = URL_SAFE_NO_PAD.encode(header.to_string());
            refused(world, &format!("{header}.{rest}"));
            refused(world, &format!("{header}.{}.", rest.split_once('.').unwrap().0));
        }
    }

    fn a_token_of_another_installation_or_with_changed_claims_is_refused(world: &World) {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("keys_{}", rand::random::<u64>()));
        let others = KeyRing::open(&folder, world.clock.now()).unwrap();
        refused(world, &others.sign(Purpose::Access, &claims(world)).unwrap());
        std::fs::remove_dir_all(folder).unwrap();

        for bad in [
            Claims { iss: "another".to_owned(), ..claims(world) },
            Claims { aud: "another".to_owned(), ..claims(world) },
            Claims { org: uuid::Uuid::nil(), ..claims(world) },
            Claims { networks: vec!["10.0.0.0/8".parse().unwrap()], ..claims(world) },
        ] {
            refused(world, &world.sign(Purpose::Access, &bad));
        }
        let sound = world.sign(Purpose::Access, &claims(world));
        let [header, _, signature] = sound.split('.').collect::<Vec<_>>().try_into().unwrap();
        let changed = Claims { exp: i64::MAX, ..claims(world) };
        let changed = URL_SAFE_NO_PAD.encode(serde_json::to_string(&changed).unwrap());
        refused(world, &format!("{header}.{changed}.{signature}"));
        for nonsense in ["", "a.b.c", "....", "陕"] {
            let request = world.request(Method::GET, LIST).header("Authorization", format!("Bearer {nonsense}"));
            world.send(request).problem(401, "unauthenticated");
        }
    }

    fn a_client_within_its_networks_is_let_in(world: &World) {
        let near = Claims { networks: vec!["127.0.0.1/32".parse().unwrap()], ..claims(world) };
        world.get(&world.sign(Purpose::Access, &near), LIST).expect(200);
    }
}
