//! Rolling and revoking the credentials of a client: at most two hold at a time, so that one can follow another.

use super::{managed, owned};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::{Client, Credential, Organisation},
        role::Standing,
    },
    features::access::{
        store::{self, ClientPage, CredentialRow},
        wire::{CredentialIn, CredentialKind, CredentialOut, IssuedOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::{Caller, Secret},
        db::Tx,
        problem::{Kind, Problem},
        state::Ground,
    },
};

const MOST: usize = 2;

/// Which credential of which client.
#[derive(Debug, Clone, Copy)]
pub struct CredentialAt {
    pub organisation: Id<Organisation>,
    pub client: Id<Client>,
    pub credential: Id<Credential>,
}

/// Gives a client a further credential.
pub fn roll_credential(
    tx: &mut Tx<'_>,
    caller: &Caller,
    (organisation, id): (Id<Organisation>, Id<Client>),
    new: &CredentialIn,
) -> Result<Answer, Problem> {
    owned(tx.conn(), caller, organisation)?;
    let client = store::lock_client(tx.conn(), organisation, id)?.ok_or_else(Problem::not_found)?;
    let live = store::live_credentials(tx.conn(), client.id)?;

    if client.standing != Standing::Active {
        return Err(Problem::new(Kind::WrongState).because("the client is revoked", "该客户端已注销"));
    }
    if live.len() >= MOST {
        return Err(too_many(&live));
    }

    let key = new.public_key.as_ref().map(|key| key.x.clone());
    let issued = issue(tx, client.id, key)?;
    let home = format!("/v1/organisations/{organisation}/clients/{id}/credentials");
    Answer::created(&issued, format!("{home}/{}", issued.credential_id))
}

/// Gives the first machine of an organisation a new secret in place of those that it had.
///
/// # Errors
/// The organisation has no machine.
pub fn renew_credential(tx: &mut Tx<'_>, organisation: Id<Organisation>) -> Result<IssuedOut, Problem> {
    let clients = store::clients_of(tx.conn(), &ClientPage { organisation, after: None, limit: 1 })?;
    let client = clients.first().ok_or_else(Problem::not_found)?.id;

    for CredentialRow { id: credential, .. } in store::live_credentials(tx.conn(), client)? {
        let now = tx.at();
        super::overtaken(store::revoke_credential(tx.conn(), client, credential, now)?)?;
        tx.record(client, Event::CredentialRevoked { client, credential, reason: "renewed".to_owned() });
    }
    issue(tx, client, None)
}

/// Makes a credential: of a public key, else of a new secret.
pub(super) fn issue(tx: &mut Tx<'_>, client: Id<Client>, public_key: Option<String>) -> Result<IssuedOut, Problem> {
    let secret = public_key.is_none().then(Secret::random);
    let row = CredentialRow {
        id: tx.mint(),
        client_id: client,
        secret_hash: secret.as_ref().map(Secret::hash),
        public_key,
        standing: Standing::Active,
        issued_at: tx.at(),
        changed_at: tx.at(),
    };

    store::insert_credential(tx.conn(), &row)?;
    tx.record(client, Event::CredentialIssued { client, credential: row.id });
    let client_secret = secret.map(|secret| secret.reveal().to_owned());
    Ok(IssuedOut { client_id: client, credential_id: row.id, client_secret })
}

/// Revokes a credential; tokens that were issued for it run out within 15 minutes.
pub fn revoke_credential(
    tx: &mut Tx<'_>,
    ground: &Ground,
    at: CredentialAt,
    why: &ReasonIn,
) -> Result<Answer, Problem> {
    managed(tx.conn(), &ground.caller, at.organisation)?;
    let client = store::find_client(tx.conn(), at.organisation, at.client)?.ok_or_else(Problem::not_found)?;
    let rows = store::credentials_of(tx.conn(), &[client.id])?;
    let row = rows.into_iter().find(|row| row.id == at.credential).ok_or_else(Problem::not_found)?;

    let standing = row.standing.revoke().map_err(super::wrong_standing)?;

    let now = tx.at();
    super::overtaken(store::revoke_credential(tx.conn(), at.client, at.credential, now)?)?;
    let (client, credential, reason) = (at.client, at.credential, why.reason.clone());
    tx.record(client, Event::CredentialRevoked { client, credential, reason });
    Answer::ok(&CredentialOut::from(CredentialRow { standing, ..row }))
}

fn too_many(live: &[CredentialRow]) -> Problem {
    let problem = Problem::new(Kind::WrongState)
        .because("two credentials hold; revoke the older one first", "已有两个有效凭据，请先注销较早的一个");
    live.iter().take(1).fold(problem, |problem, oldest| problem.with("older_credential_id", oldest.id.to_string()))
}

impl From<CredentialRow> for CredentialOut {
    fn from(row: CredentialRow) -> Self {
        let kind = if row.public_key.is_some() { CredentialKind::PublicKey } else { CredentialKind::Secret };
        Self { id: row.id, kind, standing: row.standing, issued_at: row.issued_at }
    }
}
