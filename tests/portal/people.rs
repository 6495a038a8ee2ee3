//! People who sign in: one of every role, each with the same password.

use imfleet::{
    domain::{
        role::{Position, Role},
        words::Word,
    },
    features::access::{PersonIn, add_person},
    platform::auth::Password,
};

use crate::{browser::Browser, harness::World};

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery staple";

/// Registers a person of a role's organisation; the login is the role's word.
pub fn register(world: &World, role: Role) {
    let organisation = world.organisation(role);
    let hash = Password::hash(PASSWORD).unwrap();
    let add = move |tx: &mut imfleet::platform::db::Tx<'_>| {
        let person = PersonIn {
            login: role.to_string(),
            name: "林薇".to_owned(),
            position: Position::Manager,
            password: PASSWORD.to_owned(),
        };
        add_person(tx, organisation, &person, &hash)
    };
    world.write(add).unwrap();
}

/// Signs a person of a role in, at the door of the portal.
#[track_caller]
pub fn enter(world: &World, browser: &Browser, role: Role) {
    browser.open(&format!("{}/portal/sign-in", world.url()));
    browser.write("#f-login", &role.to_string());
    browser.write("#f-password", PASSWORD);
    browser.click("main button");
    browser.until("the portal is entered", "location.pathname === '/portal/'");
}

/// Somebody who reads the portal without a browser: by plain requests, with the cookies kept.
#[derive(Clone)]
pub struct Surfer<'w> {
    world: &'w World,
    client: reqwest::blocking::Client,
    cookies: std::collections::BTreeMap<String, String>,
    /// The token of the last form that was seen.
    pub token: String,
}

/// A page that came.
pub struct Shown {
    /// The status.
    pub status: u16,
    /// The cookies that it set.
    pub cookies: Vec<String>,
    /// What it says.
    pub text: String,
    headers: reqwest::header::HeaderMap,
}

impl Shown {
    /// A header, empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Where the browser is sent.
    #[track_caller]
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text);
        self.header("location")
    }
}

impl<'w> Surfer<'w> {
    /// Somebody whom nobody knows.
    pub fn new(world: &'w World) -> Self {
        let client =
            reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { world, client, cookies: std::collections::BTreeMap::new(), token: String::new() }
    }

    /// The person of a role, signed in.
    pub fn signed_in(world: &'w World, role: Role) -> Self {
        let mut surfer = Self::new(world);
        surfer.visit("/portal/sign-in");
        let entered = surfer.send("/portal/sign-in", &[("login", role.word()), ("password", PASSWORD)]);
        assert_eq!(entered.leads_to(), "/portal/", "{}", entered.text);
        surfer.keep(&entered);
        surfer.visit("/portal/");
        surfer
    }

    /// Opens a page, and keeps its cookies and its token.
    pub fn visit(&mut self, path: &str) -> Shown {
        let shown = self.get(path);
        self.keep(&shown);
        shown
    }

    /// Keeps the cookies and the token of a page.
    pub fn keep(&mut self, shown: &Shown) {
        for cookie in &shown.cookies {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let token = shown.text.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        self.token = token.map_or_else(|| self.token.clone(), str::to_owned);
    }

    /// Opens a page.
    pub fn get(&self, path: &str) -> Shown {
        self.get_with(path, &[])
    }

    /// Opens a page with headers of one's own.
    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Shown {
        self.ask(self.client.get(format!("{}{path}", self.world.url())), headers)
    }

    /// Sends a form with the token.
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let fields: Vec<_> = fields.iter().copied().chain([("token", self.token.as_str())]).collect();
        self.send_with(path, &fields, &[])
    }

    /// Sends a form as it is told, with headers of one's own.
    pub fn send_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Shown {
        let encode = |text: &str| text.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"));
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let request = self.client.post(format!("{}{path}", self.world.url()));
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body.join("&"));
        self.ask(request, headers)
    }

    fn ask(&self, request: reqwest::blocking::RequestBuilder, headers: &[(&str, &str)]) -> Shown {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let response = request.header("Cookie", cookies.join("; ")).send().unwrap();
        let headers = response.headers().clone();
        let cookies =
            headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
        Shown { status: response.status().as_u16(), cookies, text: response.text().unwrap(), headers }
    }
}
