//! Batches: each item is read and answered by itself, in order, so that one that cannot be read hurts no other.

use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::Validate;

use super::{body, problem::Problem};

/// The items of a batch: those that can be read, and what is wrong with the others.
pub struct Batch<T> {
    readable: Vec<T>,
    misfits: Vec<Option<Problem>>,
}

impl<T: DeserializeOwned + Validate> Batch<T> {
    /// Reads each item and checks its rules.
    #[must_use]
    pub fn read(items: &[Value]) -> Self {
        let mut readable = Vec::with_capacity(items.len());
        let read = |item: &Value| body::parse(item.to_string().as_bytes()).map(|item| readable.push(item)).err();
        let misfits = items.iter().map(read).collect();
        Self { readable, misfits }
    }
}

impl<T> Batch<T> {
    /// The items that can be read, in order.
    #[must_use]
    pub fn readable(&self) -> &[T] {
        &self.readable
    }

    /// The outcome of every item, in order, from those of the readable ones.
    pub fn outcomes<R>(&self, readable: Vec<Result<R, Problem>>) -> impl Iterator<Item = Result<R, Problem>> {
        let mut readable = readable.into_iter();
        self.misfits.iter().map(move |misfit| match misfit {
            None => readable.next().unwrap_or_else(|| Err(Problem::internal(&"no outcome"))),
            Some(problem) => Err(problem.clone()),
        })
    }
}
