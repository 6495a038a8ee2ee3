//! Sessions of the portal: opened by the same sign-in as tokens, held by a secret in the browser's cookie.

use chrono::Duration;

use super::sign_in::welcome;
use crate::{
    features::access::{
        store::{self, SessionRow},
        wire::{Session, SignInIn, Visit},
    },
    platform::{
        auth::{Caller, Secret},
        db::Tx,
        journal::Actor,
        problem::Problem,
        state::State,
    },
};

/// How long a session lasts: a working day, after which the person signs in again.
const LIFE_H: i64 = 12;

/// Signs a person in to the portal; the answer is the session's secret.
///
/// # Errors
/// Login and password do not fit (401), or too many attempts (429).
pub async fn open_session(state: &State, visit: Visit, sent: SignInIn) -> Result<String, Problem> {
    let open = |tx: &mut Tx<'_>, person| {
        let secret = Secret::random();
        let row = SessionRow {
            secret_hash: secret.hash(),
            person_id: person,
            opened_at: tx.at(),
            expires_at: tx.at().plus(Duration::hours(LIFE_H)),
        };
        store::insert_session(tx.conn(), &row)?;
        Ok(secret.reveal().to_owned())
    };
    Ok(welcome(state, visit, sent, open).await?.1)
}

/// Who holds a session; nobody when it has ended, or when the person or the organisation may not act any more.
///
/// # Errors
/// The database cannot be read.
pub async fn session(state: &State, visit: Visit, secret: &str) -> Result<Option<Session>, Problem> {
    let hash = Secret::hash_of(secret);
    let found = state.db.read(move |conn| {
        let Some(row) = store::find_session(conn, &hash)? else { return Ok(None) };
        Ok(store::account_of(conn, row.person_id)?.map(|account| (row.expires_at, account)))
    });
    let Some((expires_at, account)) = found.await? else { return Ok(None) };
    if expires_at <= state.clock.now() || !account.may_act() {
        return Ok(None);
    }
    let caller = Caller {
        id: account.person.id.uuid(),
        organisation: account.person.organisation_id.uuid(),
        role: account.role,
        position: account.person.position,
        lines: Vec::new(),
        sandbox: false,
        trace_id: visit.trace_id,
    };
    Ok(Some(Session { caller, name: account.person.name, expires_at }))
}

/// Ends a session.
///
/// # Errors
/// The database cannot be written.
pub async fn close_session(state: &State, secret: &str) -> Result<(), Problem> {
    let hash = Secret::hash_of(secret);
    let close = move |tx: &mut Tx<'_>| Ok(store::delete_session(tx.conn(), &hash)?);
    state.db.write("sign_out", Actor::service(), close).await
}
