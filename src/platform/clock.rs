//! The one source of time and of identifiers; tests and the demo set it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use chrono::Duration;
use uuid::{ContextV7, Timestamp, Uuid};

use crate::domain::{id::Id, time::Instant};

/// Tells the time: the system's, the system's moved by a span, or a time that stands still until it is set.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Hands>);

#[derive(Debug)]
struct Hands {
    /// Microseconds added to the system's time.
    offset: AtomicI64,
    /// The time at which the clock stands still, or `RUNNING`.
    stopped_at: AtomicI64,
    /// Numbers the ids of one instant, so that they sort in the order in which they were made.
    sequence: Mutex<ContextV7>,
}

const RUNNING: i64 = i64::MIN;

impl Clock {
    /// The system's time.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(Hands {
            offset: AtomicI64::new(0),
            stopped_at: AtomicI64::new(RUNNING),
            sequence: Mutex::default(),
        }))
    }

    /// A clock that stands at an instant until it is moved.
    #[must_use]
    pub fn stopped_at(at: Instant) -> Self {
        let clock = Self::system();
        clock.stop_at(at);
        clock
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        match self.0.stopped_at.load(Ordering::Relaxed) {
            RUNNING => system_now().plus(Duration::microseconds(self.0.offset.load(Ordering::Relaxed))),
            stopped => Instant::from_micros(stopped),
        }
    }

    /// Stops the clock at an instant.
    pub fn stop_at(&self, at: Instant) {
        self.0.stopped_at.store(at.micros(), Ordering::Relaxed);
    }

    /// Moves a stopped clock on.
    pub fn advance(&self, span: Duration) {
        self.stop_at(self.now().plus(span));
    }

    /// Lets the clock run on from an instant.
    pub fn run_from(&self, at: Instant) {
        self.0.offset.store(at.micros().saturating_sub(system_now().micros()), Ordering::Relaxed);
        self.0.stopped_at.store(RUNNING, Ordering::Relaxed);
    }

    /// A new identifier of that instant: UUID v7, so that ids sort by time and those of one instant by their making.
    #[must_use]
    pub fn mint<Noun>(&self, at: Instant) -> Id<Noun> {
        let micros = at.micros().max(0).unsigned_abs();
        let nanos = u32::try_from(micros % 1_000_000 * 1_000).unwrap_or_default();
        let sequence = self.0.sequence.lock().unwrap_or_else(PoisonError::into_inner);
        Id::from(Uuid::new_v7(Timestamp::from_unix(&*sequence, micros / 1_000_000, nanos)))
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
fn system_now() -> Instant {
    chrono::Utc::now().into()
}
