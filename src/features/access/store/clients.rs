//! Machine clients.

use diesel::{
    ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl,
    Selectable, SelectableHelper, insert_into,
};
use ipnet::IpNet;

use crate::{
    domain::{
        id::Id,
        party::{Client, Organisation},
        role::{Role, Standing},
        time::Instant,
    },
    platform::db::{AnyConnection, Json, on_db},
    schema::{client_seen, clients, organisations},
};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = clients, treat_none_as_default_value = false)]
pub struct ClientRow {
    pub id: Id<Client>,
    pub organisation_id: Id<Organisation>,
    pub name: String,
    pub lines: Json<Vec<String>>,
    pub networks: Json<Vec<IpNet>>,
    pub standing: Standing,
    pub standing_reason: Option<String>,
    pub registered_at: Instant,
    pub changed_at: Instant,
    pub sandbox: bool,
}

/// A client with what a token needs to know of its organisation.
#[derive(Debug, Clone)]
pub struct Machine {
    pub client: ClientRow,
    pub role: Role,
    pub organisation_standing: Standing,
}

/// Which of an organisation's clients, and how many.
pub struct ClientPage {
    pub organisation: Id<Organisation>,
    pub after: Option<Id<Client>>,
    pub limit: i64,
}

pub fn insert_client(conn: &mut AnyConnection, row: &ClientRow) -> QueryResult<()> {
    insert_into(clients::table).values(row).execute(conn).map(drop)
}

/// The client of an organisation.
pub fn find_client(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    id: Id<Client>,
) -> QueryResult<Option<ClientRow>> {
    let client = clients::table.find(id).filter(clients::organisation_id.eq(organisation));
    client.select(ClientRow::as_select()).first(conn).optional()
}

/// The client of an organisation, until the end of the transaction; SQLite has one writer anyway.
pub fn lock_client(
    conn: &mut AnyConnection,
    organisation: Id<Organisation>,
    id: Id<Client>,
) -> QueryResult<Option<ClientRow>> {
    let client = clients::table.find(id).filter(clients::organisation_id.eq(organisation));
    match conn {
        AnyConnection::Postgres(engine) => {
            client.select(ClientRow::as_select()).for_update().first(engine).optional()
        }
        AnyConnection::Sqlite(engine) => client.select(ClientRow::as_select()).first(engine).optional(),
    }
}

/// The client with its organisation's role and standing.
pub fn machine(conn: &mut AnyConnection, id: Id<Client>) -> QueryResult<Option<Machine>> {
    let found: Option<(ClientRow, Role, Standing)> = clients::table
        .inner_join(organisations::table.on(organisations::id.eq(clients::organisation_id)))
        .filter(clients::id.eq(id))
        .select((ClientRow::as_select(), organisations::role, organisations::standing))
        .first(conn)
        .optional()?;
    Ok(found.map(|(client, role, organisation_standing)| Machine { client, role, organisation_standing }))
}

/// Clients in the order of their ids.
pub fn clients_of(conn: &mut AnyConnection, page: &ClientPage) -> QueryResult<Vec<ClientRow>> {
    let mut query = clients::table
        .filter(clients::organisation_id.eq(page.organisation))
        .select(ClientRow::as_select())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(clients::id.gt(after));
    }
    query.order(clients::id).limit(page.limit).load(conn)
}

/// When each of these clients last got a token.
pub fn last_seen(conn: &mut AnyConnection, ids: &[Id<Client>]) -> QueryResult<Vec<(Id<Client>, Instant)>> {
    let seen = client_seen::table.filter(client_seen::client_id.eq_any(ids.to_vec()));
    seen.select((client_seen::client_id, client_seen::seen_at)).load(conn)
}

/// The client got a token.
pub fn see(conn: &mut AnyConnection, id: Id<Client>, at: Instant) -> QueryResult<()> {
    let row = (client_seen::client_id.eq(id), client_seen::seen_at.eq(at));
    on_db!(conn, |engine| {
        insert_into(client_seen::table)
            .values(row)
            .on_conflict(client_seen::client_id)
            .do_update()
            .set(client_seen::seen_at.eq(at))
            .execute(engine)
    })
    .map(drop)
}
