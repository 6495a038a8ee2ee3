//! Secrets (as hashes) and public keys of clients.

use diesel::{
    ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl,
    Selectable, SelectableHelper, insert_into, update,
};

use crate::{
    domain::{
        id::Id,
        party::{Client, Credential, Organisation},
        role::Standing,
        time::Instant,
    },
    platform::db::AnyConnection,
    schema::{clients, credentials},
};

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = credentials, treat_none_as_default_value = false)]
pub struct CredentialRow {
    pub id: Id<Credential>,
    pub client_id: Id<Client>,
    pub secret_hash: Option<String>,
    pub public_key: Option<String>,
    pub standing: Standing,
    pub issued_at: Instant,
    pub changed_at: Instant,
}

pub fn insert_credential(conn: &mut AnyConnection, row: &CredentialRow) -> QueryResult<()> {
    insert_into(credentials::table).values(row).execute(conn).map(drop)
}

/// The credentials of these clients, the oldest first.
pub fn credentials_of(conn: &mut AnyConnection, clients: &[Id<Client>]) -> QueryResult<Vec<CredentialRow>> {
    let theirs = credentials::table.filter(credentials::client_id.eq_any(clients.to_vec()));
    theirs.select(CredentialRow::as_select()).order((credentials::issued_at, credentials::id)).load(conn)
}

/// The credentials of a client that hold, the oldest first.
pub fn live_credentials(conn: &mut AnyConnection, client: Id<Client>) -> QueryResult<Vec<CredentialRow>> {
    credentials::table
        .filter(credentials::client_id.eq(client))
        .filter(credentials::standing.eq(Standing::Active))
        .select(CredentialRow::as_select())
        .order((credentials::issued_at, credentials::id))
        .load(conn)
}

/// The active client of an organisation whose secret has this hash.
pub fn client_by_secret(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    hash: &str,
) -> QueryResult<Option<Id<Client>>> {
    credentials::table
        .inner_join(clients::table.on(clients::id.eq(credentials::client_id)))
        .filter(clients::organisation_id.eq(organisation))
        .filter(clients::standing.eq(Standing::Active))
        .filter(clients::sandbox.eq(false))
        .filter(credentials::standing.eq(Standing::Active))
        .filter(credentials::secret_hash.eq(hash))
        .select(clients::id)
        .first(conn)
        .optional()
}

/// Revokes a credential that holds; tells whether there was one.
pub fn revoke_credential(
    conn: &mut AnyConnection,
    client: Id<Client>,
    id: Id<Credential>,
    at: Instant,
) -> QueryResult<bool> {
    let live = credentials::table
        .filter(credentials::id.eq(id))
        .filter(credentials::client_id.eq(client))
        .filter(credentials::standing.eq(Standing::Active));
    let revoked = (credentials::standing.eq(Standing::Revoked), credentials::changed_at.eq(at));
    update(live).set(revoked).execute(conn).map(|rows| rows == 1)
}
