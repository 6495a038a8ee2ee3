//! The door of the portal: cookies, forms that others made, rights, and what a browser may do with a page.

use imfleet::{
    domain::{
        role::Role::{self, EcologyBureau, RepairShop, TrafficPolice},
        words::Word,
    },
    features::portal,
};

use crate::{
    harness::{Engine, World},
    people::{self, PASSWORD, Surfer},
};

on_both_engines! {
    fn a_session_begins_with_the_password_and_ends_at_sign_out(world: &World) {
        people::register(world, TrafficPolice);
        let mut surfer = Surfer::new(world);
        assert_eq!(surfer.get("/portal/police").leads_to(), "/portal/sign-in?next=/portal/police");
        let door = surfer.visit("/portal/sign-in?next=/portal/police");
        assert!(door.text.contains("登录") && door.cookies[0].contains("HttpOnly"), "{:?}", door.cookies);
        let wrong = surfer.send("/portal/sign-in", &[("login", "traffic_police"), ("password", "wrong")]);
        assert_eq!((wrong.status, wrong.text.contains("登录名或密码错误")), (401, true));
        let empty = surfer.send("/portal/sign-in", &[("login", "traffic_police"), ("password", "")]);
        assert_eq!((empty.status, empty.text.contains("id=\"e-password\"")), (422, true), "{}", empty.text);
        let fields = [("login", "traffic_police"), ("password", PASSWORD), ("next", "/portal/police")];
        let entered = surfer.send("/portal/sign-in", &fields);
        assert_eq!(entered.leads_to(), "/portal/police");
        surfer.keep(&entered);
        let cookie = entered.cookies.iter().find(|cookie| cookie.starts_with("imfleet_session=")).unwrap();
        for wanted in ["HttpOnly", "SameSite=Lax", "Path=/portal"] {
            assert!(cookie.contains(wanted), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "loopback has no TLS: {cookie}");
        assert_eq!(surfer.visit("/portal/police").status, 200);
        let stolen = surfer.clone();
        assert_eq!(surfer.send("/portal/sign-out", &[]).leads_to(), "/portal/sign-in");
        assert_eq!(stolen.get("/portal/police").leads_to(), "/portal/sign-in?next=/portal/police");
    }

    fn a_session_ends_by_itself_and_with_the_organisation(world: &World) {
        people::register(world, TrafficPolice);
        let surfer = Surfer::signed_in(world, TrafficPolice);
        world.wait(chrono::Duration::hours(11));
        assert_eq!(surfer.get("/portal/").status, 200);
        world.wait(chrono::Duration::hours(2));
        assert_eq!(surfer.get("/portal/").leads_to(), "/portal/sign-in?next=/portal/");
        let surfer = Surfer::signed_in(world, TrafficPolice);
        let path = format!("/v1/organisations/{}/suspensions", world.organisation(TrafficPolice));
        let why = serde_json::json!({ "reason": "停用" });
        world.post(&world.manager(Role::Administrator), &path, &why).expect(200);
        assert_eq!(surfer.get("/portal/").leads_to(), "/portal/sign-in?next=/portal/");
    }
}

#[test]
fn a_form_that_another_site_made_is_not_read() {
    let world = World::start(Engine::Sqlite);
    people::register(&world, TrafficPolice);
    let surfer = Surfer::signed_in(&world, TrafficPolice);
    let fields = [("plate", "陕E12345"), ("plate_kind", "large_car")];
    assert_eq!(surfer.send("/portal/police", &fields).status, 200);
    let forged = surfer.send_with("/portal/police", &[("plate", "陕E12345"), ("token", "guessed")], &[]);
    assert_eq!((forged.status, forged.text.contains("表单已失效")), (403, true));
    for header in [("Origin", "https://example.cn"), ("Sec-Fetch-Site", "cross-site")] {
        let fields: Vec<_> = fields.into_iter().chain([("token", surfer.token.as_str())]).collect();
        assert_eq!(surfer.send_with("/portal/police", &fields, &[header]).status, 403, "{header:?}");
    }
}

#[test]
fn the_cookie_is_secure_wherever_the_service_is_not_called_by_a_loopback_name() {
    let world = World::start(Engine::Sqlite);
    let door = Surfer::new(&world).get_with("/portal/sign-in", &[("Host", "imfleet.example.cn")]);
    assert!(door.cookies[0].contains("Secure"), "{:?}", door.cookies);
}

#[test]
fn a_role_opens_its_own_pages_and_no_other() {
    let world = World::start(Engine::Sqlite);
    for role in Role::ALL {
        people::register(&world, *role);
        let surfer = Surfer::signed_in(&world, *role);
        for page in portal::ALL.iter().filter(|page| page.in_menu) {
            let wanted = if page.roles.contains(role) { 200 } else { 403 };
            let shown = surfer.get(page.path);
            assert_eq!(shown.status, wanted, "{role} at {}: {}", page.path, shown.text);
            assert!(shown.text.contains("<h1>") && shown.text.contains("lang=\"zh-CN\""));
        }
    }
}

#[test]
fn a_problem_is_a_page_in_the_language_of_the_reader() {
    let world = World::start(Engine::Sqlite);
    people::register(&world, RepairShop);
    let surfer = Surfer::signed_in(&world, RepairShop);
    let missing = surfer.get("/portal/nowhere?lang=en");
    assert_eq!(
        (missing.status, missing.text.contains("Not found"), missing.text.contains("lang=\"en\"")),
        (404, true, true)
    );
    assert!(missing.cookies[0].starts_with("imfleet_lang=en"), "{:?}", missing.cookies);
    let refused = surfer.get("/portal/police");
    assert_eq!((refused.status, refused.text.contains("您的角色无此权限")), (403, true));
    let problem = world.get(&world.manager(EcologyBureau), "/v1/nowhere");
    assert_eq!(problem.header("content-type"), "application/problem+json", "the API keeps its own");
}

#[test]
fn a_page_brings_its_own_files_alone_and_runs_no_other_script() {
    let world = World::start(Engine::Sqlite);
    let door = Surfer::new(&world).get("/portal/sign-in");
    let policy = door.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(!door.text.contains("style=\"") && !door.text.contains("<script>") && !door.text.contains("//cdn"));
    assert_eq!(door.header("cache-control"), "no-store");
    let assets: Vec<_> = door.text.split('"').filter(|part| part.starts_with("/portal/assets/")).collect();
    assert!(assets.len() >= 3, "{assets:?}");
    for asset in assets {
        let found = Surfer::new(&world).get(asset);
        assert_eq!(found.status, 200, "{asset}");
        assert!(found.header("cache-control").contains("immutable"), "{asset}");
    }
    assert!(door.text.len() < 150_000);
}
