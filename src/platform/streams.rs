//! Who follows the feed over an open connection: how many streams each client has, how far the feed has come, and
//! whether the service is about to stop.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use tokio::sync::watch;
use uuid::Uuid;

use super::problem::{Kind, Problem};

/// Open streams of one client at most.
const MOST: usize = 4;

/// The open streams.
#[derive(Debug)]
pub struct Streams {
    open: Arc<Mutex<HashMap<Uuid, usize>>>,
    seen: AtomicI64,
    stopping: watch::Sender<bool>,
}

impl Default for Streams {
    fn default() -> Self {
        Self { open: Arc::default(), seen: AtomicI64::new(0), stopping: watch::Sender::new(false) }
    }
}

/// A client's place among the streams, free again when it is dropped.
#[derive(Debug)]
pub struct Place {
    client: Uuid,
    open: Arc<Mutex<HashMap<Uuid, usize>>>,
}

impl Streams {
    /// Takes a place for one more stream of a client.
    ///
    /// # Errors
    /// The client has as many as are allowed (429).
    pub fn enter(&self, client: Uuid) -> Result<Place, Problem> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(client).or_default();
        if *count >= MOST {
            return Err(Problem::new(Kind::TooManyRequests).retry_after(15));
        }
        *count += 1;
        Ok(Place { client, open: Arc::clone(&self.open) })
    }

    /// The feed has come as far as this, whichever process committed it.
    pub fn saw(&self, sequence: i64) {
        self.seen.fetch_max(sequence, Ordering::AcqRel);
    }

    /// How far the feed has come.
    #[must_use]
    pub fn seen(&self) -> i64 {
        self.seen.load(Ordering::Acquire)
    }

    /// Ends every stream, so that the service can stop.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Tells when the service is about to stop.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.client);
            }
        }
    }
}
