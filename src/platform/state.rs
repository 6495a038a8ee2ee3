//! What every handler reaches: the doors, the clock, the keys, and the directory and law in memory.

use std::sync::Arc;

use tokio::sync::Mutex;
use uuid::Uuid;

use super::{
    answer::Answer,
    auth::{Allowed, Caller, Directory, KeyRing, Right},
    body::Body,
    clock::Clock,
    courier::Courier,
    db::{Db, Tx},
    held::Held,
    idempotency::Once,
    problem::Problem,
    streams::Streams,
    throttle::Throttle,
    watched::Watched,
};
use crate::domain::lawbook::Lawbook;

/// The running service.
pub struct State {
    /// Both doors to the database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The signing keys.
    pub keys: KeyRing,
    /// Organisations, lines and revocations, as of the last change.
    pub directory: Watched<Directory>,
    /// The dated limits and settings, as of the last change.
    pub lawbook: Watched<Lawbook>,
    /// Rates.
    pub throttle: Throttle,
    /// The copy of the list that was last issued to gates; none until the first asks.
    pub held: Mutex<Option<Held>>,
    /// Who follows the feed.
    pub streams: Streams,
    /// Carries messages to webhooks.
    pub courier: Courier,
}

/// What a change is made with: the caller, the law and the directory of the moment.
#[derive(Clone)]
pub struct Ground {
    /// Who asks.
    pub caller: Caller,
    /// The law.
    pub lawbook: Arc<Lawbook>,
    /// Who takes part.
    pub directory: Arc<Directory>,
}

impl Ground {
    /// The same ground for a caller who acts for another organisation: a bureau that ties a shop's message.
    #[must_use]
    pub fn standing_in_for(&self, organisation: Uuid) -> Self {
        Self { caller: Caller { organisation, ..self.caller.clone() }, ..self.clone() }
    }
}

impl State {
    /// Makes the change that the right `R` names, once for each idempotency key.
    ///
    /// # Errors
    /// What the change answers, or that it could not be committed.
    pub async fn change<R: Right, T: Send + Sync + 'static, const LIMIT: usize>(
        &self,
        caller: &Allowed<R>,
        once: Once,
        body: Body<T, LIMIT>,
        change: impl Fn(&mut Tx<'_>, &Ground, &T) -> Result<Answer, Problem> + Send + 'static,
    ) -> Result<Answer, Problem> {
        self.change_or_note(caller, once, body, move |tx, on, told| change(tx, on, told).map(Ok)).await
    }

    /// Like `change`; a refusal in the inner result keeps what was noted about it (a finding, a count).
    ///
    /// # Errors
    /// What the change answers, or that it could not be committed.
    pub async fn change_or_note<R: Right, T: Send + Sync + 'static, const LIMIT: usize>(
        &self,
        caller: &Allowed<R>,
        once: Once,
        body: Body<T, LIMIT>,
        change: impl Fn(&mut Tx<'_>, &Ground, &T) -> Result<Result<Answer, Problem>, Problem> + Send + 'static,
    ) -> Result<Answer, Problem> {
        let ground = self.ground(caller);
        self.db
            .write(R::OPERATION, ground.caller.actor(), move |tx| {
                once.run(tx, &ground.caller, R::OPERATION, &body.hash, |tx| change(tx, &ground, &body.value))
            })
            .await?
    }

    /// The ground on which a caller's request stands.
    #[must_use]
    pub fn ground(&self, caller: &Caller) -> Ground {
        Ground { caller: caller.clone(), lawbook: self.lawbook.get(), directory: self.directory.get() }
    }
}
