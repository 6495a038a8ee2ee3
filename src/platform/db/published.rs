//! How far this process has numbered the feed.

use std::sync::atomic::{AtomicI64, Ordering};

/// The last number that a commit of this process drew.
#[derive(Debug, Default)]
pub(super) struct Published(AtomicI64);

impl Published {
    /// A commit drew numbers up to this one.
    pub(super) fn reach(&self, drawn: Option<i64>) {
        if let Some(last) = drawn {
            self.0.fetch_max(last, Ordering::AcqRel);
        }
    }

    /// The last number.
    pub(super) fn last(&self) -> i64 {
        self.0.load(Ordering::Acquire)
    }
}
