//! Sessions of the portal, as hashes.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, insert_into,
};

use crate::{
    domain::{id::Id, party::Person, time::Instant},
    platform::db::AnyConnection,
    schema::portal_sessions,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = portal_sessions, treat_none_as_default_value = false)]
pub struct SessionRow {
    pub secret_hash: String,
    pub person_id: Id<Person>,
    pub opened_at: Instant,
    pub expires_at: Instant,
}

pub fn insert_session(conn: &mut AnyConnection, row: &SessionRow) -> QueryResult<()> {
    insert_into(portal_sessions::table).values(row).execute(conn).map(drop)
}

pub fn find_session(conn: &mut AnyConnection, hash: &str) -> QueryResult<Option<SessionRow>> {
    portal_sessions::table.find(hash).select(SessionRow::as_select()).first(conn).optional()
}

pub fn delete_session(conn: &mut AnyConnection, hash: &str) -> QueryResult<()> {
    delete(portal_sessions::table.find(hash)).execute(conn).map(drop)
}

/// Forgets the sessions whose time has passed.
pub fn sweep_sessions(conn: &mut AnyConnection, at: Instant) -> QueryResult<()> {
    delete(portal_sessions::table.filter(portal_sessions::expires_at.lt(at))).execute(conn).map(drop)
}
