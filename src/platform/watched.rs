//! A value that many read and a reload replaces: dated rules, revocations.

use std::sync::{Arc, PoisonError, RwLock};

use diesel::QueryResult;
use tokio::sync::Mutex;

use super::{
    db::{AnyConnection, Db},
    problem::Problem,
};

/// A shared value, replaced as a whole.
#[derive(Debug)]
pub struct Watched<T> {
    value: RwLock<Arc<T>>,
    /// The mark of what was read last. Renewals take turns on it, so that an older reading never replaces a newer.
    mark: Mutex<String>,
}

impl<T: Send + 'static> Watched<T> {
    /// Begins with a value that stands for nothing in the database.
    pub fn new(value: T) -> Self {
        Self { value: RwLock::new(Arc::new(value)), mark: Mutex::default() }
    }

    /// The value as it stands now.
    pub fn get(&self) -> Arc<T> {
        Arc::clone(&self.value.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the value again when its mark in the database is another than at the last reading.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn renew(
        &self,
        db: &Db,
        mark: fn(&mut AnyConnection) -> QueryResult<String>,
        read: fn(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<(), Problem> {
        let mut known = self.mark.lock().await;
        let last = known.clone();
        let look = move |conn: &mut AnyConnection| {
            // The mark comes first: what changes in between is read now and once more the next time.
            let mark = mark(conn)?;
            Ok(if mark == last { None } else { Some((mark, read(conn)?)) })
        };
        if let Some((mark, value)) = db.read(look).await? {
            *self.value.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
            *known = mark;
        }
        Ok(())
    }
}
