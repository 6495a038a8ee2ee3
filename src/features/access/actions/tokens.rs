//! Issuing access tokens: to machines that prove who they are, and to people who go on.

use uuid::Uuid;

use super::refreshing;
use crate::{
    domain::{
        id::Id,
        party::Client,
        role::{Position, Role, Standing},
        time::Instant,
    },
    features::access::{
        store::{self, CredentialRow, Machine},
        wire::{Grant, Proof, TokenOut, Visit, invalid_client},
    },
    platform::{
        answer::Answer,
        auth::{Assertion, Claims, Directory, ISSUER, PublicKey, Purpose, Secret, is_within},
        db::Tx,
        idempotency::claim_name,
        journal::Actor,
        problem::Problem,
        state::State,
    },
};

/// How long an access token lives.
const LIFE_S: i64 = 900;

/// Issues a token for what the request stands on.
pub async fn issue_token(state: &State, visit: Visit, grant: Grant) -> Result<Answer, Problem> {
    match grant {
        Grant::Client(client, proof) => {
            // By client and address, so that nobody uses up the rate of another's client.
            let key = client.uuid().as_u128() ^ visit.place().as_u128();
            state.throttle.check("issue_token", Uuid::from_u128(key))?;
            for_machine(state, visit, client, proof).await
        }
        Grant::Refresh(token) => {
            state.throttle.check("issue_token", visit.place())?;
            refreshing::refresh_token(state, visit, token).await
        }
    }
}

async fn for_machine(state: &State, visit: Visit, id: Id<Client>, proof: Proof) -> Result<Answer, Problem> {
    let load = move |conn: &mut _| Ok((store::machine(conn, id)?, store::live_credentials(conn, id)?));
    let (machine, credentials) = state.db.read(load).await?;
    let machine = machine.ok_or_else(invalid_client)?;

    let now = state.clock.now();
    let proven = prove(&proof, &credentials, now).ok_or_else(invalid_client)?;
    if !may_have_token(&machine, &visit) {
        return Err(invalid_client());
    }
    let claims = claims_of(&machine, &state.directory.get(), now)?;

    let actor = Actor { trace_id: visit.trace_id, ..machine.actor() };
    let seen = move |tx: &mut Tx<'_>| {
        if let Proven::ByAssertion(assertion) = &proven {
            claim(tx, id, assertion)?;
        }
        let at = tx.at();
        Ok(store::see(tx.conn(), id, at)?)
    };
    state.db.write("issue_token", actor, seen).await?;
    Answer::ok(&token(state, &claims, None)?)
}

/// How a machine has proven who it is.
enum Proven {
    BySecret,
    ByAssertion(Assertion),
}

/// How one of the credentials proves it, if any does.
fn prove(proof: &Proof, credentials: &[CredentialRow], now: Instant) -> Option<Proven> {
    match proof {
        Proof::Secret(secret) => {
            let hash = Secret::hash_of(secret);
            credentials.iter().any(|row| row.secret_hash.as_ref() == Some(&hash)).then_some(Proven::BySecret)
        }
        Proof::Assertion(assertion) => {
            let keys = credentials.iter().filter_map(|row| PublicKey::read(row.public_key.as_deref()?).ok());
            keys.into_iter().find_map(|key| key.verify(assertion, now)).map(Proven::ByAssertion)
        }
    }
}

fn may_have_token(machine: &Machine, visit: &Visit) -> bool {
    let active = [machine.client.standing, machine.organisation_standing].iter().all(|it| *it == Standing::Active);
    active && is_within(&machine.client.networks.0, visit.address)
}

/// An assertion that comes a second time is somebody else's.
fn claim(tx: &mut Tx<'_>, client: Id<Client>, assertion: &Assertion) -> Result<(), Problem> {
    let name = format!("jti {}", assertion.jti);
    if claim_name(tx, client.uuid(), &name, assertion.expires_at)? { Ok(()) } else { Err(invalid_client()) }
}

fn claims_of(machine: &Machine, directory: &Directory, now: Instant) -> Result<Claims, Problem> {
    let client = &machine.client;
    let station = client.organisation_id.uuid();
    let line = |code: &String| directory.line(station, code).map(|line| line.id);
    let lines: Option<Vec<_>> = client.lines.0.iter().map(line).collect();
    Ok(Claims {
        // A line that is not known here yet must not leave the client unbound.
        lines: lines.ok_or_else(|| Problem::unavailable(&"a line of the client is not in the directory yet"))?,
        networks: client.networks.0.clone(),
        sandbox: client.sandbox,
        ..claims(client.id.uuid(), (station, machine.role), Position::Member, now)
    })
}

/// A token of the JT/T 1132 adapter, for a shop's code and the secret of one of the shop's clients.
///
/// # Errors
/// No such shop, or no client of it with this secret (401).
pub async fn shop_token(state: &State, code: &str, secret: String) -> Result<String, Problem> {
    let directory = state.directory.get();
    let shop = directory.by_code(Role::RepairShop, code).ok_or_else(invalid_client)?;
    state.throttle.check("issue_token", shop.id)?;
    let (id, hash) = (shop.id, Secret::hash_of(&secret));
    let client = state.db.read(move |conn| Ok(store::client_by_secret(conn, id.into(), &hash)?)).await?;
    let client = client.filter(|client| directory.may_act(client.uuid(), id)).ok_or_else(invalid_client)?;
    let claims = claims(client.uuid(), (id, Role::RepairShop), Position::Member, state.clock.now());
    state.keys.sign(Purpose::Jtt1132, &Claims { aud: Purpose::Jtt1132.typ().to_owned(), ..claims })
}

/// The claims of an access token without bounds.
pub(super) fn claims(sub: Uuid, (org, role): (Uuid, Role), position: Position, now: Instant) -> Claims {
    let issued_at = now.micros() / 1_000_000;
    Claims {
        iss: ISSUER.to_owned(),
        aud: Purpose::Access.typ().to_owned(),
        sub,
        org,
        role,
        position,
        lines: Vec::new(),
        networks: Vec::new(),
        sandbox: false,
        iat: issued_at,
        exp: issued_at + LIFE_S,
    }
}

/// Signs them.
pub(super) fn token(state: &State, claims: &Claims, refresh_token: Option<String>) -> Result<TokenOut, Problem> {
    let access_token = state.keys.sign(Purpose::Access, claims)?;
    Ok(TokenOut { access_token, token_type: "Bearer", expires_in: LIFE_S, refresh_token })
}

impl Machine {
    fn actor(&self) -> Actor {
        Actor {
            id: Some(self.client.id.uuid()),
            organisation: Some(self.client.organisation_id.uuid()),
            role: Some(self.role),
            trace_id: None,
        }
    }
}
