//! The gate's own HTTP on loopback, for the barrier beside it, and its work in the background.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use actix_web::{App, HttpResponse, HttpServer, Responder, dev::Server, get, middleware::from_fn, post, web};
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::{Answered, Fault, Folder, Kept, Ledger, Line, Passes, Way, check, decide, passes, read, sync};
use crate::{
    domain::{
        id::Id,
        zone::{Point, Zone},
    },
    platform::{
        body::Body,
        clock::Clock,
        problem::{self, Problem},
    },
};

/// A gate at work.
pub struct Gate {
    folder: Folder,
    line: Line,
    clock: Clock,
    kept: RwLock<Option<Arc<Kept>>>,
    passes: Mutex<Passes>,
    /// How the last synchronisation went, in words.
    last: Mutex<String>,
}

/// The vehicle at the barrier.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct PlateIn {
    #[validate(length(min = 1, max = 32))]
    plate: String,
    #[validate(length(min = 1, max = 32))]
    plate_kind: String,
}

/// The vehicle at the barrier, where it wants to go, and what the gate's ledger knows of it.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
struct PassageIn {
    #[validate(length(min = 1, max = 32))]
    plate: String,
    #[validate(length(min = 1, max = 32))]
    plate_kind: String,
    #[serde(default)]
    ledger: Ledger,
    zone_id: Option<Id<Zone>>,
    point: Option<Point>,
}

/// What went through, in the form of the city's gate passes.
#[derive(Debug, Deserialize, Validate)]
#[serde(transparent)]
struct PassIn {
    pass: serde_json::Map<String, Value>,
}

impl Gate {
    /// Opens a gate with the copy that its folder holds; a damaged copy is none.
    ///
    /// # Errors
    /// The folder cannot be used.
    pub fn open(folder: Folder, line: Line, clock: Clock) -> Result<Arc<Self>, Fault> {
        let kept = folder.read();
        let last = kept.as_ref().err().map_or_else(|| "not yet".to_owned(), ToString::to_string);
        let passes = Mutex::new(Passes::open(&folder)?);
        let kept = RwLock::new(kept.ok().flatten().map(Arc::new));
        Ok(Arc::new(Self { folder, line, clock, kept, passes, last: Mutex::new(last) }))
    }

    fn kept(&self) -> Option<Arc<Kept>> {
        self.kept.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Brings the copy up to date and sends the passes that wait.
    ///
    /// # Errors
    /// The line is down, or what came is refused; the gate goes on with what it has.
    pub async fn work(&self) -> Result<(), Fault> {
        let synced = sync(&self.folder, &self.line, self.clock.now()).await;
        let told = synced.as_ref().map_or_else(ToString::to_string, |synced| format!("at {}", synced.head.sequence));
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = told;
        if synced.is_ok() {
            let kept = self.folder.read()?.map(Arc::new);
            *self.kept.write().unwrap_or_else(PoisonError::into_inner) = kept;
        }
        self.send_passes().await?;
        synced.map(drop)
    }

    async fn send_passes(&self) -> Result<(), Fault> {
        let mut token = None;
        loop {
            let (items, end) = self.passes.lock().unwrap_or_else(PoisonError::into_inner).next()?;
            if items.is_empty() {
                return Ok(());
            }
            let valid = match token.take() {
                Some(token) => token,
                None => self.line.token().await?,
            };
            let refused = passes::send(&self.line, &valid, items).await?;
            token = Some(valid);
            let passes = self.passes.lock().unwrap_or_else(PoisonError::into_inner);
            refused.iter().try_for_each(|(pass, result)| passes.put_aside(pass, result))?;
            passes.reached(end)?;
        }
    }
}

/// Binds loopback and prepares the server.
///
/// # Errors
/// The address is not loopback, or the port is taken.
pub fn build(gate: &Arc<Gate>, bind: SocketAddr) -> Result<(Server, SocketAddr), Problem> {
    if !bind.ip().is_loopback() {
        return Err(Problem::internal(&"a gate serves loopback alone; put the barrier beside it"));
    }
    let listener = TcpListener::bind(bind).map_err(|error| Problem::internal(&error))?;
    let address = listener.local_addr().map_err(|error| Problem::internal(&error))?;
    let shared = web::Data::from(Arc::clone(gate));
    let app = move || {
        App::new()
            .app_data(shared.clone())
            .service(check_plate)
            .service(decide_passage)
            .service(keep_pass)
            .service(tell_status)
            .wrap(from_fn(problem::render))
    };
    let server = HttpServer::new(app).workers(1).listen(listener).map_err(|error| Problem::internal(&error))?;
    Ok((server.run(), address))
}

/// Serves, and works every few seconds, until told to stop.
///
/// # Errors
/// The server fails.
pub async fn run(gate: Arc<Gate>, server: Server, every_s: u64) -> Result<(), Problem> {
    let working = actix_web::rt::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_secs(every_s.max(1)));
        loop {
            ticks.tick().await;
            if let Err(fault) = gate.work().await {
                tracing::warn!(%fault, "the gate goes on with what it has");
            }
        }
    });
    let outcome = server.await;
    working.abort();
    outcome.map_err(|error| Problem::internal(&error))
}

fn answered(gate: &Gate, told: &PlateIn) -> Result<Answered, Problem> {
    let (plate, kind) = read(&told.plate, &told.plate_kind)?;
    Ok(check(gate.kept().as_deref(), &plate, kind, gate.clock.now()))
}

#[post("/check")]
async fn check_plate(gate: web::Data<Gate>, body: Body<PlateIn>) -> Result<impl Responder, Problem> {
    Ok(web::Json(answered(&gate, &body.value)?))
}

/// Whether the vehicle may pass.
#[post("/decide")]
async fn decide_passage(gate: web::Data<Gate>, body: Body<PassageIn>) -> Result<impl Responder, Problem> {
    let PassageIn { plate, plate_kind, ledger, zone_id, point } = &body.value;
    let (plate, kind) = read(plate, plate_kind)?;
    let way = Way { zone_id: *zone_id, point: *point };
    Ok(web::Json(decide(gate.kept().as_deref(), (&plate, kind), ledger, way, gate.clock.now())))
}

#[post("/passes")]
async fn keep_pass(gate: web::Data<Gate>, body: Body<PassIn>) -> Result<HttpResponse, Problem> {
    let kept = web::block(move || {
        let pass = Value::Object(body.value.pass);
        gate.passes.lock().unwrap_or_else(PoisonError::into_inner).keep(&pass)
    });
    let kept = kept.await.map_err(|error| Problem::internal(&error))?;
    kept.map_err(|fault| Problem::unavailable(&fault))?;
    Ok(HttpResponse::Created().json(json!({ "kept": true })))
}

#[get("/status")]
async fn tell_status(gate: web::Data<Gate>) -> Result<impl Responder, Problem> {
    let kept = gate.kept();
    let head = kept.as_ref().map(|kept| &kept.head);
    let waiting = gate.passes.lock().unwrap_or_else(PoisonError::into_inner).waiting();
    Ok(web::Json(json!({
        "head": head,
        "fresh": head.is_some_and(|head| head.is_fresh(gate.clock.now())),
        "last_synchronisation": *gate.last.lock().unwrap_or_else(PoisonError::into_inner),
        "passes_waiting": waiting.map_err(|fault| Problem::unavailable(&fault))?,
    })))
}
