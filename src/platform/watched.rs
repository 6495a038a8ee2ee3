//! A value that many read and a reload replaces: dated rules, revocations.

use std::sync::{Arc, PoisonError, RwLock};

/// A shared value, replaced as a whole.
#[derive(Debug)]
pub struct Watched<T>(RwLock<Arc<T>>);

impl<T> Watched<T> {
    /// Begins with a value.
    pub fn new(value: T) -> Self {
        Self(RwLock::new(Arc::new(value)))
    }

    /// The value as it stands now.
    pub fn get(&self) -> Arc<T> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another value in its place.
    pub fn set(&self, value: T) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
    }
}
