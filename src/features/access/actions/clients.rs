//! Registering, listing and revoking machine clients.

use std::collections::HashMap;

use super::{credentials, managed, overtaken, owned, wrong_standing};
use crate::{
    domain::{
        event::Event,
        id::Id,
        party::{Client, Organisation},
        role::Standing,
        time::Instant,
    },
    features::access::{
        store::{self, ClientPage, ClientRow, CredentialRow, Step},
        wire::{ClientIn, ClientOut, CredentialOut, IssuedOut, ReasonIn},
    },
    platform::{
        answer::Answer,
        auth::Caller,
        db::{AnyConnection, Json, Tx},
        page::{Page, PageQuery},
        problem::{Fault, Kind, Problem, text},
        state::Ground,
    },
};

/// Registers a machine client of an organisation and makes its first secret.
///
/// # Errors
/// The organisation lacks one of the lines.
pub fn add_client(tx: &mut Tx<'_>, organisation: Id<Organisation>, new: &ClientIn) -> Result<IssuedOut, Problem> {
    let known = store::line_codes(tx.conn(), organisation)?;

    let faults: Vec<_> = (0..).zip(&new.lines).filter(|(_, code)| !known.contains(code)).map(no_line).collect();
    if !faults.is_empty() {
        return Err(Problem::new(Kind::Invalid).with_errors(faults));
    }

    let row = ClientRow {
        id: tx.mint(),
        organisation_id: organisation,
        name: new.name.clone(),
        lines: Json(new.lines.clone()),
        networks: Json(new.networks.clone()),
        standing: Standing::Active,
        standing_reason: None,
        registered_at: tx.at(),
        changed_at: tx.at(),
        sandbox: new.sandbox,
    };
    store::insert_client(tx.conn(), &row)?;
    tx.record(row.id, Event::ClientRegistered { client: row.id });
    credentials::issue(tx, row.id, None)
}

/// Registers a machine client of an organisation that the caller manages.
pub fn register_client(
    tx: &mut Tx<'_>,
    caller: &Caller,
    organisation: Id<Organisation>,
    new: &ClientIn,
) -> Result<Answer, Problem> {
    owned(tx.conn(), caller, organisation)?;

    let issued = add_client(tx, organisation, new)?;
    Answer::created(&issued, format!("/v1/organisations/{organisation}/clients/{}", issued.client_id))
}

/// Revokes a machine client for good.
pub fn revoke_client(
    tx: &mut Tx<'_>,
    ground: &Ground,
    (organisation, id): (Id<Organisation>, Id<Client>),
    why: &ReasonIn,
) -> Result<Answer, Problem> {
    managed(tx.conn(), &ground.caller, organisation)?;
    let client = store::find_client(tx.conn(), organisation, id)?.ok_or_else(Problem::not_found)?;

    let to = client.standing.revoke().map_err(wrong_standing)?;

    let step = Step { from: client.standing, to, reason: &why.reason, at: tx.at() };
    overtaken(store::step_client(tx.conn(), id, &step)?)?;
    tx.record(id, Event::ClientRevoked { client: id, reason: why.reason.clone() });
    let client = ClientRow { standing: to, ..client };
    Answer::ok(&with_credentials(tx.conn(), vec![client])?.pop())
}

/// The clients of an organisation that the caller manages or supervises.
pub fn list_clients(
    conn: &mut AnyConnection,
    caller: &Caller,
    organisation: Id<Organisation>,
    page: &PageQuery,
) -> Result<Page<ClientOut>, Problem> {
    managed(conn, caller, organisation)?;
    let size = page.size()?;
    let wanted = ClientPage { organisation, after: page.after()?, limit: size + 1 };
    let rows = store::clients_of(conn, &wanted)?;
    Page::cut(with_credentials(conn, rows)?, size, |client| client.id, |client| client)
}

fn with_credentials(conn: &mut AnyConnection, rows: Vec<ClientRow>) -> Result<Vec<ClientOut>, Problem> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let seen: HashMap<_, _> = store::last_seen(conn, &ids)?.into_iter().collect();
    let mut credentials = HashMap::<Id<Client>, Vec<CredentialOut>>::new();
    for row in store::credentials_of(conn, &ids)? {
        credentials.entry(row.client_id).or_default().push(CredentialRow::into(row));
    }
    let out = |row: ClientRow| {
        let (last_seen, credentials) = (seen.get(&row.id).copied(), credentials.remove(&row.id));
        client_out(row, last_seen, credentials.unwrap_or_default())
    };
    Ok(rows.into_iter().map(out).collect())
}

fn client_out(row: ClientRow, last_seen_at: Option<Instant>, credentials: Vec<CredentialOut>) -> ClientOut {
    ClientOut {
        id: row.id,
        organisation_id: row.organisation_id,
        name: row.name,
        lines: row.lines.0,
        networks: row.networks.0,
        sandbox: row.sandbox,
        standing: row.standing,
        registered_at: row.registered_at,
        last_seen_at,
        credentials,
    }
}

fn no_line((index, code): (usize, &String)) -> Fault {
    let detail = text(format!("the station has no line `{code}`"), format!("该检验机构没有检测线“{code}”"));
    Fault { pointer: format!("/lines/{index}"), code: "unknown_line".into(), detail }
}
