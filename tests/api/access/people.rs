//! People sign in, go on, and sign out.

use chrono::Duration;
use imfleet::domain::role::Role::{Administrator, InspectionStation};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Reply, World};

const PASSWORD: &str = "correct horse battery staple";

fn register(world: &World, login: &str) -> Value {
    let path = format!("/v1/organisations/{}/people", world.organisation(InspectionStation));
    let body = json!({ "login": login, "name": "林薇", "position": "manager", "password": PASSWORD });
    world.post(&world.manager(Administrator), &path, &body).expect(201)
}

fn sign_in(world: &World, login: &str, password: &str) -> Reply {
    let body = json!({ "login": login, "password": password });
    world.send(world.request(Method::POST, "/v1/sign-ins").json(&body))
}

fn refresh(world: &World, token: &Value) -> Reply {
    world.token(&format!("grant_type=refresh_token&refresh_token={}", token["refresh_token"].as_str().unwrap()))
}

fn access(token: &Value) -> &str {
    token["access_token"].as_str().unwrap()
}

on_both_engines! {
    fn a_person_signs_in_and_acts_for_the_organisation(world: &World) {
        let person = register(world, "lin-wei");
        assert!(person.get("password").is_none() && person.get("password_hash").is_none());
        let token = sign_in(world, "lin-wei", PASSWORD).expect(200);
        let path = format!("/v1/organisations/{}/clients", world.organisation(InspectionStation));
        world.get(access(&token), &path).expect(200);
    }

    fn a_refresh_token_serves_once_and_its_reuse_ends_the_family(world: &World) {
        register(world, "lin-wei");
        let first = sign_in(world, "lin-wei", PASSWORD).expect(200);
        let second = refresh(world, &first).expect(200);
        let third = refresh(world, &second).expect(200);
        world.get(access(&third), "/v1/organisations").expect(200);
        let other = sign_in(world, "lin-wei", PASSWORD).expect(200);

        let reused = refresh(world, &first).problem(400, "token-refused");
        assert_eq!(reused["error"], "invalid_grant");
        refresh(world, &third).problem(400, "token-refused");
        refresh(world, &other).expect(200);
    }

    fn a_refresh_token_holds_for_thirty_days(world: &World) {
        register(world, "lin-wei");
        let first = sign_in(world, "lin-wei", PASSWORD).expect(200);
        world.wait(Duration::days(30) - Duration::seconds(1));
        let second = refresh(world, &first).expect(200);
        world.wait(Duration::days(30));
        refresh(world, &second).problem(400, "token-refused");
    }

    fn signing_out_ends_the_family(world: &World) {
        register(world, "lin-wei");
        let token = refresh(world, &sign_in(world, "lin-wei", PASSWORD).expect(200)).expect(200);
        let sign_out = |token: &Value| {
            let body = json!({ "refresh_token": token });
            world.send(world.request(Method::POST, "/v1/sign-outs").json(&body)).status
        };
        assert_eq!(sign_out(&token["refresh_token"]), 204);
        assert_eq!(sign_out(&json!("none")), 204);
        refresh(world, &token).problem(400, "token-refused");
    }

    fn failures_lock_a_login_for_longer_and_longer_whether_it_exists_or_not(world: &World) {
        register(world, "lin-wei");
        let texts = ["lin-wei", "nobody-here"].map(|login| {
            let mut first = sign_in(world, login, "wrong").problem(401, "unauthenticated");
            for _ in 1..5 {
                sign_in(world, login, "wrong").problem(401, "unauthenticated");
            }
            let locked = sign_in(world, login, PASSWORD);
            assert_eq!(locked.header("retry-after"), "31");
            locked.problem(429, "too-many-requests");
            world.wait(Duration::seconds(31));
            sign_in(world, login, "wrong").problem(401, "unauthenticated");
            let locked = sign_in(world, login, PASSWORD);
            assert_eq!(locked.header("retry-after"), "61");
            locked.problem(429, "too-many-requests");
            world.wait(Duration::seconds(61));
            first["trace_id"] = Value::Null;
            first.to_string()
        });
        assert_eq!(texts[0], texts[1]);

        sign_in(world, "lin-wei", PASSWORD).expect(200);
        for _ in 0..5 {
            sign_in(world, "lin-wei", "wrong").problem(401, "unauthenticated");
        }
        sign_in(world, "lin-wei", "wrong").problem(429, "too-many-requests");
    }

    fn guesses_at_the_same_moment_are_all_counted(world: &World) {
        register(world, "lin-wei");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let guesses: Vec<_> =
                (0..12).map(|_| scope.spawn(|| sign_in(world, "lin-wei", "wrong").status)).collect();
            guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
        });
        let looked_at = statuses.iter().filter(|status| **status == 401).count();
        assert!(looked_at <= 5, "{statuses:?}");
    }

    fn a_login_is_unique_and_a_short_password_is_refused(world: &World) {
        register(world, "lin-wei");
        let path = format!("/v1/organisations/{}/people", world.organisation(Administrator));
        let mut body = json!({ "login": "lin-wei", "name": "a", "position": "member", "password": PASSWORD });
        world.post(&world.manager(Administrator), &path, &body).problem(409, "already-exists");
        body["password"] = json!("elevenmarks");
        let problem = world.post(&world.manager(Administrator), &path, &body).problem(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], "/password");
        assert!(!problem.to_string().contains("elevenmarks"));
    }
}
