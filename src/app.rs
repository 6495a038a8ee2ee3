//! Puts the parts together: opens the doors, binds the port, serves, and drains before it stops.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::{Compress, DefaultHeaders, from_fn},
    rt::spawn,
    web,
};
use actix_web_metrics::ActixWebMetricsBuilder;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::Mutex,
};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::{
    config::{KeysConfig, StoreConfig},
    domain::{blacklist::Index, lawbook::Lawbook, zone::Controls},
    features,
    platform::{
        accounts::Accounts,
        auth::{Directory, KeyRing, Verified},
        check_log::CheckLog,
        clock::Clock,
        courier::Courier,
        db::{self, Db},
        follow::Followed,
        openapi,
        problem::{self, Problem},
        served::{Served, not_served},
        state::State,
        streams::Streams,
        telemetry,
        throttle::Throttle,
        watched::Watched,
    },
};

/// How often other processes' changes of access and law are looked for.
const REFRESH: Duration = Duration::from_secs(1);
/// How often the feed is looked at for other processes' changes of vehicles and listings.
const FOLLOW: Duration = Duration::from_millis(500);
/// How often work that waits is looked for.
const WORK: Duration = Duration::from_secs(1);
/// How often deadlines are looked at.
const TICK: Duration = Duration::from_secs(30);
/// How often messages to webhooks are looked for.
const DELIVERY: Duration = Duration::from_millis(500);
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
        controls: Watched::new(Controls::default()),
        throttle: Throttle::default(),
        verified: Verified::default(),
        blacklist: Followed::new(Index::default()),
        accounts: Accounts::default(),
        check_log: CheckLog::new(store.check_log()),
        held: Mutex::default(),
        streams: Streams::default(),
        courier: Courier::new()?,
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
            .configure(features::pages)
            .default_service(web::to(not_served))
            .app_data(web::QueryConfig::default().error_handler(|error, _| bad_parameter(&error).into()))
            .app_data(web::PathConfig::default().error_handler(|_, _| Problem::not_found().into()))
            .wrap(Compress::default())
            .wrap(from_fn(problem::render))
            .wrap(from_fn(telemetry::trace))
            .wrap(headers())
            .wrap(counted.clone())
    })
    .shutdown_timeout(DRAIN_S)
    .disable_signals();
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
        let state = &self.state;
        let background = [
            spawn(repeat(state.clone(), REFRESH, async |state| features::refresh(state).await)),
            spawn(repeat(state.clone(), DELIVERY, features::deliver)),
            spawn(repeat(state.clone(), WORK, async |state| features::work(state).await)),
            spawn(repeat(state.clone(), TICK, async |state| features::tick(state).await)),
            spawn(repeat(state.clone(), FOLLOW, async |state| features::follow(state).await)),
            spawn(stop_when_told(state.clone(), self.server.handle())),
        ];
        let outcome = self.server.await;
        for task in background {
            task.abort();
        }
        outcome.map_err(|error| Problem::internal(&error))
    }

    /// A handle to stop it from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }
}

/// Ends the streams and then the service: at SIGTERM when the requests under way are answered, at Ctrl-C at once.
async fn stop_when_told(state: web::Data<State>, server: ServerHandle) {
    let (Ok(mut terminated), Ok(mut interrupted)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    let graceful = tokio::select! {
        _ = terminated.recv() => true,
        _ = interrupted.recv() => false,
    };
    state.streams.stop();
    server.stop(graceful).await;
}

async fn repeat(state: web::Data<State>, every: Duration, work: impl AsyncFn(&Arc<State>) -> Result<(), Problem>) {
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

/// The contract as it is committed: indented by one space, for it is long.
///
/// # Errors
/// It cannot be written as JSON.
pub fn contract_text() -> serde_json::Result<String> {
    let mut text = Vec::new();
    let one_space = PrettyFormatter::with_indent(b" ");
    contract().serialize(&mut serde_json::Serializer::with_formatter(&mut text, one_space))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
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
