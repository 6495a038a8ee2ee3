//! Refresh tokens of people: each is good for one exchange, and one that comes again ends its whole family.

use chrono::Duration;
use uuid::Uuid;

use super::tokens::{claims, token};
use crate::{
    domain::{event::Event, id::Id, party::Person, role::Standing},
    features::access::{
        store::{self, Account, RefreshTokenRow},
        wire::{TokenOut, Visit, refused},
    },
    platform::{answer::Answer, auth::Secret, db::Tx, journal::Actor, problem::Problem, state::State},
};

const LIFE_DAYS: i64 = 30;

/// What an exchange came to; a reuse is kept, so it is no error of the transaction.
enum Exchange {
    Done(Box<Account>, String),
    Refused,
}

/// Exchanges a refresh token for an access token and the next refresh token.
pub async fn refresh_token(state: &State, visit: Visit, sent: String) -> Result<Answer, Problem> {
    let (family, hash) = read(&sent).ok_or_else(invalid_grant)?;
    let actor = Actor { trace_id: visit.trace_id, ..Actor::service() };
    let exchange = move |tx: &mut Tx<'_>| exchange(tx, family, &hash);
    match state.db.write("issue_token", actor, exchange).await? {
        Exchange::Done(account, next) => Answer::ok(&account.token(state, Some(next))?),
        Exchange::Refused => Err(invalid_grant()),
    }
}

fn exchange(tx: &mut Tx<'_>, family: Uuid, hash: &str) -> Result<Exchange, Problem> {
    let Some(row) = store::find_refresh_token(tx.conn(), family, hash)? else { return Ok(Exchange::Refused) };
    let Some(account) = store::account_of(tx.conn(), row.person_id)? else { return Ok(Exchange::Refused) };
    let at = tx.at();

    if !store::use_refresh_token(tx.conn(), family, hash, at)? {
        store::end_family(tx.conn(), family)?;
        let event = Event::RefreshTokenReused { person: row.person_id, family };
        tx.record(account.person.organisation_id, event);
        return Ok(Exchange::Refused);
    }
    if !account.may_act() || row.expires_at <= at {
        return Ok(Exchange::Refused);
    }

    let next = issue(tx, family, account.person.id)?;
    Ok(Exchange::Done(Box::new(account), next))
}

/// Makes a refresh token of a family.
pub(super) fn issue(tx: &mut Tx<'_>, family: Uuid, person: Id<Person>) -> Result<String, Problem> {
    let secret = Secret::random();
    let row = RefreshTokenRow {
        family_id: family.into(),
        token_hash: secret.hash(),
        person_id: person,
        expires_at: tx.at().plus(Duration::days(LIFE_DAYS)),
        used_at: None,
    };
    store::insert_refresh_token(tx.conn(), &row)?;
    Ok(format!("{}.{}", family.simple(), secret.reveal()))
}

/// The family and the hash of a refresh token as it was sent.
pub(super) fn read(sent: &str) -> Option<(Uuid, String)> {
    let (family, secret) = sent.split_once('.')?;
    Some((family.parse().ok()?, Secret::hash_of(secret)))
}

fn invalid_grant() -> Problem {
    refused("invalid_grant", "the refresh token does not hold; sign in again", "刷新令牌无效，请重新登录")
}

impl Account {
    /// Whether the person and the organisation may act.
    pub(super) fn may_act(&self) -> bool {
        self.person.standing == Standing::Active && self.organisation_standing == Standing::Active
    }

    /// An access token for the person.
    pub(super) fn token(&self, state: &State, refresh_token: Option<String>) -> Result<TokenOut, Problem> {
        let now = state.clock.now();
        let organisation = (self.person.organisation_id.uuid(), self.role);
        token(state, &claims(self.person.id.uuid(), organisation, self.person.position, now), refresh_token)
    }
}
