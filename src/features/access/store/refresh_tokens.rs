//! Refresh tokens, as hashes; all that came from one sign-in are a family.

use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, QueryResult, Queryable, RunQueryDsl, Selectable,
    SelectableHelper, delete, insert_into, update,
};
use uuid::Uuid;

use crate::{
    domain::{id::Id, party::Person, time::Instant},
    platform::db::AnyConnection,
    schema::refresh_tokens,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
pub struct RefreshTokenRow {
    pub family_id: Id<()>,
    pub token_hash: String,
    pub person_id: Id<Person>,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

pub fn insert_refresh_token(conn: &mut AnyConnection, row: &RefreshTokenRow) -> QueryResult<()> {
    insert_into(refresh_tokens::table).values(row).execute(conn).map(drop)
}

pub fn find_refresh_token(
    conn: &mut AnyConnection,
    family: Uuid,
    hash: &str,
) -> QueryResult<Option<RefreshTokenRow>> {
    let token = refresh_tokens::table.find((Id::<()>::from(family), hash));
    token.select(RefreshTokenRow::as_select()).first(conn).optional()
}

/// Uses a token up; tells whether it was unused until now.
pub fn use_refresh_token(conn: &mut AnyConnection, family: Uuid, hash: &str, at: Instant) -> QueryResult<bool> {
    let unused = refresh_tokens::table
        .filter(refresh_tokens::family_id.eq(Id::<()>::from(family)))
        .filter(refresh_tokens::token_hash.eq(hash))
        .filter(refresh_tokens::used_at.is_null());
    update(unused).set(refresh_tokens::used_at.eq(Some(at))).execute(conn).map(|rows| rows == 1)
}

/// Ends all tokens of a sign-in.
/// Forgets the tokens whose time has passed.
pub fn sweep_refresh_tokens(conn: &mut AnyConnection, at: Instant) -> QueryResult<()> {
    delete(refresh_tokens::table.filter(refresh_tokens::expires_at.lt(at))).execute(conn).map(drop)
}

pub fn end_family(conn: &mut AnyConnection, family: Uuid) -> QueryResult<()> {
    let theirs = refresh_tokens::table.filter(refresh_tokens::family_id.eq(Id::<()>::from(family)));
    delete(theirs).execute(conn).map(drop)
}
