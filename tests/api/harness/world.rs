//! A service, its database, its clock and its cast, and the requests that tests make.

use std::path::PathBuf;

use chrono::Duration;
use imfleet::{
    config::{KeysConfig, StoreConfig},
    domain::{
        id::Id,
        party::{Line, Organisation},
        role::{Position, Role},
        time::Instant,
    },
    features,
    platform::{
        auth::{Claims, ISSUER, Purpose},
        clock::Clock,
        db::{DatabaseUrl, Tx},
        journal::Actor,
        problem::Problem,
        state::State,
    },
};
use reqwest::{
    Method,
    blocking::{Client, RequestBuilder},
};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use uuid::Uuid;

use super::{
    Engine, Reply,
    cast::{self, Cast},
    database::Database,
    server::Server,
};

/// A small world with one of every role. Its clock stands at 2026-08-22 10:00 in Shanghai.
pub struct World {
    /// Tells the time, and moves when a test says so.
    pub clock: Clock,
    cast: Cast,
    http: Client,
    runtime: Runtime,
    // Dropped in this order: the database goes when nobody uses it any more.
    server: Server,
    database: Database,
}

impl World {
    /// Starts the service on an empty database and registers the cast.
    pub fn start(engine: Engine) -> Self {
        let database = Database::create(engine);
        let clock =
            Clock::stopped_at("2026-08-22T10:00:00+08:00".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into());
        let (store, keys) = configs(&database);
        let server = Server::start(store, keys, clock.clone());
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let registering = server.state.db.write("register_cast", Actor::service(), cast::register);
        let cast = runtime.block_on(registering).unwrap();
        let world = Self { clock, cast, http: Client::new(), runtime, server, database };
        world.refresh(world.state());
        world
    }

    /// What the handlers reach.
    pub fn state(&self) -> &State {
        &self.server.state
    }

    /// Opens the same database as another process would.
    pub fn another_process(&self) -> actix_web::web::Data<State> {
        let (store, keys) = configs(&self.database);
        self.runtime.block_on(imfleet::app::open(&store, &keys, self.clock.clone())).unwrap()
    }

    /// Serves the same database from another port.
    pub fn another_server(&self) -> Server {
        let (store, keys) = configs(&self.database);
        Server::start(store, keys, self.clock.clone())
    }

    /// A SQLite database that is not there yet, in a folder of its own.
    pub fn spare_database(&self, name: &str) -> (DatabaseUrl, PathBuf) {
        let folder = self.database.folder.join(name);
        std::fs::create_dir(&folder).unwrap();
        (DatabaseUrl::Sqlite(folder.join("db.sqlite")), folder)
    }

    /// Waits for work that a test starts by itself.
    pub fn wait_for<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Reads again what other processes may have changed, as every process does each second.
    pub fn refresh(&self, state: &State) {
        self.runtime.block_on(features::refresh(state)).unwrap();
    }

    /// Where the database and the keys are, for a process of its own.
    pub fn configs(&self) -> (StoreConfig, KeysConfig) {
        configs(&self.database)
    }

    /// Looks at deadlines, as the service does every half minute.
    pub fn tick(&self) {
        self.runtime.block_on(features::tick(self.state())).unwrap();
    }

    /// A token of another inspection station.
    pub fn another_station(&self) -> String {
        self.stranger(Role::InspectionStation)
    }

    /// A token of another repair shop.
    pub fn another_shop(&self) -> String {
        self.stranger(Role::RepairShop)
    }

    fn stranger(&self, role: Role) -> String {
        let told = cast::organisation(role, "002");
        let id = self.write(move |tx| features::access::add_organisation(tx, &told)).unwrap().id;
        self.refresh(self.state());
        self.sign(Purpose::Access, &Claims { org: id.uuid(), ..self.claims(role, Position::Member) })
    }

    /// Changes the database past the API.
    pub fn write<T: Send + 'static>(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.runtime.block_on(self.server.state.db.write("test", Actor::service(), change))
    }

    /// The organisation of a role.
    pub fn organisation(&self, role: Role) -> Id<Organisation> {
        self.cast.organisations[&role]
    }

    /// The station's lines, 01 and 02.
    pub fn lines(&self) -> [Id<Line>; 2] {
        self.cast.lines
    }

    /// The client of a role's organisation, and its secret.
    pub fn client(&self, role: Role) -> (&str, &str) {
        let (id, secret) = &self.cast.clients[&role];
        (id, secret)
    }

    /// A token of the role's machine client, from the token endpoint.
    pub fn machine(&self, role: Role) -> String {
        let (id, secret) = self.client(role);
        let form = format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
        self.token(&form).expect(200)["access_token"].as_str().unwrap().to_owned()
    }

    /// A token of a manager of the role's organisation, from the key ring.
    pub fn manager(&self, role: Role) -> String {
        self.sign(Purpose::Access, &self.claims(role, Position::Manager))
    }

    /// A token of somebody in the role's organisation who is no manager.
    pub fn member(&self, role: Role) -> String {
        self.sign(Purpose::Access, &self.claims(role, Position::Member))
    }

    /// The claims of somebody in the role's organisation.
    pub fn claims(&self, role: Role, position: Position) -> Claims {
        let now = seconds(self.clock.now());
        Claims {
            iss: ISSUER.to_owned(),
            aud: Purpose::Access.typ().to_owned(),
            sub: Uuid::from_u128(u128::from(rand::random::<u64>())),
            org: self.organisation(role).uuid(),
            role,
            position,
            lines: Vec::new(),
            networks: Vec::new(),
            sandbox: false,
            iat: now,
            exp: now + 900,
        }
    }

    /// Signs claims by the service's own keys.
    pub fn sign(&self, purpose: Purpose, claims: &Claims) -> String {
        self.state().keys.sign(purpose, claims).unwrap()
    }

    /// Moves the clock on.
    pub fn wait(&self, span: Duration) {
        self.clock.advance(span);
    }

    /// Where the service listens, as an address of the web.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// The client of the tests, for servers beside the world's own.
    pub fn http(&self) -> &Client {
        &self.http
    }

    /// A request to be finished by the test.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("http://{}{path}", self.server.address))
    }

    /// Sends a request.
    #[expect(clippy::unused_self, reason = "a request goes to a world")]
    pub fn send(&self, request: RequestBuilder) -> Reply {
        Reply::read(request.send().unwrap())
    }

    /// Reads.
    pub fn get(&self, token: &str, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).bearer_auth(token))
    }

    /// Changes.
    pub fn post(&self, token: &str, path: &str, body: &Value) -> Reply {
        self.send(self.request(Method::POST, path).bearer_auth(token).json(body))
    }

    /// Asks for a token with a form.
    pub fn token(&self, form: &str) -> Reply {
        let request = self.request(Method::POST, "/oauth/token");
        self.send(request.header("Content-Type", "application/x-www-form-urlencoded").body(form.to_owned()))
    }
}

/// Seconds since 1970.
pub fn seconds(at: Instant) -> i64 {
    at.micros() / 1_000_000
}

fn configs(database: &Database) -> (StoreConfig, KeysConfig) {
    let store = StoreConfig { database_url: database.url.clone(), check_log: Some(database.folder.join("checks")) };
    (store, KeysConfig { keys: database.folder.join("keys") })
}
