//! The real service on a free port, in a thread of its own.

use std::{net::SocketAddr, sync::mpsc, thread::JoinHandle};

use actix_web::{dev::ServerHandle, rt::System, web};
use imfleet::{
    app,
    config::{KeysConfig, StoreConfig},
    platform::{clock::Clock, problem::Problem, state::State},
};

/// A service that runs until it is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers reach.
    pub state: web::Data<State>,
    handle: ServerHandle,
    thread: Option<JoinHandle<Result<(), Problem>>>,
}

impl Server {
    /// Opens the database and serves.
    pub fn start(store: StoreConfig, keys: KeysConfig, clock: Clock) -> Self {
        let (send, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let state = app::open(&store, &keys, clock).await?;
                let service = app::build(state.clone(), SocketAddr::from(([127, 0, 0, 1], 0)), Some(2))?;
                send.send((service.address, state, service.handle())).unwrap();
                service.run().await
            })
        });
        let Ok((address, state, handle)) = started.recv() else {
            panic!("the service did not start: {:?}", thread.join());
        };
        Self { address, state, handle, thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        let ended = self.thread.take().unwrap().join();
        assert!(matches!(ended, Ok(Ok(()))) || std::thread::panicking(), "the service failed: {ended:?}");
    }
}
