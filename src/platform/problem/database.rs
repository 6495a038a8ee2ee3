//! Faults of the database as problems; its words go to the log, never to the client.

use diesel::result::{DatabaseErrorKind, Error};

use super::{Kind, Problem};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match &error {
            Error::NotFound => Self::not_found(),
            Error::DatabaseError(kind, information) => {
                let message = information.message();
                if matches!(kind, DatabaseErrorKind::SerializationFailure) || message.contains("deadlock") {
                    return Self::run_again();
                }
                if is_passing(*kind, message) { Self::unavailable(&error) } else { Self::internal(&error) }
            }
            _ => Self::internal(&error),
        }
    }
}

/// Locked, timed out, full or gone: the same request may succeed later.
fn is_passing(kind: DatabaseErrorKind, message: &str) -> bool {
    matches!(kind, DatabaseErrorKind::ClosedConnection)
        || ["timeout", "locked", "busy", "full", "terminating connection", "disk I/O"]
            .iter()
            .any(|sign| message.contains(sign))
}

impl Problem {
    /// The commit failed, so nothing of the change was stored.
    pub(in crate::platform) fn not_committed(error: &Error) -> Self {
        Self::unavailable(error)
    }

    /// Another transaction was faster; the change looks at the facts again.
    #[must_use]
    pub fn run_again() -> Self {
        let mut problem = Self::overloaded();
        problem.0.conflict_of_transactions = true;
        problem
    }

    /// A change panicked; it was taken back.
    pub(in crate::platform) fn panicked(operation: &'static str) -> Self {
        tracing::error!(operation, "a change panicked");
        Self::new(Kind::Internal)
    }

    pub(in crate::platform) const fn is_conflict_of_transactions(&self) -> bool {
        self.0.conflict_of_transactions
    }
}
