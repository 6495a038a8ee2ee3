//! Puts the parts together: opens the doors, binds the port, serves, and drains before it stops.

use std::{
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::Server,
    middleware::{Compress, DefaultHeaders, from_fn},
    web,
};
use actix_web_metrics::ActixWebMetricsBuilder;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    config::{KeysConfig, StoreConfig},
    domain::lawbook::Lawbook,
    features,
    platform::{
        auth::{Directory, KeyRing},
        clock::Clock,
        db::{self, Db},
        openapi,
        problem::{self, Problem},
        served::{Served, not_served},
        state::State,
        telemetry,
        throttle::Throttle,
        watched::Watched,
    },
};

/// How often other processes' changes of access and law are looked for.
const REFRESH: Duration = Duration::from_secs(1);
/// How often work that waits is looked for.
const WORK: Duration = Duration::from_secs(1);
/// How often deadlines are looked at.
const TICK: Duration = Duration::from_secs(30);
/// How long requests under way may take when the service stops.
const DRAIN_S: u64 = 20;

/// The service, listening.
pub struct Service {
    server: Server,
    state: web::Data<State>,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Migrates the database, delivers the law it lacks, and opens the state of a service.
///
/// # Errors
/// The database or the keys cannot be opened.
pub async fn open(store: &StoreConfig, keys: &KeysConfig, clock: Clock) -> Result<web::Data<State>, Problem> {
    db::migrate(&store.database_url)?;
    let state = web::Data::new(State {
        db: Db::open(&store.database_url, clock.clone())?,
        keys: KeyRing::open(&keys.keys, clock.now())?,
        clock,
        directory: Watched::new(Directory::default()),
        lawbook: Watched::new(Lawbook::default()),
        throttle: Throttle::default(),
    });
    features::deliver_law(&state).await?;
    features::refresh(&state).await?;
    Ok(state)
}

/// Binds the port and prepares the server; port 0 takes a free one.
///
/// # Errors
/// The port is taken.
pub fn build(state: web::Data<State>, bind: SocketAddr, workers: Option<usize>) -> Result<Service, Problem> {
    let listener = TcpListener::bind(bind).map_err(|error| Problem::internal(&error))?;
    let address = listener.local_addr().map_err(|error| Problem::internal(&error))?;
    let metrics = web::Data::new(telemetry::start_metrics()?);
    let counted = ActixWebMetricsBuilder::new().build();
    let shared = state.clone();
    let mut server = HttpServer::new(move || {
        let (app, document) = App::new()
            .into_utoipa_app()
            .openapi(ContractInfo::openapi())
            .app_data(shared.clone())
            .app_data(metrics.clone())
            .configure(features::routes)
            .split_for_parts();
        app.app_data(web::Data::new(Served::of(&document)))
            .service(swagger(document))
            .default_service(web::to(not_served))
            .app_data(web::QueryConfig::default().error_handler(|error, _| bad_parameter(&error).into()))
            .app_data(web::PathConfig::default().error_handler(|_, _| Problem::not_found().into()))
            .wrap(Compress::default())
            .wrap(from_fn(problem::render))
            .wrap(from_fn(telemetry::trace))
            .wrap(headers())
            .wrap(counted.clone())
    })
    .shutdown_timeout(DRAIN_S);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    let server = server.listen(listener).map_err(|error| Problem::internal(&error))?.run();
    Ok(Service { server, state, address })
}

impl Service {
    /// Serves until it is told to stop, then drains.
    ///
    /// # Errors
    /// The server fails.
    pub async fn run(self) -> Result<(), Problem> {
        let refreshing = actix_web::rt::spawn(repeat(self.state.clone(), REFRESH, features::refresh));
        let working = actix_web::rt::spawn(repeat(self.state.clone(), WORK, features::work));
        let ticking = actix_web::rt::spawn(repeat(self.state, TICK, features::tick));
        let outcome = self.server.await;
        refreshing.abort();
        ticking.abort();
        working.abort();
        outcome.map_err(|error| Problem::internal(&error))
    }

    /// A handle to stop it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }
}

async fn repeat(state: web::Data<State>, every: Duration, work: impl AsyncFn(&State) -> Result<(), Problem>) {
    let mut ticks = tokio::time::interval(every);
    loop {
        ticks.tick().await;
        if let Err(problem) = work(&state).await {
            tracing::error!(%problem, "background work failed");
        }
    }
}

/// The contract, from the very routes that are served.
#[must_use]
pub fn contract() -> utoipa::openapi::OpenApi {
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(ContractInfo::openapi()).configure(features::routes).split_for_parts();
    openapi::complete(&mut document);
    document
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "imfleet",
        description = "A city's registry of vehicle emission Inspection and Maintenance (I/M) and of its fleet \
                       transition. Problems are RFC 9457; `Accept-Language` picks Chinese (default) or English.",
        contact(name = "imfleet maintainers")
    ),
    components(schemas(openapi::ProblemOut))
)]
struct ContractInfo;

fn swagger(mut document: utoipa::openapi::OpenApi) -> SwaggerUi {
    openapi::complete(&mut document);
    SwaggerUi::new("/docs/{_:.*}").url("/openapi.json", document).config(Config::default().validator_url("none"))
}

fn bad_parameter(error: &actix_web::error::QueryPayloadError) -> Problem {
    Problem::new(problem::Kind::Unreadable)
        .because(format!("a query parameter does not fit: {error}"), format!("查询参数有误：{error}"))
}

fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
}
