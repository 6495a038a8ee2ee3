//! A server that stands for somebody else's: it keeps what it gets and answers as the test says.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, dev::ServerHandle, http::StatusCode, rt::System, web};
use serde_json::{Value, json};

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// At once, with this status.
    Status(u16),
    /// Never.
    Hang,
}

/// A request that came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its path.
    pub path: String,
    /// Its headers.
    pub headers: HashMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Clone)]
struct Inside {
    received: Arc<Mutex<Vec<Received>>>,
    reaction: Arc<Mutex<Reaction>>,
}

/// The server; it ends when it is dropped.
pub struct Receiver {
    /// Where it listens.
    pub address: SocketAddr,
    inside: Inside,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

impl Receiver {
    /// Starts one on a free port of loopback.
    pub fn start(reaction: Reaction) -> Self {
        let inside = Inside { received: Arc::default(), reaction: Arc::new(Mutex::new(reaction)) };
        let (send, started) = mpsc::channel();
        let shared = inside.clone();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let data = web::Data::new(shared);
                let app = move || App::new().app_data(data.clone()).default_service(web::to(take));
                let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                send.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = started.recv().unwrap();
        Self { address, inside, handle, thread: Some(thread) }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers otherwise from now on.
    pub fn react(&self, reaction: Reaction) {
        *self.inside.reaction.lock().unwrap() = reaction;
    }

    /// All that came to a path.
    pub fn got(&self, path: &str) -> Vec<Received> {
        self.inside.received.lock().unwrap().iter().filter(|one| one.path == path).cloned().collect()
    }

    /// Waits until so many requests came to a path.
    #[track_caller]
    pub fn wait_for(&self, path: &str, count: usize) -> Vec<Received> {
        let begun = Instant::now();
        loop {
            let got = self.got(path);
            if got.len() >= count {
                return got;
            }
            assert!(begun.elapsed() < PATIENCE, "{} of {count} requests came to {path}", got.len());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        let _ = self.thread.take().unwrap().join();
    }
}

/// For a batch of passes, that each was recorded.
fn results(body: &[u8]) -> Vec<Value> {
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let passes = told["passes"].as_array().map_or(0, Vec::len);
    vec![json!({ "status": 201 }); passes]
}

async fn take(request: HttpRequest, body: web::Bytes, inside: web::Data<Inside>) -> HttpResponse {
    let header = |(name, value): (&actix_web::http::header::HeaderName, &actix_web::http::header::HeaderValue)| {
        (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())
    };
    inside.received.lock().unwrap().push(Received {
        path: request.path().to_owned(),
        headers: request.headers().iter().map(header).collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let reaction =
        if request.path() == "/oauth/token" { Reaction::Status(200) } else { *inside.reaction.lock().unwrap() };
    match reaction {
        Reaction::Status(status) => HttpResponse::build(StatusCode::from_u16(status).unwrap())
            .json(json!({ "access_token": "a token of the test", "results": results(&body) })),
        Reaction::Hang => std::future::pending().await,
    }
}
